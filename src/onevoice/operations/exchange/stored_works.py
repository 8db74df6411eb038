"""Reads what a group did: mandates, meetings, decisions, outputs, and the points on which sources say something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from onevoice.claims.models import Claim
from onevoice.decisions import models as decided
from onevoice.mandates import models as instruments
from onevoice.meetings import models as met
from onevoice.operations.exchange import format as rows
from onevoice.operations.exchange.afterwards import Afterwards
from onevoice.operations.exchange.format import SECTIONS
from onevoice.operations.exchange.keys import key_of, parts
from onevoice.outputs import models as published

if TYPE_CHECKING:
    from onevoice.operations.exchange.stored import Reader


def mandates(reader: Reader) -> None:
    """Instruments with their paragraphs and what they answer."""
    stand = instruments.Paragraph.objects.filter(standing=True)
    found = instruments.Instrument.objects.filter(group=reader.group).select_related("withdrawal")
    found = found.prefetch_related(Prefetch("paragraphs", queryset=stand))
    reader.ids["mandates"] = dict(found.values_list("pk", "slug"))
    asked = _pairs(
        instruments.Instrument.responds_to.through,
        "from_instrument",
        "to_instrument",
        from_instrument__group=reader.group,
    )
    answered = _answered(reader, instruments.Instrument, "instrument")

    def make(each: Any, id_: str, sources: Any) -> rows.Mandate:
        return rows.Mandate(
            id=id_, organ=each.organ or None, kind=each.kind, symbol=each.symbol, title=each.title or None,
            when=each.when_written, session=each.session, effect=each.effect or None, note=each.note or None,
            web=each.web, leads_to=reader.id("mandates", each.leads_to_id),
            responds_to=tuple(reader.id("mandates", pk) for pk in asked.get(each.pk, ())),
            answers_paragraphs=tuple(answered.get(each.pk, ())), order=each.order,
            withdrawn="" if each.standing else each.withdrawal.why,
            paragraphs=rows.without_own_ids(rows.Paragraph(p.number, p.text, p.anchor) for p in each.paragraphs.all()),
            sources=sources,
        )  # fmt: skip

    reader.section("mandates", found, make, lambda each: each.slug)


def meetings(reader: Reader) -> None:
    """Meetings and events with their agenda and who took part."""
    found = met.Meeting.objects.filter(group=reader.group)
    reader.ids["meetings"] = dict(found.values_list("pk", "slug"))
    answers = _pairs(met.Meeting.answers.through, "meeting", "instrument", meeting__group=reader.group)
    answered = _answered(reader, met.Meeting, "meeting")
    agenda, parts = _agenda(reader), _participations(reader)

    def make(each: Any, id_: str, sources: Any) -> rows.Meeting:
        return rows.Meeting(
            id=id_, kind=each.kind, title=each.title or None, when=each.when_written,
            body=reader.id("bodies", each.body_id), until=each.until_written,
            starts=each.starts_at, ends=each.ends_at, zone="" if each.zone == reader.zone else each.zone,
            place=each.place or None, level=each.level or None,
            ordinal=each.ordinal, present=each.present, present_of=each.present_of,
            attendance=each.attendance or None, subject=each.subject or None, lede=each.lede or None,
            outcome=each.outcome or None, margin_of=each.margin_of or None, series=each.series or None,
            note=each.note or None, report=_paragraphs(each.report),
            reports_on=reader.id("meetings", each.reports_on_id),
            answers=tuple(reader.id("mandates", pk) for pk in answers.get(each.pk, ())),
            answers_paragraphs=tuple(answered.get(each.pk, ())), state=each.state,
            visibility=each.visibility, agenda=tuple(agenda.get(each.pk, ())),
            participations=tuple(parts.get(each.pk, ())), sources=sources,
        )  # fmt: skip

    reader.section("meetings", found, make, lambda each: each.slug)


def _agenda(reader: Reader) -> dict[int, list[rows.AgendaItem]]:
    items = met.AgendaItem.objects.filter(meeting__group=reader.group).select_related("parent")
    found: dict[int, list[rows.AgendaItem]] = defaultdict(list)
    for item in items.order_by("order", "pk"):
        parent = item.parent.number if item.parent else ""
        found[item.meeting_id].append(
            rows.AgendaItem(item.number, item.title or None, parent, item.note or None)
        )
    return found


def _participations(reader: Reader) -> dict[int, list[rows.Participation]]:
    said: dict[int, list[rows.Intervention]] = defaultdict(list)
    interventions = met.Intervention.objects.filter(participation__meeting__group=reader.group)
    for words in interventions.order_by("order", "pk"):
        said[words.participation_id].append(rows.Intervention(words.quotation or None, words.summary or None))
    found: dict[int, list[rows.Participation]] = defaultdict(list)
    for each in met.Participation.objects.filter(meeting__group=reader.group).order_by("order", "pk"):
        spoke_as = reader.ids["appointments"].get(reader.stands_now(each.appointment_id), "")
        row = rows.Participation(
            each.part, reader.id("organisations", each.organisation_id), reader.states.get(each.state_id, ""),
            each.other or None, spoke_as, tuple(said.get(each.pk, ())),
        )  # fmt: skip
        found[each.meeting_id].append(row)
    return found


def decisions(reader: Reader) -> None:
    """Decisions, each with the meeting it was taken at."""
    found = decided.Decision.objects.filter(group=reader.group)
    reader.ids["decisions"] = {}
    answers = _pairs(decided.Decision.answers.through, "decision", "instrument", decision__group=reader.group)
    answered = _answered(reader, decided.Decision, "decision")
    taken = dict(met.TakenAt.objects.filter(meeting__group=reader.group).values_list("decision", "meeting"))
    afterwards = Afterwards(reader)

    def make(each: Any, id_: str, sources: Any) -> rows.Decision:
        return rows.Decision(
            id=id_, body=reader.id("bodies", each.body_id), title=each.title or None, adopted=each.adopted_written,
            number=each.number, meeting=reader.id("meetings", taken.get(each.pk)), adopted_at=each.adopted_at,
            effective=each.effective_at, awaits_effect=each.awaits_effect, **afterwards.of(each.pk),
            how=each.how, count=each.count, text=_paragraphs(each.text), note=each.note or None,
            visibility=each.visibility, answers=tuple(reader.id("mandates", pk) for pk in answers.get(each.pk, ())),
            answers_paragraphs=tuple(answered.get(each.pk, ())), sources=sources,
        )  # fmt: skip

    reader.section("decisions", found, make, lambda each: each.slug)


def outputs(reader: Reader) -> None:
    """Outputs with their versions and who contributed."""
    found = published.Output.objects.filter(group=reader.group).prefetch_related("versions")
    reader.ids["outputs"] = dict(found.values_list("pk", "slug"))
    givers = _pairs(
        published.Output.contributors.through, "output", "organisation", output__group=reader.group
    )
    answers = _pairs(published.Output.answers.through, "output", "instrument", output__group=reader.group)
    answered = _answered(reader, published.Output, "output")

    def make(each: Any, id_: str, sources: Any) -> rows.Output:
        versions = sorted(each.versions.all(), key=lambda version: version.language)
        return rows.Output(
            id=id_, kind=each.kind, number=each.number, title=each.title or None, subtitle=each.subtitle or None,
            when=each.when_written, known_by=each.known_by_written, covers=each.covers_written,
            structure=each.structure or None, actions=each.actions,
            cleared_by=reader.id("bodies", each.cleared_by_id), derived_from=reader.id("outputs", each.derived_from_id),
            contributors=tuple(reader.id("organisations", pk) for pk in givers.get(each.pk, ())),
            answers=tuple(reader.id("mandates", pk) for pk in answers.get(each.pk, ())),
            answers_paragraphs=tuple(answered.get(each.pk, ())), web=each.web,
            note=each.note or None, visibility=each.visibility, order=each.order,
            versions=tuple(rows.Version(v.language, v.web) for v in versions), sources=sources,
        )  # fmt: skip

    reader.section("outputs", found, make, lambda each: each.slug)


def points(reader: Reader) -> None:
    """Points on which sources say something, of the group and of all its rows."""
    about = {key_of(reader.group, reader.slug): "group"}
    for name, objects in reader.objects.items():
        if name in SECTIONS and name != "claims":
            about |= {key_of(each, reader.slug): f"{name}/{id_}" for id_, each in objects.items()}
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for some in parts(list(about)):
        for claim in Claim.objects.filter(
            about__in=some, standing=True, says__isnull=False, source__isnull=False
        ).select_related("source").order_by("order", "pk"):  # fmt: skip
            claims[about[claim.about], claim.point].append(claim)
    for (where, point), some_claims in claims.items():
        row = rows.Point(where, point, tuple(map(_claimed, some_claims)))
        reader.found["claims"][row.id], reader.objects["claims"][row.id] = row, some_claims


def _claimed(claim: Any) -> rows.Claimed:
    return rows.Claimed(
        claim.says, claim.source.address, claim.confidence, claim.preferred, claim.note or None
    )


def _pairs(through: Any, one: str, other: str, **where: Any) -> dict[int, list[int]]:
    """A many-to-many relation as lists, in the order in which it was written."""
    found: dict[int, list[int]] = defaultdict(list)
    for first, second in through.objects.filter(**where).order_by("pk").values_list(one, other):
        found[first].append(second)
    return found


def _answered(reader: Reader, model: Any, one: str) -> dict[int, list[rows.AnswersParagraph]]:
    """The paragraphs that things answer, in the order in which it was said."""
    found: dict[int, list[rows.AnswersParagraph]] = defaultdict(list)
    through = model.answered_paragraphs.through.objects.filter(
        **{f"{one}__group": reader.group}, paragraph__standing=True
    )
    values = through.order_by("pk").values_list(one, "paragraph__instrument", "paragraph__anchor")
    for thing, instrument, anchor in values:
        found[thing].append(rows.AnswersParagraph(reader.id("mandates", instrument), anchor))
    return found


def _paragraphs(values: Iterable[dict[str, Any]]) -> tuple[rows.ReportParagraph, ...]:
    return tuple(
        rows.ReportParagraph(each["id"], each["text"], each.get("margin") or None) for each in values or ()
    )
