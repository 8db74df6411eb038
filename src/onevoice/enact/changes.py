"""What an act changed of its subject, by the fields that it asks: kept when it is performed, told when it matters.

1. An act that says what its form begins with (`initial`) and makes nothing new, changes these fields: their words
   before and after are kept. Of any other act, the fields that stand among its recorded facts, without a before.
2. What an act called personal is never kept here, under whatever name it was asked.
3. Told to whoever may see the subject; in the reader's language, by the field's label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import get_language

from onevoice.languages.bidi import shown as clean
from onevoice.languages.lists import listed, number
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language
from onevoice.look import wording as words

from .act import Act, Facts, act_named
from .difference import Piece, difference
from .form import ActForm
from .inputs import Choice, OwnChoice, PartialDay
from .models import Performed
from .subjects import as_kept, key_of

LONG = 120  # characters; a longer text is told as a difference of words


def standing(act: type[Act], subject: Any) -> dict[str, Any]:
    """What an act's form would begin with, where that is how the subject is now."""
    if not act.begins_as_it_stands():
        return {}
    return {name: as_kept(value) for name, value in act.initial(subject).items() if name in act.fields}


def changed(act: type[Act], before: Mapping[str, Any], form: ActForm, happened: Facts) -> list[dict[str, Any]]:
    """The fields that the act changed, as they are kept with it."""
    given = {name: as_kept(value) for name, value in form.cleaned_data.items()}
    told = before or {name: None for name in given if name in happened.values}
    private = set(happened.personal) | {
        name for name, value in given.items() if value and value in [as_kept(one) for one in happened.personal.values()]
    }
    return [
        _row(form, name, before.get(name), given.get(name))
        for name in act.fields
        if name in told and name not in private and before.get(name) != given.get(name)
        and not isinstance(act.fields[name], forms.FileField)
    ]  # fmt: skip


def _row(form: ActForm, name: str, before: Any, after: Any) -> dict[str, Any]:
    row = {"field": name, "before": before, "after": after}
    chosen = _labels(form.fields[name])
    if chosen is not None and not _same_for_all(form.fields[name]):
        # Who reads it later may no longer be offered this choice: its words are kept as they were shown.
        values = {str(one) for value in (before, after) for one in _each(value)}
        row["shown"] = {value: chosen[value] for value in sorted(values) if value in chosen}
    return row


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _labels(one: forms.Field) -> dict[str, str] | None:
    """The words of each choice in the language of the page; None where nothing is chosen."""
    if not isinstance(one, forms.ChoiceField) or isinstance(one, forms.ModelChoiceField):
        return None
    found = {}
    for value, label in one.choices:  # some stand under a heading
        within = label if isinstance(label, list | tuple) else [(value, label)]
        found |= {str(each): str(text) for each, text in within}
    return found


def _same_for_all(one: forms.Field) -> bool:
    """Whether the choices stand in the declaration, so that each reader has them in their language."""
    return isinstance(one, Choice) and not isinstance(one, OwnChoice) and one.of is None


@dataclass(frozen=True, slots=True)
class Change:
    """A field as an act changed it; `pieces` for a long text, else `before` and `after` in words ("" for empty)."""

    label: Any
    before: str = ""
    after: str = ""
    was_known: bool = False
    pieces: list[Piece] = field(default_factory=list)
    name: str = ""  # of the field
    code: str = ""  # what was chosen, where it is a permanent name


def told(performed: Performed, form: ActForm | None = None) -> list[Change]:
    """What the act changed, for the reader of the form or of the receipt; nothing of what is declared no more."""
    act = act_named(performed.act)
    if act is None:
        return []
    offered = form.fields if form is not None and form.act is act else act.fields
    return [_change(offered[row["field"]], act, row) for row in performed.changed or () if row["field"] in offered]


def _change(one: forms.Field, act: type[Act], row: Mapping[str, Any]) -> Change:
    before, after = (in_words(one, row[name], row.get("shown", {})) for name in ("before", "after"))
    known = row["before"] is not None or act.begins_as_it_stands()
    if known and before and after and max(len(before), len(after)) > LONG:
        return Change(one.label, was_known=True, pieces=difference(before, after), name=row["field"])
    code = row["after"] if isinstance(row["after"], str) else ""
    return Change(one.label, before, after, known, name=row["field"], code=code)


def in_words(one: forms.Field, value: Any, shown: Mapping[str, str]) -> str:
    """A kept value as a page says it."""
    code = active_language().code
    if value is None:
        return ""
    if isinstance(one, forms.BooleanField):
        return str(words.yes if value else words.no)
    if (labels := _labels(one)) is not None:
        each = [labels.get(str(v)) or shown.get(str(v)) or str(v) for v in _each(value)]
        return listed(each, get_language() or "en")
    if isinstance(one, forms.DateField | PartialDay):
        return PartialDate.parse(str(value)).shown(code)
    if isinstance(one, forms.TimeField):
        return str(value)[:5]
    return number(value, code) if type(value) is int else clean(str(value))


def rebased(form: ActForm, since: Iterable[Performed], now: Mapping[str, Any]) -> None:
    """What the sender did not touch follows what stands now; what was typed stays, with what stands now beside it.

    Untouched is a field that still holds what stood there before the first of these acts, which are newest first.
    """
    key = key_of(form.subject)
    own = [one for one in since if (one.act, one.subject) == (form.act.name, key)]
    began = {row["field"]: row["before"] for one in own for row in one.changed or ()}
    form.data = form.data.copy()
    for name, stands in now.items():
        typed = form.typed(name)
        if name in began and typed == began[name]:
            form.put(name, stands)
        elif typed != stands:
            form.beside(name, in_words(form.fields[name], stands, {}))
