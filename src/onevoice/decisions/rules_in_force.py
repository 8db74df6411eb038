"""Rules of procedure that a viewer may read: those that the product ships, and, for its group, a body's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from onevoice.enact.actor import Viewer
from onevoice.groups.house import shows_of_bodies
from onevoice.groups.models import Body
from onevoice.procedure import loading
from onevoice.procedure.rules import Rules

from .models import AdoptedRules
from .procedures import rules_of

SHORT: Final = 12  # letters of a file's hash that an address holds


@dataclass(frozen=True, slots=True)
class Readable:
    """Rules that can be read: their name in addresses, the values, the file's words, and their page."""

    name: str
    rules: Rules
    toml: str
    address: str
    adopted: AdoptedRules | None = None

    @property
    def simulation(self) -> str:
        """Where it is seen what would happen."""
        path, _, query = self.address.partition("?")
        return f"{path}/simulation" + (f"?{query}" if query else "")


def adopted_rules(viewer: Viewer) -> QuerySet[AdoptedRules]:
    """A body's rules are for its group; the latest first."""
    rows = AdoptedRules.objects.filter(body__group__in=viewer.groups)
    return rows.select_related("body__group", "decision").order_by("-adopted_at", "-pk")


def of_bodies(bodies: Iterable[Body]) -> dict[int, list[Readable]]:
    """Rules in force of bodies that a viewer sees from inside their group, by body; one query."""
    known = {body.pk: body for body in bodies}
    rows = AdoptedRules.objects.filter(body__in=known).order_by("-adopted_at", "-pk")
    found: dict[int, list[Readable]] = {}
    for one in in_force(rows):
        one.body = known[one.body_id]
        found.setdefault(one.body_id, []).append(of_body(one))
    return found


@shows_of_bodies
def pages_of(bodies: Sequence[Body]) -> dict[int, list[tuple[str, str]]]:
    """For the page from which a group is run."""
    return {
        body: [(one.address, one.rules.title) for one in there] for body, there in of_bodies(bodies).items()
    }


def shipped(name: str) -> Readable | None:
    """Rules that the product ships, by name."""
    if name not in loading.known():
        return None
    address = reverse("decisions:rules-of", args=[name])
    return Readable(name, loading.shipped(name), loading.text_of(name), address)


def every_shipped() -> list[Readable]:
    """All of them, by title; a group's proposals last."""
    found = [one for name in loading.known() if (one := shipped(name))]
    return sorted(found, key=lambda one: (one.rules.status, one.rules.title))


def of_body(adopted: AdoptedRules, *, version: bool = False) -> Readable:
    """A body's own; `version`: at the address of exactly this file."""
    body = adopted.body
    address = address_of(body, adopted, version=version)
    return Readable(f"{body.slug}/{adopted.slug}", rules_of(adopted), adopted.toml, address, adopted)


def address_of(body: Body, adopted: AdoptedRules, *, version: bool = False) -> str:
    """The page of a body's rules in force, or of exactly this file."""
    address = reverse("decisions:rules", args=[body.group.slug, body.slug, adopted.slug])
    return f"{address}?version={adopted.hash[:SHORT]}" if version else address


def chosen(versions: Iterable[AdoptedRules], *, version: str, at: datetime) -> AdoptedRules | None:
    """The version of that hash; without one, that in force at an instant."""
    if version:
        return next((one for one in versions if one.hash[:SHORT] == version), None)
    return next((one for one in versions if one.adopted_at <= at), None)


def in_force(rows: Iterable[AdoptedRules]) -> list[AdoptedRules]:
    """The latest of each body and name, of rows with the latest first."""
    found: dict[tuple[int, str], AdoptedRules] = {}
    for one in rows:
        found.setdefault((one.body_id, one.slug), one)
    return list(found.values())
