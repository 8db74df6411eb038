"""The room as a Django application."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "onevoice.look"
    label = "look"
