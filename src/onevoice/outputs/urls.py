"""Addresses of outputs."""

from django.urls import URLPattern, path

from . import feeds, pages

app_name = "outputs"
urlpatterns: list[URLPattern] = [
    path("<slug:group>/outputs", pages.outputs, name="outputs"),
    path("<slug:group>/outputs.atom", feeds.atom, name="atom"),
    path("<slug:group>/outputs/<slug:slug>", pages.output, name="output"),
]
