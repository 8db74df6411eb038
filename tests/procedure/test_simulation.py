"""What is told before anything is sent: timeline, last moments, endings. All of it is asked of `outcome`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from histories.cases import case as random_case
from onevoice.procedure import calendars, cases
from onevoice.procedure.events import Objected, Started
from onevoice.procedure.outcome import Lacking, outcome
from onevoice.procedure.rules import NONE, UNSET, Confirmed, Moment, Role
from onevoice.procedure.simulation import Ending, Hypothesis, Kind, Reminders, Simulation, simulate
from onevoice.procedure.states import Judgement, State, Why
from procedure.replaying import changed, members

VIENNA = "2026-12-07T10:00[Europe/Vienna]"
PLAIN = Reminders()
READY = {
    "languages": ["en", "fr", "es", "ar", "ru", "zh"],
    "complete": True,
    "consulted": True,
    "agreed": True,
}


def case(
    rules: Any, roster: list[Any], *, assumed: dict[str, Any] | None = None, at: str = VIENNA, **start: Any
) -> cases.Case:
    begins = {
        "id": "s",
        "what": "started",
        "at": at,
        "by": "chair",
        "kind": "decision",
        "text": {"hash": "a"},
    }
    data = {
        "format": 1, "rules": rules, "assumed": assumed or {}, "calendar": "vienna", "events": [begins | READY | start],
        "roster": [{"member": one, "in": ["present"]} if isinstance(one, str) else one for one in roster],
    }  # fmt: skip
    return cases.read(data, calendar=calendars.shipped)


def simulated(rules: Any, roster: list[Any], *, reminders: Reminders = PLAIN, **fields: Any) -> Simulation:
    found = case(rules, roster, **fields)
    (start,) = found.events
    assert isinstance(start, Started)
    return simulate(found.rules, found.roster, found.calendar, start, reminders=reminders)


def principals(rules: Any = "icat-principals", **fields: Any) -> Simulation:
    fields = {"kind": "joint statement", "length": {"working_days": 5}} | fields
    return simulated(rules, ["IOM", "ITU", "OSCE", {"member": "NGO", "class": "observer"}], **fields)


def timeline(found: Simulation) -> list[tuple[str, str]]:
    return [
        (step.kind.value, step.at.local.strftime("%d %H:%M:%S.%f").removesuffix(".000000"))
        for step in found.steps
    ]


def endings(found: Simulation) -> dict[Hypothesis, Ending]:
    return {one.hypothesis: one for one in found.endings}


def test_timeline_of_a_silence_of_five_working_days() -> None:
    found = principals()
    assert timeline(found) == [
        ("start", "07 10:00:00"),
        ("notice", "07 10:00:00"),
        ("reminder", "11 01:30:00"),
        ("reminder", "13 17:00:00"),
        ("last objection", "14 16:59:59.999999"),
        ("last extension", "14 16:59:59.999999"),
        ("end", "14 17:00:00"),
        ("completion", "15 16:59:59.999999"),
        ("latest end", "16 17:00:00"),
        ("last position", "21 16:59:59.999999"),
    ]
    facts = {step.kind: dict(step.facts) for step in found.steps}
    assert facts[Kind.NOTICE]["members"] == ("IOM", "ITU", "NGO", "OSCE")
    assert facts[Kind.REMINDER]["members"] == ("IOM", "ITU", "OSCE")
    assert facts[Kind.COMPLETION]["owes"] == ("paragraphs", "reasons", "wording")
    assert facts[Kind.LATEST_END] == {"extensions": 1, "limited": True}


def test_reminders_follow_their_policy_and_never_lie_before_the_start() -> None:
    day = timedelta(hours=24)
    policy = Reminders(at_half=False, before_end=(day, 3 * day, 30 * day))
    found = principals(reminders=policy)
    assert [at for kind, at in timeline(found) if kind == "reminder"] == ["11 17:00:00", "13 17:00:00"]
    short = simulated(
        "eu-12-2", ["A", "B"], assumed={"objection.amendment_counts": False}, kind="a", length={"hours": 6}
    )
    assert [at for kind, at in timeline(short) if kind == "reminder"] == ["07 13:00:00"]
    assert not any(step.facts["by_rule"] for step in short.steps if step.kind is Kind.REMINDER)
    nobody = changed("icat-principals", notices__reminder="none", notices__start="none")
    found = principals(nobody)
    assert not [step for step in found.steps if step.kind is Kind.REMINDER]
    assert [dict(step.facts) for step in found.steps if step.kind is Kind.NOTICE] == [
        {"told": NONE, "members": ()}
    ]


@pytest.mark.parametrize(("edge", "last"), [("late", "14 16:59:59.999999"), ("in time", "14 17:00:00")])
def test_last_moments_go_by_the_edge(edge: str, last: str) -> None:
    found = timeline(principals(changed("icat-principals", clock__edge=edge)))
    assert [at for kind, at in found if kind in ("last objection", "last extension")] == [last, last]


@pytest.mark.parametrize("edge", ["late", "in time"])
def test_an_objection_at_the_last_moment_counts_and_a_microsecond_later_does_not(edge: str) -> None:
    ours = changed("icat-principals", clock__edge=edge)
    (last,) = (step.at.at for step in principals(ours).steps if step.kind is Kind.LAST_OBJECTION)
    asked = case(ours, ["IOM"], kind="joint statement", length={"working_days": 5})
    judged = []
    for at in (last, last + timedelta(microseconds=1)):
        events = (*asked.events, Objected(key="o", at=at, member="IOM"))
        judged.append(outcome(asked.rules, asked.roster, asked.calendar, events, at=at).judged["o"].judgement)
    assert judged == [Judgement.COUNTED, Judgement.LATE]


def test_endings_of_a_silence_that_reopens_paragraphs_twice() -> None:
    ends = endings(principals())
    assert {one: ending.state for one, ending in ends.items()} == {
        Hypothesis.NOBODY: State.ADOPTED,
        Hypothesis.LAST_MOMENT: State.HELD_UP,
        Hypothesis.REVISED: State.ADOPTED,
        Hypothesis.ROUNDS: State.TO_A_MEETING,
    }
    nobody = ends[Hypothesis.NOBODY]
    assert (nobody.verb, nobody.numbered, nobody.confirmed) == (
        "endorsed",
        Moment.EXPIRY,
        Confirmed.ANNOUNCED,
    )
    assert str(nobody.effective) == str(nobody.decided) == "2026-12-14T17:00:00+01:00[Europe/Vienna]"
    assert str(ends[Hypothesis.REVISED].decided) == "2026-12-15T17:00:00+01:00[Europe/Vienna]"
    assert ends[Hypothesis.ROUNDS].facts == {"texts": 2}


def test_a_new_text_that_the_rule_does_not_allow_says_why() -> None:
    stuck = changed("unga", revision__restart="none")
    found = simulated(stuck, ["A", "B"], assumed={"objection.amendment_counts": False}, length={"hours": 72})
    revised = endings(found)[Hypothesis.REVISED]
    assert revised.refused and (revised.refused.why, revised.state) == (Why.NO_REVISION, State.NOT_ADOPTED)
    assert Hypothesis.ROUNDS not in endings(found)


IMO = {"start.by": ["chair"], "objection.amendment_counts": False}


@pytest.mark.parametrize(("parties", "met"), [(100, 34), (99, 33), (176, 59)])
def test_a_threshold_is_told_by_how_many_just_miss_and_just_meet_it(parties: int, met: int) -> None:
    found = simulated(
        "imo-tacit",
        list(members(parties)),
        assumed=IMO,
        kind="amendment",
        length={"days": 365},
        effective="2028-07-01",
    )
    ends = endings(found)
    assert ends[Hypothesis.MISSED].facts == {"objecting": met - 1, "of": parties}
    assert ends[Hypothesis.MET].facts == {"objecting": met, "of": parties}
    assert (ends[Hypothesis.MISSED].state, ends[Hypothesis.MET].state) == (State.ADOPTED, State.NOT_ADOPTED)
    assert str(ends[Hypothesis.NOBODY].effective) == "2028-07-01T00:00:00+02:00[Europe/Vienna]"


def test_a_threshold_of_tonnage_is_met_by_the_heaviest_first() -> None:
    roster = [
        {"member": name, "weight": weight} for name, weight in (("A", 1), ("B", 50), ("C", 30), ("D", 100))
    ]
    found = simulated(
        changed("imo-tacit", blocking__of="weight", blocking__threshold="2/3"), roster, assumed=IMO,
        kind="amendment", length={"days": 365}, effective="2028-07-01",
    )  # fmt: skip
    assert endings(found)[Hypothesis.MET].facts == {"objecting": 2, "of": 4}  # 150 of 181


def test_a_ballot_has_a_last_vote_and_is_just_carried_or_not() -> None:
    found = simulated(
        "iso-ballot", list(members(30)), assumed={"outcome.effective": "expiry"},
        by="secretariat", kind="standard", length={"weeks": 8},
    )  # fmt: skip
    ends = endings(found)
    assert [kind for kind, _ in timeline(found)] == [
        "start",
        "notice",
        "reminder",
        "reminder",
        "last vote",
        "end",
    ]
    assert ends[Hypothesis.NOBODY].state is State.NOT_ADOPTED  # a duty to vote: silence carries nothing
    assert (ends[Hypothesis.MISSED].facts, ends[Hypothesis.MISSED].state) == (
        {"in_favour": 22, "of": 30}, State.NOT_ADOPTED,
    )  # fmt: skip
    assert (ends[Hypothesis.MET].facts, ends[Hypothesis.MET].state) == (
        {"in_favour": 23, "of": 30},
        State.ADOPTED,
    )


def test_a_meeting_has_no_clock_and_its_endings_no_instants() -> None:
    found = simulated("wto", ["A", "B"], assumed={"start.by": ["chair"]})
    assert [kind for kind, _ in timeline(found)] == ["start", "notice"]
    ends = endings(found)
    assert (ends[Hypothesis.NOBODY].state, ends[Hypothesis.LAST_MOMENT].state) == (
        State.ADOPTED,
        State.TO_A_VOTE,
    )
    assert {(one.decided, one.effective, one.end) for one in found.endings} == {(None, None, None)}


def test_a_judged_threshold_is_told_by_what_the_chair_finds() -> None:
    roster = [{"member": name, "in": ["active"]} for name in ("A", "B")]
    found = simulated("w3c", roster, assumed={"outcome.effective": "expiry"}, length={"weeks": 4})
    ends = endings(found)
    assert ends[Hypothesis.LAST_MOMENT].state is State.WITH_THE_CHAIR
    assert ends[Hypothesis.SUSTAINED].state is State.NEXT_LEVEL


@pytest.mark.parametrize(
    ("values", "latest", "facts"),
    [
        (
            {"extension__total": "none", "extension__times": 2},
            "18 17:00:00",
            {"extensions": 2, "limited": False},
        ),
        (
            {"extension__by": "none", "extension__total": "none"},
            "16 17:00:00",
            {"extensions": 1, "limited": False},
        ),
        ({"extension__total": "none", "extension__times": "unset"}, None, None),
        ({"extension__each": "none"}, "16 17:00:00", {"extensions": 1, "limited": True}),
        ({"extension__times": 0, "extension__each": "none"}, None, None),
    ],
)
def test_the_latest_end_is_what_extensions_can_give(
    values: dict[str, Any], latest: str | None, facts: Any
) -> None:
    found = principals(changed("icat-principals", **values))
    steps = [step for step in found.steps if step.kind is Kind.LATEST_END]
    assert [at for kind, at in timeline(found) if kind == "latest end"] == ([latest] if latest else [])
    assert [dict(step.facts) for step in steps] == ([facts] if facts else [])


def test_a_start_that_does_not_count_says_why_and_nothing_else() -> None:
    found = principals(length={"working_days": 4})
    assert (found.start.judgement, found.start.why) == (Judgement.WITHOUT_EFFECT, Why.TOO_SHORT)
    assert (found.steps, found.endings) == ((), ())


def test_rules_that_lack_something_cannot_be_simulated() -> None:
    with pytest.raises(Lacking, match="objection.amendment_counts"):
        simulated("unga", ["A"], length={"hours": 72})


def test_facts_are_values_and_no_sentences() -> None:
    found = simulated("unga", ["A", "B"], assumed={"objection.amendment_counts": False}, length={"hours": 72})
    facts = [(step.kind, dict(step.facts)) for step in found.steps if step.kind in (Kind.START, Kind.END)]
    assert facts == [
        (Kind.START, {"state": State.RUNNING, "kind": "decision", "by": Role.CHAIR}),
        (Kind.END, {"edge": UNSET}),
    ]


@pytest.mark.parametrize("seed", range(60))
def test_any_start_under_any_rules_is_simulated(seed: int) -> None:
    """Random rules, rosters and starts of the histories: steps in order, last moments before the end."""
    found = cases.read(random_case(seed), calendar=calendars.shipped)
    for start in (one for one in found.events if isinstance(one, Started)):
        said = simulate(found.rules, found.roster, found.calendar, start)
        at = {step.kind: step.at.at for step in said.steps}
        assert [step.at.at for step in said.steps] == sorted(step.at.at for step in said.steps)
        assert len({one.hypothesis for one in said.endings}) == len(said.endings)
        for kind in (Kind.LAST_OBJECTION, Kind.LAST_VOTE, Kind.LAST_EXTENSION, Kind.REMINDER):
            assert start.at <= at.get(kind, start.at) <= at.get(Kind.END, start.at)
        assert at.get(Kind.LATEST_END, start.at) >= at.get(Kind.END, start.at) or Kind.LATEST_END not in at
