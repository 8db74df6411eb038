"""The demonstration: ICAT's past as its sources have it, and an invented group of thirty in which roles act."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connections, transaction

from exchange.large import large
from onevoice.claims.asof import Answer
from onevoice.claims.models import Basis
from onevoice.enact.perform import database_clock
from onevoice.groups import standing
from onevoice.groups.identity import identity_of_person
from onevoice.groups.models import Group, Membership, OfficeHolding
from onevoice.mandates.steps import correct, withdraw
from onevoice.operations.demonstration import load
from onevoice.operations.exchange.export import export
from onevoice.operations.exchange.loading import load as load_file
from onevoice.parties.models import Account, Person
from onevoice.record.models import Entry, LogKey


def loaded() -> list[str]:
    said: list[str] = []
    load(said.append)
    return said


@pytest.mark.usefixtures("fresh_database")
def test_the_demonstration_is_loaded_once() -> None:
    assert (
        loaded()[-1]
        == "195 States, icat.yaml: 220 new, icat-demonstration.yaml: 148 new, 15 same, 33 accounts"
    )
    before = (Entry.objects.count(), Account.objects.count())
    assert loaded() == ["there already"]
    assert (Entry.objects.count(), Account.objects.count()) == before


@pytest.mark.usefixtures("fresh_database")
def test_what_a_person_did_stays() -> None:
    loaded()
    Group.objects.filter(slug="icat-demonstration").update(acronym="Changed")
    Account.objects.filter(email="focal-point-unicef@example.org").update(language="fr")
    loaded()
    assert Group.objects.get(slug="icat-demonstration").acronym == "Changed"
    assert Account.objects.get(email="focal-point-unicef@example.org").language == "fr"


@pytest.mark.usefixtures("fresh_database")
def test_every_group_has_its_own_log() -> None:
    loaded()
    assert dict(LogKey.objects.values_list("group", "origin")) == {
        "icat": "demonstration.example.org/icat", "icat-demonstration": "demonstration.example.org/icat-demonstration",
    }  # fmt: skip
    imported = Entry.objects.filter(act="operations.import_record")
    assert imported.filter(group="icat").count() == 1 + 24 + 16 + 23 + 8
    # Who acts for whom in a group is the group's own: its entries are sealed.
    assert imported.filter(group="icat-demonstration", public=True).count() == 1 + 60 + 4
    assert imported.filter(group="icat-demonstration", public=False).count() == 33


@pytest.mark.usefixtures("fresh_database")
def test_thirty_organisations_sit_in_the_demonstration_and_the_invented_say_so() -> None:
    loaded()
    group = Group.objects.get(slug="icat-demonstration")
    task_force = group.bodies.get(slug="task-force-on-online-recruitment")
    assert len(standing.members(task_force, at=database_clock())) == 4
    for body in group.bodies.exclude(pk=task_force.pk):
        now = standing.members(body, at=database_clock())
        assert len(now) == 30
        assert sorted({(m.kind, m.organisation.invented) for m in now}) == [
            ("member", False),
            ("member", True),
            ("observer", True),
            ("partner", True),
        ]
        assert len([m for m in now if not m.organisation.invented]) == 15


@pytest.mark.usefixtures("fresh_database")
def test_roles_act_for_their_organisations_and_nobody_signs_in_by_password() -> None:
    loaded()
    assert {account.has_usable_password() for account in Account.objects.all()} == {False}
    assert set(Person.objects.filter(account__isnull=False).values_list("role_only", flat=True)) == {True}
    now = database_clock()
    rights = {}
    for role in (
        "focal-point-unicef",
        "principal-unicef",
        "alternate-unicef",
        "secretariat-officer-unodc",
        "focal-point-organisation-ad",
    ):
        (actor,) = identity_of_person(Person.objects.get(slug=role).pk, now=now).actors
        rights[role] = (
            actor.organisation_key,
            actor.capacity,
            sorted(set().union(*actor.offices.values())),
            sorted(set(actor.bodies.values())),
        )
    assert rights == {
        "focal-point-unicef": ("unicef", "focal_point", ["co_chair"], ["member"]),
        "principal-unicef": ("unicef", "principal", ["co_chair"], ["member"]),
        "alternate-unicef": ("unicef", "alternate", ["co_chair"], ["member"]),
        "secretariat-officer-unodc": ("unodc", "alternate", ["coordinator", "secretariat"], ["member"]),
        "focal-point-organisation-ad": ("organisation-ad", "focal_point", [], ["partner"]),
    }


@pytest.mark.usefixtures("fresh_database")
def test_members_seen_are_attested_and_members_since_are_stated() -> None:
    loaded()
    rows = Membership.objects.filter(body__group__slug="icat")
    assert dict(rows.values_list("record_id", "basis").filter(basis=Basis.ATTESTED)).keys() == {
        "un-women-2011", "ohchr-2011", "unaids-2011", "interpol-2011", "osce-2018-06-14",
        "unfpa-2018-10-05", "osrsg-vac-2022-12-02", "oas-2024-12-13",
        # named on a panel, co-chairs of a year, and those who sat at the founding meeting and merged on no known day
        "un-women-2018-10-05", "un-women-2019", "osce-2018-10-05", "osce-2019",
        "osrsg-vac-2023", "osrsg-vac-2024", "oas-2025", "unifem", "undaw",
    }  # fmt: skip
    interpol = rows.get(record_id="interpol-2011")
    assert (interpol.period.lower, interpol.period.upper) == (
        datetime(2010, 12, 31, 23, tzinfo=UTC), datetime(2011, 12, 31, 23, tzinfo=UTC),
    )  # fmt: skip
    assert (interpol.since_written, interpol.until_written) == ("2011", "2011")


@pytest.mark.usefixtures("fresh_database")
@pytest.mark.parametrize(
    ("organisation", "day", "answer"),
    [
        ("un-women", "2019-06-01", Answer.ATTESTED),  # co-chair of that year
        ("un-women", "2015-06-01", Answer.BETWEEN),
        ("osce", "2019-06-01", Answer.ATTESTED),
        ("oas", "2025-06-01", Answer.ATTESTED),
        ("unifem", "2009-06-01", Answer.NOT_KNOWN),  # merged into UN Women: no source says when
    ],
)
def test_membership_on_a_day_is_what_sources_bear(organisation: str, day: str, answer: Answer) -> None:
    loaded()
    group = Group.objects.get(slug="icat")
    at = standing.end_of(date.fromisoformat(day), group)
    found = {
        each.organisation.slug: each.answer
        for each in standing.members(group.bodies.get(slug="members"), at=at)
    }
    assert found[organisation] is answer


@pytest.mark.usefixtures("fresh_database")
def test_a_day_of_choice_is_one_that_a_source_calls_so() -> None:
    """Co-chairs of 2019 told of their plans, those of 2025 were announced: neither is a day of choice."""
    loaded()
    rows = OfficeHolding.objects.filter(office__body__group__slug="icat").exclude(chosen_written="")
    assert set(rows.values_list("since_written", "chosen_written")) == {
        ("2022", "2021-11-15"), ("2023", "2022-12-02"), ("2024", "2023-11-08"),
    }  # fmt: skip


@pytest.mark.usefixtures("fresh_database")
def test_chairs_hold_their_office_for_their_year_and_2020_is_a_gap() -> None:
    loaded()
    chairs = OfficeHolding.objects.filter(
        office__body__group__slug="icat", office__kind__in=("chair", "co_chair")
    ).order_by("since_written", "organisation")
    years: dict[str, list[str]] = {}
    for row in chairs.select_related("organisation"):
        years.setdefault(row.since_written, []).append(row.organisation.slug)
    assert {year: sorted(slugs) for year, slugs in years.items()} == {
        "2012": ["unicef"], "2018": ["unicef"], "2019": ["osce", "un-women"], "2021": ["unhcr", "unodc"],
        "2022": ["icmpd", "unodc"],
        "2023": ["iom", "osrsg-vac"], "2024": ["iom", "osrsg-vac"], "2025": ["oas", "unodc"],
    }  # fmt: skip
    assert any("co-chairs of 2020" in gap["en"].lower() for gap in Group.objects.get(slug="icat").gaps)


@pytest.mark.usefixtures("fresh_database")
def test_the_demonstration_has_an_invented_mandate_with_answered_and_unanswered_paragraphs() -> None:
    loaded()
    mandate = Group.objects.get(slug="icat-demonstration").instruments.get()
    answered = {each.number: each.meetings.count() for each in mandate.paragraphs.all()}
    assert answered == {"1": 0, "2": 1, "3": 1, "4": 0, "5": 0}
    assert "Invented" in mandate.note["en"]


@pytest.mark.usefixtures("fresh_database")
def test_what_was_entered_by_acts_goes_out_and_comes_back() -> None:
    """A paragraph that was renumbered keeps its permanent name, a withdrawn one stays behind."""
    loaded()
    with transaction.atomic():  # whoever corrects keeps the old words in the same transaction
        mandate = Group.objects.get(slug="icat-demonstration").instruments.get()
        _first, second, *_others, last = mandate.paragraphs.all()
        trace = {"by": "importer", "organisation_id": None}
        correct(second, number="2 bis", text={"en": "Said anew."}, **trace)
        withdraw(last, **trace)
    file = export("icat-demonstration")
    assert "id: p2" in file and "hinders" not in file
    assert load_file(file.encode(), "again.yaml", by="importer", at=database_clock()).rows["changed"] == 0


def test_export_wipe_load_export_is_the_same_file(fresh_database: str) -> None:
    loaded()
    first = {slug: export(slug) for slug in ("icat", "icat-demonstration")}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "truncate groups_group, parties_organisation, parties_person, claims_source, claims_supersession cascade"
        )
    assert not Group.objects.exists()
    for slug, file in first.items():
        load_file(file.encode(), f"{slug}.yaml", by="importer", at=database_clock())
    assert {slug: export(slug) for slug in first} == first


@pytest.mark.usefixtures("fresh_database")
def test_a_file_of_many_rows_comes_in_and_back() -> None:
    file = large(20, 50, 400)
    counts = load_file(file, "large.yaml", by="importer", at=database_clock()).rows
    assert counts == {"new": 1 + 20 + 1 + 20 + 20 + 50 + 400, "same": 0, "changed": 0}
    again = export("large").encode()
    assert load_file(again, "large.yaml", by="importer", at=database_clock()).rows["same"] == sum(
        counts.values()
    )


@pytest.mark.usefixtures("fresh_database")
def test_many_rows_take_no_more_statements_than_few() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken = []
    for group, decisions in (("few", 10), ("many", 1000)):
        with CaptureQueriesContext(connection) as queries:
            load_file(large(10, 10, decisions, group), "large.yaml", by="importer", at=database_clock())
        taken.append(len(queries))
    assert taken[1] <= taken[0]  # the few come first and bring the sources that both name
