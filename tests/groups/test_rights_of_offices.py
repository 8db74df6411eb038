"""An office gives rights in its body and under it; only an office at the root serves the whole group."""

from __future__ import annotations

from typing import Any

import pytest

from onevoice.enact.act import Refusal
from onevoice.enact.perform import Done
from onevoice.groups.acts.memberships import ElectOfficer, EndOffice
from onevoice.groups.acts.people import EnterHandOver
from onevoice.groups.models import OfficeHolding
from onevoice.groups.roles import CHAIR, SECRETARIAT

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair_below(icat: Any) -> Any:
    """ILO sits in the working group, and chairs it."""
    body = icat.bodies["working-group"]
    icat.member(icat.ilo.organisation, "2020", body=body)
    icat.holds("chair", icat.ilo.organisation, "2020", body=body)
    return icat.ilo


def test_a_chair_leads_its_own_body_and_no_other(icat: Any, chair_below: Any) -> None:
    led = {name for name, body in icat.bodies.items() if CHAIR.allows(chair_below.actor, body)}
    assert led == {"working-group"}
    assert not CHAIR.allows(chair_below.actor, icat.group)
    assert not SECRETARIAT.allows(chair_below.actor, icat.group)


@pytest.mark.parametrize("office", ["coordinator", "secretariat"])
def test_a_chair_does_not_make_its_organisation_a_secretariat(icat: Any, chair_below: Any, office: str) -> None:
    given = {"office": office, "organisation": "ilo", "since": "2024-01-01"}
    answer = chair_below.does(ElectOfficer, icat.bodies["working-group"], **given)
    assert isinstance(answer, Refusal) and answer.kind == "not_by_a_chair"
    assert not OfficeHolding.objects.filter(organisation__slug="ilo", office__kind=office).exists()


def test_a_chair_does_not_end_the_secretariat(icat: Any, chair_below: Any) -> None:
    body = icat.bodies["working-group"]
    icat.holds("secretariat", icat.unodc.organisation, "2020", body=body)
    holding = OfficeHolding.objects.get(office__body=body, office__kind="secretariat")
    answer = chair_below.does(EndOffice, body, holding=str(holding.pk), until="2024-01-01", why="Ours now.")
    assert isinstance(answer, Refusal) and answer.kind == "not_by_a_chair"


def test_a_chair_gives_the_chair_of_its_body_on(icat: Any, chair_below: Any) -> None:
    body = icat.bodies["working-group"]
    icat.member(icat.unicef.organisation, "2020", body=body)
    given = {"office": "co_chair", "organisation": "unicef", "since": "2024-01-01"}
    assert isinstance(chair_below.does(ElectOfficer, body, **given), Done)


def test_the_secretariat_of_one_body_does_not_act_for_the_group(icat: Any) -> None:
    icat.holds("secretariat", icat.ilo.organisation, "2020", body=icat.bodies["working-group"])
    actor = icat.ilo.actor
    assert SECRETARIAT.allows(actor, icat.bodies["working-group"])
    assert not any(SECRETARIAT.allows(actor, thing) for thing in (icat.group, icat.bodies["members"]))
    answer = icat.ilo.does(EnterHandOver, icat.group, full_name="Mallory", address="mallory@example.org")
    assert isinstance(answer, Refusal) and answer.kind == "not_for_you"


def test_the_secretariat_at_the_root_acts_for_the_group_and_in_every_body(icat: Any) -> None:
    everything = (icat.group, *icat.bodies.values())
    assert all(SECRETARIAT.allows(icat.unodc.actor, thing) for thing in everything)
