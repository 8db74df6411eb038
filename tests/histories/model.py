"""An independent model of docs/procedure.md: slow, plain, and right where the document is read sentence by sentence.

A course is a list of turns: events as they were judged, and what followed from them or from an end. Nothing else is
kept; whatever is asked (who is entitled, what stands, whether it blocks) is reckoned anew from those turns. The number
that opens a docstring is that of the paragraph it says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

SHIPPED = Path(__file__).parents[2] / "src" / "onevoice" / "procedure"
LATE = "late"
OBJECTING = ("running", "open", "held up", "deferred")
FINAL = ("adopted", "not adopted", "withdrawn")
DECIDED = ("adopted", "adopted ad referendum", "not adopted")
CHANGING = ("running", "open", "held up", "with the chair")
VERDICTS = ("consensus", "dissent", "no consensus")
REQUIRED = ("reasons", "paragraphs", "wording")

Data = dict[str, Any]


# ---- Reading: the file of a case


@dataclass(frozen=True)
class Calendar:
    """Days off of one duty station, for the years that have a whole list."""

    weekend: frozenset[int]
    holidays: frozenset[date]
    years: frozenset[int]


@lru_cache(maxsize=4096)
def instant(words: str) -> datetime:
    """A case: an instant after RFC 9557, in its zone."""
    day, clock, offset, zone = re.fullmatch(  # type: ignore[union-attr]
        r"(\d{4}-\d\d-\d\d)T([\d:.]+)(Z|[+-]\d\d:\d\d)?(?:\[([^\]]+)\])?", words
    ).groups()
    if offset is None:
        named = ZoneInfo(zone)
        return wall(date.fromisoformat(day), time.fromisoformat(clock), named).astimezone(named)
    given = datetime.fromisoformat(f"{day}T{clock}{offset}")
    return given.astimezone(ZoneInfo(zone)) if zone else given


@lru_cache(maxsize=4096)
def utc(words: str) -> datetime:
    """The same instant in UTC."""
    return instant(words).astimezone(UTC)


@lru_cache
def shipped(folder: str, name: str) -> Data:
    """A case: what the product ships under this name."""
    return tomllib.loads((SHIPPED / folder / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache
def calendar_named(name: str) -> Calendar:
    """A case: a calendar; a year's list is whole when it is official or provisional."""
    data = shipped("calendars", name)
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    years = {
        y: one for y, one in data.get("years", {}).items() if one["status"] in ("official", "provisional")
    }
    return Calendar(
        frozenset(days.index(day) for day in data["weekend"]),
        frozenset(date.fromisoformat(str(day)) for one in years.values() for day in one["holidays"]),
        frozenset(int(year) for year in years),
    )


NO_CALENDAR = Calendar(frozenset(), frozenset(), frozenset())


# ---- Ends


def wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Ends 5: the later of two; in a gap, the first instant after it."""
    local = datetime.combine(day, at, tzinfo=zone)
    first, second = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return second if first <= second else after_the_gap(second, first, zone)


def after_the_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Ends 5: the instant at which the zone's clocks were put forward between these two."""
    earlier = before.astimezone(zone).utcoffset()
    while after - before > timedelta(microseconds=1):
        middle = before + (after - before) / 2
        before, after = (
            (middle, after) if middle.astimezone(zone).utcoffset() == earlier else (before, middle)
        )
    return after


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins."""
    return wall(day, time(), zone)


def day_of(end: datetime, zone: ZoneInfo, start: datetime) -> date:
    """Ends 4: midnight belongs to the day before it, save when that is before the day of the start."""
    day = end.astimezone(zone).date()
    before = day - timedelta(days=1)
    return before if end == midnight(day, zone) and before >= start.astimezone(zone).date() else day


def is_working(day: date, calendar: Calendar) -> bool:
    """A day that is neither of the weekend nor on the list."""
    return day.weekday() not in calendar.weekend and day not in calendar.holidays


def working_day_after(day: date, number: int, calendar: Calendar) -> date:
    """The so-manieth working day after a day."""
    while number:
        day += timedelta(days=1)
        number -= is_working(day, calendar)
    return day


def reckoned(length: Data, start: datetime, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """Ends 1, 2, 3."""
    ((unit, number),) = length.items()
    local = start.astimezone(zone)
    day, at = local.date(), local.time()
    if unit == "hours":
        return start + timedelta(hours=number)
    if unit in ("days", "weeks"):
        return wall(day + timedelta(days=number * (7 if unit == "weeks" else 1)), at, zone)
    if is_working(day, calendar) and start != midnight(day, zone):
        return wall(working_day_after(day, number, calendar), at, zone)
    last = working_day_after(day - timedelta(days=1), number, calendar)
    return midnight(last + timedelta(days=1), zone)


def deadline(
    length: Data, start: datetime, zone: ZoneInfo, calendar: Calendar, closing: time | None, day_off: bool
) -> datetime:
    """Ends 4: the closing time, and the days on which an end may lie."""
    end = reckoned(length, start, zone, calendar)
    anywhere = day_off and "working_days" not in length
    if closing is None:
        return end if anywhere else off_days_off(end, zone, calendar, start)
    day = end.astimezone(zone).date() - timedelta(days=1)
    while True:
        found = wall(day, closing, zone)
        if found >= end and (anywhere or is_working(day_of(found, zone, start), calendar)):
            return found
        day += timedelta(days=1)


def off_days_off(end: datetime, zone: ZoneInfo, calendar: Calendar, start: datetime) -> datetime:
    """Ends 4: an end on a day on which it may not end moves to the midnight after the next working day."""
    day = day_of(end, zone, start)
    if is_working(day, calendar):
        return end
    return midnight(working_day_after(day, 1, calendar) + timedelta(days=1), zone)


def days_asked(
    length: Data, start: datetime, zone: ZoneInfo, calendar: Calendar, closing: time | None, day_off: bool
) -> tuple[date, date] | None:
    """2.8: the days looked up: with working days from start to end, else those on which it might end."""
    end = deadline(length, start, zone, calendar, closing, day_off)
    if "working_days" in length:
        return start.astimezone(zone).date(), day_of(end, zone, start)
    if day_off:
        return None
    least = reckoned(length, start, zone, calendar)
    if closing is not None:
        day = least.astimezone(zone).date() - timedelta(days=1)
        while wall(day, closing, zone) < least:
            day += timedelta(days=1)
        least = wall(day, closing, zone)
    return day_of(least, zone, start), day_of(end, zone, start)


def elapsed(length: Data) -> timedelta:
    """1.4: a length as elapsed time, a day having 24 hours."""
    ((unit, number),) = length.items()
    return timedelta(hours=number * {"hours": 1, "days": 24, "weeks": 168}[unit])


# ---- A course: turns, and what they say


@dataclass(frozen=True)
class Clock:
    """A clock of silence or ballot: its end before outages, the length it was given, and how long it was then."""

    end: datetime
    length: Data | None
    span: timedelta


@dataclass(frozen=True)
class Turn:
    """One event as it was judged, or what followed at an instant; `says` is what is so from then on."""

    at: datetime
    event: Data | None
    verdict: str
    reason: str | None
    says: Data

    def counted(self, *what: str) -> bool:
        """Whether it is a counted event of one of these kinds."""
        return self.event is not None and self.verdict == "counted" and self.event["what"] in what


@dataclass
class Course:
    """A case up to an instant, and its turns so far."""

    case: Data
    until: datetime
    rules: Data
    calendar: Calendar
    turns: list[Turn] = field(default_factory=list)
    recalled: Data = field(default_factory=dict)
    ruled: Data = field(default_factory=dict)
    moved: dict[datetime, datetime] = field(default_factory=dict)

    def rule(self, name: str) -> Any:
        """A case: what the rule says; what its source leaves unset may be assumed."""
        if name not in self.ruled:
            self.ruled[name] = self.read_rule(name)
        return self.ruled[name]

    def read_rule(self, name: str) -> Any:
        """The same, read anew."""
        section, _, key = name.partition(".")
        part = self.rules.get(section, "unset")
        value = part.get(key, "unset") if isinstance(part, dict) else part
        return self.case.get("assumed", {}).get(name, value) if value == "unset" else value

    def rule_list(self, name: str) -> list[str] | None:
        """What the rule lists; nothing where it is none or unset."""
        value = self.rule(name)
        return value if isinstance(value, list) else None

    def rule_length(self, name: str) -> Data | None:
        """A length of the rule; nothing where it is none or unset."""
        value = self.rule(name)
        return value if isinstance(value, dict) else None

    def rule_number(self, name: str) -> int | Fraction | None:
        """A number or a share of the rule; nothing where it is neither."""
        value = self.rule(name)
        if isinstance(value, str) and re.fullmatch(r"\d+/\d+", value):
            return Fraction(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def mode(self) -> str:
        """How the body decides."""
        return str(self.rules["mode"])

    @property
    def silent(self) -> bool:
        """Whether it decides by silence or by tacit acceptance."""
        return self.mode in ("silence", "tacit acceptance")

    def add(self, at: datetime, event: Data | None = None, judged: str = "", **says: Any) -> None:
        """One more turn; a reason makes it late, or without effect."""
        verdict = "counted" if not judged else LATE if judged == LATE else "without effect"
        self.turns.append(Turn(at, event, verdict, judged if verdict == "without effect" else None, says))
        self.recalled.clear()

    def said(self, key: str, otherwise: Any = None) -> Any:
        """What was said of this last."""
        return next((turn.says[key] for turn in reversed(self.turns) if key in turn.says), otherwise)

    @property
    def state(self) -> str:
        """States: the present one."""
        return str(self.said("state", "not started"))


def recall[T](function: Callable[[Course], T]) -> Callable[[Course], T]:
    """Reckoned once between two turns."""

    @wraps(function)
    def recalling(course: Course) -> T:
        if function.__name__ not in course.recalled:
            course.recalled[function.__name__] = function(course)
        return course.recalled[function.__name__]  # type: ignore[no-any-return]

    return recalling


@recall
def started_at(course: Course) -> int | None:
    """The turn at which it started."""
    return next((n for n, turn in enumerate(course.turns) if turn.counted("started")), None)


@recall
def round_began(course: Course) -> int:
    """7.3: the turn at which the present round began."""
    return max((n for n, turn in enumerate(course.turns) if "round" in turn.says), default=len(course.turns))


@recall
def this_round(course: Course) -> list[tuple[int, Turn]]:
    """The turns of the present round."""
    return list(enumerate(course.turns))[round_began(course) :]


@recall
def zone(course: Course) -> ZoneInfo:
    """1.3: the zone in which the start was announced."""
    start = started_at(course)
    assert start is not None
    event = course.turns[start].event
    assert event is not None
    return zone_of(event)


def zone_of(event: Data) -> ZoneInfo:
    """The zone in which an instant is written."""
    named = instant(event["at"]).tzinfo
    assert isinstance(named, ZoneInfo)
    return named


# ---- 1. Time


def over(course: Course, end: datetime, at: datetime) -> bool:
    """1.1: whether an act at an instant comes after this end."""
    return at > end or (at == end and course.rule("clock.edge") != "in time")


def closing(course: Course) -> time | None:
    """1.3: the closing time; none when unset."""
    value = course.rule("clock.closing")
    if value in ("none", "unset"):
        return None
    return value if isinstance(value, time) else time.fromisoformat(value)


def day_off(course: Course) -> bool:
    """1.3: whether it may end on a day off; yes unless the rule says no."""
    return course.rule("clock.ends_on_day_off") is not False


def clock_end(course: Course, length: Data, start: datetime, where: ZoneInfo | None = None) -> datetime:
    """1.3: an end by the rule's closing time and days off."""
    return deadline(length, start, where or zone(course), course.calendar, closing(course), day_off(course))


