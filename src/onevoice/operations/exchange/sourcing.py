"""Who states what: sources and claims of the rows of a file, written together at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from onevoice.claims.models import Claim, Confidence, Source, Supersession
from onevoice.operations.exchange.bulk import Row, add, keys
from onevoice.operations.exchange.keys import parts

BATCH: Final = 2000
SAYS: Final = ("source_id", "point", "says", "confidence", "preferred", "note", "order")
Said = tuple[str, str, dict[str, Any] | None, str, bool, dict[str, Any] | None]


class Sourcing:
    """Gathers what each row's sources say, then writes it: new claims, and those that no longer stand."""

    def __init__(self, slug: str, *, why: str, by: str, at: datetime) -> None:
        self.slug, self.why, self.by, self.at = slug, why, by, at
        self.due: list[tuple[str, str, list[Said], bool]] = []

    def row(self, about: str, sources: Iterable[Any], *, is_new: bool) -> None:
        """The sources of a row, one after the other."""
        said: list[Said] = [
            (each.address, each.point, None, each.confidence, True, each.note) for each in sources
        ]
        if said or not is_new:
            self.due.append((about, "", said, is_new))

    def point(self, about: str, point: Any, *, is_new: bool) -> None:
        """What sources say about a point."""
        said: list[Said] = [
            (each.address, point.point, each.says, each.confidence, each.preferred, each.note)
            for each in point.claims
        ]
        self.due.append((about, point.point, said, is_new))

    def write(self) -> None:
        sources = self._sources({each[0] for _, _, said, _ in self.due for each in said})
        known = self._known([(about, point) for about, point, _, is_new in self.due if not is_new])
        new: list[Row] = []
        gone: list[tuple[int, Row | None]] = []
        for about, point, said, is_new in self.due:
            old = [] if is_new else _named(known.get((about, point), []), said)
            wanted = [self._claim(about, order, each, sources) for order, each in enumerate(said)]
            for position in range(max(len(old), len(wanted))):
                was = old[position] if position < len(old) else None
                now = wanted[position] if position < len(wanted) else None
                if (
                    was is not None
                    and now is not None
                    and all(getattr(was, name) == now[name] for name in SAYS)
                ):
                    continue
                if was is not None:
                    gone.append((was.pk, now))
                if now is not None:
                    new.append(now)
        self._insert(new, gone)

    def _insert(self, new: list[Row], gone: list[tuple[int, Row | None]]) -> None:
        """A claim is taken from standing before what replaces it is added: of one point one claim is preferred."""
        for claim, number in zip(new, keys(Claim, len(new)), strict=True):
            claim["id"] = number
        superseded = [
            {
                "fact_table": Claim._meta.db_table, "fact_id": was, "by_fact_id": now["id"] if now else None,
                "why": self.why, "at": self.at, "by": self.by,
            }
            for was, now in gone
        ]  # fmt: skip
        add(Supersession, superseded)
        add(Claim, new)

    def _claim(self, about: str, order: int, said: Said, sources: dict[str, int]) -> Row:
        address, point, says, confidence, preferred, note = said
        return {
            "about": about, "point": point, "says": says, "source_id": sources[address], "confidence": confidence,
            "note": note or {}, "preferred": preferred, "order": order, "standing": True, "claimed_at": self.at,
            "claimed_by": self.by,
        }  # fmt: skip

    @staticmethod
    def _sources(addresses: set[str]) -> dict[str, int]:
        """Each address's source, made where it is new."""
        wanted = sorted(addresses)
        found: dict[str, int] = {}
        for some in parts(wanted):
            found |= dict(Source.objects.filter(address__in=some).values_list("address", "pk"))
        missing = [Source(address=each) for each in wanted if each not in found]
        Source.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
        for some in parts([each.address for each in missing]):
            found |= dict(Source.objects.filter(address__in=some).values_list("address", "pk"))
        return found

    @staticmethod
    def _known(wanted: list[tuple[str, str]]) -> dict[tuple[str, str], list[Claim]]:
        """What stands of the rows and points that a file says anew."""
        found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        points = set(wanted)
        for some in parts(sorted({about for about, _ in wanted})):
            for claim in _sourced().filter(about__in=some).order_by("order", "pk"):
                key = (claim.about, "" if claim.says is None else claim.point)
                if key in points:
                    found[key].append(claim)
        return found


def _sourced() -> QuerySet[Claim]:
    """Claims that stand and come from a source."""
    return Claim.objects.filter(standing=True, source__isnull=False).select_related("source")


def _named(claims: Iterable[Claim], said: Iterable[Said]) -> list[Claim]:
    """Without the sources that acts gave and the file does not name: a file that knows nothing of them leaves them."""
    named = {(each[0], each[1]) for each in said}
    return [
        claim
        for claim in claims
        if claim.confidence != Confidence.MADE or (claim.source.address, claim.point) in named
    ]
