"""Steps of a succession: what an organisation held in a group passes to the one it became part of, and back again.

1. From the instant of the succession the predecessor's memberships, offices and appointments end.
2. The successor gets each for what was left of it, but for the time in which it holds the same by itself:
   nothing is held twice. From a day on a membership outweighs the successor's own seat as observer or partner.
3. Persons go on acting, for the successor. Its focal point is its own if it has one, else the predecessor's; a
   second principal or focal point, and a third administrator, become what is left: alternate, else contributor.
4. What is changed is kept as passages, so that a wrong succession is taken back exactly; what somebody changed
   since is left as it is.
What is owed follows: it is made of memberships, offices and appointments. They neither record nor tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from onevoice.claims.models import Basis, DatedFact
from onevoice.claims.steps import ended, replaced, taken_back
from onevoice.languages.partial import PartialDate, end_of_day, start_of_day
from onevoice.parties.models import Organisation, Succession

from .models import Appointment, Capacity, Group, Membership, MembershipKind, OfficeHolding, Passage
from .steps import ADMINISTRATORS, MOST_ADMINISTRATORS, enter

KINDS: tuple[type[DatedFact], ...] = (Membership, OfficeHolding, Appointment)


@dataclass(frozen=True, slots=True)
class Turn:
    """When it passes: the instants (UTC) and dates as written that end what was and begin what is.

    From a day on, what was ends with the day before. Of a month or year it is known only that it passed within.
    """

    ends: datetime
    last: str
    begins: datetime
    first: str


def turn(written: str, zone: str) -> Turn:
    """The turn of a succession on a partial date."""
    date = PartialDate.parse(written)
    begins, after = date.bounds(zone)
    if date.precision == "day":
        return Turn(begins, (date.first_day - timedelta(days=1)).isoformat(), begins, written)
    return Turn(after, written, begins, written)


@dataclass
class Passing:
    """One succession passing in one group: who says so, why, when."""

    group: Group
    succession: Succession
    turn: Turn
    by: str
    why: str
    by_organisation: int | None
    at: datetime

    @property
    def predecessor(self) -> Organisation:
        return self.succession.predecessor

    @property
    def successor(self) -> Organisation:
        return self.succession.successor

    def happen(self) -> dict[str, int]:
        """Everything of this group; how many of each passed."""
        return {
            "memberships": sum(1 for row in self.later(Membership, body__group=self.group) if self.seat(row)),
            "offices": sum(
                1 for row in self.later(OfficeHolding, office__body__group=self.group) if self.office(row)
            ),
            "appointments": sum(1 for row in self.by_rank() if self.person(row)),
        }

    def later(self, model: type[DatedFact], **of: Any) -> list[Any]:
        """What the predecessor holds at the turn or after it."""
        rows = model._default_manager.filter(
            self.after_turn(), organisation=self.predecessor, standing=True, basis=Basis.STATED, **of
        )
        return list(rows)

    def after_turn(self) -> Q:
        return Q(period__endswith__gt=self.turn.ends) | Q(period__upper_inf=True)

    # --- memberships and offices -----------------------------------------------------------------------------
    def seat(self, row: Membership) -> bool:
        """A membership passes; the successor's own weaker seat ends for it."""
        own = self.own(Membership, body=row.body_id)
        if row.kind == MembershipKind.MEMBER and self.turn.ends == self.turn.begins:
            for weaker in (each for each in own if each.kind != MembershipKind.MEMBER):
                self.end(weaker)
            own = [each for each in own if each.kind == MembershipKind.MEMBER]
        return self.passes(row, own)

    def office(self, row: OfficeHolding) -> bool:
        return self.passes(row, self.own(OfficeHolding, office=row.office_id))

    def own(self, model: type[DatedFact], **of: Any) -> list[Any]:
        """What the successor holds by itself at the turn or after it, the earliest first."""
        rows = model._default_manager.filter(
            Q(period__endswith__gt=self.turn.begins) | Q(period__upper_inf=True),
            organisation=self.successor, standing=True, basis=Basis.STATED, **of,
        )  # fmt: skip
        return sorted(rows, key=lambda each: _lower(each.period))

    def passes(self, row: Any, own: Iterable[Any], **changes: Any) -> bool:
        """The predecessor's fact ends; the successor holds what was left of it and is not held already."""
        gaps = list(_gaps(self.rest(row), [each.period for each in own]))
        self.end(row)
        for gap in gaps:
            self.begin(row, gap, **changes)
        return bool(gaps)

    def rest(self, row: Any) -> DateTimeTZRange:
        """What is left of a fact from the turn on."""
        return DateTimeTZRange(max(_lower(row.period), self.turn.begins), row.period.upper)

    def end(self, row: Any) -> None:
        if _lower(row.period) < self.turn.ends:
            after = ended(row, at=self.turn.ends, written=self.turn.last, why=self.why, by=self.by)
            self.keep(row, before=row.pk, after=after.pk)
        else:
            taken_back(row, why=self.why, by=self.by)
            self.keep(row, before=row.pk)

    def begin(self, row: Any, gap: DateTimeTZRange, **changes: Any) -> Any:
        """The successor's own fact: like the predecessor's, over a gap; its dates are written where they differ."""
        since, until = self.written(row, gap)
        kept = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.name
            not in ("id", "record_id", "standing", "claimed_at", "claimed_by", "organisation", "note")
        }
        new = type(row)._default_manager.create(
            **kept | {"period": gap, "since_written": since, "until_written": until} | changes,
            organisation=self.successor, claimed_by=self.by,
        )  # fmt: skip
        self.keep(row, after=new.pk)
        return new

    def written(self, row: Any, gap: DateTimeTZRange) -> tuple[str, str]:
        """The dates of a gap as people write them."""
        zone = self.group.tz
        since = self.turn.first if gap.lower == self.turn.begins else row.since_written
        if gap.lower not in (self.turn.begins, row.period.lower):
            since = gap.lower.astimezone(zone).date().isoformat()
        until = row.until_written
        if gap.upper != row.period.upper:
            until = (gap.upper - timedelta(microseconds=1)).astimezone(zone).date().isoformat()
        return since, until

    def keep(self, row: Any, *, before: int | None = None, after: int | None = None) -> None:
        Passage.objects.create(
            succession=self.succession,
            group=self.group,
            fact_table=row._meta.db_table,
            before=before,
            after=after,
        )

    # --- appointments ----------------------------------------------------------------------------------------
    def by_rank(self) -> list[Appointment]:
        """Who acts for the predecessor: those first who take a place that only some can have."""
        rank = {capacity: place for place, capacity in enumerate(Capacity.values)}
        return sorted(self.later(Appointment, group=self.group), key=lambda row: (rank[row.capacity], row.pk))

    def person(self, row: Appointment) -> bool:
        """A person goes on acting, for the successor, in the capacity that is left, but where it is done already."""
        own = self.own(Appointment, group=self.group)
        rest = self.rest(row)
        beside = [each for each in own if _meet(each.period, rest)]
        capacity = self.capacity(row, beside)
        theirs = [each for each in beside if each.person_id == row.person_id]
        self.end(row)
        gaps = list(_gaps(rest, [each.period for each in theirs]))
        for gap in gaps:
            enter(self.begin(row, gap, capacity=capacity), by=self.by_organisation, at=self.at)
        return bool(gaps)

    @staticmethod
    def capacity(row: Appointment, beside: list[Appointment]) -> str:
        """The capacity of the one who comes, beside those who act for the successor already."""
        held = {each.capacity for each in beside}
        if row.capacity == Capacity.PRINCIPAL:
            return Capacity.CONTRIBUTOR if Capacity.PRINCIPAL in held else Capacity.PRINCIPAL
        if row.capacity not in ADMINISTRATORS:
            return row.capacity
        if sum(1 for each in beside if each.capacity in ADMINISTRATORS) >= MOST_ADMINISTRATORS:
            return Capacity.CONTRIBUTOR
        return Capacity.ALTERNATE if Capacity.FOCAL_POINT in held else row.capacity


