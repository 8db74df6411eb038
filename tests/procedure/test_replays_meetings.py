"""Replays of consensus in a meeting, and of a presiding officer's judgement: OSCE, WTO, OPCW, UNFCCC."""

from __future__ import annotations

import pytest

from procedure.replaying import Holds, Replay, members

STATES = ("Austria", "Malta", "Mongolia", "Norway")


def osce() -> Replay:
    return Replay("osce-meeting", STATES, zone="Europe/Vienna").starts("2026-12-03T10:00")


def test_osce_consensus_is_the_absence_of_objection() -> None:
    case = osce().happens("put", "put", "2026-12-03T10:30", by="chair")
    assert case.at("2026-12-03T10:29") == Holds("open")
    assert case.at("2026-12-03T10:30") == Holds("adopted", "2026-12-03T10:30")


def test_osce_decision_falls_by_one_objection_in_the_meeting() -> None:
    case = osce().happens("no", "objected", "2026-12-03T10:20", member="Malta")
    case.happens("put", "put", "2026-12-03T10:30", by="chair")
    assert case.at("2026-12-03T10:20") == Holds("open", standing={"no": "Malta"})
    assert case.at("2026-12-03T10:30") == Holds("not adopted", standing={"no": "Malta"})


@pytest.mark.parametrize(
    ("objecting", "override", "state"),
    [
        (1, "consensus minus one", "adopted"), (2, "consensus minus one", "not adopted"),
        (2, "consensus minus two", "adopted"), (3, "consensus minus two", "not adopted"),
    ],
)  # fmt: skip
def test_osce_consensus_minus_one_and_minus_two(objecting: int, override: str, state: str) -> None:
    case = osce()
    for name in STATES[:objecting]:
        case.happens(name, "objected", "2026-12-03T10:20", member=name)
    case.happens("put", "put", "2026-12-03T10:30", by="chair", override=override)
    standing = {name: name for name in STATES[:objecting]}
    adopted = state == "adopted"
    assert case.at("2026-12-03T10:30") == Holds(state, "2026-12-03T10:30" if adopted else None, standing)
    assert case.outcome("2026-12-03T10:30").dissent is adopted


def wto(present: int = 8, of: int = 8) -> Replay:
    """A waiver before the General Council, put 90 days after it was asked for."""
    roster = [
        {"member": name, "in": ["present"]} if n < present else name for n, name in enumerate(members(of))
    ]
    case = Replay(
        "wto", roster, zone="Europe/Zurich", assumed={"start.by": ["chair"]}
    )  # assumed in this test
    return case.starts("2026-01-05T10:00")


def test_wto_consensus_if_no_member_present_objects() -> None:
    case = wto().happens("put", "put", "2026-04-05T10:00", by="chair")
    assert case.at("2026-04-05T10:00") == Holds("adopted", "2026-04-05T10:00")


def test_wto_objection_by_an_absent_member_does_not_count() -> None:
    case = wto(present=7).happens("absent", "objected", "2026-04-05T09:00", member="M8", form="spoken")
    case.happens("put", "put", "2026-04-05T10:00", by="chair")
    assert case.at("2026-04-05T10:00") == Holds(
        "adopted", "2026-04-05T10:00", but={"absent": "without effect: not in the basis"}
    )


def test_wto_member_that_objected_and_then_left_the_room_has_objected() -> None:
    case = wto().happens("formal", "objected", "2026-04-05T09:00", member="M8", form="spoken")
    case.happens("room", "present", "2026-04-05T09:30", members=members(7))
    case.happens("put", "put", "2026-04-05T10:00", by="chair")
    assert case.at("2026-04-05T10:00") == Holds("to a vote", standing={"formal": "M8"})


@pytest.mark.parametrize(("in_favour", "state"), [(6, "adopted"), (5, "not adopted")])
def test_wto_waiver_takes_three_quarters_of_the_members(in_favour: int, state: str) -> None:
    case = wto().happens("formal", "objected", "2026-04-05T09:00", member="M8", form="spoken")
    case.happens("put", "put", "2026-04-05T10:00", by="chair")
    case.happens("ballot", "ballot", "2026-04-05T10:30", by="chair", until="2026-04-05T11:00")
    for name in members(in_favour):
        case.happens(f"vote of {name}", "voted", "2026-04-05T10:45", member=name, vote="for")
    case.happens("vote of M7", "voted", "2026-04-05T10:45", member="M7", vote="abstain")
    adopted = "2026-04-05T11:00" if state == "adopted" else None
    assert case.at("2026-04-05T11:00") == Holds(state, adopted, {"formal": "M8"})


