"""One organisation became part of another: what it held in the group passes, and a wrong succession is corrected.

That UNIFEM became part of UN Women holds in every group; what passes is each group's own. So a second group records
the same succession again, for its own memberships, offices and appointments. How they pass: groups/passing.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.claims.steps import replaced, taken_back
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, LongText, PartialDay
from onevoice.groups import visible, wording
from onevoice.groups.acts.correcting import AS_FAR, NEVER, chosen, those_of
from onevoice.groups.acts.organisations import among_renamable, renamable, seen_in
from onevoice.groups.acts.sourced import (
    SOURCE,
    FactChoice,
    said_anew_by_its_sources,
    sourced,
    taken_out,
    wrong_of,
)
from onevoice.groups.models import Group, Membership, OfficeHolding
from onevoice.groups.passing import Passing, pass_back, turn
from onevoice.groups.roles import SECRETARIAT
from onevoice.groups.steps import today
from onevoice.languages.collation import in_order
from onevoice.languages.partial import PartialDate
from onevoice.parties.models import Organisation, Succession

WHY = LongText(_("Why"), limit=2000, help=_("The source or the decision. The group sees it."))
FORBIDS = {
    "superseded_once": wording.corrected_at_once,
    "becomes_part_of_one": wording.part_of_another,
    "one_membership_at_a_time": wording.membership_overlaps,
    "holds_an_office_once": wording.office_overlaps,
    "one_holder_at_a_time": wording.one_holder,
    "one_focal_point_at_a_time": wording.focal_point_overlaps,
    "one_capacity_at_a_time": wording.capacity_overlaps,
}
WHEN = _(
    "From this day on the successor holds what passes. Of the past a month or year will do: 2006-09 or 2006."
)
missing = _("Choose what it became part of.")


def into(group: Group) -> list[tuple[str, str]]:
    """What an organisation can become part of; of a demonstration, only what is made up."""
    rows = seen_in(group).filter(invented=group.demonstration)
    choices = [(each.slug, wording.full(each)) for each in rows]
    return [("", "—"), *in_order(choices, lambda pair: pair[1], get_language() or "en")]


def successions_in(group: Group) -> QuerySet[Succession]:
    """Those of the group's organisations, as was believed at any time."""
    its = among_renamable(group)
    rows = Succession.objects.filter(Q(predecessor__in=its) | Q(successor__in=its))
    return rows.select_related("predecessor", "successor").prefetch_related(
        "predecessor__names", "successor__names"
    )


def successions_of(group: Group) -> list[tuple[str, str]]:
    """Those that stand."""
    return those_of(successions_in(group), _who_became_part)


def _who_became_part(row: Succession) -> str:
    return str(wording.became).format(
        predecessor=wording.short(row.predecessor), successor=wording.short(row.successor)
    )


def refuse_unclear(group: Group, written: str, at: datetime) -> None:
    """What passes today or later passes at an instant, so the day is needed."""
    date = PartialDate.parse(written)
    if date.precision != "day" and date.last_day >= today(group, at):
        raise wording.still_to_come


def refuse_circle(predecessor: Organisation, successor: Organisation, *, besides: int | None = None) -> None:
    """No organisation becomes part of itself, nor by way of others."""
    if predecessor == successor:
        raise wording.same_organisation
    parts = dict(
        Succession.objects.filter(standing=True).exclude(pk=besides).values_list("predecessor", "successor")
    )
    at: int | None = successor.pk
    for _step in range(len(parts) + 1):
        at = parts.get(at)
        if at == predecessor.pk:
            raise wording.in_a_circle(predecessor, successor)


def refuse_too_early(group: Group, predecessor: Organisation, written: str) -> None:
    """What is known of an organisation in the group, and what became part of it, comes before its own end."""
    if not written:
        return
    came = predecessor.predecessors.filter(standing=True).exclude(when_written="")
    seats = Membership.objects.filter(body__group=group, organisation=predecessor, standing=True)
    offices = OfficeHolding.objects.filter(office__body__group=group, organisation=predecessor, standing=True)
    begun = [*seats.values_list("since_written", flat=True), *offices.values_list("since_written", flat=True)]
    dates = [PartialDate.parse(day) for day in came.values_list("when_written", flat=True)]
    dates += [PartialDate.parse(min(begun))] if begun and all(begun) else []
    known = max(dates, key=lambda date: date.first_day, default=None)
    if known is not None and PartialDate.parse(written).last_day < known.first_day:
        raise wording.before_it_is_known(predecessor, known.shown(get_language() or "en"))


def passed(doing: Act, group: Group, succession: Succession, written: str) -> Mapping[str, int]:
    """What the predecessor holds in the group passes on that date."""
    return Passing(
        group, succession, turn(written, group.zone), by=doing.actor.key, why=doing.inputs["why"],
        by_organisation=doing.actor.organisation, at=doing.received_at,
    ).happen()  # fmt: skip


