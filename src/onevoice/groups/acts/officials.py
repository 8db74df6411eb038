"""Officials at large, who appear in the record of a group and act nowhere, and the sizes that sources published.

Both are facts that a file brought, and are corrected as other facts are: the subject is the group, in whose record the
act stands, and the form names the fact. Officials are shared by groups, as names are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.claims.steps import replaced, taken_back
from onevoice.enact.act import Act, Facts, Refusal
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choices, Number, PartialDay
from onevoice.groups import visible, wording
from onevoice.groups.acts import sixfold
from onevoice.groups.acts.corrections import (
    NEVER,
    TITLES,
    WHY,
    FactChoice,
    chosen,
    dates_anew,
    on_the_record,
)
from onevoice.groups.acts.sourced import SOURCE, said_anew_by_its_source
from onevoice.groups.history import line_of
from onevoice.groups.models import Appointment, Group, PublishedCount
from onevoice.groups.roles import SECRETARIAT
from onevoice.languages.collation import in_order

Named = Callable[[Group], Any]
_named: list[Named] = []


def names_officials(function: Named) -> Named:
    """The room above registers which officials a group's record names: their appointments, by id, as a query."""
    _named[:] = [function]
    return function


def officials_in(group: Group) -> Any:
    """What the officials whom the record of the group names are and were at large, as was believed at any time."""
    ids = [function(group) for function in _named]
    persons = Appointment.objects.filter(pk__in=ids[0] if ids else []).values("person")
    rows = Appointment.objects.filter(
        group__isnull=True, person__in=persons, person__role_only=group.demonstration
    )
    return rows.select_related("person", "organisation", "state").prefetch_related("organisation__names")


def _listed(rows: Any, said: Callable[[Any], str]) -> list[tuple[str, str]]:
    found = [(str(row.pk), said(row)) for row in rows.filter(standing=True)]
    return [("", "—"), *in_order(found, lambda pair: pair[1], get_language() or "en")]


def officials_of(group: Group) -> list[tuple[str, str]]:
    """Those that stand, each with the title, for whom and when."""
    return _listed(officials_in(group), wording.official)


HONORIFICS = sixfold.fields(_("Form of address ({language})"))
COUNTED = sixfold.fields(_("What was counted ({language})"))
KEPT = _(
    "Write only what is wrong: what you leave empty stays. What was known before stays in the history, with who "
    "corrected it, when and why."
)


class CorrectOfficial(Act):
    """Correct the title of an official whom the record names, its first and last day, or that it never was."""

    on, by = visible.groups, (SECRETARIAT,)
    label, lede = _("Correct the title of an official"), KEPT
    done = _("The title of the official is corrected.")
    creates = (
        True  # what others do in the group does not make it stale; another correction of this title does
    )
    forbids = {"superseded_once": wording.corrected_at_once}
    fact = FactChoice(_("Which official"), officials_of)
    title_en, title_fr, title_es, title_ar, title_ru, title_zh = TITLES
    honorific_en, honorific_fr, honorific_es, honorific_ar, honorific_ru, honorific_zh = HONORIFICS
    since = PartialDay(
        _("First day"), required=False, help=_("As far as it is known: 2006, 2006-09 or 2006-09-14.")
    )
    until = PartialDay(
        _("Last day"), required=False, help=_("As far as it is known: 2006, 2006-09 or 2006-09-14.")
    )
    without = Choices(_("To be taken out"), lambda group: list(TAKEN_OUT.items()))
    never, why, source = NEVER, WHY, SOURCE

    @classmethod
    def may(cls, actor: Actor, subject: Group, *, now: datetime) -> Refusal | None:
        return None if officials_in(subject).filter(standing=True).exists() else wording.no_official

    def happen(self, subject: Any) -> Facts:
        given, by = self.inputs, self.actor.key
        old = chosen(officials_in(subject), given["fact"], subject)
        if given["never"]:
            taken_back(old, why=given["why"], by=by)
            return self._said(subject, old, None)
        changes = dates_anew(old, given, subject.zone) | {
            name: sixfold.said_anew(getattr(old, name), given, name, given["without"])
            for name in ("title", "honorific")
        }
        if all(getattr(old, name) == value for name, value in changes.items()):
            return self._said(subject, old, said_anew_by_its_source(self, old))
        return self._said(subject, old, replaced(old, why=given["why"], by=by, **changes))

    def _said(self, group: Group, old: Any, new: Any) -> Facts:
        happened = on_the_record(
            self, old, new, ("since_written", "until_written"),
            personal={"person": old.person.slug, **sixfold.anew(old, new, "title", "honorific")},
            organisation=old.organisation.slug if old.organisation else "",
            state=old.state.slug if old.state else "",
        )  # fmt: skip
        return Facts(group, happened.values, happened.personal, public=True)


TAKEN_OUT = {
    name: declared.label
    for name, declared in CorrectOfficial.fields.items()
    if name.startswith(("title_", "honorific_", "since", "until"))
}


# --- sizes, as published -------------------------------------------------------------------------------------
def counts_in(group: Group) -> Any:
    """What sources counted of the group, as was believed at any time."""
    return PublishedCount.objects.filter(group=group).select_related("group")


def counts_of(group: Group) -> list[tuple[str, str]]:
    """Those that stand."""
    return _listed(counts_in(group), line_of)


class CorrectCount(Act):
    """Correct a size of the group as a source published it: how many, of what, at which date, or that it never was."""

    on, by = visible.groups, (SECRETARIAT,)
    label, lede = _("Correct a published size"), KEPT
    done = _("The published size is corrected.")
    creates = True  # as for officials
    forbids = {"superseded_once": wording.corrected_at_once}
    fact = FactChoice(_("Which size"), counts_of)
    count = Number(_("How many"), high=2_000_000_000, required=False)
    when = PartialDay(
        _("Date"), required=False, help=_("As far as it is known: 2006, 2006-09 or 2006-09-14.")
    )
    counted_en, counted_fr, counted_es, counted_ar, counted_ru, counted_zh = COUNTED
    never, why, source = NEVER, WHY, SOURCE

    @classmethod
    def may(cls, actor: Actor, subject: Group, *, now: datetime) -> Refusal | None:
        return None if counts_in(subject).filter(standing=True).exists() else wording.no_count

    def happen(self, subject: Any) -> Facts:
        given, by = self.inputs, self.actor.key
        old = chosen(counts_in(subject), given["fact"], subject)
        if given["never"]:
            taken_back(old, why=given["why"], by=by)
            return self._said(subject, old, None)
        changes = {
            "count": old.count if given["count"] is None else given["count"],
            "when_written": given["when"] or old.when_written,
            "counted": sixfold.said_anew(old.counted, given, "counted"),
        }
        if all(getattr(old, name) == value for name, value in changes.items()):
            return self._said(subject, old, said_anew_by_its_source(self, old))
        return self._said(subject, old, replaced(old, why=given["why"], by=by, **changes))

    def _said(self, group: Group, old: Any, new: Any) -> Facts:
        happened = on_the_record(self, old, new, ("count", "when_written", "counted"))
        return Facts(group, happened.values, happened.personal, public=True)
