"""What became of decisions is in the file: export, wipe, import, export is the same; what was said since stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from onevoice.decisions.acts.follow_up import AddFollowUp, ChangeFollowUp, CompleteFollowUp, ReportProgress
from onevoice.decisions.acts.lasting import EnterReview, RestoreDecision, SetReviewDate, SupersedeDecision
from onevoice.decisions.models import Decision, FollowUp, FollowUpStep
from onevoice.enact.perform import Done, database_clock
from onevoice.groups.models import Group
from onevoice.operations.exchange.export import export
from onevoice.operations.exchange.loading import load
from onevoice.operations.exchange.reading import BadFile
from onevoice.parties.reference import load_states
from onevoice.record.models import Entry


@pytest.fixture
def followed(fresh_icat: Any) -> Any:
    """Two decisions: one superseded, restored and superseded again, reviewed, with two follow-ups."""
    load_states()
    icat = fresh_icat
    icat.old, icat.new = (
        Decision.objects.create(
            group=icat.group, body=icat.bodies["principals"], slug=slug, title={"en": slug}, adopted_written=day,
            visibility="public", **more,
        )
        for slug, day, more in (
            ("old", "2019", {"effective_at": database_clock()}), ("new", "2021-05-02", {"awaits_effect": True}),
        )
    )  # fmt: skip
    by = {"decision": str(icat.new.pk), "since": "2021-06", "why": "It says more."}
    first, second = (
        made(icat.osce.does(AddFollowUp, icat.old, what=f"Secret work, {n}.", **owner)).result
        for n, owner in enumerate(({"organisation": "unicef", "until": "2049-05"}, {"office": "co_chair"}))
    )
    for act, subject, who, given in (
        (SupersedeDecision, icat.old, icat.osce, by), (RestoreDecision, icat.old, icat.osce, {"why": "No."}),
        (SupersedeDecision, icat.old, icat.osce, by), (SetReviewDate, icat.new, icat.unodc, {"until": "2030"}),
        (EnterReview, icat.new, icat.unodc, {"found": "confirmed", "why": "It works.", "until": "2049-05-01"}),
        (ReportProgress, first, icat.unicef, {"words": "Begun.\n\nSlowly."}),
        (ChangeFollowUp, first, icat.osce, {"organisation": "ilo", "until": "2050"}),
        (CompleteFollowUp, second, icat.osce, {"words": "Sent."}),
    ):  # fmt: skip
        subject.refresh_from_db()
        made(who.does(act, subject, **given))
    return icat


def made(answer: Any) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def stands() -> list[Any]:
    """How decisions and follow-ups stand, by what queries use."""
    decisions = Decision.objects.order_by("slug").values_list(
        "slug", "superseded_by__slug", "superseded_written", "reviews_written", "reviews_at", "awaits_effect",
        "effective_at",
    )  # fmt: skip
    names = ("number", "what", "organisation__slug", "office", "due_written", "due_at", "state")
    steps = (
        "follow_up__number",
        "at",
        "state",
        "organisation__slug",
        "office",
        "due_written",
        "said",
        "by__slug",
    )
    return [
        list(decisions), list(FollowUp.objects.order_by("number").values_list(*names)),
        list(FollowUpStep.objects.order_by("follow_up__number", "at").values_list(*steps)),
    ]  # fmt: skip


def wiped_and_loaded(file: str) -> Any:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "truncate groups_group, parties_organisation, parties_person, claims_source, claims_supersession cascade"
        )
    assert not Group.objects.exists()
    return load(file.encode(), "icat.yaml", by="importer", at=database_clock())


def test_what_became_of_decisions_comes_back(followed: Any) -> None:
    first, before = export("icat"), stands()
    loaded = wiped_and_loaded(first)
    assert export("icat") == first
    assert stands() == before
    (entry,) = (one for one in loaded.entries if one.subject == "decisions.decision:icat/old")
    assert "Secret work" not in str(entry.facts) and "Secret work" in str(entry.personal)
    again = load(first.encode(), "icat.yaml", by="importer", at=database_clock() + timedelta(days=1))
    assert again.rows["new"] == again.rows["changed"] == 0


def test_what_was_said_since_a_file_was_written_stays(followed: Any) -> None:
    first = export("icat")
    owed = FollowUp.objects.get(number=1)
    made(followed.ilo.does(CompleteFollowUp, owed, words="Done since."))
    made(followed.unodc.does(SetReviewDate, followed.new, until="2060"))
    later, entries = export("icat"), Entry.objects.count()
    again = load(first.encode(), "icat.yaml", by="importer", at=database_clock())
    assert again.rows["changed"] == 0
    assert (export("icat"), Entry.objects.count()) == (later, entries)


@pytest.mark.parametrize(
    "wrong",
    [
        ("decision: new", "decision: none"), ("organisation: unicef", "organisation: nobody"),
        ("state: completed", "state: finished"), ("office: co_chair", "office: ''"), ("decision: new", "decision: old"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_line(followed: Any, wrong: tuple[str, str]) -> None:
    file = export("icat")
    assert wrong[0] in file
    with pytest.raises(BadFile):
        load(file.replace(*wrong).encode(), "icat.yaml", by="importer", at=database_clock())
