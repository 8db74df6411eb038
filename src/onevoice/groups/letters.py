"""Letters about memberships: whom an act tells, written in its transaction, sent after it."""

from __future__ import annotations

from typing import Any

from onevoice.enact.act import Facts
from onevoice.enact.actor import Viewer
from onevoice.enact.models import Performed
from onevoice.enact.subjects import key_of
from onevoice.notices.outbox import post_many
from onevoice.parties.accounts.invitations import recipients_of

from . import visible
from .models import Body, EnteredMembership, OfficeHolding, OfficeKind
from .standing import SERVES, acting_for, in_force


def admitted(performed: Performed, body: Body, happened: Facts) -> None:
    """The organisation learns where it was admitted by another, as what and from when, and that it is asked."""
    viewer = Viewer(groups=frozenset({body.group_id}), now=performed.received_at)
    rows = visible.entered_memberships(viewer).filter(
        body=body, organisation__slug=happened.values["organisation"], at=performed.received_at
    )
    for entered in rows:
        _post("admitted", performed, entered, [entered.organisation_id], {})


def disputed(performed: Performed, entered: EnteredMembership, happened: Facts) -> None:
    """Those who serve the body as its secretariat learn what the organisation says is wrong."""
    serving = (OfficeKind.COORDINATOR, OfficeKind.SECRETARIAT)
    rows = OfficeHolding.objects.filter(office__body__group=entered.body.group_id, office__kind__in=serving)
    rows = (
        in_force(rows, at=performed.received_at)
        .annotate(serves=SERVES)
        .filter(serves__contains=[entered.body_id])
    )
    whom = rows.values_list("organisation", flat=True)
    _post("disputed", performed, entered, list(whom), {"why": happened.personal["why"]})


def _post(
    letter: str, performed: Performed, entered: EnteredMembership, whom: list[int], context: dict[str, Any]
) -> None:
    persons = acting_for(whom, entered.body.group_id, at=performed.received_at)
    context |= {"entered": entered, "performed": performed}
    template = f"groups/letters/{letter}.txt"
    post_many(
        recipients_of(persons, work=True), "work", template, context, key_of(entered), group=entered.group
    )
