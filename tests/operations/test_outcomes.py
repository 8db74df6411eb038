"""`procedure outcome`: what holds in a case, for people and as data, with no database."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from onevoice.operations import procedure_words
from onevoice.operations.environment import Stop
from onevoice.operations.procedures import command
from onevoice.procedure.states import Cause, State, Why

DOCUMENT = (Path(__file__).parents[2] / "docs" / "procedure.md").read_text(encoding="utf-8")
EXAMPLE = json.loads(re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[0])
ASKED = re.findall(
    r"^    \./onevoice procedure outcome case\.json --at (\S+)\n((?:    .*\n|\n)+)", DOCUMENT, re.MULTILINE
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, EXAMPLE)
    return tmp_path


def write(folder: Path, case: Any) -> None:
    text = case if isinstance(case, str) else json.dumps(case)
    (folder / "case.json").write_text(text, encoding="utf-8")


def test_the_documents_case_says_what_the_document_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ((at, says),) = ASKED
    assert command(["outcome", "case.json", "--at", at]) is None
    said = [line.removeprefix("    ") for line in says.strip("\n").splitlines()]
    assert capsys.readouterr().out.splitlines() == said


def test_the_same_case_as_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command(["outcome", "case.json", "--at", "2026-12-09T18:00[Europe/Vienna]", "--json"])
    data = json.loads(capsys.readouterr().out)
    assert (data["state"], data["rules"], data["at"]) == (
        "held up", "icat-working-group", "2026-12-09T18:00:00+01:00[Europe/Vienna]",
    )  # fmt: skip
    assert data["standing"] == [
        {"objection": "e2", "members": ["OSCE"], "stale": False, "owes": [], "set_aside": False,
         "sustained": False, "paragraphs": ["1"], "owed_until": None},
    ]  # fmt: skip
    assert data["judged"] == {"e1": ["counted", None], "e2": ["counted", None]}


def test_what_is_owed_and_what_did_not_count_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    started, objected = EXAMPLE["events"]
    bare = {name: objected[name] for name in ("id", "at", "what", "member")}
    stranger = {
        "id": "e3",
        "at": "2026-12-09T17:00:00.25[Europe/Vienna]",
        "what": "objected",
        "member": "ITU",
    }
    late = {"id": "e4", "at": "2026-12-11T09:00:01[Europe/Vienna]", "what": "objected", "member": "UNICEF"}
    withdrew = {
        "id": "w",
        "at": "2026-12-10T09:00[Europe/Vienna]",
        "what": "withdrew",
        "member": "OSCE",
        "objection": "e2",
    }
    write(folder, EXAMPLE | {"events": [started, bare, stranger, withdrew, late]})
    command(["outcome", "case.json", "--at", "2026-12-09T18:00[Europe/Vienna]"])
    lines = capsys.readouterr().out.splitlines()
    assert (
        "  e2 owes the paragraphs that it is about and its reasons and the wording that would remove it until "
        "Thu 10 Dec 2026, 16:59:59 (Europe/Vienna), Thu 10 Dec 2026, 15:59:59 (UTC)"
    ) in lines
    assert (
        "  Wed 09 Dec 2026, 17:00:00.250000  e3, objected (ITU): without effect. "
        "The member was not on the roster at the start."
    ) in lines
    assert "  2 more lie after this instant." in lines
    command(["outcome", "case.json", "--at", "2026-12-15T18:00[Europe/Vienna]"])
    lines = capsys.readouterr().out.splitlines()
    assert "  Fri 11 Dec 2026, 09:00:01  e4, objected (UNICEF): late. It came after the end." in lines
    assert "Effective: Fri 11 Dec 2026, 09:00:01 (Europe/Vienna), Fri 11 Dec 2026, 08:00:01 (UTC)" in lines
    assert "  The next meeting announces it." in lines


def test_rules_and_calendar_may_be_files_beside_the_case(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = Path(procedure_words.__file__).parents[1] / "procedure"
    rules = (shipped / "bodies/icat-working-group.toml").read_text(encoding="utf-8")
    (folder / "own.toml").write_text(rules.replace("17:00:00", "12:00:00"), encoding="utf-8")
    (folder / "here.toml").write_text(
        'name = "here"\nplace = "Here"\nzone = "Europe/Vienna"\nweekend = []\n'
        '[years.2026]\nstatus = "official"\nsource = "circular 1"\n',
        encoding="utf-8",
    )
    write(folder, EXAMPLE | {"rules": "own.toml", "calendar": "here.toml", "events": EXAMPLE["events"][:1]})
    monkeypatch.chdir("/")
    command(["outcome", str(folder / "case.json"), "--at", "2026-12-09T18:00Z", "--json"])
    assert json.loads(capsys.readouterr().out)["end_announced"] == "2026-12-10T12:00:00+01:00[Europe/Vienna]"
    (folder / "own.toml").write_text("mode = 1\n", encoding="utf-8")
    with pytest.raises(Stop, match=r"^own\.toml, line 1: title is missing"):
        command(["outcome", str(folder / "case.json"), "--at", "2026-12-09T18:00Z"])


def event(**changes: Any) -> dict[str, Any]:
    return EXAMPLE | {"events": [EXAMPLE["events"][0], EXAMPLE["events"][1] | changes]}


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("{", "case.json, line 1: Expecting property name"),
        ("[" * 100_000, "case.json: It is nested too deeply."),
        (event(at="2026-12-09"), "case.json, events.1.at: '2026-12-09' is no instant: write it as"),
        (event(at="2026-03-29T02:30[Europe/Vienna]"), "case.json, events.1.at: 2026-03-29T02:30[Europe/Vienna] does"),
        (event(at="2026-10-25T02:30[Europe/Vienna]"), "case.json, events.1.at: 2026-10-25T02:30[Europe/Vienna] comes"),
        (event(at=3), "case.json, events.1.at: 3 is no instant"),
        (EXAMPLE | {"rules": "atlantis"}, "case.json, rules: There are no rules called atlantis. There are: cites"),
        (EXAMPLE | {"rules": "../own.toml"}, "case.json, rules: '../own.toml' is no file beside the case"),
        (EXAMPLE | {"rules": "own.toml"}, "case.json, rules: own.toml cannot be read."),
        (EXAMPLE | {"calendar": "mars"}, "case.json, calendar: There is no calendar mars. There are: addis-ababa,"),
        (EXAMPLE | {"assumed": {"voice.basis": "all"}}, "case.json, assumed.voice.basis: voice.basis is no value that"),
        (EXAMPLE | {"rules": "cites-post", "assumed": {"voice.quorum": 3}},
         "case.json, roster: voice.quorum asks for 3 where there are 2 members."),
        (EXAMPLE | {"rules": "nato"}, "NATO, silence procedure cannot run while these are unset: start.by, outcome.eff"
                                      "ective, objection.amendment_counts. Give them in the case under 'assumed'"),
    ],
)  # fmt: skip
def test_a_bad_case_is_one_sentence_with_its_place(folder: Path, case: Any, says: str) -> None:
    write(folder, case)
    with pytest.raises(Stop) as refused:
        command(["outcome", "case.json", "--at", "2026-12-09T18:00Z"])
    assert str(refused.value).startswith(says)


def test_a_case_that_is_not_there_is_one_sentence(folder: Path) -> None:
    with pytest.raises(Stop, match=r"^The case nothing\.json cannot be read\.$"):
        command(["outcome", "nothing.json", "--at", "2026-12-09T18:00Z"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["case.json"], "required: --at"),
        (["--at", "2026-12-09T18:00Z"], "required: CASE.json"),
        (["case.json", "--at", "2026-12-09T18:00"], "names no zone: add it"),
        (["case.json", "--at", "9999-12-09T18:00Z"], "lies outside the years 1900 to 2999"),
    ],
)
def test_wrong_use_ends_with_two(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        command(["outcome", *words])
    assert (ended.value.code, says in capsys.readouterr().err) == (2, True)


def test_every_state_cause_and_reason_has_its_sentence() -> None:
    assert set(procedure_words.STATES) == set(State)
    assert set(procedure_words.CAUSES) == set(Cause)
    assert set(procedure_words.WHY) == set(Why)
    for said in (
        *procedure_words.STATES.values(),
        *procedure_words.CAUSES.values(),
        *procedure_words.WHY.values(),
    ):
        assert said.endswith(".") and len(said.split()) <= 40