def pass_back(succession: Succession, group: Group, *, why: str, by: str) -> int:
    """Undo what a succession changed in a group; returns how many facts were changed since and stay as they are."""
    left = 0
    passages = list(succession.passages.filter(group=group))
    facts = {model._meta.db_table: _facts(model, passages) for model in KINDS}
    # Those that began first: nothing is held twice on the way.
    for passage in sorted(passages, key=lambda each: each.before is not None):
        before = facts[passage.fact_table].get(passage.before)
        after = facts[passage.fact_table].get(passage.after)
        if after is not None and not after.standing:
            left += 1
        elif before is None:
            taken_back(after, why=why, by=by)
        elif after is not None:
            replaced(after, why=why, by=by, period=before.period, until_written=before.until_written)
        else:
            _again(before, by=by)
    return left


def _facts(model: type[DatedFact], passages: Iterable[Passage]) -> dict[int | None, Any]:
    ids = {
        pk
        for each in passages
        if each.fact_table == model._meta.db_table
        for pk in (each.before, each.after)
        if pk
    }
    return {row.pk: row for row in model._default_manager.filter(pk__in=ids)}


def _again(fact: Any, *, by: str) -> None:
    """A fact that was taken from standing stands again, as a new one."""
    kept = {
        field.attname: getattr(fact, field.attname)
        for field in fact._meta.concrete_fields
        if field.name not in ("id", "standing", "claimed_at", "claimed_by")
    }
    type(fact)._default_manager.create(**kept, claimed_by=by)


_FIRST = start_of_day(PartialDate("1000").first_day, "UTC")
_LAST = end_of_day(PartialDate("9998").last_day, "UTC")


def _lower(period: Any) -> datetime:
    return period.lower or _FIRST


def _upper(period: Any) -> datetime:
    return period.upper or _LAST


def _meet(one: Any, other: Any) -> bool:
    return _lower(one) < _upper(other) and _lower(other) < _upper(one)


def _gaps(whole: DateTimeTZRange, held: Iterable[Any]) -> Iterator[DateTimeTZRange]:
    """The parts of a period that none of the others covers; those come in the order of their beginnings."""
    begins = whole.lower
    for each in held:
        if _lower(each) > begins:
            if _lower(each) >= _upper(whole):
                break
            yield DateTimeTZRange(begins, each.lower)
        begins = max(begins, _upper(each))
    if begins < _upper(whole):
        yield DateTimeTZRange(begins, whole.upper)
