from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "onevoice.decisions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onevoice.enact.after import finds
        from onevoice.groups.names import by_names

        from . import cited, owed, shapes, visible  # noqa: F401 - what lower rooms and the desk show of decisions

        for name, rows in {"proposal": visible.proposals, "decision": visible.decisions}.items():
            finds(f"decisions.{name}")(lambda viewer, names, rows=rows: by_names(rows(viewer), names))
