"""What of proposals and decisions a viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from onevoice.enact.actor import Viewer
from onevoice.enact.models import Performed
from onevoice.enact.perform import database_clock
from onevoice.enact.subjects import key_of
from onevoice.groups.names import by_names
from onevoice.groups.standing import bodies_led, who_leads
from onevoice.procedure.cases import Case
from onevoice.procedure.rules import Seen
from onevoice.procedure.states import Judged, Judgement, Outcome
from onevoice.record.models import Opening

from .models import (
    AdoptedCalendar,
    Decision,
    FollowUp,
    FollowUpState,
    Objection,
    Proposal,
    Review,
    Visibility,
)
from .procedures import asked, case_of, nothing_on_its_way, rules_of, supposed

ROSTER = "roster"  # the personal value of an adoption that names who was present


def proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """A proposal is for its group."""
    rows = Proposal.objects.filter(group__in=viewer.groups)
    return rows.select_related("group", "body", "proposed_by")


def under_procedure(viewer: Viewer) -> QuerySet[Proposal]:
    """Proposals whose procedure has started."""
    rows = proposals(viewer).filter(procedure__isnull=False)
    return rows.select_related("procedure__rules", "procedure__calendar", "body__group")


@dataclass(frozen=True, slots=True)
class TextNow:
    """The text that a proposal has now, with its hash."""

    text: list[dict[str, Any]]
    text_hash: str


def holding(proposal: Proposal) -> Outcome:
    """What holds now of a proposal's procedure; asked once for each proposal that was read."""
    if not hasattr(proposal, "_holding"):
        now = database_clock()
        procedure = proposal.procedure
        if procedure.closed_at is None and procedure.ends_at is not None and procedure.ends_at <= now:
            nothing_on_its_way([procedure.pk])
        hold(proposal, case_of(procedure), at=now)
    return proposal._holding


def hold(proposal: Proposal, known: Case, *, at: datetime) -> Outcome:
    """Keep with a proposal what holds of it now, where the case was read already: nobody waits or reads twice."""
    proposal._case, proposal._asked_at = known, at
    proposal._holding = asked(known, at=at)
    return proposal._holding


def case(proposal: Proposal) -> Case:
    """What was received of a proposal's procedure, as `holding` read it."""
    holding(proposal)
    return proposal._case


def would_count(proposal: Proposal, what: str, data: Mapping[str, Any]) -> bool:
    """Whether such an act would count by the rules if it were received now."""
    known, at = case(proposal), proposal._asked_at
    one = supposed(what, data, at=at, zone=proposal.procedure.zone)
    judged = asked(known, at=at, also=[one]).judged
    return judged[one.key] == Judged(Judgement.COUNTED)


def text_now(proposal: Proposal) -> TextNow:
    """What the body decides on now: the text proposed, or the one that took its place."""
    if not hasattr(proposal, "procedure"):
        return TextNow(proposal.text, proposal.text_hash)
    return text_of(proposal, holding(proposal))


def text_of(proposal: Proposal, outcome: Outcome) -> TextNow:
    """The text that stands by an outcome."""
    text = outcome.text
    if text is None or text.hash == proposal.text_hash:
        return TextNow(proposal.text, proposal.text_hash)
    later = [{"id": name, "text": {"en": words}} for name, words in text.paragraphs.items()]
    return TextNow(later, text.hash)