def are_listed(course: Course, days: tuple[date, date] | None) -> bool:
    """2.8: whether all these days lie in years with a whole list."""
    return days is None or set(range(days[0].year, days[1].year + 1)) <= course.calendar.years


def is_known(course: Course, length: Data, start: datetime, closing: time | None, where: ZoneInfo) -> bool:
    """2.8: whether the calendar has what an end needs."""
    return are_listed(course, days_asked(length, start, where, course.calendar, closing, day_off(course)))


def unasked_end(course: Course, length: Data, start: datetime, closing: time | None) -> datetime:
    """1.3: an end that nobody asks for; beyond the lists working days are days, and a day off will do."""
    if is_known(course, length, start, closing, zone(course)):
        return deadline(length, start, zone(course), course.calendar, closing, day_off(course))
    ((unit, number),) = length.items()
    days = {"days" if unit == "working_days" else unit: number}
    return deadline(days, start, zone(course), NO_CALENDAR, closing, day_off=True)


def second_end(course: Course, length: Data, start: datetime) -> datetime:
    """1.3: the end of a second clock: without the closing time."""
    return unasked_end(course, length, start, None)


def outages(course: Course) -> list[tuple[datetime, datetime]]:
    """1.4: those known at INSTANT, from, until; of several with one `since` the last by its instant alone."""
    known: dict[datetime, datetime] = {}
    for event in events_until(course.case, course.until):
        if event["what"] == "outage":
            known[utc(event["since"])] = utc(event["until"]) if "until" in event else course.until
    return sorted(known.items())


def covered(spans: list[tuple[datetime, datetime]], first: datetime, last: datetime) -> timedelta:
    """1.4: how much of a time outages cover together."""
    total, reached = timedelta(), first
    for since, until in spans:
        since, until = max(since, reached), min(until, last)
        if until > since:
            total, reached = total + (until - since), until
    return total


def moved(course: Course, end: datetime) -> datetime:
    """1.4: an end of silence or ballot, with what outages add to it; always the same of one end."""
    if end not in course.moved:
        course.moved[end] = with_outages(course, end)
    return course.moved[end]


def with_outages(course: Course, end: datetime) -> datetime:
    """1.4: the same, reckoned anew."""
    most, last, adds = (course.rule_length(f"extension.outage_{key}") for key in ("over", "in_last", "adds"))
    if most is None or last is None or adds is None:
        return end
    spans, earlier = outages(course), datetime.min.replace(tzinfo=UTC)
    while covered(spans, max(end - elapsed(last), earlier), end) > elapsed(most):
        earlier, end = end, unasked_end(course, adds, end, closing(course))
    return end


@recall
def clock(course: Course) -> Clock | None:
    """The clock of this round, if it has one."""
    found = course.said("clock")
    return found if isinstance(found, Clock) else None


@recall
def present_end(course: Course) -> datetime | None:
    """The present clock's end, as outages moved it."""
    one = clock(course)
    return moved(course, one.end) if one else None


@recall
def next_end(course: Course) -> datetime | None:
    """1.2: the end that takes effect next, in this state."""
    if course.state in ("running", "voting"):
        return present_end(course)
    if course.state == "deferred":
        return course.said("deferred until")  # type: ignore[no-any-return]
    if course.state == "waiting":
        own = own_ends(course)
        return max(own.values()) if own and len(own) == len(waited_for(course)) else None  # type: ignore[type-var]
    if course.state == "adopted ad referendum":
        return max(
            (one["until"] for one in second_clocks(course).values() if not one["answered"]), default=None
        )
    return None


