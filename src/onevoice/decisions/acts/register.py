"""What the public sees of a decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.decisions import letters, visible
from onevoice.decisions.models import Decision, Visibility
from onevoice.decisions.wording import already_public, not_public
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import LongText
from onevoice.groups.roles import SECRETARIAT


def _show(decision: Decision, visibility: Visibility) -> None:
    Decision.objects.filter(pk=decision.pk).update(visibility=visibility)
    decision.visibility = visibility


class PublishDecision(Act):
    """Put a decision on the public site."""

    on, by = visible.decisions, (SECRETARIAT,)
    label = _("Publish the decision")
    lede = _("Everybody can then read the decision on the public site, in the register and in the feeds.")
    done = _("The decision is public.")
    tells = (letters.published,)

    @classmethod
    def may(cls, actor: Actor, subject: Decision, *, now: datetime) -> Refusal | None:
        return Refusal("already_public", already_public) if subject.visibility == Visibility.PUBLIC else None

    def happen(self, subject: Any) -> Facts:
        _show(subject, Visibility.PUBLIC)
        return facts(subject, public=True, number=subject.number, text_hash=subject.text_hash)


class UnpublishDecision(Act):
    """Take a decision from the public site; that it was public stays on the record."""

    on, by = visible.decisions, (SECRETARIAT,)
    label = _("Take from the public site")
    lede = _(
        "The group still sees the decision. The record keeps that it was public, and that it was taken back."
    )
    done = _("The decision is no longer public.")
    grave, tells = True, (letters.unpublished,)
    why = LongText(_("Why"), limit=2000)

    @classmethod
    def may(cls, actor: Actor, subject: Decision, *, now: datetime) -> Refusal | None:
        return Refusal("not_public", not_public) if subject.visibility != Visibility.PUBLIC else None

    def happen(self, subject: Any) -> Facts:
        _show(subject, Visibility.GROUP)
        return facts(subject, public=True, personal={"why": self.inputs["why"]}, number=subject.number)
