from django.apps import AppConfig


class OutputsConfig(AppConfig):
    name = "onevoice.outputs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onevoice.enact.after import finds
        from onevoice.groups.names import by_names

        from . import links, visible  # noqa: F401 - tells the rooms below what they show of outputs

        finds("outputs.output")(lambda viewer, names: by_names(visible.outputs(viewer), names))
