"""An objection that came by mail and was entered for a member: when it counts, and what the member can do about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from decisions.test_silence import Silence, again, objects, state
from decisions.test_stances import BALLOT, counted, labels, page_of, until, written_to


@pytest.fixture
def silence(icat: Any) -> Any:
    return Silence(icat)


def came(ago: timedelta = timedelta(0)) -> dict[str, str]:
    """The day and the time of a message, in Vienna, to the minute."""
    from onevoice.enact.perform import database_clock

    at = (database_clock() - ago).astimezone(ZoneInfo("Europe/Vienna"))
    return {"came_day": f"{at:%Y-%m-%d}", "came_time": f"{at:%H:%M}"}


def enters(silence: Any, proposal: Any, ago: timedelta = timedelta(0), **inputs: Any) -> Any:
    """The secretariat enters ILO's objection."""
    from onevoice.decisions.acts.silence import EnterObjection

    said = {"organisation": "ilo", "message": "We object, the ILO.", "reason": "Not in May."}
    return silence.icat.unodc.does(EnterObjection, again(proposal), **said | came(ago) | inputs)


def test_it_counts_and_the_record_and_the_page_say_both_instants(silence: Any, client: Any) -> None:
    proposal, icat = silence.starts(), silence.icat
    entered = enters(silence, proposal)
    assert (counted(entered), state(proposal)) == (("counted", ""), "held up")
    row = again(proposal).procedure.received.get(what="objected")
    at = datetime.fromisoformat(entered.performed.facts["came"].partition("[")[0])
    assert timedelta(0) <= row.at - at < timedelta(seconds=61)
    assert "Entered in its name. The message came:" in page_of(proposal, icat.osce, client)
    assert any("was entered in the name of your organisation" in subject for subject in written_to(icat.ilo))


def test_a_message_comes_neither_after_now_nor_before_the_start(silence: Any) -> None:
    proposal = silence.starts()
    before = proposal.procedure.received.count()
    kinds = [enters(silence, proposal, ago).kind for ago in (timedelta(hours=-2), timedelta(days=2))]
    assert kinds == ["came_in_the_future", "came_before_the_start"]
    assert proposal.procedure.received.count() == before


def test_what_came_in_time_and_is_entered_after_a_decision_overturns_nothing_and_the_chair_is_told(
    silence: Any, client: Any
) -> None:
    proposal, icat = silence.ran_out(timedelta(hours=1)), silence.icat
    assert state(proposal) == "adopted"
    entered = enters(silence, proposal, timedelta(hours=2))
    assert (counted(entered)[0], state(proposal)) == ("late", "adopted")
    assert any("after the matter was settled" in subject for subject in written_to(icat.osce))
    assert any("after the matter was settled" in subject for subject in written_to(icat.ilo))
    icat.unodc.signs_in(client)
    receipt = client.get(f"/icat/receipts/{entered.performed.key}").content.decode()
    assert "It was entered after the matter was settled" in receipt and "The chair is told." in receipt


def test_what_came_in_time_counts_while_the_clock_is_over_and_nothing_is_decided(silence: Any) -> None:
    """A member that no notice reached holds the decision up; another's message had come before the end."""
    alone = silence.icat.organisation("icmpd2", name="An organisation without people")
    silence.icat.member(alone, since="2019", body=silence.body)
    proposal = silence.ran_out(timedelta(hours=1))
    assert state(proposal) == "waiting"
    assert counted(enters(silence, proposal, timedelta(minutes=30)))[0] == "late"
    assert counted(enters(silence, proposal, timedelta(hours=2))) == ("counted", "")
    assert state(proposal) == "held up"


def test_the_member_strikes_what_is_not_its_own_although_nothing_may_be_taken_back(icat: Any) -> None:
    from onevoice.decisions.acts.silence import StrikeObjection, WithdrawObjection
    from onevoice.decisions.visible import holding

    silence = Silence(icat, **{'withdrawn_until = "expiry"': 'withdrawn_until = "none"'})
    proposal = silence.starts()
    enters(silence, proposal)
    (one,) = holding(again(proposal)).standing
    assert "StrikeObjection" in labels(proposal, icat.ilo) and "StrikeObjection" not in labels(
        proposal, icat.osce
    )
    assert "WithdrawObjection" not in labels(proposal, icat.ilo)
    taken = icat.ilo.does(WithdrawObjection, again(proposal), objection=one.objection)
    assert counted(taken) == ("without effect", "no withdrawal")
    assert counted(icat.ilo.does(StrikeObjection, again(proposal), objection=one.objection)) == (
        "counted",
        "",
    )
    assert state(proposal) == "running"


def test_ones_own_objection_is_not_struck(silence: Any) -> None:
    from onevoice.decisions.acts.silence import StrikeObjection

    proposal = silence.starts()
    objects(silence, proposal, silence.icat.ilo)
    answer = silence.icat.ilo.does(StrikeObjection, again(proposal), objection="e1")
    assert answer.kind == "none_entered"


def test_the_members_own_words_take_the_place_of_what_was_entered(silence: Any, client: Any) -> None:
    from onevoice.decisions.acts.silence import CompleteObjection
    from onevoice.decisions.visible import holding

    proposal, icat = silence.starts(), silence.icat
    enters(silence, proposal)
    (one,) = holding(again(proposal)).standing
    icat.ilo.does(CompleteObjection, again(proposal), objection=one.objection, reason="Not before June.")
    stands = page_of(proposal, icat.osce, client).partition('id="objections"')[2].partition("</section>")[0]
    assert "Not before June." in stands and "Not in May." not in stands


def test_nothing_is_entered_into_a_ballot(icat: Any) -> None:
    from onevoice.decisions.acts.ballots import OpenBallot

    silence = Silence(icat, **BALLOT)
    proposal = silence.starts()
    objects(silence, proposal)
    icat.unodc.does(OpenBallot, again(proposal), **until(timedelta(days=1)))
    assert counted(enters(silence, proposal))[0] == "late"


def test_only_officers_enter_for_others(silence: Any) -> None:
    from onevoice.decisions.acts.silence import EnterObjection

    proposal = silence.starts()
    said = {"organisation": "ilo", "message": "-", **came()}
    assert silence.icat.unicef.does(EnterObjection, proposal, **said).kind == "not_for_you"
