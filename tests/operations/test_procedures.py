"""`procedure deadline`: the end of a clock on the command line, with no database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onevoice.operations.environment import Stop
from onevoice.operations.procedures import command

CLOSED = [
    "deadline",
    "--from",
    "2026-12-23T18:00[Europe/Vienna]",
    "--working-days",
    "2",
    "--closing",
    "17:00",
]


def test_the_end_and_each_day_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    command([*CLOSED, "--calendar", "vienna"])
    assert capsys.readouterr().out.splitlines() == [
        "Wed 23 Dec 2026  the clock starts",
        "Thu 24 Dec 2026  day 1",
        "Fri 25 Dec 2026  not counted (Christmas Day)",
        "Sat 26 Dec 2026  not counted (weekend)",
        "Sun 27 Dec 2026  not counted (weekend)",
        "Mon 28 Dec 2026  not counted (St. Stephen's Day (for Saturday 26 December))",
        "Tue 29 Dec 2026  day 2",
        "Wed 30 Dec 2026  the end moves on",
        "",
        "Ends  Wed 30 Dec 2026, 17:00:00 (Europe/Vienna)",
        "      Wed 30 Dec 2026, 16:00:00 (UTC)",
        "      2026-12-30T17:00:00+01:00[Europe/Vienna]",
        "Some of these days are of a provisional list: confirm them before relying on the end.",
    ]


def test_the_end_is_given_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    command(["deadline", "--from", "2026-12-04T10:00[Europe/Vienna]", "--hours", "24", "--json"])
    assert json.loads(capsys.readouterr().out) == {
        "start": "2026-12-04T10:00:00+01:00[Europe/Vienna]",
        "end": "2026-12-05T10:00:00+01:00[Europe/Vienna]",
        "end_utc": "2026-12-05T09:00:00Z",
        "length": {"hours": 24},
        "days": [{"day": "2026-12-04", "reckoned": "start"}, {"day": "2026-12-05", "reckoned": "counted"}],
        "notes": [],
    }


def test_a_calendar_of_ones_own_is_read_from_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.toml"
    head = 'name = "own"\nplace = "Here"\nzone = "Europe/Vienna"\nweekend = []\n'
    file.write_text(head + '[years.2026]\nstatus = "official"\nsource = "circular 1"\n')
    command([*CLOSED, "--calendar", str(file)])
    assert "Ends  Sat 26 Dec 2026, 17:00:00 (Europe/Vienna)" in capsys.readouterr().out
    file.write_text(head + "[years.2026]\nstatus = 1\n")
    with pytest.raises(Stop, match=r"own\.toml, line 6: 'status' is one of"):
        command([*CLOSED, "--calendar", str(file)])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--from", "2026-12-07T10:00", "--days", "1"], "names no zone: add it"),
        (["--from", "2026-12-07T10:00[Europe/Atlantis]", "--days", "1"], "There is no such time zone"),
        (
            ["--from", "2026-03-29T02:30[Europe/Vienna]", "--days", "1"],
            "The next instant is 2026-03-29T03:00:00",
        ),
        (["--from", "2026-10-25T02:30[Europe/Vienna]", "--days", "1"], "comes twice that day: write"),
        (
            ["--from", "2026-10-25T12:30+05:00[Europe/Vienna]", "--days", "1"],
            "is not the zone's at that time: write",
        ),
        (["--from", "soon", "--days", "1"], "'soon' is no instant"),
        (["--from", "2026-12-07T10:00Z", "--working-days", "1"], "Name one with --calendar"),
        (["--from", "2026-12-07T10:00Z", "--days", "0"], "A clock runs from one to 3660 days"),
        (
            ["--from", "2026-12-07T10:00Z", "--days", "1", "--closing", "5 pm"],
            "a closing time is written as 17:00",
        ),
        (["--from", "9999-12-30T10:00Z", "--days", "9"], "beyond the year 9999"),
        (
            ["--from", "2026-12-07T10:00Z", "--days", "1", "--calendar", "atlantis"],
            "There are: addis-ababa, bangkok",
        ),
        (["--from", "2026-12-07T10:00Z", "--days", "1", "--calendar", "nothing.toml"], "cannot be read"),
        (
            ["--from", "2026-12-07T10:00Z", "--working-days", "1", "--calendar", "nairobi"],
            "nairobi has no whole list of holidays for 2026",
        ),
    ],
)
def test_what_cannot_be_reckoned_is_one_sentence(words: list[str], says: str) -> None:
    with pytest.raises(Stop) as refused:
        command(["deadline", *words])
    assert says in str(refused.value)


def test_rules_are_checked_and_what_they_lack_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["check", "icat-principals"]) is None
    assert "nothing contradicts." in capsys.readouterr().out
    assert command(["check", "nato", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["lacking"] == [
        "start.by",
        "outcome.effective",
        "objection.amendment_counts",
    ]
    with pytest.raises(Stop, match="There are: cites-post"):
        command(["check", "atlantis"])
    with pytest.raises(
        Stop, match=r"^icat-principals\.toml, line \d+: blocking.threshold asks for 1 where there are 0"
    ):
        command(["check", "icat-principals", "--members", "0"])


def test_two_bodies_are_compared_where_they_differ(capsys: pytest.CaptureFixture[str]) -> None:
    command(["compare", "unga", "osce-silence"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "UN General Assembly, decision 74/544  |  OSCE, silence procedure"
    assert "11  the shortest clock: 72 hours  |  unset" in lines
    assert not any("how many block" in line for line in lines)
    command(["compare", "icat-principals", "icat-principals", "--json"])
    assert json.loads(capsys.readouterr().out) == []
