"""Rules of procedure that a viewer may read: those that the product ships, and, for its group, a body's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from onevoice.enact.actor import Viewer
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
    address = reverse("decisions:rules", args=[body.group.slug, body.slug, adopted.slug])
    query = f"?version={adopted.hash[:SHORT]}" if version else ""
    name = f"{body.slug}/{adopted.slug}"
    return Readable(name, rules_of(adopted), adopted.toml, address + query, adopted)


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
