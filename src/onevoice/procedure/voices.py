"""Whose voice counts in one procedure, whether objections block, whether a ballot carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from .events import Leaving, Left, Member, Vote
from .rules import Ballot, Basis, Judged, Of, Rules, Silent, Weight


@dataclass(frozen=True, slots=True)
class Tally:
    """What a ballot gave, by weight where the rule weighs; whether it carries."""

    in_favour: int
    against: int
    abstaining: int
    carries: bool


@dataclass(slots=True)
class Voices:
    """The roster at the start, who left since, and who is in the room."""

    rules: Rules
    seats: dict[str, Member]
    in_the_room: frozenset[str] | None = None
    gone: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, rules: Rules, roster: Iterable[Member]) -> Voices:
        return cls(rules, {one.name: one for one in roster})

    @property
    def present(self) -> frozenset[str]:
        """Who is in the room: by the last that was said of it, else by the roster."""
        if self.in_the_room is not None:
            return self.in_the_room
        return frozenset(name for name, one in self.seats.items() if Basis.PRESENT in one.marks)

    @property
    def entitled(self) -> frozenset[str]:
        return frozenset(name for name in self.seats if name not in self.gone and self._decides(name))

    def _decides(self, name: str) -> bool:
        deciders = self.rules.voice.deciders
        return not isinstance(deciders, Silent) and self.seats[name].membership in deciders

    def why_not(self, name: str) -> str | None:
        """Why a member's voice does not count at this moment; None where it does."""
        if name not in self.seats:
            return "not on the roster"
        if name in self.gone:
            return "left"
        if not self._decides(name):
            return "not a decider"
        return None if self._in_basis(name) else "not in the basis"

    def _in_basis(self, name: str) -> bool:
        match self.rules.voice.basis:
            case Basis.PRESENT:
                return name in self.present
            case Basis.REGISTERED | Basis.ACTIVE as basis:
                return basis in self.seats[name].marks
            case _:
                return True

    def leaves(self, event: Left) -> str | None:
        """The member is one no longer; the name that its voice passes to, if any."""
        was = event.member in self.entitled
        self.gone.add(event.member)
        into = event.into
        if not was or event.how is not Leaving.MERGED or into is None or into == event.member:
            return None
        seat = self.seats[event.member]
        if into in self.entitled:
            if self.rules.voice.weight is Weight.GIVEN:
                self.seats[into] = replace(self.seats[into], weight=self.seats[into].weight + seat.weight)
        else:
            self.seats[into] = replace(seat, name=into)
            self.gone.discard(into)
        return into

    def block(self, objecting: Collection[str], *, sustained: bool, took_part: int) -> bool:
        """Whether these members' objections block; `sustained` where the chair found that one is."""
        threshold = self.rules.blocking.threshold
        if isinstance(threshold, Judged):
            return sustained
        if isinstance(threshold, Silent) or not objecting:
            return False
        if isinstance(threshold, int):
            return len(objecting) >= threshold
        return self._share(objecting, threshold, took_part)

    def _share(self, objecting: Collection[str], threshold: Fraction, took_part: int) -> bool:
        entitled = self.entitled
        match self.rules.blocking.of:
            case Of.WEIGHT:
                return self.weight(objecting) >= threshold * self.weight(entitled)
            case Of.PRESENT:
                return len(objecting) >= threshold * len(entitled & self.present)
            case Of.CAST:
                return len(objecting) >= threshold * took_part
            case _:
                return len(objecting) >= threshold * len(entitled)

    def weight(self, names: Iterable[str]) -> int:
        return sum(self.seats[name].weight for name in names)

    def enough(self, number: int, least: int | Fraction | Silent) -> bool:
        """Whether so many members are at least a number, or a share, of the entitled."""
        if isinstance(least, Silent):
            return True
        return number >= (least if isinstance(least, int) else least * len(self.entitled))

    def tally(self, votes: Mapping[str, Vote]) -> Tally:
        """What a ballot gave. Shares are rational numbers: two thirds of 31 are 21."""
        ballot = self.rules.ballot
        counted = {vote: self._counted([name for name, one in votes.items() if one is vote]) for vote in Vote}
        given = isinstance(ballot, Ballot) and self._carries(ballot, counted)
        return Tally(counted[Vote.FOR], counted[Vote.AGAINST], counted[Vote.ABSTAIN], given)

    def _counted(self, names: Collection[str]) -> int:
        weighs = self.rules.voice.weight is Weight.GIVEN or self._ballot_of is Of.WEIGHT
        return self.weight(names) if weighs else len(names)

    @property
    def _ballot_of(self) -> Of | Silent | None:
        return self.rules.ballot.of if isinstance(self.rules.ballot, Ballot) else None

    def _carries(self, ballot: Ballot, counted: Mapping[Vote, int]) -> bool:
        cast = counted[Vote.FOR] + counted[Vote.AGAINST]
        cast += counted[Vote.ABSTAIN] if ballot.abstentions_count is True else 0
        whole = self._whole(ballot.of, cast)
        if isinstance(ballot.for_at_least, Silent) or not whole:
            return False
        few = isinstance(ballot.against_at_most, Silent) or (
            counted[Vote.AGAINST] <= ballot.against_at_most * cast
        )
        return few and counted[Vote.FOR] >= ballot.for_at_least * whole

    def _whole(self, of: Of | Silent, cast: int) -> int:
        match of:
            case Of.MEMBERS:
                return self._counted(self.entitled)
            case Of.PRESENT:
                return self._counted(self.entitled & self.present)
            case _:
                return cast
