"""The pages of every act: its form, its receipt and its call."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onevoice.look.errors import in_numbers, not_found, problem, stale_form
from onevoice.look.notice import file_name

from . import wording
from .act import Act, Refusal, act_called, all_acts
from .actor import Actor, Viewer
from .after import after, of_a_member, seen_of, told_with_changes, unnamed
from .beginnings import KEPT
from .calls import Call, NotACall, call_of, is_number_once
from .changes import rebased, standing
from .form import ActForm, carried, new_number, typed_texts
from .large import TooMuch
from .models import Performed
from .perform import TOLD, Answer, Done, Incomplete, Sending, Stale, last_seen, perform
from .receipts import place_of, receipt_file, receipts
from .subjects import address_of, group_of, key_of, title_of

CALLED = ("application/json", "multipart/form-data")


@require_http_methods(["GET", "POST"])
def act_page(request: HttpRequest, group: str, act: str, subject: int) -> HttpResponse:
    """The form of an act, and what became of sending it.

    The reader's browser may keep the form: whoever goes back to it and presses again sends the same number again.
    """
    answer = _act_page(request, group, act, subject)
    if request.method == "POST":
        add_never_cache_headers(answer)
    else:
        patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _act_page(request: HttpRequest, group: str, act: str, subject: int) -> HttpResponse:
    if request.method == "POST" and not request.user.is_authenticated:
        return _signed_out(request, act)
    if request.method == "POST" and (first := already(request, _sending(request))) is not None:
        return _sent_otherwise(request, group, act, subject, first) or _to_receipt(first, again=True)
    declared, thing = _found(request, group, act, subject)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.method == "GET":
        return _opened(request, declared, thing)
    if "resume" in request.POST:
        return _resumed(request, declared, thing)
    actor = _actor_of_form(request, thing)
    if actor is None:
        return _page(request, declared, thing, refusal=_nobody_here(request, thing), status=403)
    if (too_much := getattr(request, "too_much", None)) is not None:
        return _cut(request, declared, thing, too_much, actor)
    answer = perform(declared, thing, _sending(request), actor=actor)
    return _answered(request, declared, thing, answer, actor)


def already(request: HttpRequest, sending: Sending) -> Performed | None:
    """What this person has sent before under the same one-time number, though the right to it may have ended since."""
    return receipts(request.viewer).filter(person=request.user.person_id, once=sending.once).first()


def _sent_otherwise(
    request: HttpRequest, group: str, slug: str, pk: int, first: Performed
) -> HttpResponse | None:
    """Somebody went back, changed the form and sent it again: nothing is done, and what was typed is kept."""
    if not first.inputs_seal or getattr(request, "too_much", None) is not None:
        return None
    try:
        declared, thing = _found(request, group, slug, pk)
    except Http404:
        return None
    actor = _actor_of_form(request, thing)
    if actor is None or (first.act, first.subject) != (declared.name, key_of(thing)):
        return None
    sent = ActForm(declared, thing, request.POST, request.FILES, actor=actor)
    if sent.is_sealed_by(first.inputs_seal):
        return None
    form = _after_others(request, declared, thing, [], actor)
    return _page(request, declared, thing, actor=actor, form=form, since=[first], differs=True, status=409)


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with a token that no longer holds: where the browser says that it is ours, it opens again as it was typed.

    Whoever signs in anew in another window has a new token; what was typed in the first one must not be lost for that.
    What another site sends is never shown: it would be that site's words in our form.
    """
    match = request.resolver_match
    if match is None or match.view_name != "enact:act" or not is_ours(request):
        return stale_form(request, reason)
    answer = _act_of_before(request, **match.kwargs)
    add_never_cache_headers(answer)
    return answer


def is_ours(request: HttpRequest) -> bool:
    """Whether a page of this house sent the form: browsers say so in headers that no page can set."""
    own = f"{request.scheme}://{request.get_host()}"
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    return (origin, site) != (None, None) and origin in (None, own) and site in (None, "same-origin")