def take_effect(course: Course, at: datetime) -> None:
    """1.2, 5.1, 5.3, 7.7, 8.4: what an end does."""
    if course.state == "running":
        decide(course, at)
    elif course.state == "voting":
        count_votes(course, at)
    elif course.state == "waiting":
        decide(course, at, waited=True)
    elif course.state == "deferred":
        if blocking(course, deciding=True):
            course.add(at, state="to a vote")
        else:
            decide(course, at)
    else:
        course.add(at, state="adopted", answered=at)


def take_ends(course: Course, before: Callable[[datetime], bool]) -> None:
    """1.2: every end that lies before takes effect, earliest first."""
    while (end := next_end(course)) is not None and before(end):
        take_effect(course, end)


# ---- 2. Starting


def clock_of_start(course: Course, event: Data) -> datetime | None:
    """2: the end of the clock that it opens, if it opens one."""
    if "until" in event:
        return utc(event["until"])
    if "length" in event:
        return clock_end(course, event["length"], utc(event["at"]), zone_of(event))
    return None


def lacks_calendar(course: Course, event: Data, where: ZoneInfo, *lengths: Data | None) -> bool:
    """2.8: it needs days off, for working days or for its end, and they are not all known."""
    at = utc(event["at"])
    if "until" in event and not day_off(course):
        day = day_of(utc(event["until"]), where, at)
        if not are_listed(course, (day, day)):
            return True
    return any(length and not is_known(course, length, at, closing(course), where) for length in lengths)


def on_a_day_off(course: Course, event: Data, where: ZoneInfo) -> bool:
    """2.10: `until` lies on a day off, and may not."""
    if day_off(course) or "until" not in event:
        return False
    return not is_working(day_of(utc(event["until"]), where, utc(event["at"])), course.calendar)


def why_not_started(course: Course, event: Data) -> str | None:
    """2: the first reason that holds."""
    at, where = utc(event["at"]), zone_of(event)
    day = at.astimezone(where).date()
    kinds, excluded = course.rule_list("scope.kinds"), course.rule_list("scope.excluded")
    first, last = as_date(course.rule("scope.valid_from")), as_date(course.rule("scope.valid_until"))
    languages = course.rule_list("start.languages") or []
    minimum, end = course.rule_length("clock.minimum"), clock_of_start(course, event)
    if course.state != "not started":
        return "state"
    if not may_start(course, event):
        return "role"
    if (kinds is not None and event["kind"] not in kinds) or event["kind"] in (excluded or []):
        return "kind"
    if (first and day < first) or (last and day > last):
        return "validity"
    if course.rule("start.consulted") not in ("none", "unset") and event.get("consulted") is not True:
        return "consultation"
    if course.rule("start.agreed_in_meeting") is True and event.get("agreed") is not True:
        return "agreement"
    if set(languages) - set(event.get("languages", [])):
        return "languages"
    if course.rule("start.complete") is True and event.get("complete") is not True:
        return "languages"
    if (course.mode == "consensus in meeting" and end) or (
        course.mode not in ("consensus in meeting", "chair judges") and not end
    ):
        return "length"
    if end and lacks_calendar(course, event, where, event.get("length"), minimum):
        return "calendar"
    if end and (end <= at or minimum and end < clock_end(course, minimum, at, where)):
        return "too short"
    if on_a_day_off(course, event, where):
        return "day off"
    if course.rule("outcome.effective") == "a later date" and "effective" not in event:
        return "date"
    return None


def as_date(value: Any) -> date | None:
    """A rule's date; nothing where it is none or unset."""
    if value in ("none", "unset"):
        return None
    return value if isinstance(value, date) else date.fromisoformat(value)


def may_start(course: Course, event: Data) -> bool:
    """2.1: a list without the role forbids it."""
    by = course.rule_list("start.by")
    return by is None or event.get("by") in by


def start(course: Course, event: Data) -> str | Data:
    """2: it opens a clock, or none."""
    if reason := why_not_started(course, event):
        return reason
    end, at = clock_of_start(course, event), utc(event["at"])
    state = "open" if end is None else "voting" if course.mode == "ballot" else "running"
    return {
        "state": state, "round": 0, "text": event["text"], "effective": event.get("effective"),
        "clock": Clock(end, event.get("length"), end - at) if end else None, "ballot": state == "voting",
    }  # fmt: skip


# ---- 3. Who counts


@recall
def seats(course: Course) -> tuple[dict[str, Data], set[str]]:
    """3.1, 3.4, 9.5: who sits with which class, weight and marks; and who left since the start."""
    at: dict[str, Data] = {
        one["member"]: {
            "class": one.get("class", "member"),
            "weight": one.get("weight", 1),
            "in": one.get("in", []),
        }
        for one in course.case["roster"]
    }
    left: set[str] = set()
    start = started_at(course)
    for number, turn in enumerate(course.turns):
        if turn.counted("admitted") and (start is None or number < start):
            at.setdefault(turn.event["member"], {"class": "member", "weight": 1, "in": []})  # type: ignore[index]
        elif turn.counted("left"):
            leave(course, at, left, turn, started=start is not None and number > start)
    return at, left


def leave(course: Course, at: dict[str, Data], left: set[str], turn: Turn, *, started: bool) -> None:
    """3.4: the seat is gone, or passes."""
    assert turn.event is not None
    seat = at.pop(turn.event["member"], None)
    if not started or seat is None:
        return
    left.add(turn.event["member"])
    into = turn.says.get("into")
    if into is None:
        return
    if into in at and decides(course, at[into]):
        if course.rule("voice.weight") == "given":
            at[into] = at[into] | {"weight": at[into]["weight"] + seat["weight"]}
    else:
        at[into] = seat
        left.discard(into)


def decides(course: Course, seat: Data) -> bool:
    """3.1: whether a seat's class is among the deciders."""
    return seat["class"] in (course.rule_list("voice.deciders") or [])


@recall
def entitled(course: Course) -> dict[str, Data]:
    """3.1: those whose voice counts, once it started."""
    return {member: seat for member, seat in seats(course)[0].items() if decides(course, seat)}


@recall
def present(course: Course) -> set[str]:
    """3.2: the entitled in the room, by the last `present` event, else by the roster."""
    last = next((turn.event["members"] for turn in reversed(course.turns) if turn.counted("present")), None)  # type: ignore[index]
    if last is None:
        return {member for member, seat in entitled(course).items() if "present" in seat["in"]}
    return {member for member in entitled(course) if member in last}


def in_the_basis(course: Course, member: str) -> bool:
    """3.2: the basis, as it is when the act is made."""
    basis = course.rule("voice.basis")
    if basis == "present":
        return member in present(course)
    return basis in ("all", "none", "unset") or basis in entitled(course)[member]["in"]


def why_not_entitled(course: Course, member: str) -> str | None:
    """3.1."""
    at, left = seats(course)
    if member in left:
        return "left"
    if member not in at:
        return "not on the roster"
    return None if member in entitled(course) else "not a decider"


def why_not_counted(course: Course, event: Data) -> str | None:
    """3: these reasons, in this order."""
    member = event["member"]
    if reason := why_not_entitled(course, member):
        return reason
    if not in_the_basis(course, member):
        return "not in the basis"
    section = "objection" if event["what"] in ("objected", "amended", "joined") else "voice"
    levels = course.rule_list(f"{section}.levels")
    if levels is not None and "capacity" in event and event["capacity"] not in levels:
        return "capacity"
    return None


def heir(course: Course, member: str, since: int) -> str | None:
    """3.4: who speaks now with the voice that a member had at a turn."""
    name: str | None = member
    for turn in course.turns[since + 1 :]:
        if turn.counted("left") and turn.event["member"] == name:  # type: ignore[index]
            name = turn.says["into"]
    return name


