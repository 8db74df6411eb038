"""What acts began and ended inside a day is written with its instant: export, wipe, import, export is the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from exchange.small import SMALL
from onevoice.claims.models import Claim
from onevoice.enact.perform import Done, database_clock
from onevoice.groups.acts.corrections import CorrectAppointment, CorrectMembership, CorrectName, CorrectOffice
from onevoice.groups.acts.memberships import AdmitMember, ElectOfficer, EndOffice, WithdrawMember
from onevoice.groups.acts.people import Appoint, EndAppointment, HandOverFocalPoint
from onevoice.groups.acts.successions import CorrectSuccession, RecordSuccession
from onevoice.groups.models import Appointment, Group, Membership, OfficeHolding
from onevoice.groups.on_record import on_record
from onevoice.groups.steps import today
from onevoice.operations.exchange.export import export
from onevoice.operations.exchange.loading import load
from onevoice.operations.exchange.reading import BadFile, read
from onevoice.parties.models import OrganisationName, Succession
from onevoice.parties.reference import load_states
from world import claim

SOMEBODY = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}


@pytest.fixture
def committed(fresh_icat: Any) -> Any:
    load_states()
    return fresh_icat


def acted(icat: Any) -> None:
    """A hand-over, an appointment and its end, an admission, a withdrawal, an election, an end of office."""
    body, day = icat.bodies["principals"], str(today(icat.group, database_clock()))
    handed = icat.unicef.does(HandOverFocalPoint, icat.group, **SOMEBODY)
    other = SOMEBODY | {"full_name": "Grace Hopper", "address": "grace@example.org"}
    begun = icat.osce.does(Appoint, icat.group, capacity="contributor", **other)
    assert isinstance(begun, Done)
    ended = icat.osce.does(EndAppointment, icat.group, appointment=str(begun.result.pk))
    admitted = icat.unodc.does(AdmitMember, body, organisation="unhcr", kind="member", since=day)
    seat = Membership.objects.get(body=body, organisation__slug="ilo", standing=True)
    gone = icat.unodc.does(WithdrawMember, body, membership=str(seat.pk), until="2024-06-30", why="Left.")
    elected = icat.unodc.does(
        ElectOfficer, body, organisation="icmpd", office="co_chair", since="2026-01-01", until="2026-12-31"
    )
    holding = OfficeHolding.objects.get(office__body=body, organisation=icat.osce.organisation)
    out = icat.osce.does(EndOffice, body, holding=str(holding.pk), until="2024-12-31", why="Rotated.")
    for done in (handed, ended, admitted, gone, elected, out):
        assert isinstance(done, Done), done


def periods() -> list[list[tuple[Any, ...]]]:
    names = ("organisation__slug", "since_written", "until_written", "period", "basis")
    of_icat = (
        Appointment.objects.filter(group__slug="icat"),
        Membership.objects.filter(body__group__slug="icat"),
        OfficeHolding.objects.filter(office__body__group__slug="icat"),
    )
    return [sorted(rows.filter(standing=True).values_list(*names), key=str) for rows in of_icat]


def test_what_acts_began_and_ended_comes_back_to_the_instant(committed: Any) -> None:
    acted(committed)
    first, before = export("icat"), periods()
    assert "to_instant:" in first and "from_instant:" in first
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "truncate groups_group, parties_organisation, parties_person, claims_source, claims_supersession cascade"
        )
    assert not Group.objects.exists()
    load(first.encode(), "icat.yaml", by="importer", at=database_clock())
    assert export("icat") == first
    assert periods() == before
    again = load(first.encode(), "icat.yaml", by="importer", at=database_clock() + timedelta(days=1))
    assert again.rows["new"] == again.rows["changed"] == 0


def corrected(icat: Any) -> None:
    """A succession, a wrong one corrected, and a membership, an office, an appointment and a name corrected."""
    icat.organisation("wfp", name="World Food Programme")
    why = {"why": "The minutes say so."}
    for predecessor, when in (("osce", "2024-03-01"), ("ilo", "2019-05")):
        given = {"predecessor": predecessor, "successor": "wfp", "when": when}
        assert isinstance(icat.unodc.does(RecordSuccession, icat.group, **given, **why), Done)
    wrong = Succession.objects.get(predecessor__slug="ilo")
    given = {"fact": str(wrong.pk), "successor": "icmpd", "when": "2023-05-01"}
    assert isinstance(icat.unodc.does(CorrectSuccession, icat.group, **given, **why), Done)
    facts = {"standing": True, "basis": "stated", "organisation__slug": "unicef"}
    seat = on_record(Membership.objects.get(**facts, body=icat.bodies["principals"]))
    office = on_record(OfficeHolding.objects.get(**facts, since_written="2018"))
    row = on_record(Appointment.objects.get(**facts))
    name = OrganisationName.objects.get(organisation__slug="unicef")
    for act, subject, given in (
        (CorrectMembership, seat, {"kind": "observer", "since": "2020-02", "until": "2030"}),
        (CorrectOffice, office, {"since": "2018", "until": "2018", "never": "on"}),
        (CorrectAppointment, row, {"capacity": "focal_point", "since": "2021", "until": ""}),
        (CorrectName, icat.group, {"fact": str(name.pk), "acronym_fr": "UNICEF", "since": "1953-10"}),
    ):
        answer = icat.unodc.does(act, subject, **given, **why)
        assert isinstance(answer, Done), answer


def test_what_was_corrected_comes_back_as_it_stands(committed: Any) -> None:
    corrected(committed)
    first, before = export("icat"), periods()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "truncate groups_group, parties_organisation, parties_person, claims_source, claims_supersession cascade"
        )
    load(first.encode(), "icat.yaml", by="importer", at=database_clock())
    assert export("icat") == first
    assert periods() == before
    became = {
        (row.predecessor.slug, row.successor.slug, row.when_written) for row in Succession.objects.all()
    }
    assert became >= {("osce", "wfp", "2024-03-01"), ("ilo", "icmpd", "2023-05-01")} and len(became) == 4
    again = load(first.encode(), "icat.yaml", by="importer", at=database_clock() + timedelta(days=1))
    assert again.rows["new"] == again.rows["changed"] == 0


SOURCE = {"source": "https://example.org/minutes/7"}


def test_the_sources_that_acts_took_come_back(committed: Any) -> None:
    icat, why = committed, {"why": "The minutes say so."}
    icat.organisation("wfp", name="World Food Programme")
    body = icat.bodies["principals"]
    seat = on_record(Membership.objects.get(organisation__slug="unicef", body=body))
    row = on_record(Appointment.objects.get(organisation__slug="unicef"))
    office = on_record(OfficeHolding.objects.get(organisation__slug="osce", since_written="2020"))
    name = OrganisationName.objects.get(organisation__slug="unicef")
    for act, subject, given in (
        (AdmitMember, body, {"organisation": "unhcr", "kind": "member", "since": "2026-01-01"}),
        (CorrectMembership, seat, {"kind": "member", "since": "2020"} | why),
        (CorrectOffice, office, {"since": "2021"} | why),
        (CorrectAppointment, row, {"capacity": "focal_point", "since": "2021"} | why),
        (CorrectName, icat.group, {"fact": str(name.pk)} | why),
        (
            RecordSuccession,
            icat.group,
            {"predecessor": "ilo", "successor": "wfp", "when": "2024-03-01"} | why,
        ),
    ):
        answer = icat.unodc.does(act, subject, **given, **SOURCE)
        assert isinstance(answer, Done), answer
    first = export("icat")
    assert first.count("confidence: made") == 6
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "truncate groups_group, parties_organisation, parties_person, claims_source, claims_supersession cascade"
        )
    load(first.encode(), "icat.yaml", by="importer", at=database_clock())
    assert export("icat") == first
    assert Claim.objects.filter(confidence="made", standing=True).count() == 6
    again = load(first.encode(), "icat.yaml", by="importer", at=database_clock() + timedelta(days=1))
    assert again.rows["new"] == again.rows["changed"] == 0


def test_a_source_that_was_taken_out_does_not_come_back(committed: Any) -> None:
    icat = committed
    seat = on_record(Membership.objects.get(organisation__slug="unicef", body=icat.bodies["principals"]))
    wrong = claim(Membership.objects.get(pk=seat.pk), "https://example.org/wrong")
    given = {"kind": "member", "since": "2020", "wrong": str(wrong.pk), "why": "It says nothing of UNICEF."}
    assert isinstance(icat.unodc.does(CorrectMembership, seat, **given, **SOURCE), Done)
    first = export("icat")
    assert ("example.org/wrong" in first, SOURCE["source"] in first) == (False, True)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "truncate groups_group, parties_organisation, parties_person, claims_source, claims_supersession cascade"
        )
    load(first.encode(), "icat.yaml", by="importer", at=database_clock())
    assert export("icat") == first


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ("from_instant: '2006-09-14T10:00:00Z'", "the moment of an act stands beside its day, in since"),
        ("since: 2006-09, from_instant: '2007-09-14T10:00:00Z'", "this moment is not in 2006-09"),
        (
            "since: 2006-09-14, from_instant: '2006-09-14T10:00:00Z', "
            "until: 2006-09-14, to_instant: '2006-09-14T10:00:00Z'",
            "it ends before it begins",
        ),
    ],
)
def test_an_instant_that_does_not_fit_its_day_is_told(dates: str, says: str) -> None:
    with pytest.raises(BadFile) as bad:
        read(SMALL.replace("since: 2006-09, sources", f"{dates}, sources").encode())
    assert [(fault.line, fault.says) for fault in bad.value.faults] == [(14, says)]


def test_two_periods_that_share_a_day_do_not_overlap() -> None:
    both = (
        "- {id: %s, person: %s, organisation: unodc, capacity: focal_point, in_group: true, %s: '2026-11-24', "
        "%s: '2026-11-24T10:00:00.5Z'}\n"
    )
    handed = both % ("one", "ann", "until", "to_instant") + both % ("two", "bea", "since", "from_instant")
    file = SMALL.replace("- {id: ann, name: Ann}", "- {id: ann, name: Ann}\n- {id: bea, name: Bea}")
    file = file.replace(file[file.index("- {id: ann-here") : file.index("bodies:")], handed)
    assert len(read(file.encode()).sections["appointments"]) == 3
    with pytest.raises(BadFile, match="the same focal point holds at the same time"):
        read(file.replace(", from_instant: '2026-11-24T10:00:00.5Z'", "").encode())
