"""Every field of every act is sent what no field should get: the answer is a sentence, never an error of ours."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django import forms
from django.urls import reverse

from access import matrix
from access.house import ROLES, House
from access.walking import undone
from onevoice.enact.act import all_acts
from onevoice.enact.subjects import group_of

ROWS = {row.what: row for row in matrix.rows(list(ROLES)) if row.how == "calls"}
TEXTS = (
    "\u202e\u200b", "\ud800", "x" * 30_000, "<b>", "é\u0301" * 90, "long word " * 20, "{number}{number!r}",
    "{year}{number}", "{number.__class__}", "{number:>9999999}", "%s", "../..", "a@b",
)  # fmt: skip
TIMES = (
    "2027-02-30", "0001-01-01", "9999-12-31", "2199-12-31", "1900-01-01", "24:00", "23:59:59.999999", "٣", "\ud800",
)  # fmt: skip
CHOICES = ("0", "-1", "9" * 30, "1e400", "un-women", "NaN", ["unicef"], ["unicef", "\ud800"], ["x"] * 500)
ALL = ("", "\x00", None, True, 0, 2**70, [])


def junk(field: forms.Field) -> tuple[Any, ...]:
    """What a field of this sort should not get."""
    if isinstance(field, forms.CharField):
        return ALL + TEXTS
    return ALL + (TIMES if isinstance(field, forms.DateField | forms.TimeField) else CHOICES)


IN_FULL = 3  # how many fields of a sort get all of it
FINE = {200, 201, 403, 413, 422}


def cases() -> list[tuple[str, str, int]]:
    """One field of each sort and name is enough: acts share their fields.

    The first of a sort get all; of the many that share it, each gets every third, beginning where its turn is.
    """
    found: dict[Any, tuple[str, str, int]] = {}
    met: Counter[Any] = Counter()
    for act in all_acts():
        for name, field in act.fields.items():
            sort = (type(field), getattr(field, "limit", 0), field.required)
            if (sort, name) not in found:
                found[sort, name] = (act.name, name, met[sort])
                met[sort] += 1
    return sorted(found.values())


@pytest.mark.parametrize(("act", "field", "turn"), cases())
def test_no_junk_in_any_field_is_an_error_of_ours(house: House, act: str, field: str, turn: int) -> None:
    row, declared = ROWS[act], next(one for one in all_acts() if one.name == act)
    role = next(role for role, result in row.results.items() if result == "done")
    subject = house.names[row.where]
    address = reverse("call", args=[group_of(subject).slug, declared.slug, subject.pk])
    usual = {
        name: value for name, value in house.inputs_of(act, role).items() if not isinstance(value, bytes)
    }
    client = house.client(role)
    every = junk(declared.fields[field])
    for number, sent in enumerate(every if turn < IN_FULL else every[turn % 3 :: 3]):
        with undone():
            body = {"inputs": usual | {field: sent}, "once": f"junk {number}"}
            answer = client.post(address, body, content_type="application/json")
        assert answer.status_code in FINE, (sent, answer.content)
