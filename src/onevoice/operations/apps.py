from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Commands, health and the page for a database that is away; no tables."""

    name = "onevoice.operations"
