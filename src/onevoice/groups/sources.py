"""What is shown of sources: who says so, and, where sources disagree, every claim with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from onevoice.claims.models import Claim
from onevoice.claims.visible import claims_about
from onevoice.enact.actor import Viewer
from onevoice.enact.subjects import key_of
from onevoice.groups.known import CONFIDENCE, POINTS

SEVERAL = frozenset({"web site", "social media"})  # points of which several values hold side by side


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it is shown: its address, how far it was read, what it says (Words) of which point."""

    address: str
    label: str
    confidence: str | Promise
    point: str | Promise
    says: Mapping[str, Any]
    note: Mapping[str, Any]
    preferred: bool


@dataclass(frozen=True, slots=True)
class Point:
    """What sources say about one point; the preferred claim stands first."""

    key: str
    label: str | Promise
    claims: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What stands behind a fact: the sources that state it, and the points on which they say something."""

    claims: tuple[Cited, ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def count(self) -> int:
        return len({claim.address for claim in self.claims})

    @property
    def disputes(self) -> tuple[Point, ...]:
        """The points on which sources disagree."""
        return tuple(each for each in self.points if len(each.claims) > 1 and each.key not in SEVERAL)

    @property
    def stated(self) -> tuple[Point, ...]:
        """The points on which they do not."""
        return tuple(each for each in self.points if each not in self.disputes)

    @property
    def html(self) -> SafeString:
        """One click away: closed until it is asked for."""
        return SafeString(render_to_string("groups/sources.html", {"sources": self}).strip())

    def __bool__(self) -> bool:
        return bool(self.claims or self.points)

    def about(self, word: str) -> Sources:
        """Only the points whose name begins so."""
        return Sources((), tuple(each for each in self.points if each.key.startswith(word)))


NONE = Sources()


@dataclass(slots=True)
class Behind:
    """The sources of many subjects, asked for once: one query."""

    by_key: dict[str, Sources] = field(default_factory=dict)

    def of(self, *subjects: Any) -> Sources:
        """The sources of one subject, or of several facts together (each source once)."""
        found = [self.by_key.get(key_of(subject), NONE) for subject in subjects]
        claims = {(c.address, c.point): c for each in found for c in each.claims}
        return Sources(tuple(claims.values()), tuple(point for each in found for point in each.points))


def behind(viewer: Viewer, subjects: Iterable[Any]) -> Behind:
    """The claims about these subjects."""
    found = claims_about(viewer, [key_of(subject) for subject in subjects])
    return Behind({key: sources_of(claims) for key, claims in found.items()})


def sources_of(claims: Iterable[Claim]) -> Sources:
    """Sorts the claims of one subject into those that state it and those that say something of a point."""
    points: dict[str, list[Claim]] = {}
    stated = []
    for claim in claims:
        if claim.says:
            points.setdefault(claim.point, []).append(claim)
        else:
            stated.append(cited(claim))
    said = [
        Point(
            key, POINTS.get(key, key), tuple(cited(c) for c in sorted(among, key=lambda c: not c.preferred))
        )
        for key, among in points.items()
    ]
    return Sources(tuple(each for each in stated if each.address), tuple(said))


def cited(claim: Claim) -> Cited:
    """A claim as it is shown."""
    address = claim.source.address if claim.source else ""
    return Cited(
        address=address,
        label=(claim.source.title if claim.source else "") or _short(address),
        confidence=CONFIDENCE.get(claim.confidence, ""),
        point=POINTS.get(claim.point, claim.point),
        says=claim.says or {},
        note=claim.note,
        preferred=claim.preferred,
    )


def _short(address: str) -> str:
    """An address without its scheme, and without its middle where it is long."""
    bare = address.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return bare if len(bare) <= 60 else f"{bare[:38]}…{bare[-20:]}"
