"""Cases as files: whatever is wrong with one is told with its place, never a fault of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onevoice.procedure import calendars, cases
from onevoice.procedure.outcome import outcome
from onevoice.procedure.toml import Faulty

DOCUMENT = (Path(__file__).parents[2] / "docs" / "procedure.md").read_text(encoding="utf-8")
EXAMPLE: dict[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[0])


def changed(where: tuple[Any, ...], value: Any) -> Any:
    """The example with another value at a place."""
    if not where:
        return value
    case = deepcopy(EXAMPLE)
    inside = case
    for key in where[:-1]:
        inside = inside[key]
    inside[where[-1]] = value
    return case


@pytest.mark.parametrize(
    ("where", "value", "says"),
    [
        ((), [], "case: It is a table."),
        (("format",), 2, "format: This is 1; the case says 2."),
        (("colour",), 1, "case: 'colour' is not known here"),
        (("rules",), 3, "rules: It is a name."),
        (("events",), {}, "events: It is a list."),
        (("events", 1, "at"), "2026-12-09T16:59", "events.1.at: '2026-12-09T16:59' is no instant"),
        (("events", 1, "at"), "0001-01-01T00:00Z", "events.1.at: '0001-01-01T00:00Z' lies outside the years 1900"),
        (("events", 1, "what"), ["objected"], "events.1.what: It is one of started, reached"),
        (("events", 1, "capacity"), "minister", "events.1.capacity: 'minister' is none of principal, focal point"),
        (("events", 1, "id"), "e1", "events: 'e1' stands there twice."),
        (("events", 1, "member"), None, "events.1.member: It is words."),
        (("events", 0, "length"), {"fortnights": 1}, "events.0.length: It is a length such as"),
        (("events", 0, "text"), {}, "events.0.text: 'hash' is missing."),
        (("events", 0, "effective"), "soon", "events.0.effective: 'soon' is no day"),
        (("roster", 0, "weight"), -1, "roster.0.weight: It is not less than nothing."),
        (("roster", 1, "member"), "UNICEF", "roster: 'UNICEF' stands there twice."),
        (("assumed",), ["voice.quorum"], "assumed: It is a table"),
        (("assumed",), {"voice.quorum": 1}, "assumed.voice.quorum: voice.quorum is no value"),
        (("assumed",), {"voice": 1}, "assumed.voice: voice is no value"),
        (("rules",), {"title": "Ours"}, "rules.status: status is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_case_is_told_with_its_place(
    where: tuple[Any, ...], value: Any, says: str
) -> None:
    with pytest.raises((cases.BadCase, Faulty)) as refused:
        cases.read(changed(where, value), calendar=calendars.shipped)
    assert str(refused.value).startswith(says)


JUNK = (None, True, -1, 1.5, "", "x", [], ["x"], {}, {"x": 1}, [[1]], 10**30, {"hours": -1}, {"hours": 10**9},
        "2026-12-09T16:59:59[Europe/Vienna]", "0001-01-01T00:00[Asia/Tokyo]",
        "9999-12-31T23:59[America/New_York]", "9999-12-30T10:00Z", "0001-01-01T00:00Z")  # fmt: skip


def places(data: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield here
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from places(value, (*here, key))


@pytest.mark.parametrize("where", list(places(EXAMPLE)), ids=lambda one: ".".join(map(str, one)) or "case")
def test_junk_in_any_place_is_refused_or_has_an_outcome(where: tuple[Any, ...]) -> None:
    for junk in JUNK:
        try:
            case = cases.read(changed(where, junk), calendar=calendars.shipped)
        except (cases.BadCase, Faulty, calendars.NoCalendar, cases.loading.NoBody):
            continue
        end_of_days = datetime(2999, 12, 31, tzinfo=UTC)
        found = outcome(case.rules, case.roster, case.calendar, case.events, at=end_of_days)
        assert len(found.judged) == len(case.events)
