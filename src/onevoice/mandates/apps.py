from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "onevoice.mandates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from onevoice.enact.after import finds
        from onevoice.enact.subjects import stands_under
        from onevoice.groups.names import by_names

        from . import shapes, visible
        from .acts import answers, instruments, paragraphs  # noqa: F401 - declares the acts
        from .answers import answering

        finds("mandates.instrument")(lambda viewer, names: by_names(visible.instruments(viewer), names))
        finds("mandates.paragraph")(lambda viewer, names: shapes.paragraphs_called(viewer, names))
        stands_under("mandates.paragraph")(lambda paragraph: paragraph.instrument)
        answering(
            "mandates",
            _("Resolution or report"),
            visible.mandates,
            title=shapes.line_of,
            whole="responds_to",
        )
