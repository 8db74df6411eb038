"""The record as a Django application."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Entries, their order, and the signed heads over them."""

    name = "onevoice.record"
    label = "record"
