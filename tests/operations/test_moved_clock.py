"""The demonstration's clock is moved on by a button that is nowhere else; `serve` refuses such a clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections

from onevoice.enact.clock import database_clock, is_plain, moved_on
from onevoice.operations.demonstration import clock
from silence import rules_of_three_days

HOURS = timedelta(hours=72)


@pytest.fixture
def movable(fresh_database: str) -> None:
    clock.install()


def test_the_clock_of_an_installation_is_the_databases_own(fresh_database: str) -> None:
    assert (is_plain(), moved_on()) == (True, timedelta(0))


def test_it_is_moved_on_and_never_back_and_installing_again_leaves_it(movable: None) -> None:
    assert (is_plain(), moved_on()) == (False, timedelta(0))
    before = database_clock()
    clock.move_on(HOURS)
    clock.move_on(-HOURS)
    clock.install()
    assert (moved_on(), database_clock() - before >= HOURS) == (HOURS, True)


def test_the_login_that_places_entries_reads_it_and_moves_nothing(movable: None) -> None:
    with connections["sequencer"].cursor() as cursor:
        cursor.execute("select onevoice_now()")
        with pytest.raises(DatabaseError):
            cursor.execute("update demonstration.clock set moved = '1 day'")


def test_production_never_gets_such_a_clock(fresh_database: str, settings: Any) -> None:
    from onevoice.operations.mode import Mode

    settings.MODE = Mode.SERVE
    with pytest.raises(RuntimeError):
        clock.install()
    assert is_plain()


@pytest.fixture
def running(movable: None, settings: Any) -> Any:
    """A proposal under silence for three days in a demonstration, and its world."""
    from onevoice.decisions.acts.proposals import ProposeInWriting
    from onevoice.decisions.acts.rules import AdoptRules
    from onevoice.decisions.acts.silence import StartSilence
    from onevoice.groups.models import Group
    from world import the_icat_world

    settings.DEMONSTRATION = True
    icat = the_icat_world()
    Group.objects.filter(pk=icat.group.pk).update(demonstration=True)
    body = icat.bodies["principals"]
    icat.unodc.does(AdoptRules, body, own=rules_of_three_days())
    proposal = icat.unicef.does(ProposeInWriting, body, title="Plan", text="We endorse the plan.").result
    terms = {"rules": str(body.rules.get().pk), "kind": "procedural", "complete": "on"}
    icat.unodc.does(StartSilence, proposal, **terms)
    settings.ROOT_URLCONF = "parties.demonstration_house"
    return icat, proposal


def test_the_button_moves_on_to_the_deadline_and_the_text_is_adopted(running: Any, client: Any) -> None:
    from onevoice.decisions.models import Decision
    from onevoice.record.models import Entry

    icat, proposal = running
    icat.osce.signs_in(client)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert ("Move on to the deadline" in page, "was moved on" in page) == (True, False)
    before = Entry.objects.count()
    answer = client.post(f"/demonstration/move-on/{proposal.pk}")
    assert (answer.status_code, answer.headers["Location"]) == (303, proposal.get_absolute_url())
    decision = Decision.objects.get(proposal=proposal)
    assert decision.adopted_at == proposal.procedure.ends_at
    assert Entry.objects.count() == before + 1  # the clock's act; that it was moved is no act of the group
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert ("Move on to the deadline" in page, "was moved on" in page, decision.number in page) == (False, True, True)


def test_every_page_says_that_the_clock_was_moved_on(running: Any, client: Any) -> None:
    clock.move_on(HOURS)
    for path in ("/", "/icat/", "/accessibility", "/demonstration"):
        assert "The clock of this demonstration was moved on" in client.get(path).content.decode(), path


@pytest.mark.parametrize("who", ("nobody", "outsider"))
def test_only_who_sees_the_proposal_moves_the_clock(running: Any, client: Any, who: str) -> None:
    icat, proposal = running
    if who == "outsider":
        icat.neighbour.mallory.signs_in(client)
    assert client.post(f"/demonstration/move-on/{proposal.pk}").status_code == (302 if who == "nobody" else 404)
    assert client.get(f"/demonstration/move-on/{proposal.pk}").status_code == 405
    assert moved_on() == timedelta(0)


def test_without_demo_the_button_and_its_address_are_not_there(running: Any, client: Any, settings: Any) -> None:
    settings.DEMONSTRATION = False
    icat, proposal = running
    icat.osce.signs_in(client)
    assert "Move on to the deadline" not in client.get(proposal.get_absolute_url()).content.decode()
    assert client.post(f"/demonstration/move-on/{proposal.pk}").status_code == 404
    assert moved_on() == timedelta(0)
