"""What lasts of a decision: another takes its place, it is reviewed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onevoice.decisions import lasting, lasting_letters, visible
from onevoice.decisions import lasting_wording as wording
from onevoice.decisions.models import Decision, ReviewFound, Visibility
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, LongText, OneOf, PartialDay
from onevoice.groups.roles import CHAIR, SECRETARIAT
from onevoice.languages.bidi import shown
from onevoice.languages.web import active_language
from onevoice.languages.words import plain


def _others(decision: Decision) -> Any:
    return visible.of_group(decision.group_id).exclude(pk=decision.pk)


def _called(decision: Decision) -> str:
    return f"{decision} {shown(plain(decision.title, active_language().code))[:80]}"


class _OnDecision(Act, abstract=True):
    """An act of those who lead the body that decided."""

    on, by = visible.decisions, (CHAIR, SECRETARIAT)

    def told(self, subject: Decision, why: str, **values: Any) -> Facts:
        """On the record; as open as the decision itself, and what was written behind a commitment."""
        public = subject.visibility == Visibility.PUBLIC
        return facts(subject, public=public, number=subject.number, personal={"why": why}, **values)


class SupersedeDecision(_OnDecision):
    """Say that another decision takes the place of this one."""

    label = _("Say which decision supersedes it")
    lede = _("It stays readable in the register, marked as superseded from that day on.")
    done = _("The decision is superseded.")
    tells = (lasting_letters.superseded,)
    decision = OneOf(_("Which decision takes its place"), _others, _called)
    since = PartialDay(
        _("From when"), required=False, help=_("Empty for the day on which the other was adopted.")
    )
    why = LongText(_("Why"), limit=2000, required=False)

    @classmethod
    def may(cls, actor: Actor, subject: Decision, *, now: datetime) -> Refusal | None:
        gone = subject.superseded_by_id is not None
        return Refusal("superseded_already", wording.superseded_already) if gone else None

    def happen(self, subject: Any) -> Facts:
        by: Decision = self.inputs["decision"]
        if _gave_way(by, to=subject):
            raise ValidationError({"decision": wording.in_a_circle})
        since = self.inputs["since"] or by.adopted_written
        lasting.supersede(subject, by, since=since, why=self.inputs["why"], at=self.received_at)
        open_ = by.visibility == Visibility.PUBLIC  # a decision that is not public is not named in public
        named = {"by": str(by)} if open_ or subject.visibility != Visibility.PUBLIC else {}
        return self.told(subject, self.inputs["why"], since=since, **named)


def _gave_way(decision: Decision, *, to: Decision) -> bool:
    """Whether a decision was superseded, at last, by another."""
    seen = {decision.pk}
    while decision.superseded_by_id is not None and decision.superseded_by_id not in seen:
        seen.add(decision.superseded_by_id)
        decision = Decision.objects.get(pk=decision.superseded_by_id)
    return to.pk in seen


class RestoreDecision(_OnDecision):
    """Say that no other decision took the place of this one after all."""

    label = _("Say that it is not superseded")
    lede = _("That it was said to be superseded stays in its history.")
    done = _("The decision is in force again.")
    why = LongText(_("Why"), limit=2000)

    @classmethod
    def may(cls, actor: Actor, subject: Decision, *, now: datetime) -> Refusal | None:
        return Refusal("not_superseded", wording.not_superseded) if subject.superseded_by_id is None else None

    def happen(self, subject: Any) -> Facts:
        lasting.supersede(subject, None, since="", why=self.inputs["why"], at=self.received_at)
        return self.told(subject, self.inputs["why"])


class SetReviewDate(_OnDecision):
    """Say when a decision is to be reviewed."""

    label = _("Set a review date")
    lede = _("When the day is near, the decision stands on the desk of the chair and the secretariat.")
    done = _("The review date is set.")
    until = PartialDay(
        _("Reviewed by"), required=False, help=_("Empty where it is not to be reviewed any more.")
    )
    why = LongText(_("Why"), limit=2000, required=False)

    @classmethod
    def initial(cls, subject: Any) -> dict[str, Any]:
        return {"until": subject.reviews_written}

    def happen(self, subject: Any) -> Facts:
        due, why = self.inputs["until"], self.inputs["why"]
        lasting.review(subject, due=due, note=why, at=self.received_at)
        return self.told(subject, why, due=due)


class EnterReview(_OnDecision):
    """Enter what a review of a decision found."""

    label = _("Enter a review")
    lede = _("The decision holds until another takes its place, whatever the review finds.")
    done = _("The review is entered.")
    found = Choice(_("What the review found"), list(wording.FOUND.items()))
    why = LongText(_("In words"), limit=5000)
    until = PartialDay(_("Next review by"), required=False, help=_("Empty where no other is planned."))

    def happen(self, subject: Any) -> Facts:
        found, why, due = ReviewFound(self.inputs["found"]), self.inputs["why"], self.inputs["until"]
        lasting.review(subject, due=due, found=found, note=why, at=self.received_at)
        return self.told(subject, why, found=found.value, due=due)
