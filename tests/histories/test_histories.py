"""Random histories, product against model: they agree, nothing is lost, and planted faults are found."""

from __future__ import annotations

import ast
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from histories import cases, comparing, faults, model, running

BLOCKS, SIZE = 4, 5_000  # 20,000 histories
HERE = Path(__file__).parent

STATES = (
    "not started", "open", "running", "held up", "waiting", "deferred", "to a vote", "voting", "with the chair",
    "at the next level", "to a meeting", "adopted ad referendum", "adopted", "not adopted", "withdrawn",
)  # fmt: skip
REASONS = (
    "state", "role", "kind", "validity", "consultation", "agreement", "languages", "length", "calendar", "too short",
    "day off", "date", "not on the roster", "left", "not a decider", "not in the basis", "capacity", "form",
    "objection", "no withdrawal", "limit", "no revision", "no correction", "position", "early", "reasons", "verdict",
    "sustained", "new information",
)  # fmt: skip


def light(seed: int, seen: Counter[str] | None = None) -> object:
    """A check as the suite can afford it: one instant or two, the dearest invariants at every twentieth."""
    return comparing.check(seed, 1 + (seed % 3 == 0), whole=seed % 20 == 0, seen=seen)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_product_and_model_agree_and_everything_occurs(block: int) -> None:
    seen: Counter[str] = Counter()
    wrong = [seed for seed in range(block * SIZE, (block + 1) * SIZE) if light(seed, seen)]
    assert wrong == [], "see each with: ./onevoice histories --count 1 --seed N"
    assert [state for state in STATES if not seen[f"state {state}"]] == []
    assert [reason for reason in REASONS if not seen[f"reason {reason}"]] == []
    assert [what for what in model.JUDGED_BY if not seen[f"counted {what}"]] == []


@pytest.mark.parametrize("name", sorted(faults.FAULTS))
def test_a_planted_fault_is_found_within_10_000_histories(name: str) -> None:
    assert faults.found_after(name, lambda seed: comparing.check(seed, 2, whole=False), 10_000) is not None


@pytest.mark.parametrize("file", sorted((HERE / "found").glob("*.json")), ids=lambda file: file.stem)
def test_what_once_differed_agrees(file: Path) -> None:
    told = json.loads(file.read_text(encoding="utf-8"))
    at = datetime.fromisoformat(told["at"])
    assert comparing.differences(told["case"], at) == {}


def test_the_model_imports_nothing_of_the_product() -> None:
    tree = ast.parse((HERE / "model.py").read_text(encoding="utf-8"))
    named = [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
    named += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [name for name in named if name.startswith("onevoice") or name == "None"] == []


def test_the_same_seed_gives_the_same_history() -> None:
    assert cases.case(7) == cases.case(7) and cases.instants(cases.case(7), 7) == cases.instants(
        cases.case(7), 7
    )


def test_what_differs_is_made_small() -> None:
    with faults.planted("a lost withdrawal"):
        seed = next(seed for seed in range(2_000) if comparing.check(seed, whole=False))
        checked = comparing.check(seed, whole=False)
        assert checked is not None
        case, at = comparing.shrunk(*checked, seed)
        assert comparing.differences(case, at) and len(case["events"]) <= 4
    assert comparing.differences(case, at) == {}


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    running.Progress(3, None, done=500, seconds=1.0, found=[(4, "x")]).write(file)
    kept = running.Progress.read(file, 3, None)
    assert kept.found == [(4, "x")] and list(running.chunks(kept, 1_200)) == [
        (503, 1_003, None),
        (1_003, 1_203, None),
    ]
    with pytest.raises(SystemExit):
        running.Progress.read(file, 4, None)


# ---- The model on its own, by hand


def working_group(*events: dict[str, object]) -> dict[str, object]:
    """Three working days from Monday 7 December 2026, 10:00 in Vienna: until Thursday 17:00."""
    start = {
        "what": "started", "at": "2026-12-07T10:00:00+01:00[Europe/Vienna]", "by": "chair", "kind": "procedural",
        "length": {"working_days": 3}, "languages": ["en"], "complete": True,
        "text": {"hash": "a1", "paragraphs": {"1": "The Group meets in May."}},
    }  # fmt: skip
    return {
        "format": 1, "rules": "icat-working-group", "assumed": {}, "calendar": "vienna",
        "roster": [{"member": "UNICEF"}, {"member": "OSCE"}, {"member": "IOM"}],
        "events": [{"id": f"e{n}", **one} for n, one in enumerate((start, *events), 1)],
    }  # fmt: skip


def objection(at: str, **more: object) -> dict[str, object]:
    """OSCE objects, with all that is required."""
    return {
        "what": "objected", "at": at, "member": "OSCE", "reasons": "No.", "paragraphs": ["1"], "wording": "June", **more
    }  # fmt: skip


END = datetime(2026, 12, 10, 16, tzinfo=UTC)


def test_silence_adopts_at_its_end() -> None:
    told = model.outcome(working_group(), END)
    assert (told["state"], told["end"], told["effective"], told["verb"]) == ("adopted", END, END, "adopted")
    assert model.outcome(working_group(), END - cases.MICRO)["state"] == "running"


def test_an_objection_at_the_very_end_is_late_and_a_microsecond_before_it_holds_up() -> None:
    late = model.outcome(working_group(objection("2026-12-10T17:00:00+01:00")), END)
    assert (late["state"], late["judged"]["e2"]) == ("adopted", ["late", None])
    told = model.outcome(working_group(objection("2026-12-10T16:59:59.999999+01:00")), END)
    assert (told["state"], told["blocked"], told["end"]) == ("held up", True, None)


def test_what_was_left_runs_on_to_the_microsecond() -> None:
    case = working_group(
        objection("2026-12-10T16:59:59.999999+01:00"),
        {"what": "withdrew", "at": "2026-12-11T10:00:00+01:00", "member": "OSCE", "objection": "e2"},
    )
    assert model.outcome(case, END + cases.DAY)["end"] == datetime(2026, 12, 11, 9, 0, 0, 1, tzinfo=UTC)


def test_a_closing_time_in_the_gap_is_the_first_instant_after_it() -> None:
    zone = model.ZoneInfo("Europe/Vienna")
    found = model.wall(model.date(2028, 3, 26), model.time(2, 30), zone)
    assert found == datetime(2028, 3, 26, 1, tzinfo=UTC)


def test_one_not_reached_is_waited_for_and_counts_from_its_own_notice() -> None:
    case = working_group(
        {"what": "unreached", "at": "2026-12-07T10:01:00+01:00", "member": "IOM"},
        {"what": "reached", "at": "2026-12-11T10:00:00+01:00", "member": "IOM"},
    )
    assert model.outcome(case, END)["state"] == "waiting"
    told = model.outcome(case, datetime(2026, 12, 16, 9, tzinfo=UTC))
    assert (told["state"], told["decided_at"]) == ("adopted", datetime(2026, 12, 16, 9, tzinfo=UTC))