def left(course: Course, event: Data) -> str | Data:
    """3.4: without `into`, or into itself, as withdrawn; who was not entitled leaves nothing."""
    into = event.get("into") if event["how"] == "merged" else None
    passes = (
        into != event["member"] and started_at(course) is not None and event["member"] in entitled(course)
    )
    return {"into": into if passes else None}


# ---- 4. Objecting


def why_not_now(course: Course, event: Data) -> str | None:
    """4.1: the states in which one may object."""
    if course.state in OBJECTING:
        return None
    if came_in_time(course, event):
        return None
    if course.state == "waiting" and event["member"] in may_object_waiting(course, utc(event["at"])):
        return None
    return not_now(course)


def came_in_time(course: Course, event: Data) -> bool:
    """4.9: entered for a member after the clock, before a decision; it came while one could object to this text."""
    undecided = ("waiting", "to a vote", "with the chair", "to a meeting", "at the next level")
    if "came" not in event or course.state not in undecided or course.mode == "ballot":
        return False
    came = utc(event["came"])
    then = "not started"
    for turn in course.turns:
        if "state" in turn.says and over(course, turn.at, came):
            then = str(turn.says["state"])
    return came >= course.turns[round_began(course)].at and then in OBJECTING


def not_now(course: Course) -> str:
    """4.1: before the start, withdrawn, and a ballot from the start on: `state`; otherwise late."""
    if course.state in ("not started", "withdrawn") or course.mode == "ballot":
        return "state"
    return LATE


def why_not_while_open(course: Course, event: Data) -> str | None:
    """4.8, 8.2: the states of 4.1 without `waiting`."""
    return None if course.state in OBJECTING else not_now(course)


def object_(course: Course, event: Data) -> str | Data:
    """4.1, 4.2, 4.5, 4.6."""
    wanted, given = course.rule("objection.form"), event.get("form")
    other = (
        given is not None
        and wanted not in ("none", "unset", given)
        and (given, wanted) != ("letter", "written")
    )
    if reason := why_not_now(course, event) or why_not_counted(course, event):
        return reason
    if event["what"] == "objected" and other:
        return "form"
    if event["what"] == "amended" and course.rule("objection.amendment_counts") is not True:
        return {}
    return {"objection": True, "for": named(course, event), "stale": is_stale(course, event)}


def named(course: Course, event: Data) -> list[str]:
    """4.5: those who count on the word of one, since they could object themselves."""
    if course.rule("objection.joint") != "on the word of one":
        return []
    return [
        member for member in event.get("for", [])
        if member in entitled(course) and in_the_basis(course, member) and member != event["member"]
    ]  # fmt: skip


def is_stale(course: Course, event: Data) -> bool:
    """4.4, 7.4: it saw another text; one corrected with notice is no other."""
    texts = [turn.says["text"]["hash"] for _, turn in this_round(course) if "text" in turn.says]
    early = "came" in event and utc(event["came"]) < course.turns[round_began(course)].at
    return early or ("text" in event and event["text"] not in texts)


@recall
def standing(course: Course) -> dict[str, Data]:
    """4.3 to 4.7: the objections of this round that have a voice, in order of making."""
    found: dict[str, Data] = {}
    for number, turn in this_round(course):
        if turn.says.get("objection"):
            event = turn.event
            assert event is not None
            voices = voices_of(course, number)
            if voices:
                found[event["id"]] = {
                    "turn": number,
                    "voices": voices,
                    "event": event,
                    "stale": turn.says["stale"],
                }
    return found


def voices_of(course: Course, number: int) -> dict[str, str]:
    """4.5, 4.7, 3.4: whose objection it is: "own" voices, and those on the "word" of the maker."""
    return voices_and_maker(course, number)[0]


def voices_and_maker(course: Course, number: int) -> tuple[dict[str, str], str]:
    """The same, and who is its maker by now."""
    event = course.turns[number].event
    assert event is not None
    maker = event["member"]
    voices = dict.fromkeys(course.turns[number].says["for"], "word") | {maker: "own"}
    for turn in course.turns[number + 1 :]:
        later = turn.event
        if later is None or turn.verdict != "counted":
            continue
        if later["what"] == "joined" and later["objection"] == event["id"]:
            voices[later["member"]] = "own"
        elif later["what"] in ("withdrew", "struck") and later["objection"] == event["id"]:
            voices.pop(later["member"], None)
            if later["member"] == maker:
                voices = {name: how for name, how in voices.items() if how == "own"}
        elif later["what"] == "left" and later["member"] in voices:
            how, into = voices.pop(later["member"]), turn.says["into"]
            if into is not None:
                voices[into] = "own" if "own" in (how, voices.get(into)) else "word"
                maker = into if later["member"] == maker else maker
    return voices, maker


def owes(course: Course, objection: Data) -> list[str]:
    """4.3: what the rule requires and neither the objection nor `completed` holds; a refusal owes nothing."""
    if objection["event"]["what"] == "refused":
        return []
    told = [objection["event"]] + [
        turn.event for turn in course.turns
        if turn.counted("completed") and turn.event["objection"] == objection["event"]["id"]  # type: ignore[index]
    ]  # fmt: skip
    return sorted(
        key
        for key in REQUIRED
        if course.rule(f"objection.{key}") is True and not any(one.get(key) for one in told)  # type: ignore[union-attr]
    )


def owed_until(course: Course, objection: Data) -> datetime:
    """4.3: 24 hours when unset or none."""
    length = course.rule_length("objection.completed_within") or {"hours": 24}
    return second_end(course, length, utc(objection["event"]["at"]))


def join(course: Course, event: Data) -> str | Data:
    """4.5: from the same states and for the same reasons as objecting."""
    if reason := why_not_now(course, event) or why_not_counted(course, event):
        return reason
    return {} if event["objection"] in standing(course) else "objection"


def has_voice(course: Course, event: Data) -> bool:
    """4.3, 4.7: the member has a voice in the objection, and it stands."""
    one = standing(course).get(event["objection"])
    return one is not None and event["member"] in one["voices"]


def complete(course: Course, event: Data) -> str | Data:
    """4.3: adds to it, while it stands, until the time is over."""
    if course.state in ("not started", "withdrawn"):
        return "state"
    if not has_voice(course, event):
        return "objection"
    return (
        LATE
        if over(course, owed_until(course, standing(course)[event["objection"]]), utc(event["at"]))
        else {}
    )


def withdraw(course: Course, event: Data) -> str | Data:
    """4.7."""
    until = course.rule("objection.withdrawn_until")
    if until == "none":
        return "no withdrawal"
    states = (*OBJECTING, "waiting")
    if until in ("announcement", "next meeting", "a later date"):
        states += ("to a vote", "with the chair", "to a meeting", "at the next level")
    if course.state not in states:
        return "state" if course.state in ("not started", *FINAL) else LATE
    return {} if has_voice(course, event) else "objection"


def strike(course: Course, event: Data) -> str | Data:
    """4.10."""
    after = ("waiting", "to a vote", "with the chair", "to a meeting", "at the next level")
    if course.state not in (*OBJECTING, *after):
        return "state" if course.state in ("not started", *FINAL) else LATE
    one = standing(course).get(event["objection"])
    if one is None or "came" not in one["event"] or not has_voice(course, event):
        return "objection"
    if voices_and_maker(course, one["turn"])[1] != event["member"]:
        return "objection"
    return LATE if over(course, owed_until(course, one), utc(event["at"])) else {}


def agree_if(course: Course, event: Data) -> str | Data:
    """4.8: a condition, or support."""
    return why_not_while_open(course, event) or why_not_counted(course, event) or {}


@recall
def conditions(course: Course) -> dict[str, Data]:
    """4.8, 3.4: each member's condition of this round."""
    found: dict[str, Data] = {}
    for _, turn in this_round(course):
        if turn.counted("conditional"):
            found.pop(turn.event["member"], None)  # type: ignore[index]
            if turn.event["paragraphs"]:  # type: ignore[index]
                found[turn.event["member"]] = turn.event["paragraphs"]  # type: ignore[index]
        elif turn.counted("left"):
            pass_on(found, turn)
    return found


