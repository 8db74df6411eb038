from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "onevoice.decisions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onevoice.enact.after import finds

        from . import visible
        from .acts import proposals, register  # noqa: F401 - registers the acts

        for name, rows in {"proposal": visible.proposals, "decision": visible.decisions}.items():
            finds(f"decisions.{name}")(lambda viewer, key, rows=rows: by_name(rows(viewer), key))


def by_name(rows, key):  # type: ignore[no-untyped-def]
    """The row with the permanent name 'group/slug', or None."""
    group, _, slug = key.partition("/")
    return rows.filter(group__slug=group, slug=slug).first()
