"""What an act did, in words: its facts by the labels of the fields that it declares, for whoever may see them.

1. Told to whoever may see what the act made; where that has no page of its own, what the act was done to.
2. Codes that are no declared choice (an organisation's permanent name) are said by the room that knows them: it
   registers by `says`. Registered names are asked once a page, however many acts it shows.
3. Personal values are read from their openings, so that what was erased is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from onevoice.look.wording import CAPACITIES

from .act import Act, act_named
from .actor import Viewer
from .changes import Change, in_words
from .changes import told as changes_told
from .models import Performed

# Facts that hold an organisation's permanent name, the one that tells like acts apart first.
ORGANISATIONS: Final = ("organisation", "predecessor", "objector", "successor", "known")
ON_PAGE_ALREADY: Final = ("number", "text_hash")
UNDECLARED: Final = {"organisation": _("Organisation"), "objector": _("Organisation")}
CODES: Final = {"office": _("Office"), "kind": _("As")}  # said by the room that knows them, as names are
PERSONS: Final = ("person", "to")  # personal values that hold a person's permanent name


@dataclass(frozen=True, slots=True)
class Name:
    """A thing as a line names it, and in full."""

    short: str
    full: str


Namer = Callable[[Viewer, list[str]], dict[str, Name]]
_namers: dict[str, Namer] = {}


def says(kind: str) -> Callable[[Namer], Namer]:
    """Register how a room says the permanent names of a kind: `says("organisation")`."""

    def register(function: Namer) -> Namer:
        _namers[kind] = function
        return function

    return register


def organisations(viewer: Viewer, rows: Iterable[Performed]) -> dict[str, Name]:
    """The organisations that these acts' facts name; nothing is asked where they name none."""
    facts = [row.facts or {} for row in rows]
    slugs = {
        one[name] for one in facts for name in ORGANISATIONS if isinstance(one.get(name), str) and one[name]
    }
    return _namers["organisation"](viewer, sorted(slugs)) if slugs and "organisation" in _namers else {}


def apart(performed: Performed, names: Mapping[str, Name]) -> str:
    """The one fact that tells an act from others like it: the organisation, where it is not the one that acted."""
    own = {str(words.get("text") if isinstance(words, Mapping) else words)
           for words in (performed.by.get("organisation") or {}).values()}  # fmt: skip
    facts = performed.facts or {}
    slugs = [facts[name] for name in ORGANISATIONS if isinstance(facts.get(name), str)]
    said = [names[slug].short for slug in slugs if slug in names]
    return next((name for name in said if name not in own), "")


@dataclass(frozen=True, slots=True)
class Told:
    """What a receipt says was done: facts with a label each, and what was changed of something that stood."""

    facts: list[Change] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def told(viewer: Viewer, performed: Performed) -> Told:
    """For whoever may see what the act made; four queries at most."""
    act = act_named(performed.act)
    if act is None:
        return Told()
    names, personal = organisations(viewer, [performed]), _personal(performed, act)
    rows = [_named(row, names) for row in changes_told(performed) if row.name not in ON_PAGE_ALREADY]
    said = {row.name for row in rows}
    rows += [Change(one.label, after=in_words(one, personal[name], {}), name=name)
             for name, one in act.fields.items()
             if name in personal and name not in said and isinstance(one, forms.CharField)]  # fmt: skip
    rows.sort(key=lambda row: list(act.fields).index(row.name))
    new = [row for row in rows if not row.was_known and row.after]
    return Told(
        [*_undeclared(viewer, performed, act, names), *_who(viewer, personal), *new], [r for r in rows if r.was_known]
    )


def _undeclared(
    viewer: Viewer, performed: Performed, act: type[Act], names: Mapping[str, Name]
) -> list[Change]:
    """What follows from what was asked, and was not asked itself: whose appointment or office it is, and as what."""
    facts = performed.facts or {}
    found = [Change(label, after=names[facts[name]].full) for name, label in UNDECLARED.items()
             if name not in act.fields and isinstance(facts.get(name), str) and facts[name] in names]  # fmt: skip
    for name, label in CODES.items():
        if name not in act.fields and isinstance(code := facts.get(name), str) and name in _namers:
            found += [Change(label, after=each.full) for each in _namers[name](viewer, [code]).values()]
    capacity = facts.get("capacity")
    if "capacity" not in act.fields and capacity in CAPACITIES:
        found.append(Change(_("As"), after=str(CAPACITIES[capacity])))
    return found


def _who(viewer: Viewer, personal: Mapping[str, Any]) -> list[Change]:
    """The person whom the act names, as the viewer may see them today."""
    slugs = [personal[name] for name in PERSONS if isinstance(personal.get(name), str)]
    known = _namers["person"](viewer, slugs) if slugs and "person" in _namers else {}
    return [Change(_("Person"), after=known[slug].full) for slug in slugs if slug in known]


def _named(row: Change, names: Mapping[str, Name]) -> Change:
    """An organisation as this reader's language names it; it was kept as whoever acted read it."""
    known = names.get(row.code) if row.name in ORGANISATIONS else None
    return Change(row.label, after=known.full, name=row.name) if known else row


def _personal(performed: Performed, act: type[Act]) -> dict[str, Any]:
    """What the act called personal, as far as it was not erased."""
    if performed.entry is None:
        return {}
    names = [*act.fields, *PERSONS]
    return dict(performed.entry.openings.filter(name__in=names).values_list("name", "value"))