def pass_on(found: dict[str, Any], turn: Turn) -> None:
    """3.4: what a member had is gone, or is of `into` where that has none of its own."""
    gone = found.pop(turn.event["member"], None)  # type: ignore[index]
    if gone is not None and turn.says["into"] is not None:
        found.setdefault(turn.says["into"], gone)


def unfulfilled(course: Course) -> set[str]:
    """4.8: whose condition the present text does not fulfil."""
    paragraphs = course.said("text")["paragraphs"]
    return {
        member for member, wanted in conditions(course).items()
        if any(paragraphs.get(name) != words for name, words in wanted.items())
    }  # fmt: skip


# ---- 5. Deciding


def found_by_the_chair(course: Course, objection: str) -> str | None:
    """6.2: `set aside` or `sustained`, whichever was found last."""
    return next(
        (
            turn.event["verdict"]  # type: ignore[index]
            for _, turn in reversed(this_round(course))
            if turn.counted("judged") and turn.event.get("objection") == objection  # type: ignore[union-attr]
            and turn.event["verdict"] in ("set aside", "sustained")  # type: ignore[index]
        ),
        None,
    )  # fmt: skip


@recall
def not_set_aside(course: Course) -> dict[str, Data]:
    """The objections that stand and are not set aside."""
    return {
        name: one for name, one in standing(course).items() if found_by_the_chair(course, name) != "set aside"
    }  # fmt: skip


def against(course: Course, *, deciding: bool) -> set[str]:
    """5.2: the members that are reckoned with, at a decision those with conditions too."""
    members = {member for one in not_set_aside(course).values() for member in one["voices"]}
    return members | (unfulfilled(course) if deciding else set())


def is_judged(course: Course) -> bool:
    """A threshold that is not a number."""
    return course.rule("blocking.threshold") in ("sustained", "judged")


def sustained(course: Course) -> set[str]:
    """The objections that stand and were found sustained."""
    return {name for name in standing(course) if found_by_the_chair(course, name) == "sustained"}


def blocking(course: Course, *, deciding: bool) -> bool:
    """5.2: whether it is blocked."""
    if is_judged(course):
        return bool(sustained(course))
    threshold, members = course.rule_number("blocking.threshold"), against(course, deciding=deciding)
    if threshold is None or not members:
        return False
    if isinstance(threshold, int):
        return len(members) >= threshold
    of = course.rule("blocking.of")
    if of == "weight":
        return weight(course, members) >= threshold * weight(course, set(entitled(course)))
    whole = {"present": present, "cast": taking_part}.get(of, entitled)(course)  # type: ignore[operator]
    return len(members) >= threshold * len(whole)


def weight(course: Course, members: set[str]) -> int:
    """What members weigh by the roster."""
    return sum(entitled(course)[member]["weight"] for member in members if member in entitled(course))


MEMBERS_ACTS = (
    "objected", "amended", "joined", "completed", "withdrew", "struck", "asked", "stated", "ad referendum",
    "confirmed", "refused", "conditional", "supported", "voted",
)  # fmt: skip


def acted(course: Course, *what: str) -> set[str]:
    """3.4, 5.1a: the entitled with whose voice one of these acts was done in this round."""
    return {
        name
        for number, turn in this_round(course)
        if turn.counted(*what) and (name := heir(course, turn.event["member"], number)) is not None  # type: ignore[index]
    } & set(entitled(course))


@recall
def taking_part(course: Course) -> set[str]:
    """5.1a: by an act that counted in this round, or by being present where that is the basis."""
    return acted(course, *MEMBERS_ACTS) | (
        present(course) if course.rule("voice.basis") == "present" else set()
    )


def fewer_than(course: Course, members: set[str], rule: str) -> bool:
    """5.1a, 5.1e: fewer than a number, or than a share of the entitled."""
    wanted = course.rule_number(rule)
    if wanted is None:
        return False
    return len(members) < (wanted if isinstance(wanted, int) else wanted * len(entitled(course)))


def decide(course: Course, at: datetime, *, waited: bool = False, pass_over: int = 0) -> None:
    """5.1: it comes to a decision, in this order."""
    stand_against = against(course, deciding=True)
    blocked = blocking(course, deciding=True)
    passed_over = blocked and 0 < len(blockers(course)) <= pass_over
    if fewer_than(course, taking_part(course), "voice.quorum"):
        fail(course, at)
    elif blocked and not passed_over:
        block(course, at, deciding=True)
    elif (is_judged(course) and stand_against) or course.rule("outcome.silence_means") == "neither":
        course.add(at, state="with the chair")
    elif not waited and (waiting := unreached(course)):
        course.add(at, state="waiting", waiting=waiting)
    elif fewer_than(course, acted(course, "supported"), "voice.active_support"):
        fail(course, at)
    else:
        adopt(course, at, dissent=passed_over)


def blockers(course: Course) -> set[str]:
    """6.4: the members from whom comes what blocks."""
    return against(course, deciding=True)


def fail(course: Course, at: datetime) -> None:
    """5.1: `not adopted`."""
    course.add(at, state="not adopted", decided=at)


def adopt(course: Course, at: datetime, *, dissent: bool = False) -> None:
    """5.6: `adopted`, or ad referendum while second clocks are open."""
    state = "adopted ad referendum" if open_second_clocks(course, at) else "adopted"
    course.add(at, state=state, decided=at, dissent=dissent, answered=None)


def block(course: Course, at: datetime, *, deciding: bool) -> None:
    """5.3: the effect of blocking."""
    effect = course.rule("blocking.effect")
    to = {
        "goes to a meeting": "to a meeting", "goes to a vote": "to a vote",
        "goes to the next level": "at the next level", "must be addressed": "with the chair",
    }  # fmt: skip
    if effect in ("suspends", "reopens named paragraphs"):
        hold(course, at, deciding=deciding)
    elif effect == "defers, then a vote":
        defer(course, at)
    elif effect in to:
        go(course, at, to[effect])
    else:
        fail(course, at)


def defer(course: Course, at: datetime) -> None:
    """5.3: `deferred`; where there is no time for it, `to a vote`."""
    length = course.rule_length("blocking.deferred_by")
    if length is None:
        course.add(at, state="to a vote")
    else:
        course.add(at, **{"state": "deferred", "deferred until": second_end(course, length, at)})


def go(course: Course, at: datetime, state: str) -> None:
    """5.3, 6.6: to a meeting, to a vote, to the chair, or up; the next level has its time."""
    if state == "not adopted":
        return fail(course, at)
    within = course.rule_length("outcome.within") if state == "at the next level" else None
    return course.add(at, state=state, due=second_end(course, within, at) if within else None)


def hold(course: Course, at: datetime, *, deciding: bool) -> None:
    """5.3: `held up`, or what follows when rounds are used up."""
    rounds, then = course.rule_number("revision.rounds"), course.rule("revision.then")
    used_up = rounds is not None and new_texts(course) >= rounds
    to = {"meeting": "to a meeting", "next level": "at the next level", "not adopted": "not adopted"}
    if used_up and then in to:
        return go(course, at, to[then])
    end = present_end(course)
    left_of_it = max(end - at, timedelta()) if end else None
    return course.add(at, state="held up", left=left_of_it, by_decision=deciding)


def new_texts(course: Course) -> int:
    """7.3: how many new texts were given, corrections apart."""
    return sum(turn.counted("revised") for turn in course.turns)


