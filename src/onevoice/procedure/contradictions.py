"""What rules may not say together, and what a rule must say before it can run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

from .clock import Length, Unit
from .rules import NONE, UNSET, Ballot, Effect, Judged, Mode, Moment, Override, Restart, Rules, Silent
from .toml import Key

Contradiction = tuple[Key, str]
_SHORTEST: Final = {
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
    Unit.WORKING_DAYS: timedelta(days=1),
}


def of(rules: Rules) -> Iterator[Contradiction]:
    """Each contradiction, with the key of the value that should change."""
    yield from _voices(rules)
    yield from _ends(rules)
    yield from _lengths(rules)
    yield from _ballot(rules)


def over(rules: Rules, members: int) -> Iterator[Contradiction]:
    """What cannot be met by a body of so many members."""
    for key, value in (
        (("blocking", "threshold"), rules.blocking.threshold),
        (("voice", "quorum"), rules.voice.quorum),
        (("voice", "active_support"), rules.voice.active_support),
    ):
        if type(value) is int and value > members:
            yield key, f"{'.'.join(key)} asks for {value} where there are {members} members."


def lacking(rules: Rules) -> tuple[Key, ...]:
    """The values that the source left unset and without which the rule cannot run."""
    needed: list[tuple[Key, Any]] = [
        (("voice", "deciders"), rules.voice.deciders),
        (("voice", "basis"), rules.voice.basis),
        (("start", "by"), rules.start.by),
        (("outcome", "effective"), rules.outcome.effective),
    ]
    if rules.mode is not Mode.BALLOT:
        needed += [
            (("blocking", "threshold"), rules.blocking.threshold),
            (("blocking", "effect"), rules.blocking.effect),
        ]
    if rules.mode in (Mode.SILENCE, Mode.TACIT):
        needed += [
            (("outcome", "silence_means"), rules.outcome.silence_means),
            (("objection", "amendment_counts"), rules.objection.amendment_counts),
        ]
    if isinstance(rules.ballot, Ballot):
        needed += [
            (("ballot", "for_at_least"), rules.ballot.for_at_least), (("ballot", "of"), rules.ballot.of),
            (("ballot", "abstentions_count"), rules.ballot.abstentions_count),
        ]  # fmt: skip
    return tuple(key for key, value in needed if value is UNSET)


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


def _longer(key: Key, length: Any, limit: Any) -> Iterator[Contradiction]:
    if not isinstance(length, Length) or not isinstance(limit, Length):
        return
    if length.number * _SHORTEST[length.unit] > limit.number * _SHORTEST[limit.unit]:
        says = f"{'.'.join(key)} ({length.number} {length.unit.replace('_', ' ')}) is longer than the total limit"
        yield key, f"{says} ({limit.number} {limit.unit.replace('_', ' ')})."


def _ballot(rules: Rules) -> Iterator[Contradiction]:
    votes = isinstance(rules.ballot, Ballot)
    override = rules.outcome.override
    if not isinstance(override, Silent) and Override.VOTE in override and not votes:
        yield (
            ("outcome", "override"),
            "An objection may be passed over by a vote, and there is no ballot: add [ballot].",
        )
