"""The demonstration at its richest, beside a group in which nothing has happened yet; made through the door of acts.

`fill()` gives the names that the addresses in examples.py hold, and the cookies of those who read.
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from time import time
from typing import Any
from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from access.house import LOGO, PASSWORD, _passkey
from journeys.house import CO_CHAIR, GROUP, MEMBER, PROPOSER, SECRET, SECRETARIAT, TITLE, account_of
from onevoice.decisions.acts.positions import AgreeNow
from onevoice.decisions.acts.proposals import ProposeInWriting, WithdrawProposal
from onevoice.decisions.acts.register import UnpublishDecision
from onevoice.decisions.acts.silence import BreakSilence, StartSilence
from onevoice.decisions.models import AdoptedRules, Decision, FollowUp, Proposal
from onevoice.enact import mailed
from onevoice.enact.models import Performed
from onevoice.enact.perform import Done, Sending, database_clock, perform
from onevoice.enact.subjects import group_of
from onevoice.groups.acts import people
from onevoice.groups.acts.corrections import CorrectMembership
from onevoice.groups.acts.logo import SetLogo
from onevoice.groups.acts.memberships import ElectOfficer, EndOffice
from onevoice.groups.identity import identity_of_person
from onevoice.groups.models import Appointment, EnteredAppointment, Group, OfficeHolding
from onevoice.groups.on_record import MembershipOnRecord
from onevoice.mandates.acts.instruments import EnterMandate, WithdrawMandate
from onevoice.mandates.acts.paragraphs import CorrectParagraph
from onevoice.mandates.models import Instrument
from onevoice.meetings.acts import convening, room
from onevoice.meetings.acts.documents import AddDocument
from onevoice.meetings.models import Document, Meeting
from onevoice.notices import links
from onevoice.notices.models import Letter
from onevoice.operations.demonstration.afterwards import BEFORE_TITLE
from onevoice.operations.demonstration.silence import VOTE_TITLE
from onevoice.operations.groups import found
from onevoice.parties.accounts import addresses, invitations, second_factor
from onevoice.parties.accounts.addresses import hash_of
from onevoice.parties.models import Account, AddressChange, Person

EMPTY = "new-group"
LONG = "Nebukadnezarverwaltungsvorschriftensammlung https://example.org/" + "a" * 90
REASON = "Paragraph 2 exceeds our mandate.\n\nWe could accept it without its second sentence."


def fill() -> tuple[dict[str, Any], dict[str, str]]:
    """Everything there is to see, and who sees it."""
    group = Group.objects.get(slug=GROUP)
    meeting = Meeting.objects.get(group=group, title__en="Working-level meeting")
    item = meeting.agenda.get(number="2.1")
    names: dict[str, Any] = {
        "group": group.pk,
        "meeting": meeting.pk,
        "item": item.pk,
        "meeting_slug": meeting.slug,
    }
    _texts(names, item)
    _under_silence(names, group)
    _calendar(names, group)
    _files(names, group, item)
    _people(names, group)
    _empty_group(names)
    _corrected(names, group)
    names["receipt"] = _receipt("meetings.record_participation")
    names["letter"] = Letter.objects.filter(person=account_of(SECRETARIAT).person_id)[0].pk
    cookies = {role: _session(account_of(role)) for role in (SECRETARIAT, CO_CHAIR, MEMBER)}
    cookies["focal-point-ilo"] = _session(account_of("focal-point-ilo"), password="")
    cookies["officer"] = _session(Account.objects.get(email="officer@example.org"))
    cookies["nobody"] = _session(Account.objects.create_user("stranger@example.org", person=_stranger()))
    return names, cookies


def does(role: str, act: Any, subject: Any, files: dict[str, Any] | None = None, **inputs: Any) -> Any:
    """One act through the door, by a role; refusals are faults of this file."""
    actor = identity_of_person(account_of(role).person_id, now=database_clock()).actor_in(
        group_of(subject).pk
    )
    answer = perform(act, subject, Sending(inputs, uuid4().hex, files=files or {}), actor=actor)
    assert isinstance(answer, Done), (act.name, getattr(getattr(answer, "form", None), "errors", answer))
    return answer.result


def _texts(names: dict[str, Any], item: Any) -> None:
    def proposed(title: str) -> Any:
        text = (
            f"We begin.\n\n{LONG}\n\n"
            + "A sentence that goes on for a while, as sentences of joint texts do. " * 8
        )
        return does(PROPOSER, room.ProposeText, item, title=title, text=text, public="on")

    names["tabled"] = Proposal.objects.get(group__slug=GROUP, title__en=TITLE)
    adopted, objected, withdrawn, taken_back = (
        proposed(f"A text on {what}") for what in ("children", "companies", "courts", "cities")
    )
    for one in (adopted, taken_back):
        does(CO_CHAIR, room.CallForObjections, one)
        does(CO_CHAIR, room.DeclareAdopted, one)
    gone = Decision.objects.get(proposal=taken_back)
    does(SECRETARIAT, UnpublishDecision, gone, why=REASON)
    does(MEMBER, room.Object, objected, reason=REASON)
    does(SECRETARIAT, room.RecordObjection, objected, organisation="ilo", reason=LONG)
    does(PROPOSER, WithdrawProposal, withdrawn, why="We table a shorter one.")
    names |= {"adopted": adopted.slug, "objected": objected.slug, "withdrawn": withdrawn.slug}
    names |= {"objected_pk": objected.pk, "tabled_pk": names["tabled"].pk, "tabled_slug": names["tabled"].slug}
    names |= {"taken_back": gone.slug, "receipt_of_taking_back": _receipt("decisions.unpublish_decision")}
    names["decision"] = Decision.objects.get(proposal=adopted).slug


def _under_silence(names: dict[str, Any], group: Group) -> None:
    """The demonstration's own texts that run, were revised and were adopted; one held up, and what came too late."""
    titles = {"silent": "Safety of children by design", "revised": "One person who answers investigators",
              "silently": "Sharing of published guidance", "voting": VOTE_TITLE}  # fmt: skip
    there = {which: Proposal.objects.get(group=group, title__en=title) for which, title in titles.items()}
    body = group.bodies.get(slug="working-level")
    for which in ("held_up", "in_writing"):
        text = f"We begin.\n\n{LONG}\n\nWe end."
        there[which] = does(PROPOSER, ProposeInWriting, body, title=f"A text {which}, {LONG}", text=text)
    rules = AdoptedRules.objects.get(body=body, slug="own")
    until = (database_clock() + timedelta(days=9)).astimezone(group.tz).replace(microsecond=0)
    terms = {"rules": rules.pk, "kind": "procedural", "complete": "on",
             "until_day": until.date().isoformat(), "until_time": until.time().isoformat()}  # fmt: skip
    does(SECRETARIAT, StartSilence, there["held_up"], **terms)
    for role, said in ((MEMBER, REASON), ("focal-point-ilo", LONG)):
        does(role, BreakSilence, there["held_up"], reason=said, wording=LONG)
        names.setdefault("receipt_of_objection", _receipt("decisions.break_silence"))
    does(MEMBER, BreakSilence, there["silently"], reason="We saw it too late.")
    names["receipt_of_late"] = _receipt("decisions.break_silence")
    for which, proposal in there.items():
        names |= {which: proposal.slug, f"{which}_pk": proposal.pk}
    for which, title in {"followed": "Rules for decisions under silence", "gave_way": BEFORE_TITLE}.items():
        decision = Decision.objects.get(group=group, title__en=title)
        names |= {which: decision.slug, f"{which}_pk": decision.pk}
    names["follow_up"] = FollowUp.objects.get(decision=names["followed_pk"], organisation__slug="osce").pk


