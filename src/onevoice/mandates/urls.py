"""Addresses of mandates."""

from django.urls import URLPattern, path

from . import pages

app_name = "mandates"
urlpatterns: list[URLPattern] = [
    path("<slug:group>/mandates", pages.mandates, name="mandates"),
    path("<slug:group>/mandates/<slug:slug>", pages.mandate, name="mandate"),
]
