from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "onevoice.groups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import identity  # noqa: F401 - registers who a signed-in person is
        from .acts import memberships, people  # noqa: F401 - registers the acts