def look(course: Course, at: datetime) -> None:
    """5.4, 5.5, 5.7: what follows at once when who blocks may have changed."""
    effect = course.rule("blocking.effect")
    if course.state == "held up":
        if not blocking(course, deciding=course.said("by_decision")):
            resume(course, at)
    elif is_judged(course) or not blocking(course, deciding=False):
        return
    elif course.state == "waiting":
        block(course, at, deciding=False)
    elif course.state == "running":
        held = effect in ("suspends", "reopens named paragraphs")
        if held or (course.silent and course.rule("objection.withdrawn_until") == "none"):
            block(course, at, deciding=False)


def resume(course: Course, at: datetime) -> None:
    """5.7: the clock runs on, or again; without a clock it is open again."""
    one, end = clock(course), present_end(course)
    if one is None or end is None:
        return course.add(at, state="open")
    if course.rule("objection.after_withdrawal") == "restarts":
        new = unasked_end(course, one.length, at, closing(course)) if one.length else at + one.span
    else:
        new = at + course.said("left")
    new = resumed(course, new, at) or new
    return course.add(at, state="running", clock=Clock(new, one.length, one.span))


def resumed(course: Course, end: datetime, start: datetime) -> datetime | None:
    """5.7: the end not on a day off where the rule forbids that; nothing when the days are not known."""
    if day_off(course):
        return end
    moved_on = off_days_off(end, zone(course), course.calendar, start)
    days = day_of(end, zone(course), start), day_of(moved_on, zone(course), start)
    return moved_on if are_listed(course, days) else None


def notices(course: Course) -> dict[str, Turn]:
    """5.5: each member's last notice in this round."""
    return {
        turn.event["member"]: turn for _, turn in this_round(course) if turn.counted("reached", "unreached")
    }  # type: ignore[index]


def absent(course: Course) -> set[str]:
    """5.5: those reported absent in this round."""
    return {
        name for _, turn in this_round(course) if turn.counted("absent") for name in turn.event["members"]
    }  # type: ignore[index]


def unreached(course: Course) -> list[str]:
    """5.5: the entitled who were not reached, have not taken part and are not reported absent."""
    matters = (
        course.silent and course.rule("notices.undelivered_counts") is False
        and course.rule("outcome.silence_means") == "consent"
    )  # fmt: skip
    if not matters or started_at(course) is None:
        return []
    failed = {member for member, turn in notices(course).items() if turn.counted("unreached")}
    return sorted((failed & set(entitled(course))) - taking_part(course) - absent(course))


@recall
def waited_for(course: Course) -> set[str]:
    """5.5: those not reached when the clock was over, who neither acted, left, nor were reported absent since."""
    return (set(course.said("waiting")) & set(entitled(course))) - taking_part(course) - absent(course)


@recall
def own_ends(course: Course) -> dict[str, datetime]:
    """5.5: the ends of those reached while it waits."""
    since = max(number for number, turn in enumerate(course.turns) if "waiting" in turn.says)
    ends = {}
    for member in waited_for(course):
        last = notices(course).get(member)
        if last is not None and last.counted("reached") and course.turns.index(last) > since:
            ends[member] = own_end(course, last.at)
    return ends


def own_end(course: Course, at: datetime) -> datetime:
    """5.5: `clock.minimum` after it, else the start's length, else as long as the first clock was."""
    length = course.rule_length("clock.minimum") or first_clock(course).length
    if length:
        return second_end(course, length, at)
    return at + first_clock(course).span


def first_clock(course: Course) -> Clock:
    """The clock with which it started."""
    start = started_at(course)
    assert start is not None
    found = course.turns[start].says["clock"]
    assert isinstance(found, Clock)
    return found


def may_object_waiting(course: Course, at: datetime) -> set[str]:
    """5.5: those not reached, until their own end."""
    return {
        member for member in waited_for(course)
        if member not in own_ends(course) or not over(course, own_ends(course)[member], at)
    }  # fmt: skip


def wait_no_longer(course: Course, at: datetime) -> None:
    """5.5: when nobody is left it comes to a decision again at that instant."""
    if course.state == "waiting" and not waited_for(course):
        decide(course, at, waited=True)


def report_absent(course: Course, event: Data) -> str | Data:
    """5.5: by chair or secretariat, while it is not final."""
    if event.get("by") not in ("chair", "secretariat"):
        return "role"
    return "state" if course.state in ("not started", *FINAL) else {}


# ---- 6. The chair


def put(course: Course, event: Data) -> str | Data:
    """5.1, 6.4."""
    override = event.get("override")
    if event.get("by") != "chair":
        return "role"
    if course.state not in ("open", "held up") or clock(course) is not None:
        return "state"
    if override is not None and override not in (course.rule_list("outcome.override") or []):
        return "verdict"
    return {}


def judge_as_chair(course: Course, event: Data) -> str | Data:
    """6.1."""
    if event.get("by") != "chair":
        return "role"
    if not event.get("reasons"):
        return "reasons"
    if course.state in ("not started", *FINAL):
        return "state"
    return judge_all(course, event) if event["verdict"] in VERDICTS else judge_one(course, event)


def judge_one(course: Course, event: Data) -> str | Data:
    """6.2: `set aside`, `sustained`."""
    one = standing(course).get(event.get("objection", ""))
    if one is None:
        return "objection"
    owing = owes(course, one) and over(course, owed_until(course, one), utc(event["at"]))
    return {} if is_judged(course) or (event["verdict"] == "set aside" and owing) else "verdict"


def judge_all(course: Course, event: Data) -> str | Data:
    """6.3: the chair's judgement of the whole."""
    here = course.state == "with the chair" or (course.state == "open" and course.mode == "chair judges")
    if not here:
        return "state"
    if event["verdict"] == "consensus" and sustained(course):
        return "sustained"
    if event["verdict"] == "dissent" and "chair records dissent" not in (
        course.rule_list("outcome.override") or []
    ):
        return "verdict"
    return {}


def follow_judgement(course: Course, event: Data, at: datetime) -> None:
    """6.3: what follows from it."""
    if event["verdict"] == "no consensus":
        up = course.rule("blocking.effect") == "goes to the next level"
        go(course, at, "at the next level" if up else "not adopted")
    elif event["verdict"] in VERDICTS:
        adopt(course, at, dissent=event["verdict"] == "dissent")


def escalate(course: Course, event: Data) -> str | Data:
    """6.5."""
    if event.get("by") != "chair":
        return "role"
    there_is = course.rule("outcome.next_level") not in ("none", "unset")
    return {} if there_is and course.state in ("held up", "with the chair", "to a meeting") else "state"


def settle(course: Course, event: Data) -> str | Data:
    """6.6."""
    return {} if course.state in ("to a meeting", "at the next level") else "state"


# ---- 7. Changing text and clock


def why_no_extension_now(course: Course) -> str | None:
    """7.1: the states."""
    if course.state in ("running", "voting"):
        return None
    return "state" if course.state in ("not started", "open", "held up", "withdrawn") else LATE


def extensions(course: Course) -> list[int]:
    """The turns of this round at which the clock was extended."""
    return [number for number, turn in this_round(course) if "extended" in turn.says]


def extended_end(course: Course, event: Data) -> datetime | str:
    """7.1: the new end, or why there is none, role apart."""
    times, total = course.rule("extension.times"), course.rule_length("extension.total")
    each, end = course.rule_length("extension.each"), present_end(course)
    assert end is not None
    if times == "none" or (isinstance(times, int) and len(extensions(course)) >= times):
        return "limit"
    if "until" not in event and each is None:
        return "length"
    if "until" in event:
        new = utc(event["until"])
    else:
        assert each is not None
        if not is_known(course, each, end, closing(course), zone(course)):
            return "calendar"
        new = clock_end(course, each, end)
    if new <= end:
        return "too short"
    began = course.turns[round_began(course)].at
    return "limit" if total and new > unasked_end(course, total, began, closing(course)) else new


