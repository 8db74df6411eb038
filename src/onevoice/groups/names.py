"""Finds rows of a group by their permanent names, "icat/2018-06-14-briefing-to-member-states"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from onevoice.enact.actor import Viewer
from onevoice.enact.facts import Name, Namer

from . import visible, wording


def by_names(rows: QuerySet[Any], names: Iterable[str]) -> dict[str, Any]:
    """The rows that have these names, "group/slug"; one query."""
    pairs = [tuple(name.split("/", 1)) for name in names if "/" in name]
    among = rows.filter(group__slug__in={g for g, _ in pairs}, slug__in={s for _, s in pairs})
    wanted = set(pairs)
    return {f"{r.group.slug}/{r.slug}": r for r in among if (r.group.slug, r.slug) in wanted}


def by_numbers(rows: QuerySet[Any], names: Iterable[str]) -> dict[str, Any]:
    """The rows that have these names, "group/12", where a row has no name of its own; one query."""
    numbers = [name.rpartition("/")[2] for name in names]
    among = rows.filter(pk__in=[int(one) for one in numbers if one.isdecimal()])
    return {f"{row.group.slug}/{row.pk}": row for row in among}


def organisations(viewer: Viewer, slugs: Iterable[str]) -> dict[str, Name]:
    """Organisations by their permanent names, as the reader's language calls them; two queries."""
    among = visible.organisations(viewer).filter(slug__in=list(slugs))
    return {each.slug: Name(wording.short(each), wording.full(each)) for each in among}


def codes(words: Mapping[str, Any]) -> Namer:
    """Codes of a declared choice, said as it says them; no query."""
    return lambda viewer, asked: {code: Name(str(words[code]), str(words[code])) for code in asked if code in words}


def persons(viewer: Viewer, slugs: Iterable[str]) -> dict[str, Name]:
    """Persons by their permanent names, where the viewer may see for whom they act or acted; one query."""
    rows = visible.appointments(viewer).filter(person__slug__in=list(slugs))
    return {row.person.slug: Name(str(row.person.called), str(row.person.called)) for row in rows}
