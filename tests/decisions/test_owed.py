"""What the desk says of silence: the text, until when, and nothing more once the organisation has said its word."""

from __future__ import annotations

from typing import Any

import pytest

from decisions.test_silence import Silence, again, objects


@pytest.fixture
def silence(icat: Any) -> Any:
    return Silence(icat)


def owed(delegation: Any) -> list[tuple[str, Any]]:
    from onevoice.decisions.owed import under_procedure
    from onevoice.enact.perform import database_clock

    found = under_procedure(delegation.viewer, delegation.actor, now=database_clock())
    return [(str(one.kind).split(".")[0], one.deadline) for one in found]


def test_a_member_owes_a_word_until_the_deadline(silence: Any) -> None:
    proposal = silence.starts()
    assert owed(silence.icat.unicef) == [("Silence runs", proposal.procedure.ends_at)]


@pytest.mark.parametrize("says", ("agrees", "states"))
def test_who_has_said_its_word_owes_nothing_more(silence: Any, says: str) -> None:
    from onevoice.decisions.acts.positions import AgreeNow, StatePosition

    proposal = silence.starts()
    act, inputs = (AgreeNow, {}) if says == "agrees" else (StatePosition, {"position": "reservation"})
    silence.icat.unicef.does(act, proposal, **inputs)
    assert (owed(silence.icat.unicef), len(owed(silence.icat.ilo))) == ([], 1)


def test_held_up_is_owed_by_the_chair_and_by_who_objected(silence: Any) -> None:
    objects(silence, silence.starts(), silence.icat.unicef)
    held_up = [("An objection stands", None)]
    icat = silence.icat
    assert [owed(one) for one in (icat.unicef, icat.osce, icat.ilo)] == [held_up, held_up, []]


def test_a_new_text_asks_everybody_anew(silence: Any) -> None:
    from onevoice.decisions.acts.clock import ReviseText

    proposal = silence.starts()
    objects(silence, proposal, silence.icat.unicef)
    silence.icat.osce.does(ReviseText, again(proposal), text="Another text.")
    assert [kind for kind, _ in owed(silence.icat.unicef)] == ["Silence runs"]


def test_what_has_ended_is_owed_by_nobody_though_no_job_has_run(silence: Any) -> None:
    silence.ran_out()
    assert owed(silence.icat.unicef) == []


def test_many_texts_take_as_many_queries_as_one(silence: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> tuple[int, int]:
        actor, viewer, now = silence.icat.unicef.actor, silence.icat.unicef.viewer, database_clock()
        with CaptureQueriesContext(connection) as caught:
            found = under_procedure(viewer, actor, now=now)
        return len(found), len(caught)

    from onevoice.decisions.owed import under_procedure
    from onevoice.enact.perform import database_clock

    silence.starts()
    assert queries() == (1, 2)
    for _ in range(4):
        silence.starts()
    assert queries() == (5, 2)
