"""Titles of officials whom the record names, titles in appointments and published sizes are corrected by act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from onevoice.claims.models import Supersession
from onevoice.enact.perform import Done, database_clock
from onevoice.groups.acts.corrections import CorrectAppointment
from onevoice.groups.acts.officials import CorrectCount, CorrectOfficial, officials_of
from onevoice.groups.models import Appointment, PublishedCount
from onevoice.groups.on_record import on_record
from onevoice.operations.exchange.export import export
from onevoice.operations.exchange.loading import load
from onevoice.parties.reference import load_states
from reading import words

EVENT = "/icat/events/2018-06-14-briefing-to-member-states"
WHY = {"why": "The programme of the day says so."}


def fedotov() -> Appointment:
    return Appointment.objects.get(person__slug="fedotov", standing=True)


def done(answer: Any) -> Any:
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    return answer


def test_the_title_of_an_official_is_corrected_and_shown_at_its_event(
    icat: Any, briefing: Any, client: Client
) -> None:
    old = fedotov()
    assert str(old.pk) in dict(officials_of(icat.group))
    given = {"fact": str(old.pk), "title_en": "Director-General", "title_fr": "Directeur général", **WHY}
    answer = done(icat.unodc.does(CorrectOfficial, icat.group, **given, source="https://example.org/p"))
    new = fedotov()
    assert new.title == {"en": "Director-General", "fr": "Directeur général"}
    assert (new.honorific, new.period, new.record_id) == (old.honorific, old.period, old.record_id)
    gone = Supersession.objects.get(fact_table="groups_appointment", fact_id=old.pk)
    assert (gone.by_fact_id, gone.why, gone.by) == (new.pk, WHY["why"], icat.unodc.actor.key)
    assert "Director-General" not in str(answer.performed.facts) and answer.performed.entry.public is True
    assert "Yury Fedotov, Director-General" in words(client.get(EVENT))
    assert "Correct the title of an official" not in words(client.get(EVENT))
    assert "Correct the title of an official" in words(icat.unodc.signs_in(client).get(EVENT))


def test_only_what_is_wrong_is_written(icat: Any, briefing: Any) -> None:
    old = fedotov()
    does, fact = icat.unodc.does, {"fact": str(old.pk), **WHY}
    assert does(CorrectOfficial, icat.group, **fact).kind == "same_as_before"
    done(does(CorrectOfficial, icat.group, **fact, until="2018-12"))
    assert (fedotov().title, fedotov().until_written) == (old.title, "2018-12")
    assert does(CorrectOfficial, icat.group, **fact, title_en="Late").kind == "corrected_meanwhile"
    now = {"fact": str(fedotov().pk), **WHY}
    assert does(CorrectOfficial, icat.group, **now, since="2020").kind == "ends_first"
    done(does(CorrectOfficial, icat.group, **now, never="on"))
    assert not Appointment.objects.filter(person__slug="fedotov", standing=True).exists()


def test_only_the_secretariat_corrects_officials_of_its_own_record(icat: Any, briefing: Any) -> None:
    given = {"fact": str(fedotov().pk), "title_en": "Mine", **WHY}
    for who in (icat.osce, icat.unicef):
        assert who.does(CorrectOfficial, icat.group, **given).kind == "not_for_you"
    stranger = Appointment.objects.get(organisation__slug="ilo", group=icat.group)
    given["fact"] = str(stranger.pk)
    assert icat.unodc.does(CorrectOfficial, icat.group, **given).kind == "not_among_these"
    other = icat.neighbour.group
    refusal = CorrectOfficial.may(icat.unodc.actor, other, now=database_clock())
    assert refusal is not None and refusal.kind == "no_official"


def test_the_title_in_an_appointment_is_corrected(icat: Any, client: Client) -> None:
    row = on_record(Appointment.objects.get(organisation__slug="ilo", group=icat.group))
    assert CorrectAppointment.initial(row)["title_en"] == ""
    given = {"capacity": "focal_point", "since": "2020", "title_en": "Senior Adviser", **WHY}
    done(icat.unodc.does(CorrectAppointment, row, **given))
    now = on_record(Appointment.objects.get(organisation__slug="ilo", group=icat.group, standing=True))
    assert now.title == {"en": "Senior Adviser"}
    begun = CorrectAppointment.initial(now)
    assert (begun["title_en"], begun["title_fr"]) == ("Senior Adviser", "")
    done(icat.unodc.does(CorrectAppointment, now, **begun | {"since": "2021"}, **WHY))
    last = Appointment.objects.get(organisation__slug="ilo", group=icat.group, standing=True)
    assert (last.title, last.since_written) == ({"en": "Senior Adviser"}, "2021")
    assert "Focal point, Senior Adviser, since 2020" in words(icat.unodc.signs_in(client).get("/icat/house"))


def test_a_published_size_is_corrected_and_what_was_known_stays(icat: Any, client: Client) -> None:
    old = PublishedCount.objects.get(when_written="2019-12-06")
    given = {"fact": str(old.pk), "count": "25", "counted_en": "entities of all kinds", **WHY}
    done(icat.unodc.does(CorrectCount, icat.group, **given))
    new = PublishedCount.objects.get(when_written="2019-12-06", standing=True)
    assert (new.count, new.counted) == (25, {"en": "entities of all kinds"})
    said = words(client.get("/icat/members"))
    assert "25 entities of all kinds" in said
    assert "What was known before 24 entities, 6 December 2019" in said and "Changed by UNODC on" in said
    assert "Organisations 25, as published 6 December 2019" in words(client.get("/icat/"))
    assert icat.unodc.does(CorrectCount, icat.group, fact=str(new.pk), **WHY).kind == "same_as_before"
    assert (
        icat.unicef.does(CorrectCount, icat.group, fact=str(new.pk), count="1", **WHY).kind == "not_for_you"
    )
    done(icat.unodc.does(CorrectCount, icat.group, fact=str(new.pk), never="on", **WHY))
    said = words(client.get("/icat/members"))
    assert "What was taken back 25 entities of all kinds, 6 December 2019" in said
    assert "as published 2019" in words(client.get("/icat/"))


@pytest.fixture
def committed(fresh_database: str) -> Any:
    from meetings.past import official
    from onevoice.meetings.models import Meeting
    from world import the_icat_world

    load_states()
    world = the_icat_world()
    organisation = world.unodc.organisation
    row = official("fedotov", "Yury Fedotov", "Executive Director", organisation=organisation)
    meeting = Meeting.objects.create(
        group=world.group, slug="briefing", kind="briefing", title={"en": "Briefing"}, when_written="2018-06-14",
        zone="Europe/Vienna", visibility="public",
    )  # fmt: skip
    meeting.participations.create(part="briefed", organisation=organisation, appointment=row)
    return world


def test_what_was_corrected_goes_out_and_comes_back(committed: Any) -> None:
    icat, fact = committed, {"fact": str(fedotov().pk)}
    done(icat.unodc.does(CorrectOfficial, icat.group, **fact, title_en="Director-General", **WHY))
    count = PublishedCount.objects.get(when_written="2019-12-06")
    done(icat.unodc.does(CorrectCount, icat.group, fact=str(count.pk), count="25", **WHY))
    first = export("icat")
    assert first.count("Director-General") == 1 and "count: 25" in first
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "truncate groups_group, parties_organisation, parties_person, claims_source, claims_supersession cascade"
        )
    load(first.encode(), "icat.yaml", by="importer", at=database_clock())
    assert export("icat") == first
    again = load(first.encode(), "icat.yaml", by="importer", at=database_clock() + timedelta(days=1))
    assert again.rows["new"] == again.rows["changed"] == 0
