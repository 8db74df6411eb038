from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "onevoice.search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onevoice.look.frame import Section, add_section
        from onevoice.look.wording import SECTIONS

        add_section(Section("search", SECTIONS["search"], "search"))
