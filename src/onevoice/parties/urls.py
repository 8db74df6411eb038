"""Pages of this room; those of accounts are included under /accounts/ by operations.urls."""

from django.conf import settings
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
if settings.DEMONSTRATION:
    from .accounts.demonstration_urls import urlpatterns as demonstration

    urlpatterns += demonstration