def longer(course: Course, end: datetime) -> Data:
    """7.1: the same clock with a later end."""
    one = clock(course)
    assert one is not None
    return {"clock": Clock(end, one.length, one.span), "extended": True}


def extend(course: Course, event: Data) -> str | Data:
    """7.1."""
    if reason := why_no_extension_now(course):
        return reason
    if event.get("by") not in (course.rule_list("extension.by") or []):
        return "role"
    new = extended_end(course, event)
    return new if isinstance(new, str) else longer(course, new)


def ask(course: Course, event: Data) -> str | Data:
    """7.2."""
    return why_no_extension_now(course) or why_not_counted(course, event) or {}


def grant(course: Course, event: Data, at: datetime) -> None:
    """7.2: when enough different members asked, the clock is extended."""
    wanted = course.rule("extension.at_request_of")
    since = max([round_began(course), *extensions(course)])
    asking = {
        name for number, turn in enumerate(course.turns)
        if number > since and turn.counted("asked")
        and (name := heir(course, turn.event["member"], number)) is not None  # type: ignore[index]
    }  # fmt: skip
    if isinstance(wanted, int) and len(asking) >= wanted:
        new = extended_end(course, {"at": event["at"]})
        if not isinstance(new, str):
            course.add(at, **longer(course, new))


def why_no_change(course: Course, event: Data) -> str | None:
    """7.3, 7.4: role, then state."""
    if not may_start(course, event):
        return "role"
    if course.state in CHANGING:
        return None
    return "state" if course.state in ("not started", "withdrawn") else LATE


def new_clock(course: Course, event: Data, *, full: bool) -> Clock | None | str:
    """7.3: the clock of a new round, or why there is none."""
    start = started_at(course)
    assert start is not None
    if course.turns[start].says["clock"] is None:
        return None
    first, at = first_clock(course), utc(event["at"])
    length = first.length if full else course.rule_length("revision.length")
    least = course.rule_length("clock.minimum" if full else "revision.length")
    if "until" in event:
        end, used = utc(event["until"]), None
    elif length:
        end, used = clock_end(course, length, at), length
    elif full:
        moved_on = resumed(course, at + first.span, at)
        if moved_on is None:
            return "calendar"
        end, used = moved_on, None
    else:
        return "length"
    if lacks_calendar(course, event, zone(course), used, least if "until" in event else None):
        return "calendar"
    if "until" in event and (end <= at or (least and end < clock_end(course, least, at))):
        return "too short"
    return "day off" if on_a_day_off(course, event, zone(course)) else Clock(end, used, end - at)


def begin_round(course: Course, event: Data, *, full: bool) -> str | Data:
    """7.3: a new round with a new text, and a clock if one ran."""
    new = new_clock(course, event, full=full)
    if isinstance(new, str):
        return new
    return {"round": True, "text": event["text"], "clock": new, "state": "running" if new else "open"}


def revise(course: Course, event: Data) -> str | Data:
    """7.3."""
    if reason := why_no_change(course, event):
        return reason
    if course.rule("revision.restart") == "none":
        return "no revision"
    rounds = course.rule_number("revision.rounds")
    if rounds is not None and new_texts(course) >= rounds:
        return "limit"
    return begin_round(course, event, full=course.rule("revision.restart") != "short")


def correct(course: Course, event: Data) -> str | Data:
    """7.4."""
    if reason := why_no_change(course, event):
        return reason
    how = course.rule("revision.correction")
    if how == "with notice":
        return {"text": event["text"]}
    if how == "restart":
        return begin_round(course, {key: event[key] for key in event if key != "until"}, full=True)
    return "no correction"


def open_ballot(course: Course, event: Data) -> str | Data:
    """7.5."""
    if event.get("by") not in ("chair", "secretariat"):
        return "role"
    if course.state != "to a vote":
        return "state"
    at, until = utc(event["at"]), utc(event["until"])
    return (
        {"state": "voting", "clock": Clock(until, None, until - at), "ballot": True}
        if until > at
        else "too short"
    )


def vote(course: Course, event: Data) -> str | Data:
    """7.6."""
    if course.state != "voting":
        return LATE if course.said("ballot") and course.state != "withdrawn" else "state"
    return why_not_counted(course, event) or {}


def votes(course: Course) -> dict[str, str]:
    """7.6, 3.4: the last vote of each member."""
    found: dict[str, str] = {}
    for _, turn in this_round(course):
        if turn.counted("voted"):
            found[turn.event["member"]] = turn.event["vote"]  # type: ignore[index]
        elif turn.counted("left"):
            pass_on(found, turn)
    return found


def count_votes(course: Course, at: datetime) -> None:
    """7.7: the end of voting."""
    if fewer_than(course, taking_part(course), "voice.quorum") or not carried(course):
        fail(course, at)
    else:
        adopt(course, at)


def carried(course: Course) -> bool:
    """7.7: enough in favour, and not too many against."""
    of, given = course.rule("ballot.of"), votes(course)
    weighs = course.rule("voice.weight") == "given" or of == "weight"

    def sum_of(members: set[str]) -> int:
        return weight(course, members) if weighs else len(members)

    parts = {
        which: sum_of({m for m in given if given[m] == which}) for which in ("for", "against", "abstain")
    }
    cast = parts["for"] + parts["against"]
    cast += parts["abstain"] if course.rule("ballot.abstentions_count") is True else 0
    whole = {"members": sum_of(set(entitled(course))), "present": sum_of(present(course))}.get(of, cast)
    least, most = course.rule_number("ballot.for_at_least"), course.rule_number("ballot.against_at_most")
    enough = least is not None and whole > 0 and parts["for"] >= least * whole
    return enough and (not isinstance(most, Fraction) or parts["against"] <= most * cast)


# ---- 8. Positions and second clocks


def state_position(course: Course, event: Data) -> str | Data:
    """8.1."""
    if course.state in ("not started", "withdrawn"):
        return "state"
    if reason := why_not_counted(course, event):
        return reason
    kinds, after = course.rule_list("positions.kinds"), course.rule_length("positions.after")
    if course.rule("positions.kinds") == "none" or (kinds is not None and event["position"] not in kinds):
        return "position"
    if course.state not in DECIDED:
        return "early" if course.rule("positions.before") is False else {}
    if after is None or over(course, second_end(course, after, course.said("decided")), utc(event["at"])):
        return LATE
    return {}


def agree_ad_referendum(course: Course, event: Data) -> str | Data:
    """8.2."""
    if reason := why_not_while_open(course, event) or why_not_counted(course, event):
        return reason
    return {} if utc(event["until"]) > utc(event["at"]) else "too short"


@recall
def second_clocks(course: Course) -> dict[str, Data]:
    """8.2, 8.3, 3.4: each member's second clock of this round, and when it was answered."""
    found: dict[str, Data] = {}
    for _, turn in this_round(course):
        if turn.counted("ad referendum"):
            found[turn.event["member"]] = {"until": utc(turn.event["until"]), "answered": None}  # type: ignore[index]
        elif turn.counted("confirmed", "refused"):
            found[turn.event["member"]] = found[turn.event["member"]] | {"answered": turn.at}  # type: ignore[index]
        elif turn.counted("left"):
            pass_on(found, turn)
    return found


def open_second_clocks(course: Course, at: datetime) -> list[str]:
    """5.6, 8.4: those that are not answered, and not over."""
    return sorted(
        member
        for member, one in second_clocks(course).items()
        if not one["answered"] and not over(course, one["until"], at)
    )


