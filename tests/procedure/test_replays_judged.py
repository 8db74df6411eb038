"""Replays of ballots and of chairs that judge: ISO, IETF, W3C (domain record, section 3.3)."""

from __future__ import annotations

import pytest

from procedure.replaying import Holds, Replay, members

COMMENTER = {"member": "O1", "class": "observer"}


def iso(for_: int, against: int, abstaining: int = 0, of: int = 30) -> Replay:
    """A final draft: P-members vote, others may comment."""
    assumed = {"outcome.effective": "expiry"}  # assumed in this test
    case = Replay("iso-ballot", [*members(of), COMMENTER], zone="Europe/Zurich", assumed=assumed)
    # The length in weeks was not found: assumed in this test.
    case.starts("2026-01-05T12:00", by="secretariat", kind="standard", until="2026-03-02T12:00")
    votes = ["for"] * for_ + ["against"] * against + ["abstain"] * abstaining
    for name, vote in zip(members(of), votes, strict=False):
        case.happens(name, "voted", "2026-03-02T11:59:59", member=name, vote=vote)
    return case


@pytest.mark.parametrize(
    ("for_", "against", "abstaining", "state"),
    [
        (20, 0, 0, "adopted"),
        (15, 5, 0, "adopted"),  # three quarters in favour, and exactly one quarter against
        (14, 5, 0, "not adopted"),  # 5 of 19 against are more than a quarter
        (2, 1, 0, "not adopted"),  # two thirds in favour, one third against
        (15, 5, 10, "adopted"),  # abstentions are no votes cast
        (0, 0, 30, "not adopted"),  # nothing of nothing does not carry
        (0, 0, 0, "not adopted"),  # none: P-members have a duty to vote
    ],
)
def test_iso_draft_needs_two_thirds_in_favour_and_no_more_than_a_quarter_against(
    for_: int, against: int, abstaining: int, state: str
) -> None:
    case = iso(for_, against, abstaining)
    assert case.at("2026-03-02T11:59:59.999999") == Holds("voting")
    assert case.at("2026-03-02T12:00") == Holds(state, "2026-03-02T12:00" if state == "adopted" else None)
    assert case.outcome("2026-03-02T12:00").verb == ("approved" if state == "adopted" else None)


def test_iso_vote_of_others_does_not_count_nor_does_an_objection_or_a_late_vote() -> None:
    case = iso(3, 1).happens("comment", "voted", "2026-02-01T12:00", member="O1", vote="against")
    case.happens("objection", "objected", "2026-02-01T12:00", member="M5")
    case.happens("late", "voted", "2026-03-02T12:00", member="M6", vote="against")
    assert case.at("2026-03-02T12:00") == Holds(
        "adopted", "2026-03-02T12:00",
        but={"comment": "without effect: not a decider", "objection": "without effect: state", "late": "late"},
    )  # fmt: skip


def test_iso_member_may_change_its_vote_until_the_end() -> None:
    case = iso(3, 1).happens("again", "voted", "2026-03-02T11:59:59.999999", member="M1", vote="against")
    assert case.at("2026-03-02T12:00") == Holds("not adopted")


def ietf() -> Replay:
    """A last call of two weeks among participants."""
    assumed = {"outcome.effective": "announcement"}  # assumed in this test
    roster = [{"member": name, "in": ["active"]} for name in members(5)] + [{"member": "Reader"}]
    case = Replay("ietf", roster, zone="UTC", assumed=assumed)
    return case.starts("2026-02-02T00:00", length={"weeks": 2})  # assumed in this test


def test_ietf_silence_decides_nothing_the_chair_judges() -> None:
    case = ietf()
    assert case.at("2026-02-15T23:59:59.999999") == Holds("running")
    assert case.at("2026-02-16T00:00") == Holds("with the chair")
    case.happens(
        "call", "judged", "2026-02-17T00:00", by="chair", verdict="consensus", reasons="Nobody disagreed."
    )
    assert case.at("2026-02-17T00:00") == Holds("adopted", "2026-02-17T00:00")


