"""Organisations are entered and renamed by the secretariat: history stays, and nothing stands twice."""

from typing import Any

from onevoice.enact.act import Refusal
from onevoice.enact.form import ActForm
from onevoice.enact.perform import Done, Incomplete, database_clock
from onevoice.groups.acts.house import CreateBody
from onevoice.groups.acts.memberships import AdmitMember, outside
from onevoice.groups.acts.organisations import EnterOrganisation, RenameOrganisation
from onevoice.groups.standing import members_now
from onevoice.languages.partial import start_of_day
from onevoice.parties.models import Organisation, OrganisationName

UPU = {"kind": "un", "name": "Universal Postal Union", "acronym": "UPU"}


def entered(icat: Any, **inputs: Any) -> Organisation:
    answer = icat.unodc.does(EnterOrganisation, icat.group, **inputs)
    assert isinstance(answer, Done), answer
    return Organisation.objects.get(slug=answer.performed.facts["organisation"])


def refused(icat: Any, act: Any = EnterOrganisation, **inputs: Any) -> str:
    answer = icat.unodc.does(act, icat.group, **inputs)
    assert isinstance(answer, Refusal), answer
    return str(answer)


def asked_again(icat: Any, act: Any, **inputs: Any) -> str:
    answer = icat.unodc.does(act, icat.group, **inputs)
    assert isinstance(answer, Incomplete), answer
    return str(answer.form.errors)


def test_an_empty_group_gets_a_body_an_organisation_and_a_member(icat: Any) -> None:
    answer = icat.unodc.does(
        CreateBody, icat.group, name="Board", parent="members", decision_pattern="B/{number}"
    )
    assert isinstance(answer, Done), answer
    body = icat.group.bodies.get(slug=answer.performed.facts["body"])
    upu = entered(
        icat, **UPU, web="https://www.upu.int/", name_fr="Union postale universelle", acronym_ru="ВПС"
    )
    assert (upu.slug, upu.kind, upu.web, upu.invented) == ("upu", "un", "https://www.upu.int/", False)
    name = upu.names.get()
    assert name.names == {"en": "Universal Postal Union", "fr": "Union postale universelle"}
    assert name.acronyms == {"en": "UPU", "ru": "ВПС"}
    assert (name.period.lower, name.period.upper) == (None, None)
    assert name.claimed_by == icat.unodc.actor.key
    values = {"organisation": "upu", "kind": "member", "since": "2020-01-01"}
    assert isinstance(icat.unodc.does(AdmitMember, body, **values), Done)
    assert upu in members_now(body, at=database_clock())


def test_an_organisation_from_the_list_brings_its_names_and_where_they_come_from(icat: Any) -> None:
    icao = entered(icat, known="icao")
    assert (icao.slug, icao.kind, icao.web) == ("icao", "un", "https://www.icao.int/")
    name = icao.names.get()
    assert name.names["en"] == "International Civil Aviation Organization"
    assert name.names["zh"] == {"text": "国际民航组织", "basis": "label"}
    assert name.acronyms["fr"] == {"text": "OACI", "basis": "label"}


def test_what_is_typed_replaces_what_the_list_says(icat: Any) -> None:
    name = entered(icat, known="icao", name_zh="国际民用航空组织").names.get()
    assert name.names["zh"] == "国际民用航空组织"
    assert name.names["ar"]["basis"] == "label"


def test_the_list_leaves_out_what_is_entered(icat: Any) -> None:
    offered = dict(ActForm(EnterOrganisation, icat.group).fields["known"].choices)  # type: ignore[attr-defined]
    assert "icao" in offered and "unicef" not in offered
    entered(icat, known="icao")
    offered = dict(ActForm(EnterOrganisation, icat.group).fields["known"].choices)  # type: ignore[attr-defined]
    assert "icao" not in offered


