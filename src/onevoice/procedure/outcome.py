"""What holds at an instant: a fold over events, without a clock of its own. docs/procedure.md says what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from types import MappingProxyType

from . import contradictions, moves
from .calendars import Calendar
from .course import Course, Objecting
from .ends import Ends
from .events import Event, Member, Outage
from .instants import latest
from .rules import Mode, Moment, Rules, Silent, Verb
from .states import DECIDED, FINAL, Judged, Judgement, Outcome, Standing, State
from .toml import Key
from .voices import Voices


class Lacking(ValueError):
    """The rule cannot run while these values are unset."""

    def __init__(self, keys: tuple[Key, ...]) -> None:
        self.keys = tuple(".".join(key) for key in keys)
        super().__init__(f"The rule cannot run while these are unset: {', '.join(self.keys)}.")


def outcome(
    rules: Rules,
    roster: Iterable[Member],
    calendar: Calendar | None,
    events: Iterable[Event],
    *,
    at: datetime,
) -> Outcome:
    """What holds at an instant (UTC): the same events give the same outcome, whoever asks and whenever.

    Events take effect by their instants, those of one instant in the order given; later ones have not happened.
    Raises Lacking where the rule leaves something unset without which it cannot run.
    """
    if lacking := contradictions.lacking(rules):
        raise Lacking(lacking)
    known = sorted((one for one in events if one.at <= at), key=lambda one: one.at)
    outages = {one.since: one for one in known if isinstance(one, Outage)}
    course = Course(rules, Ends(rules, calendar, tuple(outages.values()), at), Voices.of(rules, roster))
    judged = {}
    for one in known:
        course.reach(one.at)
        judged[one.key] = _judged(course, one)
    course.reach(at)
    return _seen(course, judged, at)


def _judged(course: Course, event: Event) -> Judged:
    try:
        moves.play(course, event)
    except moves.Late:
        return Judged(Judgement.LATE)
    except moves.WithoutEffect as error:
        return Judged(Judgement.WITHOUT_EFFECT, error.why)
    return Judged(Judgement.COUNTED)


def _seen(course: Course, judged: Mapping[str, Judged], at: datetime) -> Outcome:
    state = course.state
    second = {} if state in FINAL else course.open_second()
    started = state is not State.NOT_STARTED
    return Outcome(
        state=state,
        end=None if state is State.HELD_UP else course.end,
        decided_at=course.decided_at,
        effective=_effective(course),
        verb=_verb(course),
        cause=course.cause,
        round=course.texts,
        since=course.round.start if started else None,
        length=course.round.length if started else None,
        text=course.text,
        blocked=course.blocked(),
        standing=tuple(map(_standing, course.round.objections.values())) if started else (),
        answered=frozenset(course.answered),
        pending=MappingProxyType(
            {name: end for name, end in second.items() if not course.ends.over(end.at, at)}
        ),
        conditions=MappingProxyType(dict(course.round.conditions) if started else {}),
        unmet=course.unmet() if started else frozenset(),
        votes=MappingProxyType(dict(course.votes)),
        unreached=course.unreached(),
        entitled=course.voices.entitled,
        took_part=course.taking_part() if started else frozenset(),
        tally=course.tally,
        dissent=course.dissent and state in DECIDED - {State.NOT_ADOPTED},
        announced=course.announced,
        met=course.met,
        reopened=course.reopened,
        due=course.due if state in (State.NEXT_LEVEL, State.DEFERRED) else None,
        next_end=course.next_end(),
        judged=MappingProxyType(judged),
        turns=tuple(course.turns),
    )


def _standing(one: Objecting) -> Standing:
    return Standing(
        one.key,
        frozenset(one.voices),
        one.paragraphs,
        one.stale,
        one.owes,
        one.owed_until,
        one.set_aside,
        one.sustained,
    )


def _effective(course: Course) -> datetime | None:
    """From when an adopted text holds (9.3)."""
    if course.state is not State.ADOPTED:
        return None
    adopted = course.turns[-1].at
    since: datetime | None
    moment = course.rules.outcome.effective
    if moment is Moment.ANNOUNCEMENT and course.rules.mode not in (Mode.MEETING, Mode.CHAIR):
        since = course.announced
    elif moment is Moment.NEXT_MEETING:
        since = course.met
    elif moment is Moment.LATER and course.started is not None and course.started.effective is not None:
        day = datetime.combine(course.started.effective, time())
        since = latest(day, course.started.announced.zone).at
    else:
        since = adopted
    return None if since is None else max(since, adopted)


def _verb(course: Course) -> Verb | None:
    """The word for what became of the text; None while it is open, and where a text that fails has no word."""
    words = course.rules.outcome
    match course.state:
        case State.ADOPTED:
            return Verb.ADOPTED if isinstance(words.verb, Silent) else words.verb
        case State.NOT_ADOPTED:
            return None if isinstance(words.without_agreement, Silent) else words.without_agreement
        case _:
            return None
