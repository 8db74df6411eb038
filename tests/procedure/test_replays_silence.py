"""Replays of silence and tacit acceptance: OSCE, NATO, EU, CITES, IMO (domain record, section 3.3)."""

from __future__ import annotations

import pytest

from procedure.replaying import Holds, Replay, changed, members

PARTICIPATING = ("Albania", "Austria", "Holy See", "Malta", "Mongolia", "Russian Federation", "Switzerland")


def osce() -> Replay:
    """The group agreed, in a meeting, to use silence; the Chair set the exact expiry."""
    case = Replay("osce-silence", PARTICIPATING, zone="Europe/Vienna")
    return case.starts("2026-12-07T12:00", until="2026-12-11T17:00", agreed=True)


def test_osce_silence_holds_and_is_announced_at_the_next_meeting() -> None:
    case = osce()
    case.happens("announced", "announced", "2026-12-11T17:05", by="chair")
    case.happens("meeting", "met", "2026-12-17T10:00")
    case.happens(
        "statement", "stated", "2026-12-17T10:05", member="Malta", position="interpretative statement"
    )
    assert case.at("2026-12-11T16:59:59.999999") == Holds("running")
    assert case.at("2026-12-11T17:00") == Holds("adopted", "2026-12-11T17:00")
    # How long statements may follow was not found: without a length they are late.
    assert case.at("2026-12-18T00:00") == Holds("adopted", "2026-12-11T17:00", but={"statement": "late"})


def test_osce_amendment_one_minute_before_expiry_breaks_silence() -> None:
    case = osce().happens(
        "amendment", "amended", "2026-12-11T16:59", member="Malta", wording="shall", form="written"
    )
    assert case.at("2026-12-11T16:59") == Holds("running", standing={"amendment": "Malta"})
    assert case.outcome("2026-12-11T16:59").blocked
    assert case.at("2026-12-11T17:00") == Holds("not adopted", standing={"amendment": "Malta"})


@pytest.mark.parametrize("what", ["objected", "amended"])
def test_osce_objection_at_the_instant_of_expiry_is_late(what: str) -> None:
    case = osce().happens("late", what, "2026-12-11T17:00", member="Malta", form="written")
    assert case.at("2026-12-11T17:00") == Holds("adopted", "2026-12-11T17:00", but={"late": "late"})


def test_osce_objection_is_written_and_silence_needs_consensus_to_use_it() -> None:
    case = osce().happens("spoken", "objected", "2026-12-10T12:00", member="Malta", form="spoken")
    assert case.at("2026-12-12T00:00") == Holds(
        "adopted", "2026-12-11T17:00", but={"spoken": "without effect: form"}
    )
    alone = Replay("osce-silence", PARTICIPATING, zone="Europe/Vienna")
    alone.starts("2026-12-07T12:00", until="2026-12-11T17:00")
    assert alone.at("2026-12-12T00:00") == Holds("not started", but={"start": "without effect: agreement"})


def nato() -> Replay:
    assumed = {
        "start.by": ["secretariat"],  # assumed in this test
        "outcome.effective": "expiry",  # assumed in this test
        "objection.amendment_counts": False,  # assumed in this test
    }
    case = Replay(
        "nato", ["Belgium", "Canada", "Iceland", "Türkiye"], zone="Europe/Brussels", assumed=assumed
    )
    return case.starts("2026-12-07T12:00", by="secretariat", kind="any", until="2026-12-11T18:00")


def test_nato_silence_is_broken_by_one_formal_letter() -> None:
    case = nato()
    assert case.at("2026-12-11T18:00") == Holds("adopted", "2026-12-11T18:00")
    case.happens("said", "objected", "2026-12-11T12:00", member="Belgium", form="spoken")
    assert case.at("2026-12-11T18:00") == Holds(
        "adopted", "2026-12-11T18:00", but={"said": "without effect: form"}
    )
    case.happens("letter", "objected", "2026-12-11T17:59:59", member="Iceland", form="letter")
    assert case.at("2026-12-11T18:00") == Holds(
        "not adopted", standing={"letter": "Iceland"}, but={"said": "without effect: form"}
    )


def council() -> Replay:
    assumed = {"objection.amendment_counts": False}  # assumed in this test
    return Replay("eu-12-2", ["Austria", "Cyprus", "Finland"], zone="Europe/Brussels", assumed=assumed)


def test_eu_written_procedure_of_article_12_2_takes_listed_subjects_only() -> None:
    case = council().starts("2026-12-07T09:00", kind="e", until="2026-12-07T15:00")
    assert case.at("2026-12-08T00:00") == Holds("not started", but={"start": "without effect: kind"})


def test_eu_silence_set_by_urgency_is_adopted_at_its_end_unless_a_member_objects() -> None:
    case = council().starts("2026-12-07T09:00", kind="d", until="2026-12-07T15:00")  # a COREU of six hours
    assert case.at("2026-12-07T15:00") == Holds("adopted", "2026-12-07T15:00")
    case.happens("objection", "objected", "2026-12-07T14:59", member="Cyprus")
    assert case.at("2026-12-07T15:00") == Holds("not adopted", standing={"objection": "Cyprus"})