def leads(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether a viewer acts for an organisation that holds an office over the body."""
    return bool(
        viewer.organisations.intersection(who_leads(proposal.body, at=viewer.now or database_clock()))
    )


def nameless(viewer: Viewer, names: list[str]) -> set[str]:
    """Of proposals by permanent name, those of which the rules do not show this viewer whose an objection is.

    Two queries. What is shown after the close is so once the close is written: sooner than never, later than too soon.
    """
    found = by_names(under_procedure(viewer), names)
    secret = {
        name: one
        for name, one in found.items()
        if hides_names(one, is_over=one.procedure.closed_at is not None)
    }
    if not secret:
        return set()
    groups = {one.group_id for one in secret.values()}
    led = bodies_led(viewer.organisations, groups, at=viewer.now or database_clock())
    return {name for name, one in secret.items() if one.body_id not in led}


def hides_names(proposal: Proposal, *, is_over: bool) -> bool:
    """Parameter 19: whether the rules hide, now, from all but the chair whose an objection is."""
    seen_by = rules_of(proposal.procedure.rules).objection.seen_by
    return seen_by is Seen.CHAIR or (seen_by is Seen.AFTER_THE_CLOSE and not is_over)


def decisions(viewer: Viewer) -> QuerySet[Decision]:
    """Public decisions for everybody, the others for their group."""
    rows = Decision.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(group__in=viewer.groups))
    return rows.select_related("group", "body")


def of_group(group: int) -> QuerySet[Decision]:
    """Every decision of a group, for those who act in it."""
    return Decision.objects.filter(group=group).order_by("-adopted_written", "-pk")


def follow_ups(viewer: Viewer) -> QuerySet[FollowUp]:
    """What is to be done after a decision is for its group, whoever may read the decision."""
    rows = FollowUp.objects.filter(decision__group__in=viewer.groups)
    return rows.select_related("decision__group", "decision__body", "organisation")


def follow_ups_open(viewer: Viewer) -> QuerySet[FollowUp]:
    """Those that are not closed."""
    return follow_ups(viewer).filter(state__in=(FollowUpState.NOT_STARTED, FollowUpState.ONGOING))


def reviews_of(decisions: Iterable[Decision], *, at: datetime) -> QuerySet[Review]:
    """The last that was said of the review of each decision until an instant; of decisions that the reader sees."""
    rows = Review.objects.filter(decision__in=list(decisions), at__lte=at)
    return rows.order_by("decision_id", "-at", "-pk").distinct("decision_id")


def shown_and_hidden_after(keys: Iterable[str], *, at: datetime) -> list[Performed]:
    """The acts by which decisions, by their keys, became public or ceased to be, after an instant; the oldest first."""
    acts = ("decisions.publish_decision", "decisions.unpublish_decision")
    return list(
        Performed.objects.filter(subject__in=list(keys), act__in=acts, performed_at__gt=at).order_by("pk")
    )


def calendars_in_force(group: int | None) -> QuerySet[AdoptedCalendar]:
    """A group's calendars, the latest under each name."""
    rows = AdoptedCalendar.objects.filter(group=group)
    return rows.order_by("slug", "-adopted_at", "-pk").distinct("slug")


def taken_back(group: str, slug: str) -> Performed | None:
    """The act that took a decision from the public site, the latest; everybody reads in the record that it was."""
    rows = Performed.objects.filter(
        subject=f"decisions.decision:{group}/{slug}", act="decisions.unpublish_decision", entry__public=True
    )
    return rows.first()


def roster(viewer: Viewer, adoption: Performed, group: int) -> list[str]:
    """Who was present at an adoption, by permanent name: for the group, whose roster it is; one query."""
    if not viewer.is_in(group):
        return []
    opened = Opening.objects.filter(entry=adoption.entry_id, name=ROSTER).first()
    return opened.value if opened else []


def acts_about(viewer: Viewer, *subjects: Proposal | Decision | FollowUp | None) -> list[Performed]:
    """What was done on a proposal, its decision and what followed, the oldest first, with its place in the record.

    One query. The group sees all of it; everybody sees what is open in the record.
    """
    there = [subject for subject in subjects if subject is not None]
    inside = viewer.is_in(there[0].group.pk)
    rows = Performed.objects.filter(subject__in=[key_of(subject) for subject in there])
    rows = rows.select_related("entry__placement").order_by("pk")
    return [one for one in rows if inside or (one.entry is not None and one.entry.public)]


def with_objections() -> Prefetch:
    """The objections of visible proposals, those taken back too, with who made them; two queries."""
    rows = Objection.objects.select_related("organisation", "taken_back").prefetch_related(
        "organisation__names"
    )
    return Prefetch("objections", queryset=rows)