def _receipt(act: str) -> str:
    """Of the last act of its kind in the live group."""
    return Performed.objects.filter(act=act, group=GROUP)[0].key


def _calendar(names: dict[str, Any], group: Group) -> None:
    """A meeting put off, one called off, one without an agenda."""
    body = group.bodies.get(slug="working-level")
    given = {
        "day": "2049-12-03",
        "begins": "10:00",
        "ends": "12:00",
        "zone": "America/New_York",
        "public": "on",
    }
    later, off, bare = (
        does(SECRETARIAT, convening.ConveneMeeting, body, title=title, **given)
        for title in ("Later", "Off", LONG)
    )
    moved = {"day": "2049-12-10", "begins": "10:00", "ends": "12:00", "why": "The room is taken."}
    does(SECRETARIAT, convening.PostponeMeeting, later, **moved)
    does(SECRETARIAT, convening.CancelMeeting, off, why="Nothing is ready.")
    names |= {"later": later.slug, "off": off.slug, "bare": bare.slug, "body": body.pk}


def _files(names: dict[str, Any], group: Group, item: Any) -> None:
    does(SECRETARIAT, SetLogo, group, {"picture": SimpleUploadedFile("logo.png", LOGO)})
    paper = SimpleUploadedFile("draft.txt", b"A first draft.")
    document = {"title": "First draft, " + LONG, "language": "fr", "public": "on"}
    does(SECRETARIAT, AddDocument, item, {"file": paper}, **document)
    names["document"] = Document.objects.get().pk


def _people(names: dict[str, Any], group: Group) -> None:
    newcomer = {
        "full_name": "Noura",
        "address": "noura@example.org",
        "language": "ar",
        "capacity": "contributor",
    }
    does(MEMBER, people.Appoint, group, **newcomer)
    does(SECRETARIAT, people.EnterAppointment, group, **newcomer | {
        "full_name": "Entered", "address": "entered@example.org", "organisation": "osce", "message": "They wrote."
    })  # fmt: skip
    names["entered"] = EnteredAppointment.objects.get(appointment__organisation__slug="osce").pk
    person = Person.objects.get(name="Noura")
    open_ = invitations.open_invitation(person)
    assert open_ is not None
    names["token"] = invitations.link_of(open_, now=database_clock()).rpartition("/")[2]
    names["passkey"] = _with_second_factors(account_of(SECRETARIAT))
    _mailed(names)


