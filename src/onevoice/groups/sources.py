"""What is shown of sources: who says so, and, where sources disagree, every claim with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from onevoice.claims.models import Claim, Confidence
from onevoice.claims.visible import claims_about
from onevoice.enact.actor import Viewer
from onevoice.enact.subjects import key_of
from onevoice.groups.known import CONFIDENCE



@dataclass(frozen=True, slots=True)
class Dispute:
    """A point on which sources say different things; the preferred claim stands first."""

    point: str
    claims: tuple[Claim, ...]

    @property
    def preferred(self) -> Claim:
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class Sources:
    """What stands behind a fact: the sources that state it, the points on which they disagree."""

    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    @property
    def count(self) -> int:
        return len({claim.source_id for claim in self.claims})

    def __bool__(self) -> bool:
        return bool(self.claims or self.disputes)

    def about(self, word: str) -> Sources:
        """Only the disputes whose point begins so."""
        return Sources((), tuple(each for each in self.disputes if each.point.startswith(word)))


NONE = Sources()


@dataclass(slots=True)
class Behind:
    """The sources of many subjects, asked for once: one query."""

    by_key: dict[str, Sources] = field(default_factory=dict)

    def of(self, *subjects: Any) -> Sources:
        """The sources of one subject, or of several facts together (each source once)."""
        found = [self.by_key.get(key_of(subject), NONE) for subject in subjects]
        claims = {(c.source_id, c.confidence): c for each in found for c in each.claims}
        return Sources(tuple(claims.values()), tuple(d for each in found for d in each.disputes))


def behind(viewer: Viewer, subjects: Iterable[Any]) -> Behind:
    """The claims about these subjects."""
    found = claims_about(viewer, [key_of(subject) for subject in subjects])
    return Behind({key: sources_of(claims) for key, claims in found.items()})


def sources_of(claims: Iterable[Claim]) -> Sources:
    """Sorts the claims of one subject into those that state it and those that disagree on a point."""
    points: dict[str, list[Claim]] = {}
    stated = []
    for claim in claims:
        if claim.says is None:
            stated.append(claim)
        else:
            points.setdefault(claim.point, []).append(claim)
    disputes = [
        Dispute(point, tuple(sorted(said, key=lambda claim: not claim.preferred))) for point, said in points.items()
    ]
    return Sources(tuple(stated), tuple(each for each in disputes if each.claims))


def confidence(claim: Claim) -> Promise:
    """How far the cited page was read, in words."""
    return CONFIDENCE[Confidence(claim.confidence)]
