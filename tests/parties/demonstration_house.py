"""The addresses as `demo` declares them, for tests: under `test` those of the demonstration are not there."""

from onevoice.languages.web import language_patterns
from onevoice.operations.demonstration.urls import urlpatterns as clock
from onevoice.operations.urls import handler400, handler403, handler404, handler429, handler500
from onevoice.operations.urls import urlpatterns as house
from onevoice.parties.accounts.demonstration_urls import urlpatterns as demonstration

urlpatterns = [*language_patterns(*clock, *demonstration), *house]

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]
