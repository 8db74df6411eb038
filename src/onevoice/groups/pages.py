"""Members of a group on a day, its offices year by year, and the page of one organisation."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from onevoice.claims.asof import Answer
from onevoice.enact.act import act_called
from onevoice.enact.after import link_to
from onevoice.enact.subjects import group_of
from onevoice.languages.bidi import is_clean
from onevoice.look.frame import Frame
from onevoice.look.lists import together
from onevoice.parties.models import OrganisationName, Succession

from . import facts, known, shapes, standing, visible
from .days import Asked, asked, say_once
from .history import history
from .lists import AT_OTHER_TIMES, MEMBERS, OFFICES, SIZES
from .models import Appointment, Body, Group, Membership, OfficeHolding, PublishedCount
from .on_record import on_record
from .sources import behind
from .traces import traces_of, until

FRESH = "no-cache"


def answered(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """A page that anybody may read: kept by browsers, asked for again each time, so that a change is seen at once."""
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = FRESH if request.user.is_anonymous else f"private, {FRESH}"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def members(request: HttpRequest, group: str) -> HttpResponse:
    """Organisations by kind on a day, the offices by year, the published size."""
    found = get_object_or_404(visible.groups(request.viewer), slug=group)
    day = asked(request, found)
    body = _asked_body(request, found)
    present = standing.members(body or found, at=day.at, known_on=day.known_on)
    officers = standing.officers(found, at=day.at, known_on=day.known_on)
    counts = list(visible.counts_ever(request.viewer).filter(group=found))
    shown = [fact for one in [*present, *officers] for fact in one.facts]
    once = standing.offices_once_known(found)
    cited = behind(request.viewer, [found, *counts, *shown, *once])
    ever = [*(fact for one in officers for fact in one.facts), *once, *counts]
    past = history(request.viewer, found, ever, cited)
    rows = shapes.member_rows(request.viewer, present, officers, day, cited)
    listing = MEMBERS.view(request, [row for row in rows if row.is_there])
    say_once(listing)
    others = AT_OTHER_TIMES.view(request, [row for row in rows if not row.is_there])
    held = facts.office_facts(day, officers, cited, past, offers(request, found, day))
    offices = OFFICES.view(request, held)
    sizes = SIZES.view(request, shapes.count_rows(past.then(counts, known_on=day.known_on), cited, past))
    together(listing, others, offices, sizes)
    if file := next(filter(None, (one.file(found) for one in (listing, others, offices, sizes))), None):
        return file
    context = {
        "group": found,
        "asked": day,
        "list": listing,
        "at_other_times": others,
        "body": body,
        "in_bodies": any(row.bodies for row in rows),
        "meanings": [(known.STATES[a], known.ANSWERS[a], known.MEANINGS[a]) for a in Answer],
        "in_office": shapes.in_office(officers, day),
        "chart": shapes.offices_by_year(officers, day),
        "offices": offices,
        "offices_taken_back": past.taken_back(OfficeHolding, known_on=day.known_on),
        "sizes": sizes,
        "sizes_taken_back": past.taken_back(PublishedCount, known_on=day.known_on),
        "correct_size": may_do(request, "correct-count", found) if counts and not day.known_day else "",
        "on_size": cited.of(found).about("size"),
    }
    return answered(request, "groups/members.html", context, status=day.status)


def _asked_body(request: HttpRequest, group: Group) -> Body | None:
    """The body whose members are asked for; none for whoever is in any body. The list says what is no body."""
    slug = request.GET.get("body", "")
    if not slug or not is_clean(slug):
        return None
    return visible.bodies(request.viewer).filter(group=group, slug=slug).first()


def offers(request: HttpRequest, group: Group, day: Asked) -> facts.Correct:
    """For each fact the address of the act that corrects it, for who may; what was known once is not corrected."""
    acts = {
        Membership: "correct-membership",
        OfficeHolding: "correct-office",
        Appointment: "correct-appointment",
    }
    if day.known_day or request.standing.actor(group.pk) is None:  # type: ignore[attr-defined]
        return lambda fact: ""
    return lambda fact: may_do(request, acts[type(fact)], on_record(fact))  # type: ignore[index]


def may_do(request: HttpRequest, slug: str, subject: Any) -> str:
    """The address of an act on a subject, empty for who may not."""
    stands = request.standing  # type: ignore[attr-defined]
    act, actor = act_called(slug), stands.actor(group_of(subject).pk)
    if act is None or actor is None or act.refusal(actor, subject, now=stands.now) is not None:
        return ""
    return link_to(act, subject).address


@require_safe
def member(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """One organisation in a group: names, membership, offices, and what it took part in."""
    found = get_object_or_404(visible.groups(request.viewer), slug=group)
    organisation = get_object_or_404(visible.organisations(request.viewer), slug=slug)
    day = asked(request, found)
    seats, holdings = standing.facts_of(found, organisation)
    traces = traces_of(request.viewer, found, organisation)
    if not (seats or holdings or traces):
        raise Http404
    about = Q(successor=organisation) | Q(predecessor=organisation)
    successions, names = (
        list(visible.successions_ever(request.viewer).filter(about)),
        list(organisation.names.all()),
    )
    cited = behind(request.viewer, [organisation, *seats, *holdings, *successions, *names])
    past = history(request.viewer, found, [*seats, *holdings, *successions, *names], cited)
    known_then = [row for row in past.then(successions, known_on=day.known_on) if day.has_passed(row)]
    before, after = facts.before_and_after(known_then, organisation)
    paged = standing.in_group(
        found, [*(row.predecessor for row in before), *(row.successor for row in after)]
    )
    correct = offers(request, found, day)
    ours = organisation.invented == found.demonstration  # a demonstration says nothing of real organisations
    frame = Frame(request, found)
    context = {
        "group": found,
        "asked": day,
        "organisation": organisation,
        "name": organisation.words(at=day.at),
        "acronym": organisation.acronym(at=day.at),
        "kind": known.ORGANISATION_KINDS[organisation.kind],
        "seats": facts.seats(past.then(seats, known_on=day.known_on), after, day, cited, past, correct),
        "seats_taken_back": past.taken_back(Membership, known_on=day.known_on),
        "offices": facts.offices_of(past.then(holdings, known_on=day.known_on), day, cited, past, correct),
        "offices_taken_back": past.taken_back(OfficeHolding, known_on=day.known_on),
        "names": facts.name_rows(past.then(names, known_on=day.known_on), day, cited),
        "names_before": [past.of(name) for name in names if name.standing],
        "names_taken_back": past.taken_back(OrganisationName, known_on=day.known_on),
        "correct_name": may_do(request, "correct-name", found) if ours else "",
        "before": [(row, row.predecessor_id in paged, past.of(row), cited.of(row)) for row in before],
        "after": [(row, row.successor_id in paged, past.of(row), cited.of(row)) for row in after],
        "successions_taken_back": past.taken_back(Succession, known_on=day.known_on),
        "correct_succession": may_do(request, "correct-succession", found)
        if ours and (before or after)
        else "",
        "record_succession": may_do(request, "record-succession", found) if ours and not after else "",
        "traces": until(traces, day.day.last_day if day.day else None),
        "sources": cited.of(organisation),
        "data": shapes.organisation_ld(organisation, address=frame.canonical, group=found),
    }
    return answered(request, "groups/member.html", context, status=day.status)
