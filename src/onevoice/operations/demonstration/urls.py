"""Addresses that exist under `demo` only."""

from django.urls import path

from . import pages

urlpatterns = [path("demonstration/move-on/<int:proposal>", pages.move_to_the_deadline, name="demonstration-move-on")]