def _act_of_before(request: HttpRequest, group: str, act: str, subject: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return _signed_out(request, act)
    if (first := already(request, _sending(request))) is not None:
        return _to_receipt(first, again=True)
    try:
        declared, thing = _found(request, group, act, subject)
    except Http404 as error:
        return not_found(request, error)
    return _resumed(request, declared, thing, Refusal("token", wording.token_of_before), status=403)


def _resumed(
    request: HttpRequest, act: type[Act], thing: Any, refusal: Refusal | None = None, *, status: int = 200
) -> HttpResponse:
    """The form opens with what was typed into an earlier one; nothing is done until it is sent."""
    actor = _actor_of_form(request, thing) or request.standing.actor(group_of(thing).pk)
    if actor is None:
        return _page(request, act, thing, refusal=_nobody_here(request, thing), status=403)
    if against := act.refusal(actor, thing, now=request.standing.now):
        refusal, status = against, 403
    return _page(request, act, thing, actor=actor, refusal=refusal, status=status)


def _nobody_here(request: HttpRequest, thing: Any) -> Refusal:
    """Why the reader may not act as the form says: the appointment ended, or a second factor is missing."""
    _ = request.standing.identity
    if group_of(thing).slug in getattr(request, "second_factor_missing", ()):  # groups.identity says so
        return Refusal("no_second_factor", wording.no_second_factor)
    return Refusal("ended", wording.appointment_ended)


def _to_receipt(performed: Performed, *, again: bool) -> HttpResponse:
    address = reverse("enact:receipt", args=[performed.group, performed.key])
    return HttpResponseRedirect(address + ("?again=1" if again else ""), status=303)


def _signed_out(request: HttpRequest, slug: str) -> HttpResponse:
    """The session ended while somebody typed: nothing of the subject is told, and nothing typed is lost."""
    declared = act_called(slug)
    if declared is None:
        raise Http404
    context = {"act": declared, "sign_in": f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}",
               "say": wording.not_signed_in, "typed": typed_texts(declared, request.POST),
               "carried": carried(declared, request.POST, request.FILES), "signs_in_first": True,
               "choose_again": wording.choose_again}  # fmt: skip
    return render(request, "enact/signed_out.html", context, status=401)


def _found(request: HttpRequest, group: str, slug: str, pk: int) -> tuple[type[Act], Any]:
    """Unseen is 404: the subject must be in the act's visible set, and in the group of the address."""
    declared = act_called(slug)
    if declared is None:
        raise Http404
    thing = get_object_or_404(declared.on(request.viewer), pk=pk)
    if group_of(thing).slug != group:
        raise Http404
    return declared, thing


def _opened(request: HttpRequest, act: type[Act], thing: Any) -> HttpResponse:
    actor = request.standing.actor(group_of(thing).pk)
    if actor is None:
        return _page(request, act, thing, refusal=Refusal("no_standing", wording.no_standing), status=403)
    refusal = act.refusal(actor, thing, now=request.standing.now)
    return _page(request, act, thing, actor=actor, refusal=refusal, status=403 if refusal else 200)


def _actor_of_form(request: HttpRequest, thing: Any) -> Actor | None:
    """Who the form was made for, if that appointment is still the person's own; never a name from the form."""
    group = group_of(thing).pk
    mine = [a for a in request.standing.identity.actors if a.group == group]
    return next((a for a in mine if str(a.appointment) == request.POST.get("as")), None)


def _sending(request: HttpRequest) -> Sending:
    seen = request.POST.get("seen", "")
    once = request.POST.get("once", "")
    once = once if is_number_once(once) else new_number()
    last = int(seen) if seen.isdecimal() and len(seen) < 19 else None
    told = request.POST.get("told", "")
    told_of = int(told) if told.isdecimal() and len(told) < 19 else 0
    return Sending(request.POST, once, last, request.FILES, told_of)


