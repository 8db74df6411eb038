"""A fact that is entered or corrected by hand carries its source, shown as those of imported facts are."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from meetings.past import official
from onevoice.claims.models import Claim, Supersession
from onevoice.enact.form import ActForm
from onevoice.enact.perform import Done, Incomplete
from onevoice.enact.subjects import key_of
from onevoice.groups.acts.corrections import CorrectAppointment, CorrectMembership, CorrectName, CorrectOffice
from onevoice.groups.acts.memberships import AdmitMember, ElectOfficer, EndOffice, WithdrawMember
from onevoice.groups.acts.officials import CorrectCount, CorrectOfficial
from onevoice.groups.acts.organisations import RenameOrganisation
from onevoice.groups.acts.successions import CorrectSuccession, RecordSuccession
from onevoice.groups.models import Appointment, Membership, OfficeHolding, PublishedCount
from onevoice.groups.on_record import on_record
from onevoice.groups.steps import key_of_fact
from onevoice.meetings.models import Meeting
from onevoice.parties.models import OrganisationName, Succession
from reading import words
from world import World, claim

pytestmark = pytest.mark.django_db
SOURCE = "https://example.org/minutes/7"
WHY = {"why": "The minutes say so."}


def _admit(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    given = {"organisation": "unhcr", "kind": "member", "since": "2026-01-01"}
    return AdmitMember, icat.bodies["principals"], given, Membership


def _withdraw(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    row = Membership.objects.get(body=icat.bodies["principals"], organisation__slug="ilo")
    return WithdrawMember, row.body, {"membership": str(row.pk), "until": "2026-01-01", **WHY}, Membership


def _elect(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    given = {"office": "chair", "organisation": "ilo", "since": "2026-01-01"}
    return ElectOfficer, icat.bodies["principals"], given, OfficeHolding


def _end(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    row = OfficeHolding.objects.get(office__body=icat.bodies["principals"], organisation__slug="osce")
    return EndOffice, row.office.body, {"holding": str(row.pk), "until": "2026-01-01", **WHY}, OfficeHolding


def _membership(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    row = Membership.objects.get(body=icat.bodies["principals"], organisation__slug="ilo")
    return CorrectMembership, on_record(row), {"kind": "member", "since": "2021", **WHY}, Membership


def _office(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    row = OfficeHolding.objects.get(office__body=icat.bodies["principals"], organisation__slug="osce")
    return CorrectOffice, on_record(row), {"since": "2021", **WHY}, OfficeHolding


def _appointment(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    row = Appointment.objects.get(organisation__slug="ilo", group=icat.group)
    return (
        CorrectAppointment,
        on_record(row),
        {"capacity": "focal_point", "since": "2021", **WHY},
        Appointment,
    )


def _name(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    row = OrganisationName.objects.get(organisation__slug="ilo")
    return CorrectName, icat.group, {"fact": str(row.pk), "acronym": "OIL", **WHY}, OrganisationName


def _rename(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    given = {"organisation": "ilo", "name": "Labour", "since": "2026-01-01"}
    return RenameOrganisation, icat.group, given, OrganisationName


def _record(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    given = {"predecessor": "ilo", "successor": "unhcr", "when": "2024-03-01", **WHY}
    return RecordSuccession, icat.group, given, Succession


def _succession(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    row = Succession.objects.get(predecessor__slug="unifem")
    return CorrectSuccession, icat.group, {"fact": str(row.pk), "successor": "ilo", **WHY}, Succession


ACTS = (
    _admit,
    _withdraw,
    _elect,
    _end,
    _membership,
    _office,
    _appointment,
    _name,
    _rename,
    _record,
    _succession,
)


@pytest.mark.parametrize("example", ACTS)
def test_the_source_is_kept_with_what_the_act_made_and_shown(
    icat: World, client: Client, example: Any
) -> None:
    act, subject, given, model = example(icat)
    answer = icat.unodc.does(act, subject, **given, source=SOURCE)
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    claim = Claim.objects.get(source__address=SOURCE)
    made = {key_of(row): row for row in model.objects.filter(standing=True)}[claim.about]
    assert (claim.confidence, claim.claimed_by) == ("made", icat.unodc.actor.key)
    assert answer.performed.facts["source"] == SOURCE
    organisation = getattr(made, "organisation", None) or made.predecessor
    address = "/icat/house" if model is Appointment else f"/icat/members/{organisation.slug}"
    assert "example.org/minutes/7" in words(icat.unodc.signs_in(client).get(address))


@pytest.mark.parametrize("example", ACTS)
def test_no_source_need_be_given_and_it_is_an_address(icat: World, example: Any) -> None:
    act, subject, given, _model = example(icat)
    assert isinstance(icat.unodc.does(act, subject, **given, source="the minutes"), Incomplete)
    before = Claim.objects.count()
    assert isinstance(icat.unodc.does(act, subject, **given), Done)
    assert Claim.objects.count() == before


def _official(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    row = official("ann", "Ann Example", "Director", organisation=icat.ilo.organisation)
    meeting = Meeting.objects.create(
        group=icat.group, slug="talk", kind="briefing", title={"en": "Talk"}, when_written="2018"
    )
    meeting.participations.create(part="briefed", organisation=icat.ilo.organisation, appointment=row)
    return CorrectOfficial, icat.group, {"fact": str(row.pk), **WHY}, Appointment


def _count(icat: World) -> tuple[Any, Any, dict[str, Any], Any]:
    row = PublishedCount.objects.filter(group=icat.group).first()
    return CorrectCount, icat.group, {"fact": str(row.pk), **WHY}, PublishedCount


CORRECTIONS = {
    _membership: {"kind": "member", "since": "2020"},
    _office: {"since": "2020"},
    _appointment: {"capacity": "focal_point", "since": "2020"},
    _name: {},
    _succession: {"successor": "un-women"},
}


@pytest.mark.parametrize("example", CORRECTIONS)
def test_a_source_alone_is_a_new_claim_with_who_when_and_why(
    icat: World, client: Client, example: Any
) -> None:
    act, subject, given, model = example(icat)
    same = {name: given[name] for name in ("fact", "why") if name in given} | CORRECTIONS[example]
    if model is Succession:
        same["when"] = Succession.objects.get(pk=given["fact"]).when_written
    old = model.objects.get(pk=given.get("fact") or subject.pk)
    assert icat.unodc.does(act, subject, **same).kind == "same_as_before"
    known = claim(old, "https://example.org/before")
    assert icat.unodc.does(act, subject, **same, source="https://example.org/before").kind == "same_as_before"
    answer = icat.unodc.does(act, subject, **same, source=SOURCE)
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    gone = Supersession.objects.get(fact_table=model._meta.db_table, fact_id=old.pk)
    assert (gone.by, gone.why) == (icat.unodc.actor.key, WHY["why"])
    new = model.objects.get(pk=gone.by_fact_id)
    stated = Claim.objects.filter(about=key_of(new), standing=True).order_by("order", "pk")
    assert [(each.source.address, each.confidence) for each in stated][-2:] == [
        ("https://example.org/before", known.confidence), (SOURCE, "made"),
    ]  # fmt: skip
    if model is not Appointment:
        whose = getattr(new, "organisation", None) or new.predecessor
        said = words(icat.unodc.signs_in(client).get(f"/icat/members/{whose.slug}"))
        assert "What was known before" in said and WHY["why"] in said


# --- a source that does not say so -----------------------------------------------------------------------------
BEFORE, WRONG = "https://example.org/before", "https://example.org/wrong"


def _two_sources(icat: World, example: Any) -> tuple[Any, Any, dict[str, Any], Any, Any, Any]:
    """An example of an act that changes nothing of its fact, which two pages are said to state; one is wrong."""
    act, subject, given, model = example(icat)
    same = {name: given[name] for name in ("fact", "why") if name in given} | CORRECTIONS.get(example, {})
    if model is Succession:
        same["when"] = Succession.objects.get(pk=given["fact"]).when_written
    old = model.objects.get(pk=given.get("fact") or subject.pk)
    claim(old, BEFORE)
    return act, subject, same, model, old, claim(old, WRONG)


def _stated(fact: Any) -> set[str]:
    rows = Claim.objects.filter(
        about=key_of_fact(fact), standing=True, source__address__startswith="https://example.org"
    )
    return set(rows.values_list("source__address", flat=True))


@pytest.mark.parametrize("instead", [{}, {"source": SOURCE}, {"source": BEFORE}])
@pytest.mark.parametrize("example", [*CORRECTIONS, _official, _count])
def test_a_wrong_source_is_taken_out_or_replaced_and_stays_in_the_history(
    icat: World, example: Any, instead: dict[str, str]
) -> None:
    act, subject, same, model, old, wrong = _two_sources(icat, example)
    answer = icat.unodc.does(act, subject, **same, **instead, wrong=str(wrong.pk))
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    gone = Supersession.objects.get(fact_table=model._meta.db_table, fact_id=old.pk)
    assert (gone.by, gone.why) == (icat.unodc.actor.key, WHY["why"])
    assert _stated(model.objects.get(pk=gone.by_fact_id)) == {BEFORE, *instead.values()}
    assert _stated(old) == {BEFORE, WRONG}
    assert answer.performed.facts["no_longer"] == WRONG


def test_the_page_shows_a_source_that_was_taken_out_with_who_when_and_why(
    icat: World, client: Client
) -> None:
    act, subject, same, _model, _old, wrong = _two_sources(icat, _membership)
    assert isinstance(icat.unodc.does(act, subject, **same, wrong=str(wrong.pk)), Done)
    for reader, why in ((client, False), (icat.unodc.signs_in(Client()), True)):
        said = words(reader.get("/icat/members/ilo"))
        now, _, before = said.partition("What was known before")
        assert ("example.org/wrong" in now, "example.org/before" in now) == (False, True)
        assert "Changed by UNODC on " in before and "example.org/wrong" in before
        assert (WHY["why"] in before) is why


@pytest.mark.parametrize("example", [*CORRECTIONS, _official, _count])
def test_what_is_taken_out_is_a_source_of_the_fact_and_of_one_that_was(icat: World, example: Any) -> None:
    act, subject, same, model, old, wrong = _two_sources(icat, example)
    other = claim(icat.group, "https://example.org/of-the-group")
    does = icat.unodc.does
    assert does(act, subject, **same, wrong=str(other.pk)).kind == "not_its_source"
    assert does(act, subject, **same, wrong=str(wrong.pk), source=WRONG).kind == "same_as_before"
    assert does(act, subject, **same, wrong=str(wrong.pk), never="on").kind == "never_and_changed"
    assert isinstance(does(act, subject, **same, wrong="zebra"), Incomplete)
    assert model.objects.get(pk=old.pk).standing and _stated(old) == {BEFORE, WRONG}


@pytest.mark.parametrize("example", [*CORRECTIONS, _official, _count])
def test_the_form_offers_the_sources_that_stand_beside_its_facts(icat: World, example: Any) -> None:
    act, subject, _same, _model, _old, wrong = _two_sources(icat, example)
    other = claim(icat.group, "https://example.org/of-the-group")
    offered = dict(ActForm(act, subject, actor=icat.unodc.actor).fields["wrong"].choices)
    assert offered[str(wrong.pk)].endswith(WRONG) and str(other.pk) not in offered
