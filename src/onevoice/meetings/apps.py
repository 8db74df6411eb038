from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "onevoice.meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onevoice.enact.after import finds
        from onevoice.enact.subjects import stands_under
        from onevoice.groups.acts.officials import names_officials
        from onevoice.groups.names import by_names, by_numbers

        from . import links, owed, visible  # noqa: F401 - what lower rooms and the desk show of meetings

        names_officials(lambda group: visible.appointed(group))
        finds("meetings.meeting")(lambda viewer, names: by_names(visible.meetings(viewer), names))
        finds("meetings.document")(lambda viewer, names: by_numbers(visible.documents(viewer), names))
        finds("meetings.agendaitem")(lambda viewer, names: by_numbers(visible.agenda(viewer), names))
        stands_under("meetings.agendaitem")(lambda item: item.parent or item.meeting)
        stands_under("meetings.document")(lambda document: document.item)
