from django.apps import AppConfig


class EnactConfig(AppConfig):
    name = "onevoice.enact"
    default_auto_field = "django.db.models.BigAutoField"
