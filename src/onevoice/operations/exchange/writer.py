"""Writes a plan's new and changed rows, section after section, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model

from onevoice.claims.models import Supersession
from onevoice.decisions.models import Decision
from onevoice.decisions.steps import hash_of
from onevoice.groups import models as groups
from onevoice.mandates.models import Instrument
from onevoice.meetings import models as meetings
from onevoice.operations.exchange import afterwards
from onevoice.operations.exchange.bulk import add, add_objects
from onevoice.operations.exchange.changes import CHANGED, NEW, Change, Plan
from onevoice.operations.exchange.children import Children
from onevoice.operations.exchange.format import SECTIONS
from onevoice.operations.exchange.keys import key_of
from onevoice.operations.exchange.numbers import carry_on
from onevoice.operations.exchange.overlaps import period
from onevoice.operations.exchange.paragraphs import Paragraphs
from onevoice.operations.exchange.sourcing import Sourcing
from onevoice.outputs.models import Output, OutputVersion
from onevoice.parties import models as parties

BATCH: Final = 2000


class Writer:
    """One import: who, when, why, and every row's place in the database by section and id."""

    def __init__(self, planned: Plan, *, why: str, by: str, at: datetime) -> None:
        self.planned, self.why, self.by, self.at = planned, why, by, at
        self.slug = planned.record.group.id
        self.group: Any = planned.stored.group  # made first when there is none
        self.objects: dict[str, dict[str, Any]] = {
            name: dict(planned.stored.objects.get(name, {})) for name in (*SECTIONS, "names", "successions")
        }
        self.states = planned.stored.states
        self.offices = dict(planned.stored.offices)
        self.sourcing = Sourcing(self.slug, why=why, by=by, at=at)
        self.children = Children(self)
        self.paragraphs = Paragraphs(self)

    def write(self) -> None:
        self.the_group()
        self.organisations()
        self.plain("persons", parties.Person, lambda row: {"name": row.name, "role_only": row.role_only})
        self.plain("bodies", groups.Body, self.body, above=("parent", "parent"))
        self.facts("appointments", groups.Appointment, self.appointment)
        self.children.follow_appointments()
        self.facts("memberships", groups.Membership, self.membership)
        self.facts("offices", groups.OfficeHolding, self.holding)
        self.facts("counts", groups.PublishedCount, self.count)
        self.mandates()
        self.meetings()
        self.decisions()
        self.outputs()
        for change in self.written("claims"):
            self.sourcing.point(self.key_about(change.row.about), change.row, is_new=change.what == NEW)
        self.sourcing.write()

    # --- what every section needs --------------------------------------------------------------------------
    def written(self, section: str) -> list[Change]:
        return [
            each for each in self.planned.changes if each.section == section and each.what in (NEW, CHANGED)
        ]

    def pk(self, section: str, id_: str) -> int | None:
        return self.objects[section][id_].pk if id_ else None

    def key_about(self, about: str) -> str:
        if about == "group":
            return key_of(self.group, self.slug)
        section, _, id_ = about.partition("/")
        return key_of(self.objects[section][id_], self.slug)

    def sourced(self, section: str, change: Change, *, anew: bool) -> None:
        """Who states a row; a new fact gets its sources anew, since what supersedes is stated by itself."""
        self.sourcing.row(
            key_of(self.objects[section][change.id], self.slug), change.row.sources, is_new=anew
        )

    def plain(
        self,
        section: str,
        model: type[Model],
        values: Callable[[Any], dict[str, Any]],
        above: tuple[str, str] | None = None,
    ) -> list[Change]:
        """Make or change rows that have an address; `above`: field (of row, of model) to another of them."""
        changes = self.written(section)
        for wave in self.downwards(section, above, [each for each in changes if each.what == NEW]):
            fresh = [(each, model(slug=each.id, **values(each.row))) for each in wave]
            for each, made in fresh if above else ():
                setattr(made, f"{above[1]}_id", self.pk(section, getattr(each.row, above[0])))  # type: ignore[index]
            add_objects(model, [made for _, made in fresh])
            self.objects[section] |= {each.id: made for each, made in fresh}
        old = [each for each in changes if each.what == CHANGED]
        fields: set[str] = set()
        for each in old:
            for name, value in (new := values(each.row)).items():
                setattr(each.object, name, value)
            fields |= new.keys()
        if above:
            self.place_under(section, model, *above, changes)
        if old:
            model._default_manager.bulk_update(
                [each.object for each in old], sorted(fields), batch_size=BATCH
            )
        for each in changes:
            self.sourced(section, each, anew=each.what == NEW)
        return changes

    def downwards(
        self, section: str, above: tuple[str, str] | None, due: list[Change]
    ) -> Iterator[list[Change]]:
        """New rows, those over others first: no body stands at the root for a moment only to be moved."""
        while due and above:
            waiting = {each.id for each in due}
            yield [each for each in due if getattr(each.row, above[0]) not in waiting]
            due = [each for each in due if getattr(each.row, above[0]) in waiting]
        if due:
            yield due

    def place_under(
        self, section: str, model: type[Model], of_row: str, of_model: str, changes: list[Change]
    ) -> None:
        moved = []
        for each in changes:
            made = self.objects[section][each.id]
            upper = self.pk(section, getattr(each.row, of_row))
            if getattr(made, f"{of_model}_id") != upper:
                setattr(made, f"{of_model}_id", upper)
                moved.append(made)
        if moved:
            model._default_manager.bulk_update(moved, [of_model], batch_size=BATCH)

    def facts(self, section: str, model: type[Model], values: Callable[[Any], dict[str, Any]]) -> None:
        """Add facts; what says something else than a fact that stands supersedes it."""
        changes = self.written(section)
        said_anew = [each for each in changes if each.what == NEW or _says_otherwise(each)]
        made = [
            model(record_id=each.id, claimed_at=self.at, claimed_by=self.by, **values(each.row))
            for each in said_anew
        ]
        add_objects(model, made)
        pairs = list(zip(said_anew, made, strict=True))
        self.supersede([(each.object, new) for each, new in pairs if each.what == CHANGED])
        self.objects[section] |= {each.id: new for each, new in pairs}
        anew = {each.id for each in said_anew}
        for each in changes:
            self.sourced(section, each, anew=each.id in anew)

    def supersede(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        gone = [
            {
                "fact_table": old._meta.db_table,
                "fact_id": old.pk,
                "by_fact_id": new.pk,
                "why": self.why,
                "at": self.at,
                "by": self.by,
            }
            for old, new in pairs
        ]
        add(Supersession, gone)

    def dated(self, row: Any) -> dict[str, Any]:
        return {
            "period": DateTimeTZRange(*period(row, self.planned.record.group.zone)),
            "since_written": row.since, "until_written": row.until, "basis": row.basis, "note": row.note or {},
        }  # fmt: skip

    # --- parties and the group -----------------------------------------------------------------------------
    def the_group(self) -> None:
        (change,) = (each for each in self.planned.changes if each.section == "group")
        row, gaps = change.row, list(self.planned.record.gaps)
        if change.what == NEW:
            self.group = groups.Group(slug=row.id)
        if change.what in (NEW, CHANGED) or self.planned.gaps_changed:
            for name in (
                "acronym", "names", "zone", "colour", "colour_on_dark", "demonstration", "web", "proposal_pattern",
            ):  # fmt: skip
                setattr(self.group, name, getattr(row, name))
            self.group.purpose, self.group.seat = row.purpose or {}, row.seat or {}
            self.group.functions, self.group.languages, self.group.gaps = (
                list(row.functions),
                list(row.languages),
                gaps,
            )
            self.group.save()
            self.sourcing.row(key_of(self.group, self.slug), row.sources, is_new=change.what == NEW)

    def organisations(self) -> None:
        def values(row: Any) -> dict[str, Any]:
            return {"kind": row.kind, "web": row.web, "invented": row.invented}

        changes = self.plain("organisations", parties.Organisation, values)
        self.names(changes)
        new = {
            each.id: parties.Succession(
                predecessor_id=self.pk("organisations", each.id), when_written=became.when, note=became.note or {},
                successor_id=self.pk("organisations", became.organisation), claimed_at=self.at, claimed_by=self.by,
            )
            for each in changes
            if (became := each.row.succeeded_by) and not (each.old and each.old.succeeded_by)
        }  # fmt: skip
        add_objects(parties.Succession, list(new.values()))
        self.objects["successions"] |= new
        for each in changes:
            if each.row.succeeded_by:
                key = key_of(self.objects["successions"][each.id], self.slug)
                self.sourcing.row(key, each.row.succeeded_by.sources, is_new=each.id in new)

    def names(self, changes: list[Change]) -> None:
        made, gone, stated = [], [], []
        for each in changes:
            known = {name.id: name for name in each.old.names} if each.old else {}
            for name in each.row.names:
                old, called = known.get(name.id), f"{each.id}/{name.id}"
                if old == name:
                    continue
                is_new = old is None or replace(old, sources=()) != replace(name, sources=())
                stated.append((called, name.sources, is_new))
                if not is_new:
                    continue
                new = parties.OrganisationName(
                    organisation_id=self.pk("organisations", each.id), names=name.names, acronyms=name.acronyms or {},
                    record_id=name.id, claimed_at=self.at, claimed_by=self.by, **self.dated(name),
                )  # fmt: skip
                made.append(new)
                if old is not None:
                    gone.append((self.objects["names"][called], new))
                self.objects["names"][called] = new
        add_objects(parties.OrganisationName, made)
        self.supersede(gone)
        for called, sources, is_new in stated:
            self.sourcing.row(key_of(self.objects["names"][called], self.slug), sources, is_new=is_new)

    def body(self, row: Any) -> dict[str, Any]:
        top, _, bottom = row.quorum.partition("/")
        return {
            "group": self.group, "names": row.names, "established_written": row.established, "note": row.note or {},
            "decision_pattern": row.decision_pattern, "quorum_numerator": int(top) if top else None,
            "quorum_denominator": int(bottom) if bottom else None, "order": row.order or 0,
        }  # fmt: skip

    def appointment(self, row: Any) -> dict[str, Any]:
        return {
            "person_id": self.pk("persons", row.person), "organisation_id": self.pk("organisations", row.organisation),
            "state_id": self.states.get(row.state), "group": self.group if row.in_group else None,
            "capacity": row.capacity, "title": row.title or {}, "honorific": row.honorific or {}, **self.dated(row),
        }  # fmt: skip

    def membership(self, row: Any) -> dict[str, Any]:
        return {
            "body_id": self.pk("bodies", row.body), "organisation_id": self.pk("organisations", row.organisation),
            "kind": row.kind, "decision": self.decision_key(row.decision), **self.dated(row),
        }  # fmt: skip

    def holding(self, row: Any) -> dict[str, Any]:
        if (row.body, row.kind) not in self.offices:
            office = groups.Office.objects.create(body_id=self.pk("bodies", row.body), kind=row.kind)
            self.offices[row.body, row.kind] = office.pk
        return {
            "office_id": self.offices[row.body, row.kind],
            "organisation_id": self.pk("organisations", row.organisation),
            "chosen_written": row.chosen, "decision": self.decision_key(row.decision), **self.dated(row),
        }  # fmt: skip

    def decision_key(self, id_: str) -> str:
        return f"{Decision._meta.label_lower}:{self.slug}/{id_}" if id_ else ""

    def count(self, row: Any) -> dict[str, Any]:
        return {"group": self.group, "when_written": row.when, "count": row.count, "counted": row.counted}

    # --- mandates, meetings, decisions, outputs ----------------------------------------------------------------
    def mandates(self) -> None:
        def values(row: Any) -> dict[str, Any]:
            return {
                "group": self.group, "kind": row.kind, "symbol": row.symbol, "organ": row.organ,
                "title": row.title or {},
                "when_written": row.when, "session": row.session, "effect": row.effect or {}, "note": row.note or {},
                "web": row.web, "order": row.order, "standing": not row.withdrawn,
            }  # fmt: skip

        changes = self.plain("mandates", Instrument, values, above=("leads_to", "leads_to"))
        self.children.links(
            changes, Instrument.responds_to.through, "from_instrument", "to_instrument", "responds_to"
        )
        self.paragraphs.withdrawn(changes)
        self.paragraphs.mandates(changes)
        self.paragraphs.answered(changes, Instrument.answered_paragraphs.through, "instrument")

    def meetings(self) -> None:
        def values(row: Any) -> dict[str, Any]:
            said = (
                "title",
                "place",
                "level",
                "attendance",
                "subject",
                "lede",
                "outcome",
                "margin_of",
                "series",
                "note",
            )
            same = ("kind", "ordinal", "present", "present_of", "state", "visibility")
            return {
                "group": self.group, "body_id": self.pk("bodies", row.body), "when_written": row.when,
                "until_written": row.until, "starts_at": row.starts, "ends_at": row.ends,
                "zone": row.zone or self.group.zone, "report": _paragraphs(row.report),
                **{name: getattr(row, name) or {} for name in said}, **{name: getattr(row, name) for name in same},
            }  # fmt: skip

        changes = self.plain("meetings", meetings.Meeting, values, above=("reports_on", "reports_on"))
        self.children.links(
            changes, meetings.Meeting.answers.through, "meeting", "instrument", "answers", "mandates"
        )
        self.paragraphs.answered(changes, meetings.Meeting.answered_paragraphs.through, "meeting")
        self.children.agenda(changes)
        self.children.participations(changes)

    def decisions(self) -> None:
        def values(row: Any) -> dict[str, Any]:
            text = _paragraphs(row.text)
            return {
                "group": self.group, "body_id": self.pk("bodies", row.body), "number": row.number, "title": row.title,
                "text": text, "text_hash": hash_of(row.title, text) if text else "", "adopted_written": row.adopted,
                "adopted_at": row.adopted_at, "effective_at": row.effective, "awaits_effect": row.awaits_effect,
                "how": row.how, "count": row.count, "note": row.note or {},
                "visibility": row.visibility,
            }  # fmt: skip

        changes = self.plain("decisions", Decision, values)
        self.children.links(
            changes, Decision.answers.through, "decision", "instrument", "answers", "mandates"
        )
        self.paragraphs.answered(changes, Decision.answered_paragraphs.through, "decision")
        self.children.taken(changes)
        afterwards.write(self, changes)
        carry_on(self.group, self.objects["bodies"], (each.row for each in changes))

    def outputs(self) -> None:
        def values(row: Any) -> dict[str, Any]:
            said = ("title", "subtitle", "structure", "note")
            same = ("kind", "number", "actions", "web", "visibility", "order")
            return {
                "group": self.group, "when_written": row.when, "known_by_written": row.known_by,
                "covers_written": row.covers, "cleared_by_id": self.pk("bodies", row.cleared_by),
                **{name: getattr(row, name) or {} for name in said}, **{name: getattr(row, name) for name in same},
            }  # fmt: skip

        changes = self.plain("outputs", Output, values, above=("derived_from", "derived_from"))
        self.children.lists(changes, OutputVersion, "output", self.children.versions)
        self.children.links(
            changes, Output.contributors.through, "output", "organisation", "contributors", "organisations"
        )
        self.children.links(changes, Output.answers.through, "output", "instrument", "answers", "mandates")
        self.paragraphs.answered(changes, Output.answered_paragraphs.through, "output")


def _says_otherwise(change: Change) -> bool:
    """Whether a fact itself changed, not only who states it."""
    return change.what == CHANGED and replace(change.row, sources=()) != replace(change.old, sources=())


def _paragraphs(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "text": each.text, **({"margin": each.margin} if each.margin else {})}
        for each in rows
    ]
