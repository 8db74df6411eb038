"""What a group adopts for its procedures: a body's rules, and the calendars that its working days are counted by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from onevoice.decisions import visible, wording
from onevoice.decisions.models import AdoptedCalendar, AdoptedRules, Decision
from onevoice.decisions.running import keeps_holidays
from onevoice.enact.act import Act, Facts, Sentence, facts
from onevoice.enact.inputs import Choice, LongText, OneOf
from onevoice.groups import visible as groups
from onevoice.groups.roles import SECRETARIAT
from onevoice.groups.standing import members_now
from onevoice.languages.slugs import slug
from onevoice.languages.web import active_language
from onevoice.languages.words import said
from onevoice.procedure import calendars, loading
from onevoice.procedure.toml import Faulty

_READ = _("Read them value by value, with what each means for a member")
IN_TOML = _("A file in TOML, as the reference describes it.")


def _shipped_rules(_body: Any) -> list[tuple[str, str]]:
    return [("", "—"), *((name, loading.shipped(name).title) for name in loading.known())]


def _link() -> str:
    return format_html('<a href="{}">{}</a>', reverse("decisions:rules-list"), _READ)


_linked = lazy(_link, str)  # the address is the reader's: it is asked for when the form is shown


def _shipped_calendars(_group: Any) -> list[tuple[str, str]]:
    return [("", "—"), *((name, calendars.shipped(name).name) for name in calendars.known())]


def _decisions_of(subject: Any) -> Any:
    return visible.of_group(getattr(subject, "group_id", None) or subject.pk)


def _shown(decision: Decision) -> str:
    return f"{decision} {said(decision.title, active_language().code).text[:80]}"


def _own(label: Any) -> LongText:
    return LongText(label, limit=30_000, required=False, help=IN_TOML)


def _by_decision() -> OneOf:
    return OneOf(_("By which decision"), _decisions_of, _shown, required=False)


class _AdoptsFile(Act, abstract=True):
    """A file that the product ships, or the group's own, is in force from now on, word for word, by a decision."""

    by, creates = (SECRETARIAT,), True
    of: ClassVar[str]  # how the record calls what was adopted
    model: ClassVar[type[Model]]
    text_of: ClassVar[Callable[[str], str]]  # a shipped file, by its name
    unusable: ClassVar[Sentence]

    def read(self, toml: str, name: str, subject: Any) -> str:
        """What the file calls itself; raises Faulty, or Refusal where it may not be in force."""
        raise NotImplementedError

    def happen(self, subject: Any) -> Facts:
        toml, name = self._chosen()
        try:
            title = self.read(toml, name, subject)
        except Faulty as error:
            raise ValidationError({"own": str(self.unusable).format(says=error)}) from error
        decision = self.inputs["decision"]
        adopted = self.model._default_manager.create(
            **{type(subject)._meta.model_name: subject},
            slug=slug(name)[:60], title=title[:200], toml=toml, hash=hash_of_file(toml), decision=decision,
            adopted_at=self.received_at,
        )  # fmt: skip
        return facts(subject, **{self.of: adopted.hash}, title=adopted.title, decision=str(decision or ""))

    def _chosen(self) -> tuple[str, str]:
        """The file's words and name: the group's own where there are any, else the one that was chosen."""
        if self.inputs["own"]:
            return self.inputs["own"] + "\n", "own"
        if not self.inputs["shipped"]:
            raise ValidationError({"shipped": wording.choose_one})
        return type(self).text_of(self.inputs["shipped"]), self.inputs["shipped"]


class AdoptRules(_AdoptsFile):
    """Enter the rules of procedure that a body adopted: a file that the product ships, or the group's own.

    What runs already is governed to its end by the rules in force when it started.
    """

    on = groups.bodies
    of, model, text_of, unusable = "rules", AdoptedRules, staticmethod(loading.text_of), wording.not_rules
    label = _("Enter adopted rules of procedure")
    lede = _(
        "From now on procedures of this body start under these rules. What runs already keeps its own to the end."
    )
    done = _("The rules are in force.")
    shipped = Choice(_("Rules to begin with"), _shipped_rules, required=False, help=_linked())
    own = _own(_("Or the rules themselves"))
    decision = _by_decision()

    def read(self, toml: str, name: str, subject: Any) -> str:
        members = len(members_now(subject, at=self.received_at))
        return loading.read(toml, f"{name}.toml", members=members).title


class AdoptCalendar(_AdoptsFile):
    """Enter the working days of a duty station that a group counts by.

    It keeps the days off by which a clock that runs was counted, until that clock is over.
    """

    on = groups.groups
    of, model, text_of, unusable = (
        "calendar", AdoptedCalendar, staticmethod(calendars.text_of), wording.not_a_calendar,
    )  # fmt: skip
    label = _("Enter an adopted calendar")
    lede = _("Clocks of working days that start from now on are counted by it.")
    done = _("The calendar is in force.")
    shipped = Choice(_("Calendar to begin with"), _shipped_calendars, required=False)
    own = _own(_("Or the calendar itself"))
    decision = _by_decision()

    def read(self, toml: str, name: str, subject: Any) -> str:
        calendar = calendars.read(toml, f"{name}.toml")
        keeps_holidays(subject, slug(name)[:60], calendar, at=self.received_at)
        return calendar.place


def hash_of_file(toml: str) -> str:
    """What the record says of a file: SHA-256 of its words."""
    return hashlib.sha256(toml.encode()).hexdigest()