def _cut(request: HttpRequest, act: type[Act], thing: Any, too_much: TooMuch, actor: Actor) -> HttpResponse:
    """Only the beginnings of what was sent could be read: they are shown again, and nothing is done."""
    form = ActForm(act, thing, request.POST, MultiValueDict(), actor=actor)
    form.only_shown()
    form.say_too_long(too_much.characters)
    form.ask_for_files_again(too_much.files)
    say = in_numbers(wording.too_much, size=too_much.size, limit=too_much.limit, kept=KEPT)
    return _page(request, act, thing, actor=actor, form=form, refusal=Refusal("too_much", say), status=413)


def _answered(request: HttpRequest, act: type[Act], thing: Any, answer: Answer, actor: Actor) -> HttpResponse:
    match answer:
        case Done(performed=performed, again=again):
            return _to_receipt(performed, again=again)
        case Stale(since=since, repeated=repeated):
            form = _after_others(request, act, thing, since, actor)
            return _page(
                request, act, thing, actor=actor, form=form, since=since, repeated=repeated, status=409
            )
        case Incomplete(form=form):
            form.keep_beginnings()
            form.ask_for_files_again()
            return _page(request, act, thing, actor=actor, form=form, status=413 if form.too_long else 422)
        case refusal:
            return _page(request, act, thing, actor=actor, refusal=refusal, status=403)


def _after_others(
    request: HttpRequest, act: type[Act], thing: Any, since: list[Performed], actor: Actor
) -> ActForm:
    """The form on the new state: what was typed, beside what stands now; what was not touched follows."""
    thing.refresh_from_db()
    form = ActForm(act, thing, request.POST, request.FILES, actor=actor)
    form.only_shown()
    form.ask_for_files_again()
    if len(since) <= TOLD:  # else the first change is not among them, and what was untouched is not known
        rebased(form, since, standing(act, thing))
    return form


def _page(
    request: HttpRequest,
    act: type[Act],
    thing: Any,
    *,
    status: int,
    actor: Actor | None = None,
    form: ActForm | None = None,
    refusal: Refusal | None = None,
    since: list[Performed] | None = None,
    repeated: bool = False,
    differs: bool = False,
) -> HttpResponse:
    """One template for every state of the form; what was typed is always in it again."""
    if form is None:
        given = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ActForm(act, thing, *given, actor=actor)
        if form.is_bound:
            form.only_shown()
            form.ask_for_files_again(request.POST.getlist("chosen"))
    person = getattr(actor, "person", 0)
    context = {
        "act": act,
        "subject_title": title_of(thing),
        "subject_address": address_of(thing),
        "group": group_of(thing),
        "actor": actor,
        "form": form,
        "typed": [] if actor else typed_texts(act, request.POST),
        "carried": [] if actor else carried(act, request.POST, request.FILES),
        "choose_again": wording.choose_again,
        "refusal": refusal,
        "due": act.due(thing, now=request.standing.now, actor=actor) if actor and not refusal else None,
        "warning": act.warns(actor, thing, now=request.standing.now) if actor and not refusal else "",
        "since": told_with_changes(request.viewer, (since or ())[:TOLD], form),
        "repeated": repeated,
        "differs": differs,
        "more": len(since or ()) > TOLD,
        "once": new_number(),
        "seen": _seen_now(request, thing, since),
        "own": next(
            (p for p in since or () if (p.person, p.act, p.subject) == (person, act.name, key_of(thing))),
            None,
        ),
    }
    return render(request, "enact/act.html", context, status=status)


def _seen_now(request: HttpRequest, thing: Any, since: list[Performed] | None) -> int:
    """The last act that whoever sends the form again has been told of."""
    if since:
        return since[0].pk
    seen = _sending(request).seen if request.method == "POST" else None
    return last_seen(thing) if seen is None else seen


