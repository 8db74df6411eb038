from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "onevoice.decisions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onevoice.enact.after import finds, hides
        from onevoice.enact.subjects import stands_under
        from onevoice.groups.names import by_names, by_numbers

        # What lower rooms and the desk show of decisions.
        from . import cited, lasting_owed, owed, rules_in_force, shapes, visible  # noqa: F401

        for name, rows in {"proposal": visible.proposals, "decision": visible.decisions}.items():
            finds(f"decisions.{name}")(lambda viewer, names, rows=rows: by_names(rows(viewer), names))
        hides("decisions.proposal")(visible.nameless)
        finds("decisions.followup")(lambda viewer, names: by_numbers(visible.follow_ups(viewer), names))
        stands_under("decisions.followup")(lambda follow_up: follow_up.decision)
