"""Acting from a letter: a link for one act of one person on one subject, once.

1. Opening it shows what is proposed and what the act does, and changes nothing: programs that look into mail follow
   every link. The button does it: two taps, and no account where the rules let it be so.
2. The link is the right itself: 215 bits that only its letter holds (notices.links), for one appointment. Rights are
   read anew each time; with the appointment, the act's possibility or its day the link is over.
3. It is used by the act: performed under the link's one-time number. Who opens it again sees the receipt.
4. The act says on the record that it came by a mailed link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from allauth.core.internal.ratelimit import consume
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from onevoice.notices import links

from . import wording
from .act import Act, Refusal, act_named
from .actor import Actor, identity_of_person
from .after import told_with_changes
from .form import ActForm
from .models import MailedLink, Performed
from .perform import TOLD, Done, Incomplete, Sending, Stale, last_seen, perform
from .receipts import place_of
from .subjects import address_of, group_of, title_of

LIMITS = {"by_mail": "60/m/ip"}
SHORT = 400  # characters


@dataclass(frozen=True, slots=True)
class InShort:
    """A subject in ten seconds: what becomes of it if nothing is done, and its words, paragraph by paragraph."""

    lede: Any
    paragraphs: Sequence[str] = ()

    @property
    def is_short(self) -> bool:
        """Whether the words may stand open: they leave the button in sight."""
        return sum(map(len, self.paragraphs)) <= SHORT


@dataclass(frozen=True, slots=True)
class ByLink:
    """An act that letters carry links for: whether it needs no signing in, and the subject in short."""

    without_signing_in: Callable[[Any], bool]
    in_short: Callable[[Any], InShort]


_acts: dict[str, ByLink] = {}


def by_link(act: str, known: ByLink) -> None:
    """Register an act, by its name on the record, as one that a mailed link may perform."""
    _acts[act] = known


def make(
    act: type[Act], subject: Any, seats: Iterable[tuple[int, int]], *, expires_at: datetime
) -> dict[tuple[int, int], str]:
    """A link's number for each person and appointment; one statement."""
    rows = [
        MailedLink(
            number=links.new(), act=act.name, group=group_of(subject).slug, subject=subject.pk, person=person,
            appointment=appointment, expires_at=expires_at,
        )
        for person, appointment in seats
    ]  # fmt: skip
    MailedLink.objects.bulk_create(rows)
    return {(row.person, row.appointment): row.number for row in rows}


# No session gives a right here, so another site's form could do nothing that its maker could not: the link is all.
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HttpRequest, group: str, token: str) -> HttpResponse:
    """What the link is for, with its button; what became of it once it is used."""
    if not consume(request, app="onevoice", action="by_mail", config=LIMITS, limit_get=True):
        return _over(request, wording.too_many_links, status=429)
    link = MailedLink.objects.filter(number=links.opened(token), group=group).first()
    act = act_named(link.act) if link else None
    if link is None or act is None or act.name not in _acts:
        raise Http404
    if performed := Performed.objects.filter(once=link.once).select_related("entry").first():
        return _receipt(request, act, performed)
    now = request.standing.now  # type: ignore[attr-defined]
    if link.expires_at <= now:
        return _over(request, wording.link_over)
    identity = identity_of_person(link.person, now=now)
    actor = next((one for one in identity.actors if one.appointment == link.appointment), None)
    thing = act.on(identity.viewer).filter(pk=link.subject).first() if actor else None
    if actor is None or thing is None:
        return _over(request, wording.link_revoked)
    return _asked(request, act, thing, link, replace(actor, came_by="mailed_link"))


def _asked(request: HttpRequest, act: type[Act], thing: Any, link: MailedLink, actor: Actor) -> HttpResponse:
    # Who holds an office acts with a second factor alone, here as everywhere.
    if actor.offices or not _acts[act.name].without_signing_in(thing):
        return _page(request, act, thing, actor, signs_in=True)
    if refusal := act.refusal(actor, thing, now=request.standing.now):  # type: ignore[attr-defined]
        return _page(request, act, thing, actor, refusal=refusal, status=410)
    if request.method != "POST":
        return _page(request, act, thing, actor, form=ActForm(act, thing, actor=actor))
    seen = request.POST.get("seen", "")
    last = int(seen) if seen.isdecimal() and len(seen) < 19 else None
    match perform(act, thing, Sending(request.POST, link.once, last), actor=actor):
        case Done():
            return HttpResponseRedirect(request.path, status=303)
        case Stale(since=since):
            form = ActForm(act, thing, request.POST, actor=actor)
            form.only_shown()
            return _page(request, act, thing, actor, form=form, since=since, status=409)
        case Incomplete(form=form):
            form.keep_beginnings()
            return _page(request, act, thing, actor, form=form, status=413 if form.too_long else 422)
        case refusal:
            form = ActForm(act, thing, request.POST, actor=actor)
            form.only_shown()
            return _page(request, act, thing, actor, form=form, refusal=refusal, status=403)


def _page(
    request: HttpRequest,
    act: type[Act],
    thing: Any,
    actor: Actor,
    *,
    form: ActForm | None = None,
    refusal: Refusal | None = None,
    since: Sequence[Performed] = (),
    signs_in: bool = False,
    status: int = 200,
) -> HttpResponse:
    now, group = request.standing.now, group_of(thing)  # type: ignore[attr-defined]
    viewer = identity_of_person(actor.person or 0, now=now).viewer
    context: Mapping[str, Any] = {
        "act": act,
        "thing": thing,
        "subject_title": title_of(thing),
        "address": address_of(thing),
        "group": group,
        "actor": actor,
        "short": _acts[act.name].in_short(thing),
        "due": act.due(thing, now=now, actor=actor),
        "warning": act.warns(actor, thing, now=now),
        "form": form,
        "refusal": refusal,
        "since": told_with_changes(viewer, since[:TOLD], form) if form else (),
        "seen": last_seen(thing),
        "sign_in": reverse("enact:act", args=[group.slug, act.slug, thing.pk]) if signs_in else "",
        "say": wording.link_signs_in,
    }
    if signs_in and request.method == "POST":
        status = 403
    return render(request, "enact/by_mail.html", context, status=status)


def _receipt(request: HttpRequest, act: type[Act], performed: Performed) -> HttpResponse:
    """What became of the link, for whoever holds it: when it was received and what it counts for."""
    context = {
        "act": act,
        "performed": performed,
        "said": act.said(performed.facts),
        "placed": place_of(performed),
    }
    return render(request, "enact/by_mail_done.html", context)


def _over(request: HttpRequest, say: Any, *, status: int = 410) -> HttpResponse:
    return render(request, "enact/by_mail_over.html", {"say": say}, status=status)
