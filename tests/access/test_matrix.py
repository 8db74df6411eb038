"""Every address and every act, walked by every role: who sees, who is refused, who learns nothing.

matrix.csv is written for people who do not program; docs/permissions.md says how to read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from access import matrix
from access.house import INSIDE, ROLES, SECRETS, House
from access.walking import walked

ROWS = matrix.rows(list(ROLES))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_role_gets_what_the_matrix_says_and_nothing_else(house: House, row: Any) -> None:
    faults = [f"{role}: {fault}" for role in ROLES for fault in faults_of(house, row, role)]
    assert faults == [], f"line {row.line} of matrix.csv ({row.in_words})"


def faults_of(house: House, row: Any, role: str) -> Iterator[str]:
    """What one role found otherwise than the row says."""
    found = walked(house, row, role)
    if found["result"] != row.results[role]:
        yield f"{found['result']} in place of {row.results[role]}: {found['said'][:300]}"
    if found["leaks"]:
        yield f"{found['leaks']} may not be read there"
    if found["changed"] and not row.may_change(found["result"]):
        yield f"nothing may change, but {found['changed']}"
    if found["unsaid"]:
        yield "a refusal is a sentence"


def test_what_the_matrix_hides_is_there_to_be_found(house: House) -> None:
    rows = [row for row in ROWS if row.how == "reads" and row.secret and "sees" in row.results.values()]
    shown = {row.secret for row in rows if row.results["member"] == "sees"}
    assert set(SECRETS) - shown == {"text"}  # stands beside the objection, on the same page


@pytest.mark.parametrize("row", [row for row in ROWS if not row.is_act], ids=lambda row: row.name)
def test_outsiders_get_the_same_as_a_visitor_or_are_asked_less(row: Any) -> None:
    """Signing in opens nothing of a group by itself: only one's own account and sentences."""
    for role in ("stranger", "elsewhere", "former"):
        if row.results["visitor"] in ("hidden", "sees the public part"):
            assert row.results[role] == row.results["visitor"], f"line {row.line} of matrix.csv, {role}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.is_act], ids=lambda row: row.name)
def test_no_act_is_done_from_outside_or_with_one_factor(row: Any) -> None:
    allowed = {role for role, result in row.results.items() if result == "done"}
    assert allowed <= set(INSIDE) - {"contributor", "one factor"}, f"line {row.line} of matrix.csv"
