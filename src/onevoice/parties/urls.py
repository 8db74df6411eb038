"""Pages of this room; those of accounts are included under /accounts/ by operations.urls."""

from django.conf import settings
from django.urls import URLPattern, path

from .accounts import calendar

bare = [
    path("accounts/calendar/<str:token>.ics", calendar.feed, name="deadlines"),
]
urlpatterns: list[URLPattern] = []
if settings.DEMONSTRATION:
    from .accounts.demonstration_urls import urlpatterns as demonstration

    urlpatterns += demonstration
