"""Pages of rules: those that the product ships, for everybody; a body's own, for its group; two side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from onevoice.groups import visible as groups
from onevoice.groups.days import asked
from onevoice.procedure import contradictions
from onevoice.procedure.words import values

from . import rules_in_force, rules_words
from .pages import shown
from .rules_in_force import Readable
from .rules_shown import Row, every, parts, sources

OTHER = "with"
not_there = _("There are no rules of that name to compare with. Choose from the list.")


@dataclass(frozen=True, slots=True)
class Pair:
    """One value of two rules side by side."""

    one: Row
    other: Row


@require_safe
def shipped_list(request: HttpRequest) -> HttpResponse:
    """The rules that the product ships: of bodies that the world knows, and proposals."""
    found = [(one, gettext(values.of(one.rules.mode))) for one in rules_in_force.every_shipped()]
    return shown(request, "decisions/rules_list.html", {"rules": found})


@require_safe
def shipped(request: HttpRequest, name: str) -> HttpResponse:
    """Rules that the product ships, for everybody to read and compare."""
    return of_rules(request, readable(name), rules_in_force.every_shipped(), {})


def readable(name: str) -> Readable:
    """Rules that the product ships; not found where there are none."""
    if (found := rules_in_force.shipped(name)) is None:
        raise Http404
    return found


@require_safe
def adopted(request: HttpRequest, group: str, body: str, name: str) -> HttpResponse:
    """A body's rules in force at the end of a day, or one version of them; for the group."""
    house = get_object_or_404(groups.groups(request.viewer).filter(pk__in=request.viewer.groups), slug=group)
    day = asked(request, house, officers=False)
    rows = list(rules_in_force.adopted_rules(request.viewer).filter(body__group=house))
    versions = [one for one in rows if (one.body.slug, one.slug) == (body, name)]
    version = request.GET.get("version", "")
    one = rules_in_force.chosen(versions, version=version, at=day.at)
    if not versions or (version and one is None):
        raise Http404
    context = {
        "group": house, "asked": day, "body": versions[0].body, "in_force": versions[0],
        "versions": [rules_in_force.of_body(each, version=True) for each in versions],
    }  # fmt: skip
    if one is None:
        return shown(request, "decisions/rules_not_yet.html", context, status=day.status)
    others = [rules_in_force.of_body(each) for each in rules_in_force.in_force(rows)]
    there = rules_in_force.of_body(one, version=bool(version))
    return of_rules(request, there, [*others, *rules_in_force.every_shipped()], context, status=day.status)


def of_rules(
    request: HttpRequest,
    there: Readable,
    others: Sequence[Readable],
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """The rules, alone or beside others."""
    name = request.GET.get(OTHER, "")
    other = next((one for one in others if one.name == name), None)
    fault = not_there if name and other is None else ""
    context |= {
        "there": there, "rules": there.rules, "others": others, "other": other, "fault": fault,
        "carried": [(key, request.GET[key]) for key in ("version", "as-of") if request.GET.get(key)],
        "says": gettext(values.STATUS[there.rules.status]),
        "lacking": lacking(there),
    }  # fmt: skip
    if other:
        found = beside(there, other)
        context |= {"differing": [one for one in found if one.one.value != one.other.value]}
        context |= {"same": [one for one in found if one.one.value == one.other.value]}
        return shown(request, "decisions/rules_beside.html", context, status=status)
    context |= {"parts": parts(there.rules, there.toml), "sources": sources(there.rules)}
    context |= {"means": rules_words.means(there.rules, "mode", there.rules.mode)}
    return shown(request, "decisions/rules.html", context, status=400 if fault else status)


def lacking(there: Readable) -> list[str]:
    """What the rules leave open and need before anything can start under them."""
    keys = contradictions.lacking(there.rules)
    return [
        gettext(says) for section, name, _number, says, _one in every(there.rules) if (section, name) in keys
    ]


def beside(one: Readable, other: Readable) -> list[Pair]:
    """Every value of two rules."""
    return [
        Pair(*pair)
        for these, those in zip(parts(one.rules, one.toml), parts(other.rules, other.toml), strict=True)
        for pair in zip(these.rows, those.rows, strict=True)
    ]
