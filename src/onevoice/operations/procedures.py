"""`./onevoice procedure …`: when a clock ends and why; whether rules are whole; where two bodies'
rules differ; what holds in a case; what will be.

Nothing else is needed: no database, no group.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from pathlib import Path
from typing import Any, Final

from onevoice.operations import outcomes, procedure_words, simulations
from onevoice.operations.environment import Stop
from onevoice.procedure import calendars, clock, comparing, contradictions, instants, loading, rules
from onevoice.procedure.toml import Faulty

_OFF: Final = {calendars.Why.WEEKEND: "weekend"}
_NOTES: Final = {
    clock.Note.DAY_OFF: "It ends on a day off.",
    clock.Note.AFTER_GAP: "The time of day does not exist on that day: the clocks go forward over it.",
    clock.Note.LATER_OF_TWO: "The time of day comes twice on that day: the second time counts.",
    clock.Note.PROVISIONAL: "Some of these days are of a provisional list: confirm them before relying on the end.",
}


def command(words: Sequence[str]) -> int | None:
    """Do what the words ask."""
    asked = parser().parse_args(words)
    return COMMANDS[asked.what](asked)


def shown(asked: argparse.Namespace, data: Any, text: str) -> None:
    print(json.dumps(data, indent=2, ensure_ascii=False) if asked.json else text)


def deadline(asked: argparse.Namespace) -> int | None:
    """The end of a clock."""
    found = reckoned(asked)
    shown(asked, as_data(found), as_text(found))
    return None


def check(asked: argparse.Namespace) -> int | None:
    """Whether rules are whole; exit status 1 when something that they need is unset."""
    found = body(asked.rules, asked.members)
    lacking = [".".join(key) for key in contradictions.lacking(found)]
    says = f"{found.title}: nothing contradicts."
    needs = f" It cannot run while these are unset: {', '.join(lacking)}." if lacking else ""
    shown(asked, {"title": found.title, "mode": found.mode, "lacking": lacking}, says + needs)
    return 1 if lacking else None


def compare(asked: argparse.Namespace) -> int | None:
    """Two bodies' rules side by side, where they differ."""
    one, other = body(asked.one), body(asked.other)
    rows = comparing.differences(one, other)
    data = [{"parameter": r.parameter, "value": r.key, one.key: r.one, other.key: r.other} for r in rows]
    lines = [f"{one.title}  |  {other.title}", ""]
    lines += [f"{r.parameter:2}  {r.says}: {r.one}  |  {r.other}" for r in rows]
    shown(asked, data, "\n".join(lines))
    return None


def outcome(asked: argparse.Namespace) -> int | None:
    """What holds at an instant."""
    shown(asked, *outcomes.command(asked))
    return None


def simulate(asked: argparse.Namespace) -> int | None:
    """What will be, before anything is sent."""
    data, text, status = simulations.command(asked)
    shown(asked, data, text)
    return status


def body(name: str, members: int | None = None) -> rules.Rules:
    """Rules that are shipped, or those of a file; for a body of so many members, where that is asked."""
    try:
        text = Path(name).read_text(encoding="utf-8") if name.endswith(".toml") else loading.text_of(name)
        return loading.read(text, name if name.endswith(".toml") else f"{name}.toml", members=members)
    except loading.NoBody as error:
        raise Stop(f"{error} There are: {', '.join(error.known)}.") from error
    except Faulty as error:
        raise Stop(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"The rules {name} cannot be read.") from error


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    top = argparse.ArgumentParser(prog="onevoice procedure")
    what = top.add_subparsers(metavar="COMMAND", dest="what", required=True)
    end = what.add_parser("deadline", help="when a clock ends, with every day that it counts or skips")
    known = ", ".join(calendars.known())
    end.add_argument(
        "--from", dest="start", required=True, metavar="INSTANT", help="2026-12-07T10:00[Europe/Vienna]"
    )
    end.add_argument(
        "--calendar", metavar="NAME|FILE", help=f"of a duty station ({known}), or a file of your own"
    )
    length = end.add_mutually_exclusive_group(required=True)
    for unit in clock.Unit:
        length.add_argument(f"--{unit.replace('_', '-')}", dest=unit, type=int, metavar="N")
    end.add_argument(
        "--closing", metavar="HH:MM", help="it ends at this time of day, not before its length is over"
    )
    end.add_argument("--not-on-a-day-off", action="store_true", help="it ends on a working day only")
    whole = what.add_parser("check", help="whether rules are whole, and contradict nothing")
    whole.add_argument("rules", metavar="NAME|FILE", help=f"rules ({', '.join(loading.known())}), or a file")
    whole.add_argument(
        "--members", type=int, metavar="N", help="how many decide: whether they can meet its numbers"
    )
    beside = what.add_parser("compare", help="two bodies' rules, where they differ")
    beside.add_argument("one", metavar="NAME|FILE")
    beside.add_argument("other", metavar="NAME|FILE")
    holds = what.add_parser("outcome", help="what holds in a case, and what each of its events counted for")
    holds.add_argument("case", metavar="CASE.json", help="rules, roster and events; docs/procedure.md")
    holds.add_argument(
        "--at",
        required=True,
        type=outcomes.instant,
        metavar="INSTANT",
        help="2026-12-07T10:00[Europe/Vienna]",
    )
    before = what.add_parser(
        "simulate", help="before a start: who is told when, last moments, and how it can end"
    )
    simulating(before)
    for one in (end, whole, beside, holds, before):
        one.add_argument("--json", action="store_true", help="as data")
    return top


