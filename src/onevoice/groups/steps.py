"""Steps that acts share: begin and end what is dated. They neither record nor tell; history is only added to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from onevoice.claims.models import Basis, Claim, Confidence, DatedFact, Fact, Source, Supersession
from onevoice.claims.steps import ended
from onevoice.enact.act import Refusal
from onevoice.enact.subjects import key_of
from onevoice.languages.partial import PartialDate, end_of_day, start_of_day
from onevoice.languages.times import moment
from onevoice.languages.words import plain
from onevoice.parties.models import Organisation, Person, Succession

from . import wording
from .models import Appointment, Body, Capacity, EnteredAppointment, EnteredMembership, Group
from .standing import in_force

ADMINISTRATORS = (Capacity.FOCAL_POINT, Capacity.ALTERNATE)
MOST_ADMINISTRATORS = 2


def period(group: Group, since: date, until: date | None = None) -> dict[str, Any]:
    """The fields of a dated fact from its first day to its last, in the seat's zone."""
    if until is not None and until < since:
        raise wording.ends_first
    upper = end_of_day(until, group.zone) if until else None
    return {
        "period": DateTimeTZRange(start_of_day(since, group.zone), upper),
        "since_written": since.isoformat(),
        "until_written": until.isoformat() if until else "",
    }


def as_written(fact: DatedFact, since: str, until: str, zone: str) -> dict[str, Any]:
    """The fields of a fact with these partial dates, empty for not known.

    A date that stays keeps its instant: what an act began at ten o'clock did not begin at midnight.
    """
    lower = PartialDate(since).bounds(zone)[0] if since else None
    upper = PartialDate(until).bounds(zone)[1] if until else None
    if since == fact.since_written:
        lower = fact.period.lower
    if until == fact.until_written:
        upper = fact.period.upper
    if lower is not None and upper is not None and upper <= lower:
        raise wording.ends_first
    if fact.basis == Basis.ATTESTED and not (since and until):
        raise wording.both_dates
    return {"period": DateTimeTZRange(lower, upper), "since_written": since, "until_written": until}


def chosen_by(chosen: str, since: str) -> str:
    """When an office was given, as written: not after its first day, as far as both are known."""
    if chosen[: len(since)] > since[: len(chosen)]:
        raise wording.begins_first
    return chosen


def refuse_corrected(fact: Fact, group: Group) -> Refusal | None:
    """Why a fact that no longer stands is not corrected again: who did it, when."""
    if fact.standing:
        return None
    gone = Supersession.objects.get(fact_table=fact._meta.db_table, fact_id=fact.pk)
    language = get_language() or "en"
    slug = gone.by.rpartition(" for ")[2] if gone.by.startswith("person:") else ""
    organisation = Organisation.objects.filter(slug=slug).prefetch_related("names").first()
    return wording.corrected_meanwhile(
        wording.short(organisation), moment(gone.at, group.zone, language, plain(group.seat, language))
    )


def end_on[FactT: DatedFact](fact: FactT, day: date, group: Group, *, why: str, by: str) -> FactT:
    """The fact again, with its last day."""
    return end_at(fact, end_of_day(day, group.zone), day, why=why, by=by)


def end_at[FactT: DatedFact](fact: FactT, at: datetime, day: date, *, why: str, by: str) -> FactT:
    """The fact again, ended at an instant of a day; it cannot end before it began nor later than it does."""
    lower, upper = fact.period.lower, fact.period.upper
    if lower is not None and at <= lower:
        raise wording.until_before_since(_shown(day.isoformat()), _shown(fact.since_written))
    if upper is not None and at > upper:
        raise wording.until_after_end(_shown(fact.until_written))
    return ended(fact, at=at, written=day.isoformat(), why=why, by=by)


def _shown(written: str) -> str:
    return PartialDate.parse(written).shown(get_language() or "en") if written else "—"


def cite(fact: Fact, address: str, *, by: str) -> None:
    """A page states the fact, says who entered it; kept for the fact itself, whichever subject the act is on."""
    source, _made = Source.objects.get_or_create(address=address)
    Claim.objects.create(
        about=key_of_fact(fact),
        source=source,
        confidence=Confidence.MADE,
        claimed_by=by,
        order=_last(fact) + 1,
    )


def key_of_fact(fact: Fact) -> str:
    """The subject key under which claims about a fact are kept, whichever subject the act is on."""
    of_table = fact._meta.concrete_model()
    of_table.__dict__.update(fact.__dict__)
    return key_of(of_table)


