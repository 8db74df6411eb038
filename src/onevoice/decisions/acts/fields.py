"""What the forms of acts under a procedure offer, and how what was chosen stands in an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext

from onevoice.decisions import shapes, visible, wording
from onevoice.decisions.models import AdoptedCalendar, AdoptedRules, Proposal
from onevoice.decisions.rules_in_force import of_bodies
from onevoice.enact.act import Refusal
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import OneOf, instant
from onevoice.enact.perform import database_clock
from onevoice.groups.standing import who_leads
from onevoice.languages.bidi import shown
from onevoice.languages.web import active_language
from onevoice.languages.words import said
from onevoice.procedure.clock import Length
from onevoice.procedure.events import Objected
from onevoice.procedure.instants import Announced
from onevoice.procedure.rules import Rules
from onevoice.procedure.states import FINAL, Standing

Choices = list[tuple[str, str]]
SOON = timedelta(days=1)


def adopted_rules(subject: Proposal) -> QuerySet[AdoptedRules]:
    """The rules in force in the body: the latest under each name."""
    return subject.body.rules.order_by("slug", "-adopted_at", "-pk").distinct("slug")


class InForce(OneOf):
    """One of the rules in force in the body, with a way to see what would happen under each."""

    def for_subject(self, subject: Any) -> None:
        super().for_subject(subject)
        links = [
            (one.simulation, one.rules.title) for one in of_bodies([subject.body]).get(subject.body_id, [])
        ]
        shown_links = format_html_join(" · ", '<a href="{}"><bdi lang="en">{}</bdi></a>', links)
        self.help_text = format_html("{} {}", wording.what_would_happen, shown_links) if links else ""


def adopted_calendars(subject: Proposal) -> QuerySet[AdoptedCalendar]:
    """The group's calendars in force."""
    return subject.group.calendars.order_by("slug", "-adopted_at", "-pk").distinct("slug")


def paragraphs_of(subject: Proposal) -> Choices:
    """The paragraphs of the present text, by number and beginning."""
    language = active_language().code
    return [
        (one["id"], f"{number}. {Truncator(shown(said(one['text'], language).text)).chars(80)}")
        for number, one in enumerate(visible.text_now(subject).text, start=1)
    ]


def members_of_roster(subject: Proposal) -> Choices:
    """Those entitled, by acronym."""
    return shapes.named(visible.holding(subject).entitled)


def unreached_members(subject: Proposal) -> Choices:
    """Members whom no notice reached, by acronym."""
    return shapes.named(visible.holding(subject).unreached)


def standing_objections(subject: Proposal, actor: Actor | None = None) -> Choices:
    """Objections that stand, by who made them, as far as the rules show it to whoever acts."""
    return _named(subject, visible.holding(subject).standing, actor)


def own_objections(subject: Proposal, actor: Actor | None) -> Choices:
    """Objections that stand in the name of whoever acts."""
    mine = actor.organisation_key if actor else ""
    standing = visible.holding(subject).standing
    return _named(subject, [one for one in standing if mine in one.members], actor)


def entered_objections(subject: Proposal, actor: Actor | None) -> Choices:
    """Those of them that somebody else entered in the organisation's name."""
    entered = {
        one.key for one in visible.case(subject).events if isinstance(one, Objected) and one.came is not None
    }
    return [one for one in own_objections(subject, actor) if one[0] in entered]


def _named(subject: Proposal, standing: Sequence[Standing], actor: Actor | None) -> Choices:
    """Each by the acronyms that the reader may see, else by how its reasons begin; a fixed number of queries."""
    everybody = {member for one in standing for member in one.members}
    names = dict(shapes.named(everybody)) if everybody else {}
    if everybody and not _may_name(subject, actor):
        names = {key: name for key, name in names.items() if actor and key == actor.organisation_key}
    said = {one.key: one.reasons for one in visible.case(subject).events if isinstance(one, Objected)}
    return [(one.objection, _label(one, names, said.get(one.objection, ""))) for one in standing]


def _label(one: Standing, names: Mapping[str, str], reasons: str) -> str:
    if by := sorted(names[member] for member in one.members if member in names):
        return ", ".join(by)
    if not reasons:
        return gettext("A member")
    return gettext("{number}: {title}").format(
        number=gettext("A member"), title=Truncator(shown(reasons)).chars(80)
    )


def _may_name(subject: Proposal, actor: Actor | None) -> bool:
    """Whether whoever acts sees whose an objection is, now."""
    outcome = visible.holding(subject)
    if not visible.hides_names(subject, is_over=outcome.state in FINAL):
        return True
    now = database_clock()
    return actor is not None and actor.organisation in who_leads(subject.body, at=now)


def until_of(inputs: Mapping[str, Any], zone: str, rules: Rules | None = None) -> dict[str, Any]:
    """The length or exact end that was chosen; the shortest that the rules allow where nothing was."""
    if inputs.get("until_day") or inputs.get("until_time"):
        return {"until": str(written(inputs, "until", zone))}
    if inputs.get("number"):
        return {"length": {inputs.get("unit") or "working_days": inputs["number"]}}
    if rules is not None and isinstance(rules.clock.minimum, Length):
        return {"length": {rules.clock.minimum.unit.value: rules.clock.minimum.number}}
    return {}


def written(inputs: Mapping[str, Any], name: str, zone: str) -> Announced:
    """The instant of a day and a time that were typed; a Refusal where one is missing, or the clock skips it."""
    day, at = inputs.get(f"{name}_day"), inputs.get(f"{name}_time")
    if not day or not at:
        raise Refusal("half_an_instant", wording.half_an_instant)
    try:
        return Announced(instant(day, at, zone), ZoneInfo(zone))
    except ValidationError as error:
        raise Refusal("no_such_time", error.messages[0]) from error


def to_come(inputs: Mapping[str, Any], name: str, zone: str) -> Announced:
    """The same, which must lie in the future."""
    found = written(inputs, name, zone)
    if found.at <= database_clock():
        raise Refusal("is_past", wording.is_past)
    return found


def soon(zone: str) -> str:
    """An instant to come, for asking the rules whether an act that names one would count."""
    return str(Announced(database_clock() + SOON, ZoneInfo(zone)))