def test_an_organisation_is_chosen_or_typed_with_its_kind(icat: Any) -> None:
    assert "choose an organisation from the list" in asked_again(icat, EnterOrganisation).lower()
    assert "kind" in asked_again(icat, EnterOrganisation, name="Universal Postal Union")
    assert "web" in asked_again(icat, EnterOrganisation, **UPU, web="javascript:alert(1)")


def test_what_exists_is_not_entered_twice_and_is_named(icat: Any) -> None:
    said = "ILO (International Labour Organization) is entered already."
    assert refused(icat, kind="un", name="Another name", acronym="ilo").startswith(said)
    assert refused(icat, kind="un", name="international labour organization").startswith(said)
    assert Organisation.objects.filter(slug__startswith="ilo").count() == 1


def test_a_demonstration_enters_what_nobody_sees_elsewhere(icat: Any) -> None:
    icat.group.demonstration = True
    icat.group.save()
    made = entered(icat, **UPU)
    assert made.invented is True
    assert made.slug in dict(outside(icat.group.bodies.get(slug="principals")))
    assert made.slug not in dict(outside(icat.neighbour.group.bodies.first()))
    # A real group is not told of it and enters its own.
    icat.group.demonstration = False
    icat.group.save()
    assert entered(icat, **UPU).slug == "upu-2"


def test_a_demonstration_renames_only_what_it_made_up(icat: Any) -> None:
    offered = ActForm(RenameOrganisation, icat.group).fields["organisation"].choices  # type: ignore[attr-defined]
    assert "ilo" in dict(offered)
    icat.group.demonstration = True
    icat.group.save()
    assert refused(icat, RenameOrganisation).startswith("There is no organisation that this group may rename.")
    entered(icat, **UPU)
    offered = ActForm(RenameOrganisation, icat.group).fields["organisation"].choices  # type: ignore[attr-defined]
    assert set(dict(offered)) == {"", "upu"}


def test_a_new_name_begins_on_its_day_and_the_old_one_stays_in_the_history(icat: Any) -> None:
    values = {
        "organisation": "ilo",
        "name": "World Labour Organization",
        "acronym": "WLO",
        "since": "2024-03-01",
    }
    assert isinstance(icat.unodc.does(RenameOrganisation, icat.group, **values), Done)
    ilo, day = icat.ilo.organisation, start_of_day_of(icat, 2024, 3, 1)
    ilo = Organisation.objects.get(pk=ilo.pk)
    old, new = ilo.names.filter(standing=True).order_by("pk")
    assert (old.names["en"], old.until_written) == ("International Labour Organization", "2024-02-29")
    assert old.period.upper == new.period.lower == day
    assert (new.names, new.acronyms) == ({"en": "World Labour Organization"}, {"en": "WLO"})
    assert (new.since_written, new.period.upper) == ("2024-03-01", None)
    assert OrganisationName.objects.filter(organisation=ilo, standing=False).count() == 1
    assert ilo.words(at=database_clock())["en"] == "World Labour Organization"


def test_an_acronym_left_empty_stays(icat: Any) -> None:
    values = {"organisation": "ilo", "name": "World Labour Organization", "since": "2024-03-01"}
    assert isinstance(icat.unodc.does(RenameOrganisation, icat.group, **values), Done)
    assert Organisation.objects.get(slug="ilo").acronym(at=database_clock())["fr"] == "OIT"


def test_a_name_of_another_is_not_taken(icat: Any) -> None:
    values = {"organisation": "ilo", "name": "UNICEF and others", "acronym": "UNICEF", "since": "2024-03-01"}
    assert refused(icat, RenameOrganisation, **values).startswith("UNICEF (")


def test_only_the_secretariat_enters_and_renames(icat: Any) -> None:
    for act in (EnterOrganisation, RenameOrganisation):
        for who in (icat.unicef, icat.osce, icat.neighbour.mallory):
            assert who.does(act, icat.group).kind == "not_for_you"


def start_of_day_of(icat: Any, *day: int) -> Any:
    from datetime import date

    return start_of_day(date(*day), icat.group.zone)