def simulating(before: argparse.ArgumentParser) -> None:
    """The words of `simulate`: a case, or rules with a start and members."""
    what = before.add_mutually_exclusive_group(required=True)
    what.add_argument("case", nargs="?", metavar="CASE.json", help="a case with one event, 'started'")
    what.add_argument("--rules", metavar="NAME|FILE", help="rules, with the words that follow")
    before.add_argument("--from", dest="start", type=outcomes.instant, metavar="INSTANT", help="of the start")
    length = before.add_mutually_exclusive_group()
    for unit in clock.Unit:
        length.add_argument(f"--{unit.replace('_', '-')}", dest=unit, type=int, metavar="N")
    length.add_argument(
        "--until", type=outcomes.instant, metavar="INSTANT", help="the end, in place of a length"
    )
    before.add_argument("--members", type=simulations.members, metavar="N|A,B,C", help="how many, or who")
    before.add_argument("--calendar", metavar="NAME|FILE", help="of a duty station, or a file")
    before.add_argument("--kind", help="of decision (the first that the rule takes)")
    before.add_argument("--by", help="who starts it (the first whom the rule lets)")
    before.add_argument("--effective", metavar="DAY", help="the later date, where the rule asks for one")
    before.add_argument(
        "--assume", action="append", type=simulations.assumption, metavar="SECTION.VALUE=…",
        help="a value that the source leaves unset",
    )  # fmt: skip
    before.set_defaults(wrong=before.error)


def reckoned(asked: argparse.Namespace) -> clock.Clock:
    """The clock that the words describe; a sentence for what cannot be reckoned."""
    unit = next(unit for unit in clock.Unit if getattr(asked, unit) is not None)
    terms = clock.Terms(closing(asked.closing), not asked.not_on_a_day_off)
    try:
        length = clock.Length(getattr(asked, unit), unit)
    except ValueError as error:
        raise Stop(str(error)) from error
    try:
        start = instants.read(asked.start)
        return clock.deadline(start, length, calendar=calendar(asked.calendar), terms=terms)
    except instants.NotAnInstant as error:
        raise Stop(procedure_words.no_instant(error)) from error
    except calendars.CalendarAbsent as error:
        raise Stop(f"{error} Add the year's list with its source, or reckon in days or hours.") from error
    except ValueError as error:
        raise Stop(f"{error} Name one with --calendar.") from error
    except OverflowError as error:
        raise Stop("The end lies beyond the year 9999.") from error


def closing(written: str | None) -> time | None:
    """A time of day."""
    try:
        return time.fromisoformat(written) if written else None
    except ValueError as error:
        raise Stop(f"{written!r} is no time of day: a closing time is written as 17:00.") from error


def calendar(name: str | None) -> calendars.Calendar | None:
    """One that is shipped, or one from a file."""
    if name is None:
        return None
    try:
        if not name.endswith(".toml"):
            return calendars.shipped(name)
        return calendars.read(Path(name).read_text(encoding="utf-8"), name)
    except calendars.NoCalendar as error:
        raise Stop(f"{error} There are: {', '.join(error.known)}.") from error
    except Faulty as error:
        raise Stop(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"The calendar {name} cannot be read.") from error


def as_data(found: clock.Clock) -> dict[str, Any]:
    """Instants as RFC 9557 writes them, days by what became of them."""
    return {
        "start": str(found.start),
        "end": str(found.end),
        "end_utc": found.end.at.isoformat().replace("+00:00", "Z"),
        "length": {found.length.unit.value: found.length.number},
        "days": [
            {
                "day": day.day.isoformat(),
                "reckoned": day.reckoned.value,
                **({"number": day.number} if day.number else {}),
                **({"off": day.off.name or day.off.why.value} if day.off else {}),
                **({"provisional": True} if day.provisional else {}),
            }
            for day in found.days
        ],
        "notes": sorted(note.value for note in found.notes),
    }


def as_text(found: clock.Clock) -> str:
    """For people: a line a day, then the end in the zone and in UTC."""
    lines = [f"{day.day:%a %d %b %Y}  {said(day)}" for day in found.days]
    lines += [
        "",
        f"Ends  {found.end.local:%a %d %b %Y, %H:%M:%S} ({found.end.zone.key})",
        f"      {found.end.at:%a %d %b %Y, %H:%M:%S} (UTC)",
        f"      {found.end}",
        *(_NOTES[note] for note in sorted(found.notes)),
    ]
    return "\n".join(lines)


def said(day: clock.Day) -> str:
    """What became of a day, in a few words."""
    off = (day.off.name or _OFF[day.off.why]) if day.off else ""
    match day.reckoned:
        case clock.Reckoned.START:
            words = "the clock starts"
        case clock.Reckoned.COUNTED:
            words = f"day {day.number}" if day.number else "runs on"
        case clock.Reckoned.OFF:
            words = "not counted"
        case clock.Reckoned.PASSED:
            words = "the end moves on"
    return f"{words} ({off})" if off else words


COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace], int | None]]] = {
    "deadline": deadline, "check": check, "compare": compare, "outcome": outcome,
    "simulate": simulate,
}  # fmt: skip
