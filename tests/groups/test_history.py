"""What was known before a correction: on the pages, by ?known-on=, and never lost."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from onevoice.claims.models import Supersession
from onevoice.claims.steps import ended, replaced, taken_back
from onevoice.enact.perform import Done, database_clock
from onevoice.groups.acts.corrections import CorrectMembership, CorrectName, CorrectOffice
from onevoice.groups.acts.successions import CorrectSuccession, RecordSuccession
from onevoice.groups.history import history, who
from onevoice.groups.models import Membership, OfficeHolding
from onevoice.groups.on_record import on_record
from onevoice.groups.standing import known
from onevoice.parties.models import OrganisationName, Succession
from reading import queries
from reading import words as read
from world import World, period


def words(page: Any) -> str:
    """What a page says, with one space between its parts."""
    spaced = page.content.decode().replace("<", " <")
    page.content = spaced.encode()
    return " ".join(read(page).split())


WHY = "The minutes of 2019 say so."


def does(icat: Any, act: Any, subject: Any, **given: Any) -> Done:
    answer = icat.unodc.does(act, subject, why=WHY, **given)
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    return answer


def seat(icat: Any, slug: str, body: str) -> Any:
    return on_record(Membership.objects.get(body=icat.bodies[body], organisation__slug=slug, standing=True))


def office(slug: str, since: str) -> Any:
    return on_record(OfficeHolding.objects.get(organisation__slug=slug, since_written=since, standing=True))


@pytest.fixture
def corrected(icat: Any) -> World:
    """ILO was an observer, OSCE chaired half of 2019, UN Women's acronym is another."""
    does(icat, CorrectMembership, seat(icat, "ilo", "members"), kind="observer", since="2007", until="")
    does(icat, CorrectOffice, office("osce", "2019"), since="2019-07", until="2019", chosen="")
    name = OrganisationName.objects.get(organisation__slug="un-women")
    does(icat, CorrectName, icat.group, fact=str(name.pk), acronym="UNW")
    return icat


# --- on the pages --------------------------------------------------------------------------------------------
def test_everybody_sees_that_it_was_changed_and_when_and_for_whom(corrected: World, client: Client) -> None:
    said = words(client.get("/icat/members/ilo"))
    known = "Observer since 2007 founding meeting What was known before Member since September 2006 founding meeting"
    assert f"{known} Changed by UNODC on" in said
    assert "in Vienna 1 source icat.un.org/ about" in said  # who had said what was known before
    assert WHY not in said and "Focal point, UNODC" not in said


def test_the_group_sees_who_and_why(corrected: World, client: Client) -> None:
    said = words(corrected.unicef.signs_in(client).get("/icat/members/ilo"))
    assert f"in Vienna, Focal point, UNODC {WHY}" in said
    mallory = Client()
    assert WHY not in words(corrected.neighbour.mallory.signs_in(mallory).get("/icat/members/ilo"))


def test_offices_and_names_show_what_was_known_before(corrected: World, client: Client) -> None:
    said = words(client.get("/icat/members/osce"))
    assert (
        "Co-chair, July 2019 to 2019 All organisations What was known before Co-chair, 2019 Changed by UNODC"
        in said
    )
    assert "What was known before Co-chair, 2019 Changed by UNODC" in words(client.get("/icat/members"))
    said = words(client.get("/icat/members/un-women"))
    assert "What was known before UN Women (United Nations Entity for Gender Equality" in said


def test_what_was_recorded_by_mistake_is_told_as_taken_back(icat: World, client: Client) -> None:
    given = {"kind": "member", "since": "2020", "until": "", "never": "on"}
    does(icat, CorrectMembership, seat(icat, "ilo", "principals"), **given)
    said = words(client.get("/icat/members/ilo"))
    assert "What was taken back Member since 2020 Taken back by UNODC on" in said


def test_correct_stands_beside_the_fact_for_who_may(icat: World, client: Client) -> None:
    row = seat(icat, "ilo", "principals")
    address = f"/icat/do/correct-membership/{row.pk}"
    page = icat.unodc.signs_in(Client()).get("/icat/members/ilo").content.decode()
    assert address in page and "/icat/do/correct-name/" in page and "/icat/do/record-succession/" in page
    assert (
        f"/icat/do/correct-office/{office('osce', '2019').pk}"
        in icat.unodc.signs_in(Client()).get("/icat/members").content.decode()
    )
    for reader in (client, icat.unicef.signs_in(Client()), icat.neighbour.mallory.signs_in(Client())):
        assert "/icat/do/" not in reader.get("/icat/members/ilo").content.decode()
    then = "/icat/members/ilo?known-on=2099-01-01"
    assert "/icat/do/correct-membership" not in icat.unodc.signs_in(Client()).get(then).content.decode()


