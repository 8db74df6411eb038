"""The demonstration's mail: addresses that exist under `demo` only."""

from django.conf import settings
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
if settings.DEMONSTRATION:
    from .demonstration_urls import urlpatterns as demonstration

    urlpatterns += demonstration
