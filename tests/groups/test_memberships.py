"""Who sits in a body and holds its offices: history is only added to, overlaps are impossible."""

from datetime import timedelta
from typing import Any

import pytest

from onevoice.enact.act import Refusal
from onevoice.enact.after import acts_on
from onevoice.enact.perform import Done, Incomplete, database_clock
from onevoice.groups.acts.memberships import AdmitMember, ElectOfficer, EndOffice, WithdrawMember, outside
from onevoice.groups.models import Membership, OfficeHolding
from onevoice.groups.standing import members_now
from onevoice.parties.models import Succession


@pytest.fixture
def committed(fresh_icat: Any) -> Any:
    """The world in a database of its own: what the database forbids is told when an act commits."""
    return fresh_icat


def seat(icat: Any, slug: str) -> Membership:
    return Membership.objects.get(body=icat.bodies["principals"], organisation__slug=slug, standing=True)


def test_an_admitted_organisation_is_a_member_from_that_day_on(icat: Any) -> None:
    body, now = icat.bodies["principals"], database_clock()
    done = icat.unodc.does(AdmitMember, body, organisation="unhcr", kind="member", since="2021-03-01")
    assert isinstance(done, Done)
    assert icat.unhcr.organisation in members_now(body, at=now)
    row = seat(icat, "unhcr")
    assert (row.since_written, row.period.lower.isoformat()) == ("2021-03-01", "2021-02-28T23:00:00+00:00")
    assert done.performed.facts["organisation"] == "unhcr"


def test_two_memberships_of_one_organisation_do_not_overlap(committed: Any) -> None:
    body = committed.bodies["principals"]
    values = {"organisation": "unhcr", "kind": "member"}
    assert isinstance(committed.unodc.does(AdmitMember, body, since="2099-01-01", **values), Done)
    refusal = committed.unodc.does(AdmitMember, body, since="2098-01-01", **values)
    assert isinstance(refusal, Refusal) and refusal.kind == "one_membership_at_a_time"
    assert str(refusal).startswith("This organisation is in this body already for part of that time.")
    assert Membership.objects.filter(body=body, organisation__slug="unhcr").count() == 1


def test_a_withdrawal_keeps_the_history(icat: Any) -> None:
    body, row = icat.bodies["principals"], seat(icat, "ilo")
    done = icat.unodc.does(WithdrawMember, body, membership=str(row.pk), until="2024-06-30", why="Left.")
    assert isinstance(done, Done)
    new = seat(icat, "ilo")
    assert (new.until_written, new.since_written) == ("2024-06-30", "2020")
    assert icat.ilo.organisation not in members_now(body, at=database_clock())
    assert icat.ilo.organisation in members_now(body, at=new.period.upper - timedelta(seconds=1))
    assert Membership.objects.filter(pk=row.pk, standing=False).exists()


def test_a_membership_cannot_end_before_it_began(icat: Any) -> None:
    row = seat(icat, "ilo")
    refusal = icat.unodc.does(
        WithdrawMember, icat.bodies["principals"], membership=str(row.pk), until="2019-01-01", why="Left."
    )
    assert str(refusal) == (
        "This would end on 1 January 2019, before it began on 2020. Nothing has changed: choose a later date."
    )


def test_two_co_chairs_hold_the_office_together_but_none_holds_it_twice(committed: Any) -> None:
    body = committed.bodies["principals"]
    values = {"office": "co_chair", "since": "2026-01-01", "until": "2026-12-31"}
    assert isinstance(committed.unodc.does(ElectOfficer, body, organisation="icmpd", **values), Done)
    refusal = committed.unodc.does(ElectOfficer, body, organisation="osce", **values)
    assert isinstance(refusal, Refusal) and refusal.kind == "holds_an_office_once"
    assert OfficeHolding.objects.filter(office__body=body, office__kind="co_chair").count() == 3


def test_a_term_that_ends_before_it_begins_is_refused(icat: Any) -> None:
    refusal = icat.unodc.does(
        ElectOfficer, icat.members, office="chair", organisation="ilo", since="2026-02-01", until="2026-01-01"
    )
    assert isinstance(refusal, Refusal) and refusal.kind == "ends_first"


def test_an_office_that_ended_gives_no_right(icat: Any) -> None:
    body = icat.bodies["principals"]
    holding = OfficeHolding.objects.get(office__body=body, organisation=icat.osce.organisation)
    done = icat.osce.does(EndOffice, body, holding=str(holding.pk), until="2024-12-31", why="Rotated.")
    assert isinstance(done, Done)
    assert icat.osce.actor.offices == {}


def test_members_and_outsiders_change_no_membership(icat: Any) -> None:
    body, now = icat.bodies["principals"], database_clock()
    for act in (AdmitMember, WithdrawMember, ElectOfficer, EndOffice):
        for who in (icat.unicef, icat.neighbour.mallory):
            assert who.does(act, body).kind == "not_for_you"
    offered = {link.act for link in acts_on(body, icat.unicef.actor, now=now)}
    assert not offered & {AdmitMember, WithdrawMember, ElectOfficer, EndOffice}
    assert {AdmitMember, WithdrawMember} <= {link.act for link in acts_on(body, icat.unodc.actor, now=now)}


@pytest.mark.parametrize(
    ("when", "is_offered"), [("", False), ("2011", False), ("2020-03-01", False), ("2099-01-01", True)]
)
def test_what_became_part_of_another_is_neither_offered_nor_admitted(
    icat: Any, when: str, is_offered: bool
) -> None:
    old, ilo = icat.organisation("old"), icat.ilo.organisation
    body = icat.bodies["working-group"]
    assert "old" in dict(outside(body))
    Succession.objects.create(predecessor=old, successor=ilo, when_written=when, claimed_by="importer")
    assert ("old" in dict(outside(body))) is is_offered
    answer = icat.unodc.does(AdmitMember, body, organisation="old", kind="member", since="2021-03-01")
    assert isinstance(answer, Done if is_offered else Incomplete)
    assert Membership.objects.filter(organisation=old).exists() is is_offered


def test_no_office_is_given_to_what_became_part_of_another(icat: Any) -> None:
    given = {"office": "chair", "organisation": "icmpd", "since": "2026-01-01"}
    icmpd, ilo = icat.icmpd.organisation, icat.ilo.organisation
    Succession.objects.create(predecessor=icmpd, successor=ilo, when_written="2024-05", claimed_by="importer")
    assert isinstance(icat.unodc.does(ElectOfficer, icat.bodies["principals"], **given), Incomplete)