def _last(fact: Fact) -> int:
    """The place of the last claim about a fact; -1 where there is none."""
    last = (
        Claim.objects.filter(about=key_of_fact(fact))
        .order_by("-order")
        .values_list("order", flat=True)
        .first()
    )
    return -1 if last is None else last


def stated_by(facts: Iterable[Fact]) -> QuerySet[Claim]:
    """The sources that are said to state some facts, as claims; one query."""
    rows = Claim.objects.filter(about__in=[key_of_fact(fact) for fact in facts], standing=True)
    return rows.filter(says__isnull=True, source__isnull=False).select_related("source")


def is_cited(fact: Fact, address: str) -> bool:
    """Whether a page at this address is known to state the fact."""
    return stated_by([fact]).filter(source__address=address).exists()


def cite_alike(old: Fact, new: Fact, *, without: Claim | None = None) -> None:
    """What stated the old fact states the new one, which says the same; but not a source that was wrong."""
    rows = Claim.objects.filter(about=key_of_fact(old), standing=True)
    for claim in rows.exclude(pk=without.pk) if without else rows:
        kept = {each.attname: getattr(claim, each.attname) for each in Claim._meta.concrete_fields}
        for own in ("id", "standing", "claimed_at"):
            kept.pop(own)
        Claim.objects.create(**kept | {"about": key_of_fact(new)})


def still_there(organisations: QuerySet[Organisation], group: Group, at: datetime) -> QuerySet[Organisation]:
    """Without those that have become part of another by that day: nothing is given to them any more."""
    gone = Succession.objects.filter(standing=True, when_written__lte=today(group, at).isoformat())
    return organisations.exclude(pk__in=gone.values("predecessor"))


def appoint(
    group: Group, organisation: Organisation, person: Person, capacity: str, *, at: datetime, by: str
) -> Appointment:
    """A person acts for an organisation from this instant; the group's row is locked by the act that asks."""
    return Appointment.objects.create(
        group=group,
        organisation=organisation,
        person=person,
        capacity=capacity,
        claimed_by=by,
        period=DateTimeTZRange(at, None),
        since_written=today(group, at).isoformat(),
    )


def enter(row: Appointment, *, by: int | None, at: datetime) -> None:
    """An appointment that one organisation entered for another is that one's to confirm."""
    if by is not None and by != row.organisation_id:
        EnteredAppointment.objects.create(appointment=row, by_id=by, at=at)


def enter_membership(body: Body, organisation: Organisation, *, by: int | None, at: datetime) -> None:
    """A membership that one organisation entered for another is that one's to confirm, or to say what is wrong."""
    if by is not None and by != organisation.pk:
        EnteredMembership.objects.create(body=body, organisation=organisation, by_id=by, at=at)


def has_two_administrators(
    group: Group, organisation: Organisation, *, at: datetime, besides: Appointment | None = None
) -> bool:
    """Whether focal point and alternates (`besides` one) are two already, now or from an announced day on."""
    later = Q(period__endswith__gt=at) | Q(period__upper_inf=True)
    rows = group.appointments.filter(
        later, organisation=organisation, capacity__in=ADMINISTRATORS, standing=True
    )
    rows = rows.exclude(pk=besides.pk) if besides else rows
    return rows.count() >= MOST_ADMINISTRATORS


def hand_over(old: Appointment, successor: Person, *, at: datetime, why: str, by: str) -> Appointment:
    """One focal point ends and the next begins at the same instant: what is owed is never owed by nobody."""
    if old.person_id == successor.pk:
        raise wording.same_person
    group, organisation = old.group, old.organisation
    others = group.appointments.filter(organisation=organisation, person=successor)
    for before in (old, *in_force(others, at=at)):
        end_at(before, at, today(group, at), why=why, by=by)
    return appoint(group, organisation, successor, Capacity.FOCAL_POINT, at=at, by=by)


def today(group: Group, at: datetime) -> date:
    """The date at the seat."""
    return at.astimezone(group.tz).date()


Decisions = Callable[[Any], list[tuple[str, str]]]
_decisions: list[Decisions] = []


def offers_decisions(function: Decisions) -> Decisions:
    """The room of decisions registers which ones a membership or office can cite: (subject key, number and title)."""
    _decisions[:] = [function]
    return function


def decisions_of(subject: Any) -> list[tuple[str, str]]:
    """What a body has decided, to cite; first the choice of none."""
    return [("", "—"), *(one for find in _decisions for one in find(subject))]
