"""What became of decisions, read and written: what took their place, reviews, follow-up. It is only added to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from onevoice.decisions import lasting
from onevoice.decisions.models import Decision, FollowUp, FollowUpStep, Review, Superseding
from onevoice.operations.exchange import format as rows

if TYPE_CHECKING:
    from onevoice.operations.exchange.changes import Change
    from onevoice.operations.exchange.stored import Reader
    from onevoice.operations.exchange.writer import Writer


class Afterwards:
    """Of every decision of a group, in five queries."""

    def __init__(self, reader: Reader) -> None:
        self.found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        slugs = dict(Decision.objects.filter(group=reader.group).values_list("pk", "slug"))
        for one in Superseding.objects.filter(decision__group=reader.group):
            row = rows.Superseded(one.at, slugs.get(one.by_id, ""), one.since_written, one.why)
            self.found[one.decision_id]["superseded"].append(row)
        for review in Review.objects.filter(decision__group=reader.group):
            said = rows.Reviewed(review.at, review.due_written, review.found, review.note)
            self.found[review.decision_id]["reviews"].append(said)
        steps: dict[int, list[rows.FollowUpStep]] = defaultdict(list)
        for step in FollowUpStep.objects.filter(follow_up__decision__group=reader.group):
            steps[step.follow_up_id].append(_step(reader, step))
        for owed in FollowUp.objects.filter(decision__group=reader.group).order_by("decision_id", "number"):
            row_ = rows.FollowUp(owed.number, owed.what, tuple(steps[owed.pk]))
            self.found[owed.decision_id]["follow_ups"].append(row_)

    def of(self, decision: int) -> dict[str, tuple[Any, ...]]:
        return {name: tuple(found) for name, found in self.found.get(decision, {}).items()}


def _step(reader: Reader, step: FollowUpStep) -> rows.FollowUpStep:
    return rows.FollowUpStep(
        step.at, step.state, reader.id("organisations", step.organisation_id), step.office, step.due_written,
        step.said, reader.id("organisations", step.by_id),
    )  # fmt: skip


def write(writer: Writer, changes: list[Change]) -> None:
    """Add what the file says and is not there; how a decision stands follows from the last that was said."""
    for change in changes:
        decision = writer.objects["decisions"][change.id]
        old = change.old
        for one in _new(change.row.superseded, old.superseded if old else ()):
            by = writer.objects["decisions"][one.decision] if one.decision else None
            lasting.supersede(decision, by, since=one.since, why=one.why, at=one.at)
        for one in _new(change.row.reviews, old.reviews if old else ()):
            lasting.review(decision, due=one.due, found=one.found, note=one.note, at=one.at)
        there = {each.number: each.steps for each in old.follow_ups} if old else {}
        for each in change.row.follow_ups:
            _follow_up(writer, decision, each, there.get(each.number, ()))


def _new(said: tuple[Any, ...], there: tuple[Any, ...]) -> list[Any]:
    return [one for one in said if one not in there]


def _follow_up(writer: Writer, decision: Any, row: rows.FollowUp, there: tuple[Any, ...]) -> None:
    first = row.steps[0]
    owed, _is_new = FollowUp.objects.get_or_create(
        decision=decision, number=row.number,
        defaults={"what": row.what, "organisation_id": writer.pk("organisations", first.organisation),
                  "office": first.office},
    )  # fmt: skip
    if owed.what != row.what:
        owed.what = row.what
        owed.save(update_fields=["what"])
    for one in _new(row.steps, there):
        organisation = writer.objects["organisations"][one.organisation] if one.organisation else None
        lasting.step(
            owed, state=one.state, said=one.said, by=writer.pk("organisations", one.by), at=one.at,
            organisation=organisation, office=one.office, due_written=one.due,
        )  # fmt: skip
