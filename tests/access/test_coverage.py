"""The matrix is whole: each address and each act has its rows, and no row names what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.urls import get_resolver, resolve

from access import matrix
from access.house import ROLES, House
from onevoice.enact.act import all_acts
from onevoice.languages.web import PREFIXES
from onevoice.operations.demonstration import urls as clock
from onevoice.parties.accounts import demonstration_urls as identities

ROWS = matrix.rows(list(ROLES))
ROUTES = {row.what for row in ROWS if not row.is_act}
# The forms and calls of acts: they have rows of their own, three for each act.
ACTS = {"enact:act", "call"}


def named(patterns: Iterable[Any], namespace: str = "") -> Iterator[str]:
    """The names of all addresses under some patterns; one without a name would escape the matrix."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"The address {pattern.pattern} has no name: give it one, and rows in matrix.csv."
            yield namespace + pattern.name


def addresses() -> set[str]:
    return {*named(get_resolver().url_patterns), *named(identities.urlpatterns), *named(clock.urlpatterns)}


def test_every_address_has_a_row() -> None:
    without = addresses() - ROUTES - ACTS
    assert without == set(), f"Add rows to tests/access/matrix.csv for {sorted(without)}."


def test_every_act_has_a_row_for_its_page_its_form_and_its_call() -> None:
    rows = {(row.what, row.how) for row in ROWS if row.is_act}
    without = {(act.name, how) for act in all_acts() for how in matrix.HOW[2:]} - rows
    assert without == set(), f"Add rows to tests/access/matrix.csv for {sorted(without)}."


def test_no_row_names_what_is_not_there() -> None:
    known = addresses() | {act.name for act in all_acts()}
    assert [f"line {row.line}: {row.what}" for row in ROWS if row.what not in known] == []


def test_every_cell_holds_a_word_of_the_matrix() -> None:
    words = set(matrix.RESULTS)
    assert [(row.line, role) for row in ROWS for role in ROLES if row.results[role] not in words] == []
    assert [row.line for row in ROWS if row.how not in matrix.HOW] == []


def test_each_row_says_the_address_of_what_it_names(house: House) -> None:
    wrong = []
    for row in ROWS:
        if row.is_act:
            wrong += [] if hasattr(house.names.get(row.where), "pk") else [row.line]
        elif not row.what.startswith("demonstration"):
            path = house.address(row.where).partition("?")[0]
            wrong += [] if resolve(path).view_name == row.what else [row.line]
    assert wrong == [], "lines of matrix.csv whose address or thing is another"


@pytest.mark.parametrize("prefix", PREFIXES)
def test_each_page_has_its_address_in_each_language_and_bare_ones_have_one(house: House, prefix: str) -> None:
    bare = set(named(p for p in get_resolver().url_patterns if type(p.pattern).__name__ != "_Prefix"))
    for row in ROWS:
        if row.is_act or row.what.startswith("demonstration") or row.what in bare:
            continue
        path = house.address(row.where).partition("?")[0]
        assert resolve_in(prefix, path) == row.what


def resolve_in(prefix: str, path: str) -> str:
    from django.utils import translation

    with translation.override(PREFIXES[prefix].django):
        return resolve(f"/{prefix}{path}").view_name


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("role", ("visitor", "elsewhere", "member"))
def test_what_is_hidden_is_hidden_in_each_language(house: House, prefix: str, role: str) -> None:
    page = house.client(role).get(f"/{prefix}/icat/outputs/secret-draft")
    assert (page.status_code, "Secret draft of ICAT" in page.text) == (
        (200, True) if role == "member" else (404, False)
    )  # fmt: skip


@pytest.mark.parametrize("role", ("visitor", "secretariat"))
def test_what_can_only_be_read_takes_nothing_else(house: House, role: str) -> None:
    """Addresses without a row that sends answer 405 (or hide themselves, or ask to sign in)."""
    sent = {row.what for row in ROWS if row.how == "sends"} | ACTS | {"healthz"}  # answers whatever is asked
    client = house.client(role)
    taken = []
    for row in ROWS:
        if row.how == "reads" and row.what not in sent and row.what.partition("_")[0] not in ("account", "mfa"):
            for method in (client.post, client.put, client.delete, client.patch):
                status = method(house.address(row.where)).status_code
                taken += [] if status in (301, 302, 404, 405) else [(row.line, method.__name__, status)]
    assert taken == []
