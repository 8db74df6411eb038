"""The bare addresses of sheets, and the page of all parts."""

from django.conf import settings
from django.urls import URLPattern, path

from onevoice.look import pages

bare: list[URLPattern] = [
    path("look/<slug:version>/onevoice.css", pages.style_sheet, name="look-sheet"),
    path("look/<slug:version>/icon.svg", pages.icon, name="look-icon"),
    path("look/colours/<slug:both>.css", pages.colour_sheet, name="look-colours"),
]
# A list of our own parts helps those who build and those who try; it is no page of a group.
urlpatterns: list[URLPattern] = (
    [path("look", pages.parts, name="look-parts")]
    if getattr(settings, "MODE", "") in ("demo", "test")
    else []
)
