"""Officials at large, who appear in the record of a group and act nowhere, and the sizes that sources published.

Both are facts that a file brought, and are corrected as other facts are: the subject is the group, in whose record the
act stands, and the form names the fact. Officials are shared by groups, as names are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Facts
from onevoice.enact.inputs import Choices, Number
from onevoice.groups import wording
from onevoice.groups.acts import sixfold
from onevoice.groups.acts.correcting import (
    DATE_ANEW,
    FIRST_ANEW,
    KEPT,
    LAST_ANEW,
    NEVER,
    TITLES,
    WHY,
    OfTheGroup,
    dates_anew,
    on_the_record,
    those_of,
)
from onevoice.groups.acts.sourced import SOURCE, FactChoice, wrong_of
from onevoice.groups.history import line_of
from onevoice.groups.models import Appointment, Group, PublishedCount

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


def officials_of(group: Group) -> list[tuple[str, str]]:
    """Those that stand, each with the title, for whom and when."""
    return those_of(officials_in(group), wording.official)


HONORIFICS = sixfold.fields(_("Form of address ({language})"))
COUNTED = sixfold.fields(_("What was counted ({language})"))


class CorrectOfficial(OfTheGroup):
    """Correct the title of an official whom the record names, its first and last day, or that it never was."""

    label, lede = _("Correct the title of an official"), KEPT
    done = _("The title of the official is corrected.")
    among, nothing = staticmethod(officials_in), wording.no_official
    forbids = {"superseded_once": wording.corrected_at_once}
    fact = FactChoice(_("Which official"), officials_of)
    title_en, title_fr, title_es, title_ar, title_ru, title_zh = TITLES
    honorific_en, honorific_fr, honorific_es, honorific_ar, honorific_ru, honorific_zh = HONORIFICS
    since, until = FIRST_ANEW, LAST_ANEW
    without = Choices(_("To be taken out"), lambda group: list(TAKEN_OUT.items()))
    never, why, wrong, source = NEVER, WHY, wrong_of(officials_in, wording.official), SOURCE

    def changes(self, group: Group, old: Any) -> Mapping[str, Any]:
        given = self.inputs
        return dates_anew(old, given, group.zone) | {
            name: sixfold.said_anew(getattr(old, name), given, name, given["without"])
            for name in ("title", "honorific")
        }

    def said_of(self, old: Any, new: Any) -> Facts:
        return on_the_record(
            self, old, new, ("since_written", "until_written"),
            personal={"person": old.person.slug, **sixfold.anew(old, new, "title", "honorific")},
            organisation=old.organisation.slug if old.organisation else "",
            state=old.state.slug if old.state else "",
        )  # fmt: skip


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
    return those_of(counts_in(group), line_of)


class CorrectCount(OfTheGroup):
    """Correct a size of the group as a source published it: how many, of what, at which date, or that it never was."""

    label, lede = _("Correct a published size"), KEPT
    done = _("The published size is corrected.")
    among, nothing = staticmethod(counts_in), wording.no_count
    forbids = {"superseded_once": wording.corrected_at_once}
    fact = FactChoice(_("Which size"), counts_of)
    count = Number(_("How many"), high=2_000_000_000, required=False)
    when = DATE_ANEW
    counted_en, counted_fr, counted_es, counted_ar, counted_ru, counted_zh = COUNTED
    never, why, wrong, source = NEVER, WHY, wrong_of(counts_in, line_of), SOURCE

    def changes(self, group: Group, old: Any) -> Mapping[str, Any]:
        given = self.inputs
        return {
            "count": old.count if given["count"] is None else given["count"],
            "when_written": given["when"] or old.when_written,
            "counted": sixfold.said_anew(old.counted, given, "counted"),
        }

    def said_of(self, old: Any, new: Any) -> Facts:
        return on_the_record(self, old, new, ("count", "when_written", "counted"))
