"""The address of search, under a group's own, in each language."""

from django.urls import URLPattern, path

from . import pages

app_name = "search"
urlpatterns: list[URLPattern] = [path("<slug:group>/search", pages.search, name="search")]
