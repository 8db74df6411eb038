"""What stands inside the rows of a file: paragraphs, versions, agenda, participations, links.

New ones are added in batches; those of a changed row are found again by a key of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from onevoice.meetings.models import AgendaItem, Intervention, Participation, TakenAt
from onevoice.operations.exchange.bulk import Row, add, add_objects
from onevoice.operations.exchange.changes import CHANGED, NEW, Change

if TYPE_CHECKING:
    from onevoice.operations.exchange.writer import Writer

Wanted = dict[Hashable, dict[str, Any]]


class Children:
    """Writes the lists inside rows for one import."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    # --- lists with a key of their own -------------------------------------------------------------------------
    def lists(
        self,
        changes: list[Change],
        model: type[Model],
        parent: str,
        wanted: Callable[[Any], tuple[str, Wanted]],
    ) -> None:
        """Rows under a parent, each known by one field: made, changed, or gone with the file's row."""
        new: list[Row] = []
        for change in changes:
            above = self.writer.objects[change.section][change.id]
            key, rows = wanted(change.row)
            if change.what == NEW:
                new += [{f"{parent}_id": above.pk, **values} for values in rows.values()]
                continue
            there = {getattr(each, key): each for each in model._default_manager.filter(**{parent: above})}
            new += [
                {f"{parent}_id": above.pk, **values} for known, values in rows.items() if known not in there
            ]
            for known, each in there.items():
                if known in rows:
                    _change(each, rows[known])
                else:
                    each.delete()
        add(model, new)

    @staticmethod
    def versions(row: Any) -> tuple[str, Wanted]:
        return "language", {
            each.language: {"language": each.language, "web": each.web} for each in row.versions
        }

    # --- links -----------------------------------------------------------------------------------------------------
    def links(
        self, changes: list[Change], through: Any, one: str, other: str, name: str, section: str = ""
    ) -> None:
        """A many-to-many relation in the file's order; a changed row's is written anew."""
        old = [
            self.writer.pk(c.section, c.id)
            for c in changes
            if c.what == CHANGED and getattr(c.row, name) != getattr(c.old, name)
        ]
        if old:
            through.objects.filter(**{f"{one}__in": old}).delete()
        new = [
            {
                f"{one}_id": self.writer.pk(change.section, change.id),
                f"{other}_id": self.writer.pk(section or change.section, id_),
            }
            for change in changes
            if change.what == NEW or getattr(change.row, name) != getattr(change.old, name)
            for id_ in getattr(change.row, name)
        ]
        add(through, new)

    def taken(self, changes: list[Change]) -> None:
        """The meeting at which each decision was taken."""
        moved = [c for c in changes if c.what == NEW or c.row.meeting != c.old.meeting]
        old = [self.writer.pk("decisions", c.id) for c in moved if c.what == CHANGED]
        if old:
            TakenAt.objects.filter(decision__in=old).delete()
        orders: dict[str, int] = defaultdict(int)
        new = []
        for change in moved:
            if change.row.meeting:
                meeting = self.writer.pk("meetings", change.row.meeting)
                decision = self.writer.pk("decisions", change.id)
                order = min(orders[change.row.meeting], 32767)
                new.append({"meeting_id": meeting, "decision_id": decision, "order": order})
                orders[change.row.meeting] += 1
        add(TakenAt, new)

    # --- meetings ----------------------------------------------------------------------------------------------------
    def agenda(self, changes: list[Change]) -> None:
        """Items, those over others first; an item keeps its row as long as it keeps its number."""
        there = self._agenda_there([c for c in changes if c.what == CHANGED])
        due = [(change, order, item) for change in changes for order, item in enumerate(change.row.agenda)]
        while due:
            ready = [each for each in due if not each[2].parent or (each[0].id, each[2].parent) in there]
            new = []
            for change, order, item in ready:
                values = {
                    "meeting_id": self.writer.pk("meetings", change.id), "number": item.number, "title": item.title,
                    "note": item.note or {}, "order": order,
                    "parent_id": there[change.id, item.parent].pk if item.parent else None,
                }  # fmt: skip
                if (change.id, item.number) in there:
                    _change(there[change.id, item.number], values)
                else:
                    new.append((change.id, AgendaItem(**values)))
            add_objects(AgendaItem, [item for _, item in new])
            there |= {(id_, item.number): item for id_, item in new}
            done = {id(each) for each in ready}
            due = [each for each in due if id(each) not in done]

    def _agenda_there(self, changed: list[Change]) -> dict[tuple[str, str], AgendaItem]:
        """The items of changed meetings; those that the file no longer has are gone."""
        ids = {self.writer.pk("meetings", each.id): each for each in changed}
        found = {}
        for item in AgendaItem.objects.filter(meeting__in=ids).order_by("-order", "-pk") if ids else ():
            change = ids[item.meeting_id]
            if item.number in {each.number for each in change.row.agenda}:
                found[change.id, item.number] = item
            else:
                item.delete()
        return found

    def participations(self, changes: list[Change]) -> None:
        """Who took part; a changed meeting keeps the rows of those who stay."""
        spare = self._participations_there([c for c in changes if c.what == CHANGED])
        new: list[tuple[Participation, Any]] = []
        for change in changes:
            meeting = self.writer.pk("meetings", change.id)
            for order, row in enumerate(change.row.participations):
                values = self._participation(row, order)
                kept = spare[meeting, _who(values)].pop(0) if spare.get((meeting, _who(values))) else None
                if kept is None:
                    new.append((Participation(meeting_id=meeting, **values), row))
                else:
                    _change(kept, values)
                    self._interventions(kept, row)
        for each in (each for some in spare.values() for each in some):
            each.interventions.all().delete()
            each.delete()
        add_objects(Participation, [made for made, _ in new])
        said = [
            {
                "participation_id": made.pk,
                "quotation": each.quotation or {},
                "summary": each.summary or {},
                "order": order,
            }
            for made, row in new
            for order, each in enumerate(row.interventions)
        ]
        add(Intervention, said)

    def _participations_there(
        self, changed: list[Change]
    ) -> dict[tuple[int | None, Hashable], list[Participation]]:
        found: dict[tuple[int | None, Hashable], list[Participation]] = defaultdict(list)
        ids = [self.writer.pk("meetings", each.id) for each in changed]
        for each in Participation.objects.filter(meeting__in=ids).order_by("order", "pk") if ids else ():
            who = {
                "part": each.part,
                "organisation_id": each.organisation_id,
                "state_id": each.state_id,
                "other": each.other,
            }
            found[each.meeting_id, _who(who)].append(each)
        return found

    def _participation(self, row: Any, order: int) -> dict[str, Any]:
        return {
            "part": row.part, "organisation_id": self.writer.pk("organisations", row.organisation),
            "state_id": self.writer.states.get(row.state), "other": row.other or {},
            "appointment_id": self.writer.pk("appointments", row.appointment), "order": order,
        }  # fmt: skip

    @staticmethod
    def _interventions(participation: Participation, row: Any) -> None:
        there = list(participation.interventions.order_by("order", "pk"))
        for order, each in enumerate(row.interventions):
            values = {"quotation": each.quotation or {}, "summary": each.summary or {}, "order": order}
            if order < len(there):
                _change(there[order], values)
            else:
                Intervention.objects.create(participation=participation, **values)
        for gone in there[len(row.interventions) :]:
            gone.delete()

    def follow_appointments(self) -> None:
        """Who spoke under an appointment that is said anew spoke under the new one."""
        for change in self.writer.written("appointments"):
            new = self.writer.objects["appointments"][change.id]
            if change.what == CHANGED and new.pk != change.object.pk:
                Participation.objects.filter(appointment=change.object).update(appointment=new)


def _who(values: dict[str, Any]) -> Hashable:
    return (
        values["part"],
        values["organisation_id"],
        values["state_id"],
        str(values["other"].get("en", values["other"])),
    )


def _change(there: Any, values: dict[str, Any]) -> None:
    """One row, if it says something else now."""
    if any(getattr(there, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(there, name, value)
        there.save(update_fields=sorted(values))
