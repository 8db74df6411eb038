from django.apps import AppConfig


class OutputsConfig(AppConfig):
    name = "onevoice.outputs"
    default_auto_field = "django.db.models.BigAutoField"
