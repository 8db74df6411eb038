"""The text is frozen: the database refuses its change to the application's login, whatever the program does."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from onevoice.decisions.models import Decision, Proposal, ProposalState, Visibility
from onevoice.look.derived import derive_anew, derived


def refused(statement: str) -> None:
    """The database refuses it by name, to the login that tests and production share."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("onevoice_app",)
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def columns(model: type[Any], *, but: set[str]) -> list[str]:
    """Those that say something: what is derived from them follows them, and the version of ICU."""
    return [f.column for f in model._meta.concrete_fields if f.column not in but and f not in derived(model)]


CHANGED = {"jsonb": "'[1]'", "boolean": "not {0}", "timestamp with time zone": "now()"}


def other(model: type[Any], column: str) -> str:
    """SQL for a value that differs from the one that stands."""
    kind = next(f for f in model._meta.concrete_fields if f.column == column).db_type(connection)
    if "int" in kind:
        return f"coalesce({column}, 0) + 1"
    return CHANGED.get(kind, "'x'").format(column)


@pytest.mark.parametrize("column", columns(Proposal, but={"state"}))
def test_of_a_proposal_only_its_state_changes(room: Any, column: str) -> None:
    room.proposes()
    refused(f"update decisions_proposal set {column} = {other(Proposal, column)}")


# What is said of it afterwards is kept in rows of its own; these say for queries how it stands.
BESIDE = {
    "awaits_effect", "effective_at", "superseded_by_id", "superseded_written", "reviews_written", "reviews_at",
}  # fmt: skip


@pytest.mark.parametrize("column", columns(Decision, but={"visibility", "note"} | BESIDE))
def test_of_a_decision_only_who_sees_it_its_note_and_how_it_stands_change(adopted: Any, column: str) -> None:
    refused(f"update decisions_decision set {column} = {other(Decision, column)}")


def test_state_and_visibility_change(room: Any) -> None:
    proposal = room.proposes().result
    room.calls(proposal)
    decision = room.adopts(proposal).result
    Proposal.objects.update(state=ProposalState.TABLED)
    Decision.objects.filter(pk=decision.pk).update(visibility=Visibility.GROUP, note={"en": "A source"})


def test_what_a_frozen_text_is_ordered_and_found_by_is_made_anew(adopted: Any) -> None:
    for model in (Decision, Proposal):
        model._base_manager.update(title_key_zh=b"of another version", words="'another'")
        assert (derive_anew(model), derive_anew(model)) == (1, 0)


@pytest.mark.parametrize("table", ["decisions_decision", "decisions_proposal"])
def test_neither_is_deleted(adopted: Any, table: str) -> None:
    refused(f"delete from {table}")


def test_a_decision_of_the_past_is_corrected_and_removed_but_never_given_a_proposal(
    icat: Any, adopted: Any
) -> None:
    past = Decision.objects.create(
        group=icat.group, body=icat.bodies["principals"], slug="past", title={"en": "Past"},
        adopted_written="2018",
    )  # fmt: skip
    Decision.objects.filter(pk=past.pk).update(title={"en": "Corrected"}, text=[{"id": "p1"}], number="1")
    refused(f"update decisions_decision set proposal_id = 1 where id = {past.pk}")
    Decision.objects.filter(pk=past.pk).delete()


@pytest.mark.parametrize("column", ["part", "organisation_id", "meeting_id", "recorded_by_id"])
def test_who_was_present_is_recorded_anew_and_never_rewritten(room: Any, column: str) -> None:
    value = "'absent'" if column == "part" else f"{column} + 1"
    refused(f"update meetings_participation set {column} = {value}")
