"""Coordinator, Chair and Secretariat have one holder at a time; the Co-chairs may be several."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction

from onevoice.enact.act import Refusal
from onevoice.enact.perform import Done
from onevoice.groups.acts.corrections import CorrectOffice
from onevoice.groups.acts.memberships import ElectOfficer
from onevoice.groups.models import Office, OfficeHolding, OfficeKind
from onevoice.groups.on_record import on_record
from onevoice.operations.exchange.bulk import add_objects
from world import World, dated


@pytest.fixture
def committed(fresh_icat: World) -> World:
    """What the database forbids is told when an act commits."""
    return fresh_icat


def elected(icat: Any, office: str, organisation: str, since: str, until: str = "") -> Any:
    given = {"office": office, "organisation": organisation, "since": since, "until": until}
    return icat.unodc.does(ElectOfficer, icat.bodies["principals"], **given)


def judged() -> None:
    """What is deferred to the commit is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def test_a_second_chair_at_the_same_time_is_refused_and_the_next_one_is_not(committed: World) -> None:
    icat = committed
    assert isinstance(elected(icat, "chair", "ilo", "2026-01-01", "2026-06-30"), Done)
    answer = elected(icat, "chair", "unicef", "2026-06-01")
    assert isinstance(answer, Refusal) and answer.kind == "one_holder_at_a_time"
    assert str(answer) == (
        "Another organisation holds this office for part of that time, and it has one holder at a time. Nothing has "
        "changed: end the other’s term first, or choose other dates."
    )
    assert isinstance(elected(icat, "chair", "unicef", "2026-07-01"), Done)
    assert elected(icat, "coordinator", "ilo", "2026-01-01").kind == "one_holder_at_a_time"
    assert isinstance(elected(icat, "co_chair", "ilo", "2026-01-01"), Done)  # beside two others
    chairs = OfficeHolding.objects.filter(
        office__kind="chair", office__body=icat.bodies["principals"], standing=True
    )
    assert chairs.count() == 2


def test_a_term_is_not_corrected_into_that_of_another(committed: World) -> None:
    icat = committed
    for slug, since, until in (("ilo", "2024-01-01", "2024-12-31"), ("unicef", "2025-01-01", "")):
        assert isinstance(elected(icat, "chair", slug, since, until), Done)
    row = on_record(
        OfficeHolding.objects.get(office__body=icat.bodies["principals"], since_written="2025-01-01")
    )
    given = {"until": "", "chosen": "", "why": "The minutes say so."}
    answer = icat.unodc.does(CorrectOffice, row, since="2024-11-01", **given)
    assert isinstance(answer, Refusal) and answer.kind == "one_holder_at_a_time"
    assert isinstance(icat.unodc.does(CorrectOffice, row, since="2025-01-05", **given), Done)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2018", "2019-09"), ("2019-09", "")),  # when within September is not known
        (("2018", "2019"), ("2019", "2020")),
        (("2018", "2019"), ("2019-03", "")),
        (("2018", "2018"), ("2019", "2019")),
        (("2018-01-01", "2018-12-31"), ("2019-01-01", "")),
    ],
)
@pytest.mark.parametrize("kind", ["coordinator", "chair", "secretariat"])
def test_terms_that_meet_in_a_month_or_year_stand_both(
    icat: World, kind: str, first: Any, second: Any
) -> None:
    body = icat.bodies["working-group"]
    icat.holds(kind, icat.ilo.organisation, *first, body=body)
    icat.holds(kind, icat.unicef.organisation, *second, body=body)
    judged()


@pytest.mark.django_db
@pytest.mark.parametrize("dates", [("2018", "2018"), ("2018-06-30", ""), ("", "")])
@pytest.mark.parametrize("kind", list(OfficeKind.values))
def test_the_database_forbids_two_at_once_in_bulk_too(icat: World, kind: str, dates: tuple[str, str]) -> None:
    office = Office.objects.create(body=icat.bodies["working-group"], kind=kind)
    both = [
        OfficeHolding(office=office, organisation=each.organisation, **dated(*term))
        for each, term in ((icat.ilo, ("2018-01-01", "2018-12-31")), (icat.unicef, dates))
    ]
    if kind == OfficeKind.CO_CHAIR:
        add_objects(OfficeHolding, both)
        return judged()
    with pytest.raises(IntegrityError, match="one_holder_at_a_time"), transaction.atomic():
        add_objects(OfficeHolding, both)
        judged()
    return None


def test_two_holders_from_before_stand_until_they_are_corrected(committed: World) -> None:
    icat, body = committed, committed.bodies["working-group"]
    for slug in ("ilo", "osce"):
        icat.member(icat.delegations[slug].organisation, "2020", body=body)
    icat.holds("chair", icat.ilo.organisation, "2024-01-01", "2024-12-31", body=body)
    icat.holds("chair", icat.unhcr.organisation, "2025-01-01", body=body)
    call_command("migrate", "groups", "0006", database="owner", verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "insert into groups_officeholding (standing, claimed_at, claimed_by, record_id, period, since_written, "
            "until_written, basis, note, office_id, organisation_id, chosen_written, decision) "
            "select standing, claimed_at, claimed_by, '', period, since_written, until_written, basis, note, "
            "office_id, %s, '', '' from groups_officeholding where since_written = '2024-01-01'",
            [icat.osce.organisation.pk],
        )
    call_command("migrate", database="owner", verbosity=0)  # of later rooms too, which went back with it
    chairs = OfficeHolding.objects.filter(office__body=body, office__kind="chair").order_by("period")
    assert [row.sole is None for row in chairs] == [True, True, False]
    assert OfficeHolding.objects.get(office__kind="coordinator", office__body=icat.members).sole is not None
    wrong = on_record(chairs.get(organisation=icat.osce.organisation))
    given = {"since": "2024-01-01", "until": "2024-12-31", "chosen": "", "never": "on", "why": "It was ILO."}
    assert isinstance(icat.unodc.does(CorrectOffice, wrong, **given), Done)
    answer = icat.unodc.does(ElectOfficer, body, office="chair", organisation="osce", since="2025-06-01")
    assert answer.kind == "one_holder_at_a_time"
