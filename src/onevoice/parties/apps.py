from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "onevoice.parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onevoice.enact.wording import ACTS
        from onevoice.look.frame import add_reader_links
        from onevoice.parties.accounts import wording
        from onevoice.parties.accounts.links import reader_links

        add_reader_links(reader_links)
        ACTS["parties.leave"] = wording.left