def test_ietf_rough_consensus_addresses_every_issue_and_need_not_accommodate_it() -> None:
    case = ietf().happens("reader", "objected", "2026-02-09T00:00", member="Reader", reasons="No.")
    case.happens("issue", "objected", "2026-02-10T00:00", member="M1", reasons="The timer drifts.")
    case.happens("heard", "judged", "2026-02-17T00:00", by="chair", verdict="set aside", objection="issue",
                 reasons="Section 4 was changed; the rest was answered.")  # fmt: skip
    but = {"reader": "without effect: not in the basis"}
    assert case.at("2026-02-17T00:00") == Holds("with the chair", standing={"issue": "M1"}, but=but)
    case.happens(
        "call", "judged", "2026-02-18T00:00", by="chair", verdict="consensus", reasons="It was addressed."
    )
    assert case.at("2026-02-18T00:00") == Holds("adopted", "2026-02-18T00:00", {"issue": "M1"}, but=but)


def test_ietf_chair_cannot_call_consensus_over_an_issue_found_sustained() -> None:
    case = ietf().happens("issue", "objected", "2026-02-10T00:00", member="M1", reasons="The timer drifts.")
    case.happens(
        "true",
        "judged",
        "2026-02-12T00:00",
        by="chair",
        verdict="sustained",
        objection="issue",
        reasons="It does.",
    )
    case.happens("call", "judged", "2026-02-18T00:00", by="chair", verdict="consensus", reasons="Rough.")
    assert case.at("2026-02-18T00:00") == Holds(
        "with the chair", standing={"issue": "M1"}, but={"call": "without effect: sustained"}
    )
    case.happens(
        "rough", "judged", "2026-02-19T00:00", by="chair", verdict="dissent", reasons="All was addressed."
    )
    assert case.at("2026-02-19T00:00") == Holds(
        "adopted", "2026-02-19T00:00", {"issue": "M1"}, but={"call": "without effect: sustained"}
    )
    assert case.outcome("2026-02-19T00:00").dissent


def w3c() -> Replay:
    """A review of 28 days; a Formal Objection goes to a council, which has 90 days."""
    assumed = {"outcome.effective": "announcement"}  # assumed in this test
    roster = [{"member": name, "in": ["active"]} for name in members(5)]
    return Replay("w3c", roster, zone="UTC", assumed=assumed).starts("2026-03-02T00:00", length={"days": 28})


FORMAL = {"reasons": "The privacy of readers.", "wording": "Drop section 5.", "form": "written"}


def test_w3c_review_without_objection_is_adopted_at_its_end() -> None:
    assert w3c().at("2026-03-30T00:00") == Holds("adopted", "2026-03-30T00:00")
    short = Replay("w3c", members(2), zone="UTC", assumed={"outcome.effective": "announcement"})
    short.starts("2026-03-02T00:00", length={"days": 27})
    assert short.at("2026-03-30T00:00") == Holds("not started", but={"start": "without effect: too short"})


def test_w3c_sustained_objection_goes_to_the_council() -> None:
    case = w3c().happens("formal", "objected", "2026-03-29T23:59:59", member="M1", **FORMAL)
    case.happens("found", "judged", "2026-03-29T23:59:59.5", by="chair", verdict="sustained", objection="formal",
                 reasons="It stands unanswered.")  # fmt: skip
    assert case.at("2026-03-30T00:00") == Holds("at the next level", standing={"formal": "M1"})
    assert str(case.outcome("2026-03-30T00:00").due) == "2026-06-28T00:00:00+00:00[UTC]"
    case.happens("council", "settled", "2026-06-20T12:00", verdict="not adopted")
    assert case.at("2026-06-20T12:00") == Holds("not adopted", standing={"formal": "M1"})


def test_w3c_chair_records_a_decision_with_dissent() -> None:
    case = w3c().happens("formal", "objected", "2026-03-20T12:00", member="M1", **FORMAL)
    assert case.at("2026-03-30T00:00") == Holds("with the chair", standing={"formal": "M1"})
    case.happens(
        "dissent", "judged", "2026-04-01T12:00", by="chair", verdict="dissent", reasons="The rest agree."
    )
    assert case.at("2026-04-01T12:00") == Holds("adopted", "2026-04-01T12:00", {"formal": "M1"})
    assert case.outcome("2026-04-01T12:00").dissent


def test_w3c_decision_is_reopened_with_new_information_only() -> None:
    case = w3c().happens("old", "reopened", "2026-05-01T12:00", member="M1")
    case.happens("new", "reopened", "2026-05-02T12:00", member="M1", new_information=True)
    but = {"old": "without effect: new information"}
    assert case.at("2026-05-03T00:00") == Holds("adopted", "2026-03-30T00:00", but=but)
    found = case.outcome("2026-05-03T00:00").reopened
    assert found and found.isoformat() == "2026-05-02T12:00:00+00:00"
