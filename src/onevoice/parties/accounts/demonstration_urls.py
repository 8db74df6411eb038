"""Addresses that exist under `demo` only."""

from django.urls import path

from . import demonstration, mail

urlpatterns = [
    path("demonstration", demonstration.identities, name="demonstration"),
    path("demonstration/as/<int:account>", demonstration.sign_in, name="demonstration-sign-in"),
    path("demonstration/mail", mail.mail, name="demonstration-mail"),
    path("demonstration/mail/<int:letter>", mail.letter, name="demonstration-letter"),
]
