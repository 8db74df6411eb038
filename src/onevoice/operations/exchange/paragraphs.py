"""Mandates' paragraphs, what answers them, and the history of both: what a file changes stays as it was.

A paragraph is known by its permanent name in its mandate. One that the file no longer has is withdrawn, one that it
says otherwise is corrected; an answer that it no longer names is taken back. Each leaves its trace, with the import
as the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onevoice.mandates.models import (
    AnswerTakenBack,
    InstrumentCorrection,
    InstrumentWithdrawal,
    Paragraph,
    ParagraphCorrection,
    ParagraphWithdrawal,
)
from onevoice.mandates.steps import FIELDS
from onevoice.operations.exchange.bulk import Row, add
from onevoice.operations.exchange.changes import CHANGED, NEW, Change
from onevoice.operations.exchange.format import anchors
from onevoice.operations.exchange.keys import key_of

if TYPE_CHECKING:
    from onevoice.operations.exchange.writer import Writer

BATCH: Final = 2000
CORRECTED: Final = (*FIELDS, "leads_to", "responds_to")
Name = tuple[str, str]  # the mandate's id, the paragraph's permanent name


class Paragraphs:
    """Writes paragraphs and what answers them for one import."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self._known: dict[Name, int] | None = None

    @property
    def trace(self) -> Row:
        return {"by": self.writer.by, "why": self.writer.why, "organisation_id": None}

    # --- mandates ------------------------------------------------------------------------------------------------
    def mandates(self, changes: list[Change]) -> None:
        """The paragraphs of new and changed mandates, and what changed mandates were."""
        changed = [each for each in changes if each.what == CHANGED]
        self._corrections(changed)
        there = self._standing(changed)
        new: list[Row] = []
        for change in changes:
            old = there.get(change.id, {})
            for order, (anchor, row) in enumerate(
                zip(anchors(change.row.paragraphs), change.row.paragraphs, strict=True)
            ):
                if anchor not in old:
                    new.append(self._row(change, anchor, row, order))
        self._change(changed, there)
        add(Paragraph, new)

    def withdrawn(self, changes: list[Change]) -> None:
        """Mandates that the file says were withdrawn, with why."""
        gone = [each for each in changes if each.row.withdrawn and not (each.old and each.old.withdrawn)]
        rows = [
            self.trace | {"instrument_id": self.writer.pk("mandates", each.id), "why": each.row.withdrawn}
            for each in gone
        ]
        add(InstrumentWithdrawal, rows)

    def _row(self, change: Change, anchor: str, row: Any, order: int) -> Row:
        return {
            "instrument_id": self.writer.pk("mandates", change.id), "number": row.number, "anchor": anchor,
            "text": row.text, "order": order, "entered_by": self.writer.by,
        }  # fmt: skip

    def _standing(self, changed: list[Change]) -> dict[str, dict[str, Paragraph]]:
        ids = {self.writer.pk("mandates", each.id): each.id for each in changed}
        found: dict[str, dict[str, Paragraph]] = {each.id: {} for each in changed}
        for each in Paragraph.objects.filter(instrument__in=ids, standing=True) if ids else ():
            found[ids[each.instrument_id]][each.anchor] = each
        return found

    def _change(self, changed: list[Change], there: dict[str, dict[str, Paragraph]]) -> None:
        """Withdraw what is gone first, so that its number is free for another."""
        gone, corrected, kept = [], [], []
        for change in changed:
            wanted = dict(zip(anchors(change.row.paragraphs), enumerate(change.row.paragraphs), strict=True))
            for anchor, each in there[change.id].items():
                if anchor not in wanted:
                    gone.append(each)
                    continue
                order, row = wanted[anchor]
                if (each.number, each.text) != (row.number, row.text):
                    corrected.append(
                        {"paragraph_id": each.pk, "number": each.number, "text": dict(each.text)}
                    )
                each.number, each.text, each.order = row.number, row.text, order
                kept.append(each)
        add(ParagraphWithdrawal, [{"paragraph_id": each.pk, **self.trace} for each in gone])
        Paragraph.objects.filter(pk__in=[each.pk for each in gone]).update(standing=False)
        add(ParagraphCorrection, [each | self.trace for each in corrected])
        Paragraph.objects.bulk_update(kept, ["number", "text", "order"], batch_size=BATCH)

    def _corrections(self, changed: list[Change]) -> None:
        """What a changed mandate was, where the change is its own."""
        rows = []
        for change in changed:
            was = {
                name: _plain(getattr(change.old, name))
                for name in CORRECTED
                if getattr(change.old, name) != getattr(change.row, name)
            }
            if was:
                rows.append(
                    {"instrument_id": self.writer.pk("mandates", change.id), "was": was, **self.trace}
                )
        add(InstrumentCorrection, rows)

    # --- what answers --------------------------------------------------------------------------------------------
    def answered(self, changes: list[Change], through: Any, one: str) -> None:
        """The paragraphs that things answer, in the file's order; a changed thing's are written anew."""
        moved = [
            c for c in changes if c.what == CHANGED and c.row.answers_paragraphs != c.old.answers_paragraphs
        ]
        fresh = [c for c in changes if c.what == NEW and c.row.answers_paragraphs]
        self._taken_back([c for c in changes if c.what == CHANGED])
        if moved:
            things = [self.writer.pk(each.section, each.id) for each in moved]
            through.objects.filter(**{f"{one}__in": things}, paragraph__standing=True).delete()
        add(
            through,
            [
                {f"{one}_id": self.writer.pk(change.section, change.id), "paragraph_id": self._pk(each)}
                for change in (*fresh, *moved)
                for each in change.row.answers_paragraphs
            ],
        )

    def _taken_back(self, changed: list[Change]) -> None:
        rows: list[Row] = []
        for change in changed:
            answer = key_of(self.writer.objects[change.section][change.id], self.writer.slug)
            about = {"answer": answer, **self.trace}
            gone = [
                each for each in change.old.answers_paragraphs if each not in change.row.answers_paragraphs
            ]
            rows += [
                about
                | {"instrument_id": self.writer.pk("mandates", each.mandate), "paragraph_id": self._pk(each)}
                for each in gone
            ]
            rows += [
                about | {"instrument_id": self.writer.pk("mandates", id_), "paragraph_id": None}
                for id_ in getattr(change.old, "answers", ())
                if id_ not in change.row.answers
            ]
        add(AnswerTakenBack, rows)

    def _pk(self, answered: Any) -> int:
        """A paragraph by its permanent name; of two that had it, the one that stands. One query an import."""
        if self._known is None:
            rows = Paragraph.objects.filter(instrument__group=self.writer.group).order_by("standing", "pk")
            self._known = {
                (slug, anchor): pk
                for slug, anchor, pk in rows.values_list("instrument__slug", "anchor", "pk")
            }
        return self._known[answered.mandate, answered.paragraph]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
