"""Addresses that exist under `demo` only."""

from django.urls import path

from . import demonstration

urlpatterns = [
    path("demonstration", demonstration.identities, name="demonstration"),
    path("demonstration/as/<int:account>", demonstration.sign_in, name="demonstration-sign-in"),
]