def opcw() -> Replay:
    assumed = {
        "start.by": ["chair"],  # assumed in this test
        "outcome.effective": "expiry",  # assumed in this test
        "ballot.abstentions_count": False,  # assumed in this test
    }
    case = Replay("opcw", members(9), zone="Europe/Amsterdam", assumed=assumed)
    return case.starts("2026-05-04T10:00", kind="substance")


def test_opcw_consensus_is_adopted_at_once() -> None:
    case = opcw().happens("put", "put", "2026-05-04T11:00", by="chair")
    assert case.at("2026-05-04T11:00") == Holds("adopted", "2026-05-04T11:00")


def test_opcw_objection_defers_for_twenty_four_hours_and_its_withdrawal_brings_consensus() -> None:
    case = opcw().happens("no", "objected", "2026-05-04T10:30", member="M1")
    case.happens("put", "put", "2026-05-04T11:00", by="chair")
    assert case.at("2026-05-05T10:59:59.999999") == Holds("deferred", standing={"no": "M1"})
    case.happens("yes", "withdrew", "2026-05-05T10:00", member="M1", objection="no")
    assert case.at("2026-05-05T11:00") == Holds("adopted", "2026-05-05T11:00")


@pytest.mark.parametrize(("in_favour", "state"), [(6, "adopted"), (5, "not adopted")])
def test_opcw_votes_by_two_thirds_when_no_consensus_came_in_that_time(in_favour: int, state: str) -> None:
    case = opcw().happens("no", "objected", "2026-05-04T10:30", member="M1")
    case.happens("put", "put", "2026-05-04T11:00", by="chair")
    assert case.at("2026-05-05T11:00") == Holds("to a vote", standing={"no": "M1"})
    case.happens("ballot", "ballot", "2026-05-05T12:00", by="chair", until="2026-05-05T13:00")
    for name in members(in_favour + 1)[1:]:
        case.happens(f"vote of {name}", "voted", "2026-05-05T12:30", member=name, vote="for")
    adopted = "2026-05-05T13:00" if state == "adopted" else None
    assert case.at("2026-05-05T13:00") == Holds(state, adopted, {"no": "M1"})


def unfccc() -> Replay:
    """The Conference of the Parties; its rule on voting was never adopted."""
    assumed = {"voice.basis": "all"}  # assumed in this test
    case = Replay("unfccc", ["Bolivia", "Fiji", "Mexico", "Norway"], zone="America/Cancun", assumed=assumed)
    return case.starts("2010-12-11T02:00")


def test_unfccc_cancun_outcome_is_adopted_over_the_objection_of_one_state() -> None:
    case = unfccc().happens(
        "bolivia", "objected", "2010-12-11T02:30", member="Bolivia", reasons="The text is hollow."
    )
    case.happens("put", "put", "2010-12-11T03:00", by="chair")
    assert case.at("2010-12-11T03:00") == Holds("with the chair", standing={"bolivia": "Bolivia"})
    case.happens(
        "gavel", "judged", "2010-12-11T03:30", by="chair", verdict="consensus",
        reasons="Consensus is not unanimity; one State has no veto.",
    )  # fmt: skip
    case.happens("late", "objected", "2010-12-11T03:31", member="Bolivia")
    assert case.at("2010-12-11T04:00") == Holds(
        "adopted", "2010-12-11T03:30", {"bolivia": "Bolivia"}, but={"late": "late"}
    )
    assert case.outcome("2010-12-11T04:00").verb == "adopted"


def test_unfccc_without_objection_is_adopted_when_it_is_put() -> None:
    case = unfccc().happens("put", "put", "2010-12-11T03:00", by="chair")
    assert case.at("2010-12-11T03:00") == Holds("adopted", "2010-12-11T03:00")


def test_unfccc_takes_note_where_there_is_no_agreement() -> None:
    """As of the Copenhagen Accord in 2009."""
    case = unfccc().happens("no", "objected", "2010-12-11T02:30", member="Bolivia")
    case.happens("put", "put", "2010-12-11T03:00", by="chair")
    case.happens("unasked", "judged", "2010-12-11T03:10", by="chair", verdict="no consensus")
    case.happens(
        "gavel", "judged", "2010-12-11T03:30", by="chair", verdict="no consensus", reasons="Objections stand."
    )
    assert case.at("2010-12-11T03:30") == Holds(
        "not adopted", standing={"no": "Bolivia"}, but={"unasked": "without effect: reasons"}
    )
    assert case.outcome("2010-12-11T03:30").verb == "took note"
