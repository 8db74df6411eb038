from django.apps import AppConfig


class OutputsConfig(AppConfig):
    name = "onevoice.outputs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import links  # noqa: F401 - tells the rooms below what they show of outputs
