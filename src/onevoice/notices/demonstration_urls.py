"""Addresses that exist under `demo` only."""

from django.urls import path

from . import pages

urlpatterns = [
    path("demonstration/mail", pages.mail, name="demonstration-mail"),
    path("demonstration/mail/<int:letter>", pages.letter, name="demonstration-letter"),
]
