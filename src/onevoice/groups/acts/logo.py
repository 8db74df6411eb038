"""The picture that stands beside the group's acronym on every page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Upload
from onevoice.files.kinds import LOGO
from onevoice.files.models import Visibility
from onevoice.files.steps import keep
from onevoice.groups import visible
from onevoice.groups.models import Group
from onevoice.groups.roles import SECRETARIAT

no_logo = Refusal("no_logo", _("The group has no logo. Nothing has changed."))


class SetLogo(Act):
    """Give the group a logo, or another one."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Choose the logo")
    lede = _("It stands beside the acronym on every page of the group, for everybody.")
    done = _("The logo stands on every page.")
    picture = Upload(_("Picture"), LOGO)

    def happen(self, subject: Any) -> Facts:
        file = keep(
            self.inputs["picture"],
            group=subject.pk,
            group_slug=subject.slug,
            by=self.actor.key,
            at=self.received_at,
            visibility=Visibility.PUBLIC,
        )
        logo = {"address": file.get_absolute_url(), "width": file.width, "height": file.height}
        Group.objects.filter(pk=subject.pk).update(logo=logo)
        return facts(subject, public=True, file=file.name, file_hash=file.sha256)


class RemoveLogo(Act):
    """Show the group without a logo."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Remove the logo")
    lede = _("The pages show the acronym alone.")
    done = _("The logo is removed.")
    grave = True

    @classmethod
    def may(cls, actor: Actor, subject: Group, *, now: datetime) -> Refusal | None:
        return None if subject.logo else no_logo

    def happen(self, subject: Any) -> Facts:
        Group.objects.filter(pk=subject.pk).update(logo={})
        return facts(subject, public=True)
