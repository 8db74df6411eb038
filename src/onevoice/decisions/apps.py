from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "onevoice.decisions"
    default_auto_field = "django.db.models.BigAutoField"