def cites() -> Replay:
    assumed = {
        "start.by": ["secretariat"],  # assumed in this test
        "outcome.effective": "expiry",  # assumed in this test
        "objection.amendment_counts": False,  # assumed in this test
        "ballot.for_at_least": "2/3",  # assumed in this test
        "ballot.of": "cast",  # assumed in this test
        "ballot.abstentions_count": False,  # assumed in this test
    }
    case = Replay("cites-post", ["Chad", "Fiji", "Peru", "Togo"], zone="Europe/Zurich", assumed=assumed)
    return case.starts("2026-01-05T12:00", by="secretariat", kind="amendment", until="2026-02-24T12:00")


def test_cites_proposal_between_meetings_is_adopted_when_no_party_objects() -> None:
    assert cites().at("2026-02-24T12:00") == Holds("adopted", "2026-02-24T12:00")


ACCEPTED = Holds("adopted", "2026-03-31T12:00", {"objection": "Chad"}, but={"late": "late"})
REJECTED = Holds("not adopted", None, {"objection": "Chad"}, but={"late": "late"})


@pytest.mark.parametrize(
    ("votes", "ends"),
    [
        ({"Chad": "against", "Fiji": "for", "Peru": "for"}, ACCEPTED),
        ({"Chad": "against", "Fiji": "for"}, REJECTED),
        ({"Chad": "against", "Fiji": "for", "Peru": "for", "Togo": "abstain"},
         ACCEPTED),
    ],
)  # fmt: skip
def test_cites_objection_turns_it_into_a_postal_vote(votes: dict[str, str], ends: Holds) -> None:
    case = cites().happens("objection", "objected", "2026-02-01T12:00", member="Chad")
    assert case.at("2026-02-24T12:00") == Holds("to a vote", standing={"objection": "Chad"})
    case.happens("ballot", "ballot", "2026-02-25T12:00", by="secretariat", until="2026-03-31T12:00")
    for name, vote in votes.items():
        case.happens(name, "voted", "2026-03-30T12:00", member=name, vote=vote)
    case.happens("late", "voted", "2026-03-31T12:00", member="Togo", vote="against")
    assert case.at("2026-03-31T12:00") == Holds(
        ends.state, ends.effective, ends.standing, but={"late": "late"}
    )


def imo(of: str, tonnage: tuple[int, ...]) -> Replay:
    """A third of Parties, or of tonnage; the amendment enters into force by a date that is set."""
    assumed = {"start.by": ["secretariat"], "objection.amendment_counts": False}  # assumed in this test
    rules = changed("imo-tacit", blocking__of=of)  # the source names both
    roster = [{"member": f"M{n}", "weight": one} for n, one in enumerate(tonnage, 1)]
    case = Replay(rules, roster, zone="Europe/London", assumed=assumed)
    return case.starts(
        "2026-01-01T00:00",
        by="secretariat",
        kind="amendment",
        until="2027-01-01T00:00",
        effective="2027-07-01",
    )


@pytest.mark.parametrize(("objecting", "state"), [(33, "adopted"), (34, "not adopted")])
def test_imo_threshold_of_a_third_of_a_hundred_parties_is_just_missed_and_just_met(
    objecting: int, state: str
) -> None:
    case = imo("members", (1,) * 100)
    for name in members(objecting):
        case.happens(name, "objected", "2026-12-31T23:59:59", member=name)
    found = case.at("2027-01-01T00:00")
    assert (found.state, found.effective, len(found.standing), found.answered, found.but) == (
        state, "2027-07-01T00:00" if state == "adopted" else None, objecting, "", {},
    )  # fmt: skip


@pytest.mark.parametrize(("parties", "met"), [(99, 33), (3, 1), (176, 59), (100, 34)])
def test_imo_third_is_a_rational_number(parties: int, met: int) -> None:
    for objecting, state in ((met - 1, "adopted"), (met, "not adopted")):
        case = imo("members", (1,) * parties)
        for name in members(objecting):
            case.happens(name, "objected", "2026-06-01T12:00", member=name)
        assert case.at("2027-01-01T00:00").state == state


@pytest.mark.parametrize(
    ("tonnage", "state"),
    [
        ((100, 100, 100), "not adopted"),  # one Party of three holds exactly a third of the tonnage
        ((99, 100, 101), "adopted"),  # one ton less
        ((1, 1, 0), "not adopted"),
        ((0, 1, 1), "adopted"),
    ],
)
def test_imo_threshold_of_a_third_of_tonnage(tonnage: tuple[int, ...], state: str) -> None:
    case = imo("weight", tonnage).happens("objection", "objected", "2026-12-31T23:59:59", member="M1")
    assert case.at("2027-01-01T00:00") == Holds(
        state, "2027-07-01T00:00" if state == "adopted" else None, {"objection": "M1"}
    )


def test_imo_objection_may_be_withdrawn_and_the_amendment_then_enters_into_force() -> None:
    case = imo("members", (1, 1, 1)).happens("o", "objected", "2026-06-01T12:00", member="M1")
    case.happens("w", "withdrew", "2026-12-01T12:00", member="M1", objection="o")
    assert case.at("2027-01-01T00:00") == Holds("adopted", "2027-07-01T00:00")
