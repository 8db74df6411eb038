"""`procedure simulate`: what will be, from a case with a start alone or from options."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onevoice.operations.environment import Stop
from onevoice.operations.procedures import command
from onevoice.operations.simulations import IF
from onevoice.procedure.simulation import Hypothesis

START = ["--from", "2026-12-07T10:00[Europe/Vienna]"]
PRINCIPALS = [
    "simulate",
    "--rules",
    "icat-principals",
    *START,
    "--calendar",
    "vienna",
    "--members",
    "IOM,ITU,OSCE",
]
UNGA = [
    "simulate",
    "--rules",
    "unga",
    *START,
    "--assume",
    "objection.amendment_counts=false",
    "--members",
    "3",
]


def test_it_is_told_before_anything_is_sent(capsys: pytest.CaptureFixture[str]) -> None:
    assert command([*UNGA, "--hours", "72"]) is None
    assert capsys.readouterr().out.splitlines() == [
        "UN General Assembly, decision 74/544",
        "Start Mon 07 Dec 2026, 10:00:00 (Europe/Vienna), Mon 07 Dec 2026, 09:00:00 (UTC): counted",
        "",
        "Mon 07 Dec 2026, 10:00:00  start: running",
        "Mon 07 Dec 2026, 10:00:00  notice to deciders (3 members)",
        "Tue 08 Dec 2026, 22:00:00  reminder to those who have not acted (3 members) (the rule says nothing of it)",
        "Wed 09 Dec 2026, 10:00:00  reminder to those who have not acted (3 members) (the rule says nothing of it)",
        "Thu 10 Dec 2026, 09:59:59.999999  last moment for an objection",
        "Thu 10 Dec 2026, 10:00:00  end; an act at this instant is late",
        "",
        "If nobody objects: adopted.",
        "  Decided Thu 10 Dec 2026, 10:00:00 (Europe/Vienna), Thu 10 Dec 2026, 09:00:00 (UTC)",
        "  Effective Thu 10 Dec 2026, 10:00:00 (Europe/Vienna), Thu 10 Dec 2026, 09:00:00 (UTC)",
        "  Word for the outcome: adopted",
        "  The next meeting takes note of it.",
        "",
        "If one objects at the last moment and nothing else happens: not adopted.",
        "  Decided Thu 10 Dec 2026, 10:00:00 (Europe/Vienna), Thu 10 Dec 2026, 09:00:00 (UTC)",
        "",
        "If a new text answers it at once, and nobody objects to that: adopted.",
        "  Decided Sun 13 Dec 2026, 09:59:59.999999 (Europe/Vienna), Sun 13 Dec 2026, 08:59:59.999999 (UTC)",
        "  Effective Sun 13 Dec 2026, 09:59:59.999999 (Europe/Vienna), Sun 13 Dec 2026, 08:59:59.999999 (UTC)",
        "  Word for the outcome: adopted",
        "  The next meeting takes note of it.",
    ]


def case(folder: Path, name: str = "case.json", **changes: Any) -> str:
    start = {
        "id": "s", "what": "started", "at": "2026-12-07T10:00[Europe/Vienna]", "by": "chair",
        "kind": "joint statement", "text": {"hash": "a"}, "length": {"working_days": 5}, "languages": ["en"],
        "complete": True, "consulted": True, "agreed": True,
    }  # fmt: skip
    roster = [{"member": one} for one in ("IOM", "ITU", "OSCE")]
    data = {
        "format": 1,
        "rules": "icat-principals",
        "calendar": "vienna",
        "roster": roster,
        "events": [start],
    }
    file = folder / name
    file.write_text(json.dumps(data | changes), encoding="utf-8")
    return str(file)


def test_a_case_and_the_same_by_options_are_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command(["simulate", case(tmp_path), "--json"])
    by_case = json.loads(capsys.readouterr().out)
    command([*PRINCIPALS, "--working-days", "5", "--json"])
    assert json.loads(capsys.readouterr().out) == by_case
    assert by_case["steps"][4] == {
        "kind": "last objection",
        "at": "2026-12-14T16:59:59.999999+01:00[Europe/Vienna]",
        "facts": {"form": "written"},
    }
    assert by_case["endings"][0] == {
        "if": "nobody objects", "state": "adopted", "verb": "endorsed", "cause": None, "refused": None, "facts": {},
        "decided": "2026-12-14T17:00:00+01:00[Europe/Vienna]",
        "effective": "2026-12-14T17:00:00+01:00[Europe/Vienna]",
        "end": "2026-12-14T17:00:00+01:00[Europe/Vienna]",
        "holds_from": "expiry", "numbered": "expiry", "confirmed": "announced",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ["--rules", "wto", *START, "--members", "3", "--assume", 'start.by=["chair"]'],
        ["--rules", "imo-tacit", *START, "--members", "9", "--days", "365", "--effective", "2028-01-01",
         "--assume", "start.by = ['chair']", "--assume", "objection.amendment_counts = false"],
        ["--rules", "iso-ballot", *START, "--members", "9", "--days", "56", "--assume", "outcome.effective=expiry"],
        ["--rules", "w3c", *START, "--members", "9", "--days", "28", "--assume", "outcome.effective=expiry"],
        ["--rules", "icat-working-group", *START, "--members", "9", "--calendar", "vienna",
         "--until", "2026-12-11T17:00[Europe/Vienna]"],
    ],
)  # fmt: skip
def test_every_mode_is_told_in_words_and_as_data(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["simulate", *words]) is None
    assert "If nobody objects: " in capsys.readouterr().out
    command(["simulate", *words, "--json"])
    assert json.loads(capsys.readouterr().out)["start"] == "counted"


def test_a_start_that_does_not_count_ends_with_one_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert command([*UNGA, "--hours", "71"]) == 1
    assert capsys.readouterr().out.endswith("without effect. The end does not lie late enough.\n")
    assert command([*UNGA, "--hours", "71", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["why"] == "too short"


def test_what_cannot_be_simulated_is_one_sentence(tmp_path: Path) -> None:
    for words, says in (
        ([case(tmp_path, events=[])], "give one event, 'started'"),
        ([case(tmp_path, "other.json", rules="atlantis")], "rules: There are no rules called atlantis."),
        (
            ["--rules", "nato", *START, "--hours", "9", "--members", "3"],
            "cannot run while these are unset: start.by",
        ),
        (
            ["--rules", "own.toml", *START, "--members", "3"],
            "What was given, rules: own.toml cannot be read.",
        ),
        (
            [*UNGA[1:], "--assume", "voice.basis=all", "--hours", "72"],
            "assumed.voice.basis: voice.basis is no value",
        ),
        ([*UNGA[1:], "--hours", "0"], "events.0.length: It is a length such as"),
        ([*UNGA[1:], "--hours", "72", "--by", "king"], "events.0.by: 'king' is none of chair"),
    ):
        with pytest.raises(Stop) as refused:
            command(["simulate", *words])
        assert says in str(refused.value)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "one of the arguments CASE.json --rules is required"),
        (["case.json", "--rules", "unga"], "not allowed with argument"),
        (["--rules", "unga", "--members", "3"], "--from and --members are needed"),
        (["--rules", "unga", *START, "--members", "0"], "Give from 1 to 1000 members"),
        (
            ["--rules", "unga", *START, "--members", "3", "--assume", "x"],
            "write it as outcome.effective=expiry",
        ),
        (
            ["--rules", "unga", *START, "--members", "3", "--hours", "1", "--days", "1"],
            "not allowed with argument",
        ),
    ],
)
def test_wrong_use_ends_with_two(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command(["simulate", *words])
    assert (ended.value.code, says in capsys.readouterr().err) == (2, True)


def test_every_supposition_has_its_sentence() -> None:
    assert set(IF) == set(Hypothesis)
