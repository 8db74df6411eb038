"""Many proposals under silence at once, for measurements: whole groups with members, rules and a record each.

Rows are written as acts leave them, without the acts: ten thousand starts would take longer than what is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from onevoice.decisions.models import AdoptedRules, Procedure, Proposal, ProposalState, Received
from onevoice.decisions.procedures import outcome_of
from onevoice.decisions.steps import hash_of, paragraphs
from onevoice.groups.models import Appointment, Body, Group, Membership
from onevoice.parties.models import Organisation, Person
from onevoice.procedure.loading import text_of
from onevoice.record.append import open_log

TEXT: Final = "The members share what they have published.\n\nThe secretariat lists it on the Group's site."
# ICAT's proposal for its Working Group, with an exact end, however near.
ANY_END: Final = {
    "minimum = { working_days = 3 }": 'minimum = "none"',
    'calendar = "vienna"  # the seat\'s': 'calendar = "none"',
    "closing = 17:00:00  # the seat's time": 'closing = "none"',
    "ends_on_day_off = false": "ends_on_day_off = true",
    "each = { working_days = 1 }": "each = { hours = 1 }",
    "total = { working_days = 4 }": "total = { hours = 96 }",
    'restart = "short"\nlength = { hours = 24 }': 'restart = "full"\nlength = "none"',
    "after = { working_days = 5 }": "after = { hours = 120 }",
    "within = { working_days = 10 }": "within = { hours = 240 }",
}


def group(slug: str, seats: Sequence[tuple[Organisation, Person]], *, at: datetime) -> Body:
    """A group with one body, its members with a focal point each, rules of silence, and a record."""
    made = Group.objects.create(
        slug=slug, acronym=slug.upper()[:20], names={"en": f"Group {slug}"}, seat={"en": "Vienna"},
        zone="Europe/Vienna", languages=["en"], demonstration=True,
    )  # fmt: skip
    open_log(slug, f"measured.example.org/{slug}")
    body = Body.objects.create(
        group=made, slug="members", names={"en": "Members"}, decision_pattern="{year}/{number}"
    )
    dated: dict[str, Any] = {
        "period": DateTimeTZRange(at - timedelta(days=30), None),
        "claimed_by": "operator",
    }
    Membership.objects.bulk_create(
        Membership(body=body, organisation=one, kind="member", **dated) for one, _ in seats
    )
    Appointment.objects.bulk_create(
        Appointment(person=person, organisation=one, group=made, capacity="focal_point", **dated)
        for one, person in seats
    )
    toml = text_of("icat-working-group")
    for old, new in ANY_END.items():
        toml = toml.replace(old, new)
    AdoptedRules.objects.create(
        body=body, slug="own", title="Silence", toml=toml, hash="0" * 64, adopted_at=at
    )
    return body


def under_silence(body: Any, count: int, *, at: datetime, until: datetime, first: int = 1) -> list[int]:
    """Proposals whose silence runs from one instant until another, with numbers from the first on; their keys."""
    rules, members = body.rules.get(), list(body.memberships.select_related("organisation").order_by("pk"))
    roster = [
        {"member": one.organisation.slug, "class": "member", "in": ["registered", "active"]}
        for one in members
    ]
    text = paragraphs(TEXT)
    started = {
        "by": "secretariat", "kind": "procedural", "languages": ["en"], "complete": True,
        "until": f"{until:%Y-%m-%dT%H:%M:%S.%fZ[UTC]}",
    }  # fmt: skip
    proposer: Any = Appointment.objects.filter(group=body.group, organisation=members[0].organisation).first()
    assert proposer is not None
    titles = [{"en": f"Sharing of published guidance, {number}"} for number in range(first, first + count)]
    with transaction.atomic():
        made = Proposal.objects.bulk_create(
            Proposal(
                group=body.group, body=body, number=f"P/{number}", slug=f"p-{number}", title=title, text=text,
                text_hash=hash_of(title, text), proposed_by=members[0].organisation,
                proposer_id=proposer.person_id, proposed_at=at, state=ProposalState.SILENCE,
            )
            for number, title in enumerate(titles, start=first)
        )  # fmt: skip
        procedures = Procedure.objects.bulk_create(
            Procedure(
                proposal=one,
                rules=rules,
                zone=body.group.zone,
                roster=roster,
                state="running",
                ends_at=until,
                round=0,
            )
            for one in made
        )
        Received.objects.bulk_create(
            Received(
                procedure=one, at=at, what="started", act="decisions.start_silence", once=uuid4().hex,
                data={
                    **started,
                    "text": {
                        "hash": proposal.text_hash, "paragraphs": {part["id"]: part["text"]["en"] for part in text},
                    },
                },
            )
            for one, proposal in zip(procedures, made, strict=True)
        )  # fmt: skip
    outcome = outcome_of(procedures[0], at=at)
    assert (outcome.state.value, outcome.round) == ("running", 0), outcome
    return [one.pk for one in procedures]


def seats(count: int) -> list[tuple[Organisation, Person]]:
    """Organisations that somebody speaks for, each with one person."""
    found: dict[int, tuple[Organisation, Person]] = {}
    rows: Any = Appointment.objects.filter(
        capacity="focal_point", organisation__isnull=False, person__account__isnull=False
    )
    for one in rows.select_related("organisation", "person").order_by("pk"):
        found.setdefault(one.organisation_id or 0, (one.organisation, one.person))
    return list(found.values())[:count]
