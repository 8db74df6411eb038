"""What a group adopts for its procedures: a body's rules, and the calendars that its working days are counted by."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onevoice.decisions import visible, wording
from onevoice.decisions.models import AdoptedCalendar, AdoptedRules, Decision
from onevoice.enact.act import Act, Facts, facts
from onevoice.enact.inputs import Choice, LongText, OneOf
from onevoice.groups import visible as groups
from onevoice.groups.roles import SECRETARIAT
from onevoice.groups.standing import members_now
from onevoice.languages.slugs import slug
from onevoice.languages.web import active_language
from onevoice.languages.words import said
from onevoice.procedure import calendars, loading
from onevoice.procedure.toml import Faulty

IN_TOML = _("A file in TOML, as the reference describes it.")


def _shipped_rules(_body: Any) -> list[tuple[str, str]]:
    return [("", "—"), *((name, loading.shipped(name).title) for name in loading.known())]


def _shipped_calendars(_group: Any) -> list[tuple[str, str]]:
    return [("", "—"), *((name, calendars.shipped(name).name) for name in calendars.known())]


def _decisions_of(subject: Any) -> Any:
    return visible.of_group(getattr(subject, "group_id", None) or subject.pk)


def _shown(decision: Decision) -> str:
    return f"{decision} {said(decision.title, active_language().code).text[:80]}"


class AdoptRules(Act):
    """Enter the rules of procedure that a body adopted: a file that the product ships, or the group's own.

    What runs already is governed to its end by the rules in force when it started.
    """

    on, by = groups.bodies, (SECRETARIAT,)
    creates = True
    label = _("Enter adopted rules of procedure")
    lede = _(
        "From now on procedures of this body start under these rules. What runs already keeps its own to the end."
    )
    done = _("The rules are in force.")
    shipped = Choice(_("Rules to begin with"), _shipped_rules, required=False)
    own = LongText(_("Or the rules themselves"), limit=30_000, required=False, help=IN_TOML)
    decision = OneOf(_("By which decision"), _decisions_of, _shown, required=False)

    def happen(self, subject: Any) -> Facts:
        toml, name = _chosen(self.inputs, loading.text_of)
        try:
            rules = loading.read(toml, f"{name}.toml", members=len(members_now(subject, at=self.received_at)))
        except Faulty as error:
            raise ValidationError({"own": str(wording.not_rules).format(says=error)}) from error
        adopted = AdoptedRules.objects.create(
            body=subject,
            slug=slug(name)[:60],
            title=rules.title[:200],
            toml=toml,
            hash=hash_of_file(toml),
            decision=self.inputs["decision"],
            adopted_at=self.received_at,
        )
        return facts(
            subject, rules=adopted.hash, title=adopted.title, decision=str(self.inputs["decision"] or "")
        )


class AdoptCalendar(Act):
    """Enter the working days of a duty station that a group counts by."""

    on, by = groups.groups, (SECRETARIAT,)
    creates = True
    label = _("Enter an adopted calendar")
    lede = _("Clocks of working days that start from now on are counted by it.")
    done = _("The calendar is in force.")
    shipped = Choice(_("Calendar to begin with"), _shipped_calendars, required=False)
    own = LongText(_("Or the calendar itself"), limit=30_000, required=False, help=IN_TOML)
    decision = OneOf(_("By which decision"), _decisions_of, _shown, required=False)

    def happen(self, subject: Any) -> Facts:
        toml, name = _chosen(self.inputs, calendars.text_of)
        try:
            calendar = calendars.read(toml, f"{name}.toml")
        except Faulty as error:
            raise ValidationError({"own": str(wording.not_a_calendar).format(says=error)}) from error
        adopted = AdoptedCalendar.objects.create(
            group=subject,
            slug=slug(name)[:60],
            title=calendar.place[:200],
            toml=toml,
            hash=hash_of_file(toml),
            decision=self.inputs["decision"],
            adopted_at=self.received_at,
        )
        return facts(
            subject, calendar=adopted.hash, title=adopted.title, decision=str(self.inputs["decision"] or "")
        )


def _chosen(inputs: Any, text_of: Any) -> tuple[str, str]:
    """The file's words and name: the group's own where there are any, else the one that was chosen."""
    if inputs["own"]:
        return inputs["own"] + "\n", "own"
    if not inputs["shipped"]:
        raise ValidationError({"shipped": wording.choose_one})
    return text_of(inputs["shipped"]), inputs["shipped"]


def hash_of_file(toml: str) -> str:
    """What the record says of a file: SHA-256 of its words."""
    return hashlib.sha256(toml.encode()).hexdigest()
