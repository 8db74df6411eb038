"""Nobody acts for another organisation, whatever is forged: every act, every role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from access import matrix
from access.house import INSIDE, ROLES, House
from access.walking import _sendable, undone, writes
from onevoice.enact.act import Act, all_acts
from onevoice.enact.models import Performed
from onevoice.enact.subjects import group_of

ROWS = {row.what: row for row in matrix.rows(list(ROLES)) if row.how == "calls"}
OTHERS = {
    role: "member" if role in ("co-chair", "secretariat", "one factor") else "co-chair" for role in INSIDE
}
# What somebody might hope to be believed.
FORGED = (
    "as",
    "actor",
    "person",
    "person_id",
    "organisation_id",
    "by",
    "for",
    "for_",
    "appointment_id",
    "capacity_of",
)


@pytest.fixture(params=sorted(ROWS))
def act(request: Any) -> Iterator[type[Act]]:
    yield next(act for act in all_acts() if act.name == request.param)


def address(house: House, act: type[Act], name: str) -> str:
    subject = house.names[ROWS[act.name].where]
    return reverse(name, args=[group_of(subject).slug, act.slug, subject.pk])


def test_a_form_that_claims_anothers_appointment_is_refused(house: House, act: type[Act]) -> None:
    assert {role: refused_form(house, act, role) for role in INSIDE} == dict.fromkeys(
        INSIDE, (403, True, set())
    )


def refused_form(house: House, act: type[Act], role: str) -> tuple[int, bool, set[str]]:
    """Status, whether the sentence stands there, and which tables were written."""
    claimed = house.actor(OTHERS[role])
    assert claimed is not None
    inputs = {name: _sendable(value) for name, value in house.inputs_of(act.name, role).items()}
    with undone():
        before = writes()
        page = house.client(role).post(
            address(house, act, "enact:act"), {**inputs, "once": "forged", "as": claimed.appointment}
        )
        changed = writes()
    said = "you act with a second factor" if role == "one factor" else "has ended or is not yours"
    written = {table for table, count in changed.items() if count != before.get(table, 0)}
    return page.status_code, said in page.content.decode(), written


INSIDERS = [role for role in INSIDE if role != "one factor"]


def test_what_is_forged_in_the_inputs_of_a_call_is_not_believed(house: House, act: type[Act]) -> None:
    for role in INSIDERS:
        believes_nothing(house, act, role)


def believes_nothing(house: House, act: type[Act], role: str) -> None:
    """The row's own result, and what was performed is the role's own."""
    own, claimed = house.actor(role), house.actor(OTHERS[role])
    assert own is not None and claimed is not None
    forged = {name: str(claimed.organisation) for name in FORGED if name not in act.fields}
    answer, performed = called(house, act, role, forged, dict.fromkeys(FORGED[1:], claimed.organisation))
    assert matrix.result_of(answer, "", what=act.name) == ROWS[act.name].results[role], (role, answer.content)
    by = (performed.person, performed.organisation) if performed else None
    assert by in (None, (own.person, own.organisation)), role


CLAIMS = [*((role, "call") for role in INSIDERS), ("member", "session"), ("co-chair", "session")]


def test_a_call_under_anothers_appointment_is_refused(house: House, act: type[Act]) -> None:
    for role, where in CLAIMS:
        claimed = house.actor(OTHERS[role])
        assert claimed is not None
        said = {"as": claimed.appointment} if where == "call" else {}
        answer, performed = called(house, act, role, {}, said, chosen=None if said else claimed.appointment)
        found = answer.status_code, json.loads(answer.content)["kind"], performed
        assert found == (403, "ended", None), (role, where)


def called(
    house: House,
    act: type[Act],
    role: str,
    forged: dict[str, Any],
    beside: dict[str, Any],
    chosen: int | None = None,
) -> tuple[Any, Performed | None]:
    """A call with more in it than belongs there, and what was performed by it."""
    inputs = {name: _sendable(value) for name, value in house.inputs_of(act.name, role).items()} | forged
    files = any(hasattr(value, "read") for value in inputs.values())
    if files and "as" in forged:
        del inputs["as"]  # there the inputs stand beside it
    body = {**inputs, **beside, "once": "forged"} if files else {"inputs": inputs, "once": "forged", **beside}
    with undone():
        client = house.client(role)
        if chosen:
            _choose(client, house, chosen)
        kind = {} if files else {"content_type": "application/json"}
        answer = client.post(address(house, act, "call"), body, **kind)
        performed = Performed.objects.filter(once="forged").first()
    return answer, performed


def _choose(client: Client, house: House, appointment: int) -> None:
    """As if the choice for whom to act had been made for somebody else's appointment."""
    session = client.session
    session[f"acting:{house.icat.group.pk}"] = appointment
    session.save()


def test_acting_for_others_is_declared_and_carries_what_justifies_it() -> None:
    words = {act.name: {"message", "reason"} & set(act.fields) for act in all_acts() if act.for_others}
    assert words == {
        "decisions.enter_objection": {"message", "reason"},
        "groups.enter_appointment": {"message"},
        "groups.enter_hand_over": {"message"},
        "groups.enter_end_of_appointment": {"message"},
        "meetings.record_objection": {"reason"},  # made from the floor, in everybody's hearing
    }


def test_acts_for_others_are_for_officers_alone() -> None:
    officers = {"co-chair", "secretariat"}
    for act in all_acts():
        if act.for_others:
            may = {role for role, result in ROWS[act.name].results.items() if result == "done"}
            assert may <= officers, act.name