class RecordSuccession(Act):
    """Record that an organisation became part of another, to which its memberships, offices and people pass."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Record that an organisation became part of another")
    lede = _(
        "Its memberships, offices and what it owes pass to the successor from that day. Whoever acted for it acts for "
        "the successor: as focal point where the successor has none, else as alternate or contributor."
    )
    done = _("The succession is recorded. The successor confirms on its desk who acts for it now.")
    grave, creates, forbids = True, True, FORBIDS
    predecessor = Choice(_("Which organisation"), renamable)
    successor = Choice(_("Became part of"), into)
    when = PartialDay(_("Date"), help=WHEN, required=True)
    why, source = WHY, SOURCE

    @classmethod
    def may(cls, actor: Actor, subject: Group, *, now: datetime) -> Refusal | None:
        return None if among_renamable(subject).exists() else wording.nothing_to_succeed

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        there = Organisation.objects.prefetch_related("names")
        predecessor, successor = (there.get(slug=given[name]) for name in ("predecessor", "successor"))
        refuse_unclear(subject, given["when"], self.received_at)
        refuse_circle(predecessor, successor)
        refuse_too_early(subject, predecessor, given["when"])
        known = self._known(predecessor, successor)
        succession = known or Succession.objects.create(
            predecessor=predecessor,
            successor=successor,
            when_written=given["when"],
            claimed_by=self.actor.key,
        )
        counts = passed(self, subject, succession, given["when"])
        if known and not any(counts.values()):
            raise wording.part_of(predecessor, successor)
        return facts(
            subject, public=True, personal={"why": given["why"]}, predecessor=predecessor.slug,
            successor=successor.slug, when=given["when"], passed=counts, **sourced(self, succession),
        )  # fmt: skip

    def _known(self, predecessor: Organisation, successor: Organisation) -> Succession | None:
        """The same as another group or an import has it; what is known otherwise is corrected, not said anew."""
        row = predecessor.successions.filter(standing=True).select_related("successor", "predecessor").first()
        if row is None:
            return None
        if row.successor != successor:
            raise wording.part_of(predecessor, row.successor)
        if row.when_written != self.inputs["when"]:
            if row.when_written:
                raise wording.part_of(predecessor, row.successor)
            return replaced(row, why=self.inputs["why"], by=self.actor.key, when_written=self.inputs["when"])
        return row


class CorrectSuccession(Act):
    """Correct what an organisation became part of, and when, or that it never did; what passed by it follows."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Correct a succession")
    lede = _(
        "What passed in this group by the wrong succession goes back, and passes by the right one. What somebody "
        "changed since stays as it is. What was known before stays in the history."
    )
    done = _(
        "The succession is corrected. Look at both organisations: what was changed since is left as it is."
    )
    grave, creates, forbids = True, True, FORBIDS
    fact = FactChoice(_("Which succession"), successions_of)
    successor = Choice(_("It became part of"), into, required=False)
    when = PartialDay(_("Date"), required=False, help=AS_FAR)
    never, why, wrong, source = NEVER, WHY, wrong_of(successions_in, _who_became_part), SOURCE

    @classmethod
    def may(cls, actor: Actor, subject: Group, *, now: datetime) -> Refusal | None:
        return None if successions_in(subject).filter(standing=True).exists() else wording.no_succession

    def happen(self, subject: Any) -> Facts:
        given, by = self.inputs, self.actor.key
        old = chosen(successions_in(subject), given["fact"], subject)
        if taken_out(self, old) and given["never"]:
            raise wording.never_and_changed
        had_passed = old.passages.filter(group=subject).exists()
        new = None if given["never"] else self._new(subject, old, had_passed)
        left = pass_back(old, subject, why=given["why"], by=by)
        if new is None:
            taken_back(old, why=given["why"], by=by)
        counts = passed(self, subject, new, given["when"]) if new is not None and had_passed else {}
        return facts(
            subject, public=True, personal={"why": given["why"]}, predecessor=old.predecessor.slug,
            was=_said(old), became=_said(new) if new is not None else None, passed=counts, left=left,
            **sourced(self, new),
        )  # fmt: skip

    def _new(self, group: Group, old: Succession, had_passed: bool) -> Succession:
        given = self.inputs
        if not given["successor"]:
            raise ValidationError(missing)
        successor = Organisation.objects.prefetch_related("names").get(slug=given["successor"])
        if (successor, given["when"]) == (old.successor, old.when_written):
            return said_anew_by_its_sources(self, old)
        refuse_circle(old.predecessor, successor, besides=old.pk)
        refuse_too_early(group, old.predecessor, given["when"])
        if had_passed:
            if not given["when"]:
                raise wording.day_to_pass
            refuse_unclear(group, given["when"], self.received_at)
        return replaced(
            old, why=given["why"], by=self.actor.key, successor_id=successor.pk, when_written=given["when"]
        )


def _said(row: Succession) -> dict[str, str]:
    return {"successor": row.successor.slug, "when": row.when_written}