def _mailed(names: dict[str, Any]) -> None:
    """Links as letters carry them: to object and to agree, one that was used, one that is over."""
    ilo = Appointment.objects.get(
        group__slug=GROUP, organisation__slug="ilo", capacity="focal_point", standing=True, period__upper_inf=True
    )
    seat, until = (ilo.person_id, ilo.pk), database_clock() + timedelta(days=9)
    silent = Proposal.objects.get(pk=names["silent_pk"])
    for name, act, ends in (
        ("object", BreakSilence, until), ("agree", AgreeNow, until), ("used", AgreeNow, until),
        ("over", AgreeNow, database_clock()),
    ):  # fmt: skip
        number = mailed.make(act, silent, [seat], expires_at=ends)[seat]
        names[f"link_{name}"] = links.seal(number)
    identity = identity_of_person(ilo.person_id, now=database_clock())
    actor = next(one for one in identity.actors if one.appointment == ilo.pk)
    done = perform(AgreeNow, silent, Sending({}, f"link {number_of(names['link_used'])}"), actor=actor)
    assert isinstance(done, Done), done
    names["switched_off"] = invitations.switched_off_at(account_of(MEMBER)).rpartition("/")[2]


def number_of(token: str) -> str:
    return token[: links.NUMBER]


def _with_second_factors(account: Account) -> int:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    return _passkey(account)


def _empty_group(names: dict[str, Any]) -> None:
    """As the operator makes it: one body, one organisation, one officer, who has come in."""
    link = found(argparse.Namespace(
        slug=EMPTY, acronym="NG", name="A new group", seat="Geneva", zone="Europe/Zurich",
        origin=f"demonstration.example.org/{EMPTY}", organisation="WHO", organisation_name="World Health Organization",
        officer="First Officer", email="officer@example.org",
    ))  # fmt: skip
    now = timezone.now()
    invitation = invitations.invitation_of(link.rpartition("/")[2], now=now)
    assert invitation is not None
    invitations.accept(invitation, name="First Officer", password=PASSWORD, now=now)

    officer = Account.objects.get(email="officer@example.org")
    change = addresses.ask(officer, "officer-now@example.org", now=now)
    AddressChange.objects.filter(pk=change.pk).update(
        token_hash=hash_of(names.setdefault("change", "a-token"))
    )


def _corrected(names: dict[str, Any], group: Group) -> None:
    """A membership that was corrected once, and a mandate with a paragraph that was."""
    seat = MembershipOnRecord.objects.filter(body__group=group, organisation__slug="icmpd").earliest("pk")
    does(
        SECRETARIAT, CorrectMembership, seat, kind="observer", since="2016-05", why="The letter of admission."
    )
    names["receipt_of_correction"] = _receipt("groups.correct_membership")
    body = group.bodies.get(slug="working-level")
    term = {"office": "co_chair", "organisation": "icmpd", "since": "2024-01-01"}
    does(SECRETARIAT, ElectOfficer, body, **term)
    holding = OfficeHolding.objects.filter(office__body=body, organisation__slug="icmpd").latest("pk")
    does(SECRETARIAT, EndOffice, body, holding=holding.pk, until="2024-12-31", why=f"{REASON} {LONG}")
    names["receipt_of_office"] = _receipt("groups.end_office")
    mandate = Instrument.objects.get(group=group, slug="demo-res-1")
    paragraph = mandate.paragraphs.earliest("order")
    does(
        SECRETARIAT,
        CorrectParagraph,
        paragraph,
        number="1",
        text_en="Another wording.",
        why="The final text.",
    )
    named = {"kind": "mandate", "symbol": "A/RES/1/2", "organ": "General Assembly", "language": "en"}
    does(SECRETARIAT, WithdrawMandate, does(SECRETARIAT, EnterMandate, group, **named), why=f"{REASON} {LONG}")
    seats = MembershipOnRecord.objects.filter(body__group=group, organisation__slug="icmpd")
    names |= {"seat": seats.latest("pk").pk, "mandate": mandate.pk, "paragraph": paragraph.pk}


def _stranger() -> Person:
    return Person.objects.create(slug="stranger", name="Stranger")


def _session(account: Account, password: str = PASSWORD) -> str:
    """The cookie of a session that gave everything it may be asked for."""
    if password:
        account.set_password(password)
        account.save()
    client = Client()
    client.force_login(account)
    session = client.session
    # A moment that stays recent, so that no page asks again for the password.
    session["account_authentication_methods"] = [{"method": "password", "at": time() + 86_400}]
    session["account_authentication_methods_user"] = str(account.pk)
    session[second_factor.KEY] = account.pk
    session.save()
    key = client.cookies["onevoice"].value
    UserSession.objects.create(user=account, session_key=key, ip="127.0.0.1", user_agent=f"A browser, {LONG}")
    return key