def test_pages_with_a_history_take_fixed_queries(corrected: World, client: Client) -> None:
    few = queries(client, "/icat/members/ilo"), queries(client, "/icat/members")
    for year in range(2008, 2028):
        row = seat(corrected, "ilo", "members")
        does(corrected, CorrectMembership, row, kind="observer", since=str(year), until="")
        row = OfficeHolding.objects.get(
            organisation__slug="osce", standing=True, since_written__startswith="2019"
        )
        given = {"since": f"2019-{year % 12 + 1:02}-{year - 2000:02}", "until": "2019-12-31", "chosen": ""}
        does(corrected, CorrectOffice, on_record(row), **given)
    assert (queries(client, "/icat/members/ilo"), queries(client, "/icat/members")) == few


# --- what was known on a day ---------------------------------------------------------------------------------
@pytest.fixture
def committed(fresh_icat: Any) -> Any:
    return fresh_icat


def entered_earlier(days: int) -> None:
    """As if everything known had been entered some days earlier; the owner's login alone may say so."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        for table in ("groups_membership", "groups_officeholding", "groups_appointment", "parties_organisationname",
                      "parties_succession"):  # fmt: skip
            cursor.execute(f"update {table} set claimed_at = claimed_at - interval '{days} days'")
        cursor.execute(f"update claims_supersession set at = at - interval '{days} days'")


def day(icat: Any, ago: int) -> str:
    return (database_clock().astimezone(ZoneInfo(icat.group.zone)) - timedelta(days=ago)).date().isoformat()


def test_known_on_shows_the_old_belief_across_a_correction(committed: Any, client: Client) -> None:
    icat = committed
    entered_earlier(10)
    does(icat, CorrectOffice, office("osce", "2019"), since="2019-07", until="2019", chosen="")
    entered_earlier(5)
    before, after = day(icat, 6), day(icat, 4)
    address = "/icat/members/osce?as-of=2019-03-01&known-on="
    page = words(client.get(address + before))
    assert "Co-chair, 2019 All organisations on this day" in page
    assert "what held at the end of that day in Vienna, as it was known on" in page
    said = words(client.get(address + after))
    assert "Co-chair" not in said  # by then it was known that the office began in July
    chairs = "/icat/members?as-of=2019-03-01&known-on="
    assert "Co-chairs OSCE and UN Women" in words(client.get(chairs + before))
    assert "Co-chair UN Women" in words(client.get(chairs + after))
    assert "as it was known on" in words(client.get(chairs + before))


def test_known_on_and_as_of_across_a_succession_and_its_correction(committed: Any, client: Client) -> None:
    icat = committed
    icat.organisation("wfp", name="World Food Programme")
    entered_earlier(10)
    given = {"predecessor": "osce", "successor": "wfp", "when": "2024-03-01"}
    does(icat, RecordSuccession, icat.group, **given)
    entered_earlier(10)
    row = Succession.objects.get(predecessor__slug="osce")
    does(icat, CorrectSuccession, icat.group, fact=str(row.pk), never="on")

    def chairs(as_of: str, known_on: str) -> str:
        said = words(client.get(f"/icat/members?as-of={as_of}&known-on={known_on}"))
        return (
            said.partition("In office on ")[2]
            .partition("Co-chairs ")[2]
            .partition(" The chart and the list of offices")[0]
        )

    first, between, now = day(icat, 15), day(icat, 5), day(icat, 0)
    assert [chairs("2024-02-01", known) for known in (first, between, now)] == ["OSCE and UN Women"] * 3
    assert [chairs("2024-04-01", known) for known in (first, between, now)] == [
        "OSCE and UN Women", "UN Women and WFP", "OSCE and UN Women",
    ]  # fmt: skip
    became = "Became part of WFP"
    pages = [words(client.get(f"/icat/members/osce?known-on={known}")) for known in (first, between, now)]
    assert [became in page for page in pages] == [False, True, False]
    assert "OSCE became part of WFP, 1 March 2024 Taken back by UNODC" in words(
        client.get("/icat/members/osce")
    )


# --- nothing is ever lost ------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(12))
def test_no_correction_loses_a_claim_and_each_instant_knows_what_stood_then(icat: Any, seed: int) -> None:
    """Random corrections of memberships against a model of what stood when."""
    dice = Random(seed)
    body, model = icat.bodies["working-group"], {}
    said: dict[int, tuple[str, str]] = {}
    moments: list[tuple[datetime, dict[int, tuple[str, str]]]] = []

    def keep(row: Membership) -> None:
        model[row.pk] = said[row.pk] = (row.kind, row.since_written)

    for number, slug in enumerate(("ilo", "osce", "unicef", "unhcr")):
        organisation = icat.delegations[slug].organisation
        keep(icat.member(organisation, str(2001 + number), body=body))
    for _step in range(15):
        if not model:
            break
        row = Membership.objects.get(pk=dice.choice(sorted(model)))
        match dice.choice(("correct", "end", "take back", "admit")):
            case "correct":
                since = str(dice.randint(1950, 2020))
                kind = dice.choice(("member", "observer", "partner"))
                new = replaced(row, why="x", by="x", kind=kind, since_written=since, period=period(since, ""))
            case "end":
                at = row.period.upper or database_clock()
                new = ended(row, at=at, written=row.until_written or at.date().isoformat(), why="x", by="x")
            case "take back":
                taken_back(row, why="x", by="x")
                new = None
            case _:
                keep(
                    icat.member(
                        icat.delegations["icmpd"].organisation, "1990", "1990", body=body, basis="attested"
                    )
                )
                moments.append((database_clock(), dict(model)))
                continue
        model.pop(row.pk)
        if new is not None:
            keep(new)
        moments.append((_settled(), dict(model)))
    rows = Membership.objects.filter(body=body)
    assert {row.pk: (row.kind, row.since_written) for row in rows} == said  # every claim, as it was said
    assert {row.pk for row in rows.filter(standing=True)} == set(model)
    # In this test all is one transaction, and so one instant to now(); the last is what stands.
    past = history(icat.unodc.viewer, icat.group, list(rows))
    gone = set(Supersession.objects.filter(
        fact_table="groups_membership").values_list("fact_id", flat=True))  # fmt: skip
    assert set(said) - gone == set(model)
    assert {row.pk for row in past.then(rows, known_on=None)} == set(model)


def _settled() -> datetime:
    return database_clock()


@pytest.mark.parametrize("seed", range(3))
def test_known_on_each_instant_gives_what_stood_then(committed: Any, seed: int) -> None:
    """The same through the door, each act committed at its own instant; SQL and pages answer alike."""
    icat, dice = committed, Random(100 + seed)
    body = icat.bodies["working-group"]
    for slug in ("ilo", "osce", "unicef"):
        icat.member(icat.delegations[slug].organisation, "2010", body=body)
    moments: list[tuple[datetime, set[int]]] = []

    def standing() -> set[int]:
        return set(Membership.objects.filter(body=body, standing=True).values_list("pk", flat=True))

    moments.append((database_clock(), standing()))
    for year in range(1990, 2002):
        if not standing():
            break
        row = on_record(Membership.objects.get(pk=dice.choice(sorted(standing()))))
        kind, until = dice.choice(("member", "observer", "partner")), dice.choice(("", "2020", "2021-03"))
        given = {"kind": kind, "since": str(year), "until": until}
        if dice.random() < 0.15:
            given = {"kind": row.kind, "since": row.since_written, "until": row.until_written, "never": "on"}
        does(icat, CorrectMembership, row, **given)
        moments.append((database_clock(), standing()))
    every = list(Membership.objects.filter(body=body))
    past = history(icat.unodc.viewer, icat.group, every)
    for at, stood in moments:
        assert (
            set(known(Membership.objects.filter(body=body), known_on=at).values_list("pk", flat=True))
            == stood
        )
        assert {row.pk for row in past.then(every, known_on=at)} == stood
    first = {row.pk for row in every if row.claimed_by == "importer"}
    reached = set()
    for row in every:  # from what stands or was taken back, the way leads to each fact that was ever said
        reached |= {row.pk} if row.standing else set()
    for row in Membership.objects.filter(pk__in=reached):
        assert len(past.of(row).items) == _depth(row.pk)
    assert first <= {row.pk for row in every}


def _depth(pk: int) -> int:
    found = Supersession.objects.filter(fact_table="groups_membership", by_fact_id=pk).first()
    return 0 if found is None else 1 + _depth(found.fact_id)


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("person:ann for unodc", ("ann", "unodc")),
        ("person:for-ever for un-women", ("for-ever", "un-women")),
        ("importer", ("", "")),
        ("clock", ("", "")),
    ],
)
def test_who_did_it_is_read_from_the_key_of_the_actor(by: str, found: tuple[str, str]) -> None:
    assert who(by) == found


def test_who_acts_for_whom_shows_what_was_known_before_and_offers_to_correct(
    icat: World, client: Client
) -> None:
    from onevoice.groups.acts.corrections import CorrectAppointment
    from onevoice.groups.models import Appointment

    row = on_record(Appointment.objects.get(organisation__slug="ilo", group=icat.group, standing=True))
    does(icat, CorrectAppointment, row, capacity="focal_point", since="2021-02", until="")
    now = Appointment.objects.get(organisation__slug="ilo", group=icat.group, standing=True)
    page = icat.unodc.signs_in(client).get("/icat/house")
    said = words(page)
    assert "February 2021 What was known before Focal point, since 2020 Changed by UNODC on" in said
    assert f"/icat/do/correct-appointment/{now.pk}" in page.content.decode()
    page = icat.unicef.signs_in(Client()).get("/icat/house")
    assert "/icat/do/correct-appointment/" not in page.content.decode()
