from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "onevoice.meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onevoice.decisions.apps import by_name
        from onevoice.enact.after import finds

        from . import visible
        from .acts import convening, room  # noqa: F401 - registers the acts

        finds("meetings.meeting")(lambda viewer, key: by_name(visible.meetings(viewer), key))
