"""What rules may not say together, and what a rule must say before it can run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

from .clock import Length, Unit
from .rules import NONE, UNSET, After, Ballot, Effect, Judged, Mode, Moment, Override, Restart, Rules, Silent
from .toml import Key

Contradiction = tuple[Key, str]
NEEDED_TO_VOTE: Final = (("ballot", "for_at_least"), ("ballot", "of"), ("ballot", "abstentions_count"))
_SHORTEST: Final = {
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
    Unit.WORKING_DAYS: timedelta(days=1),
}


def of(rules: Rules) -> Iterator[Contradiction]:
    """Each contradiction, with the key of the value that should change."""
    yield from _scope(rules)
    yield from _voices(rules)
    yield from _numbers(rules)
    yield from _ends(rules)
    yield from _lengths(rules)
    yield from _outage(rules)
    yield from _ballot(rules)


def over(rules: Rules, members: int) -> Iterator[Contradiction]:
    """What cannot be met by a body of so many members."""
    for key, value in (
        (("blocking", "threshold"), rules.blocking.threshold),
        (("voice", "quorum"), rules.voice.quorum),
        (("voice", "active_support"), rules.voice.active_support),
        (("extension", "at_request_of"), rules.extension.at_request_of),
    ):
        if type(value) is int and value > members:
            yield key, f"{'.'.join(key)} asks for {value} where there are {members} members."


def lacking(rules: Rules) -> tuple[Key, ...]:
    """The values that the source left unset and without which the rule cannot run."""
    keys = needed(rules.mode) + (NEEDED_TO_VOTE if isinstance(rules.ballot, Ballot) else ())
    return tuple(key for key in keys if getattr(getattr(rules, key[0]), key[1]) is UNSET)


def needed(mode: Mode) -> tuple[Key, ...]:
    """What a rule of this mode must say before it can run."""
    keys: tuple[Key, ...] = (
        ("voice", "deciders"), ("voice", "basis"), ("start", "by"), ("outcome", "effective"),
    )  # fmt: skip
    if mode is not Mode.BALLOT:
        keys += (("blocking", "threshold"), ("blocking", "effect"))
    if mode in (Mode.SILENCE, Mode.TACIT):
        keys += (("outcome", "silence_means"), ("objection", "amendment_counts"))
    return keys


def _scope(rules: Rules) -> Iterator[Contradiction]:
    scope, by = rules.scope, rules.start.by
    if scope.kinds == ():
        yield ("scope", "kinds"), 'Nothing may be decided: name the kinds of decision, or say "none" for any.'
    held_from, until = scope.valid_from, scope.valid_until
    if not isinstance(held_from, Silent) and not isinstance(until, Silent) and until < held_from:
        yield ("scope", "valid_until"), f"The rule holds until {until} and only from {held_from}."
    if by == ():
        yield ("start", "by"), 'Nobody may start a procedure: name the roles, or say "none" for anybody.'


def _voices(rules: Rules) -> Iterator[Contradiction]:
    voice = rules.voice
    if voice.deciders in ((), NONE):
        yield ("voice", "deciders"), "Nobody decides: name the classes of members who do."
    if not isinstance(voice.deciders, Silent) and not isinstance(voice.commenters, Silent):
        for one in sorted(set(voice.deciders) & set(voice.commenters)):
            yield ("voice", "commenters"), f"{one} decides and only comments: name it once."
    if voice.levels in ((), NONE):
        yield ("voice", "levels"), "Nobody may act for a member: name the capacities in which one may."
    if rules.objection.levels == ():
        yield (
            ("objection", "levels"),
            'Nobody may sign an objection: name the capacities, or say "none" for any.',
        )
    if type(rules.blocking.threshold) is int and rules.blocking.threshold < 1:
        yield ("blocking", "threshold"), "Less than one objection cannot block."
    if isinstance(rules.blocking.threshold, Fraction) and rules.blocking.of is NONE:
        yield ("blocking", "of"), "A share blocks: say of what it is taken."
    if isinstance(rules.blocking.threshold, Judged) and rules.mode is Mode.TACIT:
        yield ("blocking", "threshold"), "Under tacit acceptance nobody judges: give a number or a share."


def _numbers(rules: Rules) -> Iterator[Contradiction]:
    """A number of members or shares is one at least; extensions and new texts may be none."""
    for key, value, least in (
        (("voice", "quorum"), rules.voice.quorum, 1),
        (("voice", "active_support"), rules.voice.active_support, 1),
        (("extension", "at_request_of"), rules.extension.at_request_of, 1),
        (("extension", "times"), rules.extension.times, 0),
        (("revision", "rounds"), rules.revision.rounds, 0),
    ):
        if type(value) is int and value < least:
            yield key, f"{'.'.join(key)} is {value}, which counts nothing."


def _ends(rules: Rules) -> Iterator[Contradiction]:
    """Every procedure must be able to end, whoever objects."""
    effect, revision = rules.blocking.effect, rules.revision
    if effect in (Effect.VOTE, Effect.DEFER) and rules.ballot is NONE:
        yield ("blocking", "effect"), "An objection leads to a vote, and there is no ballot: add [ballot]."
    if effect is Effect.DEFER and rules.blocking.deferred_by is NONE:
        yield ("blocking", "deferred_by"), "An objection defers: say by how much."
    if effect is Effect.ESCALATE and rules.outcome.next_level is NONE:
        yield ("outcome", "next_level"), "An objection goes to the next level, and there is none: name it."
    held = effect in (Effect.SUSPEND, Effect.REOPEN) and revision.restart is NONE
    if held and rules.objection.withdrawn_until is NONE:
        yield (
            ("blocking", "effect"),
            "There is no way to end: an objection holds the text up for good; let a new text follow, or withdrawal.",
        )
    if type(revision.rounds) is int and revision.then is NONE:
        yield (
            ("revision", "then"),
            f"There is no way to end after {revision.rounds} new texts: say what follows.",
        )
    if type(revision.rounds) is int and revision.then is After.ESCALATE and rules.outcome.next_level is NONE:
        yield (
            ("revision", "then"),
            f"After {revision.rounds} new texts it goes to the next level, and there is none: name it.",
        )
    if (
        rules.mode in (Mode.SILENCE, Mode.TACIT)
        and rules.clock.minimum is NONE
        and rules.outcome.effective is NONE
    ):
        yield ("clock", "minimum"), "There is no way to end: silence has no clock and its outcome no moment."
    if rules.mode is Mode.BALLOT and rules.ballot is NONE:
        yield ("ballot",), "The body decides by ballot: add [ballot]."


def _lengths(rules: Rules) -> Iterator[Contradiction]:
    extension, revision, clock = rules.extension, rules.revision, rules.clock
    if revision.restart is Restart.SHORT and revision.length is NONE:
        yield ("revision", "length"), "The clock restarts short: say how long."
    yield from _longer(("revision", "length"), revision.length, extension.total)
    yield from _longer(("extension", "each"), extension.each, extension.total)
    yield from _longer(("clock", "minimum"), clock.minimum, extension.total)
    if extension.times is NONE and isinstance(extension.each, Length):
        yield ("extension", "times"), "A length of extensions is given, and none may be made."
    if rules.outcome.effective is Moment.NEXT_MEETING and rules.outcome.confirmed is NONE:
        yield (
            ("outcome", "confirmed"),
            "The decision holds from the next meeting: say what that meeting does.",
        )


def _outage(rules: Rules) -> Iterator[Contradiction]:
    """What is done after an outage takes three values: over how long, in which last part, and what it adds."""
    extension = rules.extension
    over, window, adds = extension.outage_over, extension.outage_in_last, extension.outage_adds
    given = [isinstance(one, Length) for one in (over, window, adds)]
    if any(given) and not all(given):
        missing = ("outage_over", "outage_in_last", "outage_adds")[given.index(False)]
        yield (
            ("extension", missing),
            f"An outage lengthens the clock only by all three of outage_over, outage_in_last and outage_adds: "
            f"give {missing}, or none of them.",
        )
    if isinstance(over, Length) and isinstance(window, Length) and _shortest(over) >= _shortest(window):
        yield (
            ("extension", "outage_over"),
            f"An outage of more than {_said(over)} cannot lie in the last {_said(window)}.",
        )


def _longer(key: Key, length: Any, limit: Any) -> Iterator[Contradiction]:
    if not isinstance(length, Length) or not isinstance(limit, Length):
        return
    if _shortest(length) > _shortest(limit):
        yield key, f"{'.'.join(key)} ({_said(length)}) is longer than the total limit ({_said(limit)})."


def _shortest(length: Length) -> timedelta:
    return length.number * _SHORTEST[length.unit]


def _said(length: Length) -> str:
    unit = length.unit.replace("_", " ")
    return f"{length.number} {unit.removesuffix('s') if length.number == 1 else unit}"


def _ballot(rules: Rules) -> Iterator[Contradiction]:
    votes = isinstance(rules.ballot, Ballot)
    override = rules.outcome.override
    if not isinstance(override, Silent) and Override.VOTE in override and not votes:
        yield (
            ("outcome", "override"),
            "An objection may be passed over by a vote, and there is no ballot: add [ballot].",
        )