def answer(course: Course, event: Data) -> str | Data:
    """8.3."""
    at = utc(event["at"])
    one = second_clocks(course).get(event["member"])
    if one is None:
        return "objection"
    if course.state in FINAL:
        return "state"
    if one["answered"] or over(course, one["until"], at):
        return LATE
    if event["what"] == "confirmed":
        return {}
    if course.state not in (*OBJECTING, "waiting", "adopted ad referendum"):
        return LATE
    return {"objection": True, "for": [], "stale": False}


def follow_answer(course: Course, event: Data, at: datetime) -> None:
    """8.3, 8.4: what a refusal does after a decision; when all are answered it is adopted."""
    if course.state != "adopted ad referendum":
        return
    if event["what"] == "refused" and is_judged(course):
        course.add(at, state="with the chair", decided=None)
    elif event["what"] == "refused" and blocking(course, deciding=True):
        fail(course, at)
    else:
        all_answered(course, at)


def all_answered(course: Course, at: datetime) -> None:
    """8.4: when all are answered: `adopted`."""
    if course.state == "adopted ad referendum" and not open_second_clocks(course, at):
        course.add(at, state="adopted", answered=at)


# ---- 9. Afterwards


def take_back(course: Course, event: Data) -> str | Data:
    """9.1."""
    if course.state in ("not started", *FINAL):
        return "state"
    return {"state": "withdrawn"} if may_start(course, event) else "role"


def announce(course: Course, event: Data) -> str | Data:
    """9.2."""
    if event.get("by") not in ("chair", "secretariat"):
        return "role"
    return meet(course, event)


def meet(course: Course, event: Data) -> str | Data:
    """9.2."""
    return {} if course.state in DECIDED else "state"


def reopen(course: Course, event: Data) -> str | Data:
    """9.4."""
    if course.state not in ("adopted", "not adopted"):
        return "state"
    if "member" in event and (reason := why_not_entitled(course, event["member"])):
        return reason
    role = "member" if "member" in event else event.get("by")
    if role not in (course.rule_list("outcome.reopened_by") or []):
        return "role"
    return (
        "new information"
        if course.rule("outcome.new_information") is True and not event.get("new_information")
        else {}
    )


def always(course: Course, event: Data) -> str | Data:
    """9.5."""
    return {}


JUDGED_BY: dict[str, Callable[[Course, Data], str | Data]] = {
    "started": start, "reached": always, "unreached": always, "present": always, "objected": object_,
    "amended": object_, "joined": join, "completed": complete, "withdrew": withdraw, "struck": strike, "asked": ask,
    "extended": extend,
    "revised": revise, "corrected": correct, "stated": state_position, "ad referendum": agree_ad_referendum,
    "confirmed": answer, "refused": answer, "conditional": agree_if, "supported": agree_if, "ballot": open_ballot,
    "voted": vote, "put": put, "judged": judge_as_chair, "escalated": escalate, "settled": settle,
    "absent": report_absent, "left": left, "admitted": always, "taken back": take_back, "announced": announce,
    "met": meet, "reopened": reopen, "outage": always,
}  # fmt: skip


def follow(course: Course, event: Data, at: datetime) -> None:
    """5 to 8: what follows from an event that counted, beyond itself."""
    what = event["what"]
    if what == "asked":
        grant(course, event, at)
    elif what == "put":
        number = {"consensus minus one": 1, "consensus minus two": 2}.get(event.get("override", ""), 0)
        decide(course, at, pass_over=number)
    elif what == "judged":
        follow_judgement(course, event, at)
    elif what == "escalated":
        go(course, at, "at the next level")
    elif what == "settled":
        if event["verdict"] == "adopted":
            adopt(course, at)
        else:
            fail(course, at)
    elif what in ("confirmed", "refused"):
        follow_answer(course, event, at)
    if what == "left":
        all_answered(course, at)
    look(course, at)
    wait_no_longer(course, at)


def outcome(case: Data, at: datetime) -> Data:
    """What holds at an instant: what follows from rules, roster, calendar, events, and nothing else."""
    rules = case["rules"] if isinstance(case["rules"], dict) else shipped("bodies", case["rules"])
    calendar = calendar_named(case["calendar"]) if case.get("calendar") else NO_CALENDAR
    course = Course(case, at.astimezone(UTC), rules, calendar)
    for event in events_until(case, course.until):
        when = utc(event["at"])
        take_ends(course, lambda end, when=when: over(course, end, when))  # type: ignore[misc]
        judged = JUDGED_BY[event["what"]](course, event)
        if isinstance(judged, str):
            course.add(when, event, judged)
        else:
            course.add(when, event, **judged)
            follow(course, event, when)
    take_ends(course, lambda end: over(course, end, course.until))
    return told(course)


def events_until(case: Data, until: datetime) -> Iterator[Data]:
    """A case: in the order of their instants, those of one instant in the order of the file."""
    yield from (
        one for one in sorted(case["events"], key=lambda one: utc(one["at"])) if utc(one["at"]) <= until
    )


# ---- What is told


def told(course: Course) -> Data:
    """The outcome as data."""
    begun, state = started_at(course) is not None, course.state
    return {
        "state": state,
        "end": present_end(course) if begun and state != "held up" else None,
        "decided_at": course.said("decided"),
        "effective": effective(course),
        "verb": verb(course),
        "round": new_texts(course),
        "text": course.said("text")["hash"] if begun else None,
        "blocked": begun and blocking(course, deciding=False),
        "standing": standing_told(course),
        "pending": open_second_clocks(course, course.until) if begun and state not in FINAL else [],
        "unreached": unreached(course),
        "dissent": state in ("adopted", "adopted ad referendum") and bool(course.said("dissent")),
        "announced": first_of(course, "announced"),
        "met": first_of(course, "met"),
        "reopened": first_of(course, "reopened"),
        "due": due(course),
        "judged": {turn.event["id"]: [turn.verdict, turn.reason] for turn in course.turns if turn.event},
    }


def due(course: Course) -> datetime | None:
    """5.3, 6.6: when the next level's time, or the deferral, is over."""
    if course.state == "deferred":
        return course.said("deferred until")  # type: ignore[no-any-return]
    return course.said("due") if course.state == "at the next level" else None


def first_of(course: Course, what: str) -> datetime | None:
    """9.2: the first of each is kept."""
    return next((turn.at for turn in course.turns if turn.counted(what)), None)


def verb(course: Course) -> str | None:
    """The word for the outcome."""
    name, otherwise = {
        "adopted": ("verb", "adopted"),
        "not adopted": ("without_agreement", "not adopted"),
    }.get(course.state, ("", ""))
    if not name:
        return None
    said = course.rule(f"outcome.{name}")
    return otherwise if said in ("none", "unset") else said


def effective(course: Course) -> datetime | None:
    """9.3: from when a decision holds."""
    if course.state != "adopted":
        return None
    taken = max(course.said("decided"), course.said("answered") or course.said("decided"))
    moment = course.rule("outcome.effective")
    if moment == "announcement" and course.mode not in ("consensus in meeting", "chair judges"):
        announced = first_of(course, "announced")
        return max(announced, taken) if announced else None
    if moment == "next meeting":
        met = first_of(course, "met")
        return max(met, taken) if met else None
    if moment == "a later date":
        return max(the_date(course), taken)
    return taken  # type: ignore[no-any-return]


def the_date(course: Course) -> datetime:
    """9.3: the date that the start gave, from its midnight in the zone of the start."""
    given = course.said("effective")
    if "T" in given:
        return utc(given)
    return midnight(date.fromisoformat(given), zone(course))


def standing_told(course: Course) -> list[Data]:
    """The objections that stand, in order of making."""
    return [
        {
            "objection": name,
            "members": sorted(one["voices"]),
            "stale": one["stale"],
            "owes": owes(course, one),
            "set_aside": found_by_the_chair(course, name) == "set aside",
            "sustained": found_by_the_chair(course, name) == "sustained",
        }
        for name, one in standing(course).items()
    ]