@never_cache
@require_POST
def act_call(request: HttpRequest, group: str, act: str, subject: int) -> JsonResponse:
    """The same act as a call by a signed-in session: JSON as calls.py reads it, or with files a form."""
    if not request.user.is_authenticated:
        return _refused(401, Refusal("not_signed_in", wording.not_signed_in))
    if request.content_type not in CALLED and (request.content_type or request.body):
        return problem(415)
    try:
        is_form = request.content_type == "multipart/form-data"
        call = (
            Call(replace(_sending(request), told=None), request.POST.get("as"))
            if is_form
            else call_of(request.body)
        )
    except NotACall as error:
        return _refused(400, error.refusal)
    if (first := already(request, call.sending)) is not None:
        return _called(Done(first, again=True), request.viewer, "")
    declared, thing = _found(request, group, act, subject)
    actor = _actor_of_call(request, group_of(thing), call)
    if isinstance(actor, Refusal):
        return _refused(403, actor)
    return _called(perform(declared, thing, call.sending, actor=actor), request.viewer, key_of(thing))


def _actor_of_call(request: HttpRequest, group: Any, call: Call) -> Actor | Refusal:
    """Whom the call names, else who was chosen, else the only one there is: never a guess among several."""
    mine = {
        str(actor.appointment): actor for actor in request.standing.identity.actors if actor.group == group.pk
    }
    if not mine:
        if group.slug in getattr(request, "second_factor_missing", ()):  # groups.identity says so
            return Refusal("no_second_factor", wording.no_second_factor)
        return Refusal("no_standing", wording.no_standing)
    chosen = call.as_ or str(request.session.get(f"acting:{group.pk}") or "")
    if chosen:
        return mine.get(chosen) or Refusal("ended", wording.appointment_ended)
    if len(mine) > 1:
        return Refusal("several", wording.say_for_whom)
    return next(iter(mine.values()))


def _called(answer: Answer, viewer: Viewer, subject: str) -> JsonResponse:
    match answer:
        case Done(performed=performed, again=again):
            receipt = reverse("enact:receipt", args=[performed.group, performed.key])
            done = {
                "receipt": receipt,
                "act": performed.act,
                "result": performed.result,
                "facts": performed.facts,
            }
            return JsonResponse(done | {"again": again}, status=200 if again else 201)
        case Stale(since=since):
            seen, secret = seen_of(viewer, since, subject), unnamed(viewer, since)
            moved = [
                {"act": p.act, "at": p.performed_at.isoformat()}
                | ({} if p.pk in secret and of_a_member(p) else {"by": p.by})
                | ({"subject": p.subject} if p.subject in seen else {})
                | ({"result": p.result} if p.result in seen else {})
                | ({"changed": p.changed or []} if p.result in seen and p.pk not in secret else {})
                for p in since[:TOLD]
            ]
            return problem(409, wording.moved, kind="stale", since=moved)
        case Incomplete(form=form):
            status = 413 if form.too_long else 422
            return problem(status, wording.incomplete, kind="incomplete", fields=form.errors.get_json_data())
        case refusal:
            return _refused(403, refusal)


def _refused(status: int, refusal: Refusal) -> JsonResponse:
    return problem(status, str(refusal), kind=refusal.kind)


@never_cache
@require_GET
def receipt(request: HttpRequest, group: str, key: str) -> HttpResponse:
    """What one keeps after an act, and what can be done now."""
    performed = get_object_or_404(receipts(request.viewer).select_related("entry"), group=group, key=key)
    declared = next((act for act in all_acts() if act.name == performed.act), None)
    return render(
        request,
        "enact/receipt.html",
        {
            "performed": performed,
            "act": declared,
            "said": declared.said(performed.facts) if declared else None,
            "again": "again" in request.GET,
            "placed": place_of(performed),
            **after(request, performed),
        },
    )


@never_cache
@require_GET
def receipt_kept(request: HttpRequest, group: str, key: str) -> HttpResponse:
    """The receipt as a file that can be checked off line; 404 until the act has its place in the record."""
    performed = get_object_or_404(receipts(request.viewer).select_related("entry"), group=group, key=key)
    content = receipt_file(performed)
    if content is None:
        raise Http404
    house = after(request, performed)["group"]
    name = file_name(house, f"{performed.group}-receipt-{performed.key[:12]}.tlog-proof")
    return HttpResponse(
        content,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
