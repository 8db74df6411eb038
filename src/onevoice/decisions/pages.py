"""Pages of decisions and proposals: the register, a decision, the group's proposals, a proposal."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from onevoice.enact.actor import Actor, Viewer
from onevoice.enact.after import acts_on
from onevoice.groups import visible as groups
from onevoice.groups.days import asked
from onevoice.groups.sources import behind
from onevoice.languages.web import active_language
from onevoice.mandates.shapes import answered_by

from . import shapes, visible, wording
from .beside import where, with_where
from .board import under
from .lasting_shapes import lasting
from .lists import PROPOSALS
from .models import Proposal, ProposalState, Visibility
from .reaching import board
from .register import as_of, reading, register_for

SOUGHT = tuple(
    f"decisions.{name}"
    for name in ("confirm_agreement", "refuse_agreement", "cast_vote", "break_silence", "renew_objection", "agree_now")
)
OPEN = (ProposalState.TABLED, ProposalState.CALLED, ProposalState.SILENCE)


def shown(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page that is asked for anew each time, so that a change is seen at once; its ETag spares the sending."""
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-cache" if request.user.is_authenticated else "no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def register(request: HttpRequest, group: str) -> HttpResponse:
    """What the group adopted, as it stands or stood: public decisions for everybody, all of them for the group."""
    house = get_object_or_404(groups.groups(request.viewer), slug=group)
    day = asked(request, house, officers=False)
    rows = with_where(request.viewer, as_of(visible.decisions(request.viewer).filter(group=house), day))
    listing = register_for(request.viewer, house.pk).view(request, rows, read=reading(request.viewer, day))
    context = {"group": house, "list": listing, "day": day.day}
    return listing.file(house) or shown(request, "decisions/register.html", context)


@require_safe
def decision(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """One decision: what was adopted, how, where, and its place in the record."""
    viewer: Viewer = request.viewer
    rows = visible.decisions(viewer).select_related(
        "group", "body", "proposal__group", "proposal__proposed_by"
    )
    rows = with_where(viewer, rows.prefetch_related("proposal__proposed_by__names", "answers"))
    found = rows.filter(group__slug=group, slug=slug).first()
    if found is None:
        return _taken_back(request, group, slug)
    actor = request.standing.actor(found.group_id) if viewer.is_in(found.group_id) else None
    proposal = found.proposal if viewer.is_in(found.group_id) else None
    afterwards = lasting(viewer, found, actor, now=request.standing.now)
    course = visible.acts_about(viewer, found.proposal, found, *(one.row for one in afterwards.follow_ups))
    adoption = next(
        (one for one in course if one.facts.get("number") == found.number and "how" in one.facts), None
    )
    there = visible.roster(viewer, adoption, found.group_id) if adoption else []
    context = {
        "group": found.group,
        "decision": found,
        "lasting": afterwards,
        "is_public": found.visibility == Visibility.PUBLIC,
        "how": wording.HOW.get(found.how, found.how),
        "text": shapes.text_of(found.text, active_language().code),
        "where": where(found),
        "present": adoption.facts.get("present", 0) if adoption else 0,
        "roster": shapes.roster(viewer, there) if there else [],
        "mandates": shapes.mandates_of(found.answers.all(), found.group),
        "paragraphs": answered_by(viewer, found),
        "course": ([shapes.proposed(found.proposal)] if proposal else [])
        + shapes.done(course, named=afterwards.names_shown),
        "adoption": shapes.done([adoption])[0] if adoption else None,
        "proposal": proposal,
        "sources": behind(viewer, [found]).of(found),
        "acts": (acts_on(found, actor, now=request.standing.now) if actor else []) + afterwards.acts,
    }
    return shown(request, "decisions/decision.html", context)


def _taken_back(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """What was public once answers that it is so no more, and since when; all else is not there."""
    house = get_object_or_404(groups.groups(request.viewer), slug=group)
    if (act := visible.taken_back(group, slug)) is None:
        raise Http404
    return shown(request, "decisions/taken_back.html", {"group": house, "act": act}, status=410)


@require_safe
def proposals(request: HttpRequest, group: str) -> HttpResponse:
    """What was put to the bodies of a group; for the group."""
    house = get_object_or_404(groups.groups(request.viewer).filter(pk__in=request.viewer.groups), slug=group)
    rows = visible.proposals(request.viewer).filter(group=house).prefetch_related("proposed_by__names")
    listing = PROPOSALS.view(request, rows)
    return listing.file(house) or shown(
        request, "decisions/proposals.html", {"group": house, "list": listing}
    )


@require_safe
def proposal(request: HttpRequest, group: str, slug: str) -> HttpResponse:
    """One proposal: first what will become of it and what the reader can do, then the text."""
    viewer: Viewer = request.viewer
    rows = with_where(
        viewer,
        visible.proposals(viewer).select_related(
            "group", "body__group", "proposed_by", "decision", "procedure__rules", "procedure__calendar"
        ),
    )
    found = get_object_or_404(
        rows.prefetch_related("proposed_by__names", "calls__by__names", visible.with_objections()),
        group__slug=group, slug=slug,
    )  # fmt: skip
    now, actor = request.standing.now, request.standing.actor(found.group_id)
    acts = sorted(acts_on(found, actor, now=now), key=lambda link: _turn(link.act.name))
    procedure = under(viewer, found, actor) if hasattr(found, "procedure") else None
    objections = list(found.objections.all())
    standing = [one for one in objections if one.stands]
    calls = sorted(found.calls.all(), key=lambda call: call.at)
    state = ProposalState(found.state)
    context = {
        "group": found.group,
        "proposal": found,
        "state": wording.STATES[state],
        "mark": wording.MARKS[state],
        "is_open": state in OPEN,
        "consequence": procedure.says if procedure else wording.consequence(found, standing),
        "procedure": procedure,
        "notices": board(viewer, found) if procedure else [],
        "nothing_to_do": not standing
        and (not procedure or procedure.consents)
        and _nothing_to_do(found, actor),
        "text": shapes.text_of(visible.text_now(found).text, active_language().code),
        "text_hash": visible.text_now(found).text_hash,
        "objections": objections,
        "call": calls[-1] if calls else None,
        "present": shapes.roster(viewer, calls[-1].present) if calls else [],
        "where": where(found),
        "decision": getattr(found, "decision", None),
        "course": [
            shapes.proposed(found),
            *shapes.done(visible.acts_about(viewer, found), named=not procedure or procedure.names_shown),
        ],
        "acts": acts,
    }
    return shown(request, "decisions/proposal.html", context)


def _turn(name: str) -> int:
    """What a member is likeliest to look for comes first; the rest as declared."""
    return SOUGHT.index(name) if name in SOUGHT else len(SOUGHT)


def _nothing_to_do(proposal: Proposal, actor: Actor | None) -> bool:
    """A member that agrees has nothing to do while the proposal is open and nobody objects."""
    return proposal.state in OPEN and actor is not None and actor.bodies.get(proposal.body_id) == "member"
