"""Finds rows of a group by their permanent names, "icat/2018-06-14-briefing-to-member-states"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet


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
