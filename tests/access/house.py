"""The house that the matrix walks through: every thing exists, at its richest, with something to find.

Built once, committed, and never changed: each row of the matrix is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from time import time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onevoice.decisions.acts.clock import ReviseText
from onevoice.decisions.acts.conditions import AgreeOnCondition
from onevoice.decisions.acts.confirmations import AgreeAdReferendum
from onevoice.decisions.acts.follow_up import AddFollowUp
from onevoice.decisions.acts.lasting import SupersedeDecision
from onevoice.decisions.acts.proposals import ProposeInWriting, WithdrawProposal
from onevoice.decisions.acts.rules import AdoptRules
from onevoice.decisions.acts.silence import BreakSilence, EnterObjection, StartSilence
from onevoice.decisions.closing import close_due
from onevoice.decisions.models import Decision
from onevoice.decisions.starting import begin
from onevoice.enact import mailed
from onevoice.enact.actor import Actor
from onevoice.enact.perform import Done, Sending, database_clock, perform
from onevoice.enact.subjects import key_of
from onevoice.files.models import StoredFile
from onevoice.groups.acts import memberships, people
from onevoice.groups.acts.logo import SetLogo
from onevoice.groups.identity import identity_of_person
from onevoice.groups.models import (
    Appointment,
    EnteredAppointment,
    EnteredMembership,
    Membership,
    OfficeHolding,
    PublishedCount,
)
from onevoice.groups.on_record import on_record
from onevoice.mandates.acts.fields import reading_of
from onevoice.mandates.acts.instruments import CorrectMandate
from onevoice.meetings.acts import convening, room
from onevoice.meetings.acts.documents import AddDocument
from onevoice.meetings.models import Meeting
from onevoice.notices import links
from onevoice.notices.models import Letter
from onevoice.parties.accounts import invitations, second_factor
from onevoice.parties.models import Account, OrganisationName, Person, Succession
from onevoice.record.models import Placement
from onevoice.record.sequencer import place_pending
from onevoice.search.jobs import reindex
from silence import rules_of_three_days
from world import Delegation, World, dated, in_session, the_icat_world

# Column of the matrix: whom it means.
ROLES = {
    "visitor": "nobody is signed in",
    "stranger": "has an account, and no appointment anywhere",
    "member": "focal point of UNICEF, a member of the Principals",
    "alternate": "alternate focal point of UNICEF",
    "contributor": "contributor of UNICEF",
    "principal": "principal of UNICEF",
    "observer": "focal point of an observer",
    "co-chair": "focal point of OSCE, co-chair of the Principals",
    "secretariat": "focal point of UNODC, the Coordinator",
    "elsewhere": "focal point of UNICEF in another group, where UNICEF is co-chair and Coordinator",
    "former": "was UNICEF's focal point until 2019",
    "one factor": "the secretariat's focal point, signed in with a password alone",
}
INSIDE = (
    "member",
    "alternate",
    "contributor",
    "principal",
    "observer",
    "co-chair",
    "secretariat",
    "one factor",
)

# What only the group may read, by the name that the matrix gives it.
SECRETS = {
    "output": "Secret draft of ICAT",
    "proposal": "Secret plan of ICAT",
    "text": "Secret words of the plan",
    "objection": "Secret reason why UNICEF objects",
    "meeting": "Secret meeting of ICAT",
    "item": "Secret item of the agenda",
    "decision": "Secret decision of ICAT",
    "person": "Hidden Alternate",
    "receipt": "Hidden Focal Point",
    "file": "Secret minutes of ICAT",
    "follow_up": "Secret follow-up of ICAT",
}
# What nobody may read who is not the person concerned: addresses, tokens, what justified an act, keys.
PRIVATE = ("@example.org", "Private message to the secretariat", "Private reason for withdrawing")
NEIGHBOURS = ("Secret of the neighbour", "Secret meeting of the neighbour")
LOGO = bytes.fromhex(  # a picture of one pixel
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
PASSWORD = "a long walk by the river"


class Walker(Client):
    """Django's test client without its copies of every template's context: they took half of the time."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


@dataclass
class House:
    """The world, who walks through it, and the things that the addresses of the matrix name."""

    icat: World
    people: dict[str, Delegation | Person | None] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    actors: dict[str, Actor | None] = field(default_factory=dict)
    inputs: dict[str, Callable[[str], Mapping[str, Any]]] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """The browser of a role, signed in already."""
        client = Walker()
        if cookie := self.cookies.get(role):
            client.cookies["onevoice"] = cookie
        return client

    def actor(self, role: str) -> Actor | None:
        """Who the door takes the role for in ICAT."""
        if role not in self.actors:
            self.actors[role] = self._actor(role)
        return self.actors[role]

    def _actor(self, role: str) -> Actor | None:
        who = self.people[role]
        person = who if isinstance(who, Person) else getattr(who, "person", None)
        if person is None:
            return None
        return identity_of_person(person.pk, now=database_clock()).actor_in(self.icat.group.pk)

    def address(self, written: str) -> str:
        """An address of the matrix with the numbers of this house in it."""
        return written.format_map(self.names)

    def inputs_of(self, act: str, role: str) -> dict[str, Any]:
        return dict(self.inputs[act](role)) if act in self.inputs else {}


def build() -> House:
    house = House(the_icat_world())
    _people(house)
    _things(house)
    _inputs(house)
    _names(house)
    _sign_in(house)
    place_pending()
    reindex("icat")
    return house


def _people(house: House) -> None:
    icat, found = house.icat, house.people
    unicef = icat.unicef.organisation
    Person.objects.filter(pk=icat.unicef.person.pk).update(name=SECRETS["receipt"])  # type: ignore[union-attr]
    watching = icat.organisation("watching", "regional", "Watching Organisation")
    icat.member(watching, "2020", body=icat.bodies["principals"], kind="observer")
    found |= {
        "visitor": None,
        "stranger": _with_account("stranger", "Stranger"),
        "member": icat.unicef,
        "alternate": icat.sends(unicef, SECRETS["person"], "alternate"),
        "contributor": icat.sends(unicef, "Hidden Contributor", "contributor"),
        "principal": icat.sends(unicef, "Hidden Principal", "principal"),
        "observer": icat.sends(watching, "Hidden Observer"),
        "co-chair": icat.osce,
        "secretariat": icat.unodc,
        "elsewhere": _elsewhere(icat),
        "former": _former(icat),
        "one factor": icat.unodc,
    }
    for organisation in (icat.osce.organisation, icat.unodc.organisation, watching):
        icat.sends(organisation, f"Hidden Contributor of {organisation.slug}", "contributor")


def _with_account(slug: str, name: str) -> Person:
    person = Person.objects.create(slug=slug, name=name)
    Account.objects.create_user(f"{slug}@example.org", person=person)
    return person


def _elsewhere(icat: World) -> Delegation:
    """The same organisation, in the same posts, in another group."""
    other: World = icat.neighbour  # type: ignore[assignment]
    unicef = icat.unicef.organisation
    other.delegations["unicef"] = Delegation(other, other.group, unicef)
    other.member(unicef)
    for office in ("co_chair", "coordinator"):
        other.holds(office, unicef, "2020")
    Meeting.objects.create(
        group=other.group, slug="neighbours-meeting", kind="meeting", title={"en": NEIGHBOURS[1]},
        when_written="2049-02-01", zone="Europe/Vienna",
    )  # fmt: skip
    return other.sends(unicef, "Elsewhere")


def _former(icat: World) -> Person:
    person = _with_account("former", "Former")
    Appointment.objects.create(
        person=person, organisation=icat.unicef.organisation, group=icat.group, capacity="focal_point",
        **dated("2018", "2019"),
    )  # fmt: skip
    return person


def done(answer: Any) -> Any:
    """What an act of the house's past made; the house is not built on refusals."""
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    return answer


def convened(icat: World, title: str, **inputs: Any) -> Meeting:
    """A meeting of Principals with its quorum in the room."""
    given = {
        "title": title, "day": "2049-01-14", "begins": "15:00", "ends": "17:00", "zone": "Europe/Vienna",
        "place": "Vienna", "agenda": f"{SECRETS['item']}\nClosing",
    }  # fmt: skip
    meeting = done(
        icat.osce.does(convening.ConveneMeeting, icat.bodies["principals"], **given | inputs)
    ).result
    in_session(meeting)
    present = ["unodc", "osce", "unicef", "ilo"]
    done(icat.osce.does(convening.RecordParticipation, meeting, present=present))
    return meeting


def _things(house: House) -> None:
    icat, things = house.icat, house.names
    closed = things["secret_meeting"] = convened(icat, SECRETS["meeting"])
    things["open_meeting"] = convened(icat, "Open meeting", public="on")
    item = things["item"] = closed.agenda.get(number="1")

    def proposed(name: str, **inputs: Any) -> Any:
        given = {
            "title": f"{SECRETS['proposal']}, {name}",
            "text": f"{SECRETS['text']}.\n\nA second paragraph.",
        }
        things[name] = done(icat.unicef.does(room.ProposeText, item, **given | inputs)).result
        return things[name]

    proposed("tabled")
    for name in ("called", "objected", "adopted", "published"):
        wanted = {
            "adopted": {"title": SECRETS["decision"]},
            "published": {"title": "Open decision", "text": "Open words.", "public": "on"},
        }
        done(icat.osce.does(room.CallForObjections, proposed(name, **wanted.get(name, {}))))
    objection = things["objection"] = done(
        icat.unicef.does(room.Object, things["objected"], reason=SECRETS["objection"])
    ).performed
    done(icat.osce.does(room.Object, proposed("twice"), reason="Another reason"))
    for name in ("adopted", "published"):
        done(icat.osce.does(room.DeclareAdopted, things[name]))
    done(icat.unicef.does(WithdrawProposal, proposed("withdrawn"), why=PRIVATE[2]))
    things["receipt"] = objection
    entered = {
        "organisation": "ilo", "capacity": "contributor", "full_name": "Hidden Entered",
        "address": "entered@example.org", "language": "en", "message": PRIVATE[1],
    }  # fmt: skip
    done(icat.unodc.does(people.EnterAppointment, icat.group, **entered))
    entered |= {"organisation": "unicef", "full_name": "Hidden Announced", "address": "announced@example.org"}
    done(icat.unodc.does(people.EnterAppointment, icat.group, **entered))
    things["entered"] = EnteredAppointment.objects.get(appointment__organisation=icat.unicef.organisation)
    given = {"organisation": "unicef", "kind": "member", "since": "2026-01-01"}
    done(icat.unodc.does(memberships.AdmitMember, icat.bodies["working-group"], **given))
    things["entered_membership"] = EnteredMembership.objects.get(organisation=icat.unicef.organisation)
    named = {"full_name": "Hidden Invited", "address": "invited@example.org", "language": "en"}
    done(icat.unicef.does(people.Appoint, icat.group, capacity="contributor", **named))
    _with_a_second_factor(house.people["contributor"].account)  # type: ignore[union-attr]
    _under_silence(house)
    _after_decisions(house)
    _official(house)
    _files(house)


def _under_silence(house: House) -> None:
    """Rules of procedure; a text that may be put under them, one under silence, one held up by UNICEF's objection."""
    icat, things = house.icat, house.names
    body = icat.bodies["principals"]
    done(icat.unodc.does(AdoptRules, body, own=rules_of_three_days()))
    things["rules"] = body.rules.get()
    for name in ("in_writing", "silent", "held_up", "renewable"):
        given = {
            "title": f"{SECRETS['proposal']}, {name}",
            "text": f"{SECRETS['text']}.\n\nA second paragraph.",
        }
        things[name] = done(icat.unicef.does(ProposeInWriting, body, **given)).result
    for name in ("silent", "held_up", "renewable"):
        terms = {"rules": str(things["rules"].pk), "kind": "procedural", "complete": "on"}
        done(icat.unodc.does(StartSilence, things[name], **terms))
        things[name].refresh_from_db()
    said = {"reason": SECRETS["objection"], "paragraphs": ["p2"], "wording": "A third paragraph."}
    done(icat.unicef.does(BreakSilence, things["held_up"], **said))
    done(icat.unicef.does(BreakSilence, things["renewable"], **said))
    done(icat.osce.does(ReviseText, things["renewable"], text="We agree."))
    done(icat.unicef.does(AgreeAdReferendum, things["held_up"], until_day="2049-01-01", until_time="12:00"))
    came = {"organisation": "unicef", "message": PRIVATE[1], **_now_in_vienna()}
    done(icat.unodc.does(EnterObjection, things["held_up"], **came))
    done(icat.unicef.does(AgreeOnCondition, things["held_up"], paragraph="p1", words=SECRETS["text"]))
    things["objected_to"], things["entered_for"] = things["held_up"].procedure.received.filter(what="objected")
    things["held_up"].procedure.received.create(
        what="unreached", data={"member": "ilo"}, act="decisions.start_silence", once="ilo is not reached"
    )


def _after_decisions(house: House) -> None:
    """A text that silence adopted, superseded by the decision of the group's own, after which UNICEF has work to do."""
    icat, things = house.icat, house.names
    body, now = icat.bodies["principals"], database_clock()
    given = {"title": f"{SECRETS['proposal']}, decided", "text": f"{SECRETS['text']}.\n\nA second paragraph."}
    things["decided"] = done(icat.unicef.does(ProposeInWriting, body, **given)).result
    terms = {"by": "secretariat", "kind": "procedural", "languages": ["en"], "complete": True, "length": {"hours": 72}}
    begin(
        things["decided"], rules=things["rules"], calendar=None, dates_seen=True, data=terms,
        actor=icat.unodc.actor, at=now - timedelta(hours=73),
    )  # fmt: skip
    close_due()
    things["decided"].refresh_from_db()
    things["old_decision"] = things["decided"].decision
    newer = Decision.objects.get(proposal=things["adopted"])
    done(icat.osce.does(SupersedeDecision, things["old_decision"], decision=str(newer.pk)))
    what = {"what": SECRETS["follow_up"], "organisation": "unicef", "until": "2020-05"}
    published = Decision.objects.get(proposal=things["published"])
    things["follow_up"] = done(icat.osce.does(AddFollowUp, published, **what)).result


def _official(house: House) -> None:
    """Somebody whom the record names with a title, and who acts nowhere."""
    person = Person.objects.create(slug="director", name="Dana Director")
    fields = dated("2026-01-01", "2026-01-01", "attested")
    organisation = house.icat.unodc.organisation
    row = Appointment.objects.create(
        person=person, organisation=organisation, capacity="official", title={"en": "Director"}, **fields
    )
    house.names["open_meeting"].participations.create(
        part="briefed", organisation=organisation, appointment=row
    )
    house.names["official"] = row


def _files(house: House) -> None:
    """A logo that everybody sees, and a document of the group's own."""
    group, actor = house.icat.group, house.icat.unodc.actor
    answer = perform(SetLogo, group, Sending({}, "logo", files={"picture": uploaded(LOGO)}), actor=actor)
    things = house.names
    things["logo"] = done(answer).performed and StoredFile.objects.get().get_absolute_url()
    group.refresh_from_db()
    given = {"title": "Minutes", "language": "en"}
    sending = Sending(given, "minutes", files={"file": uploaded(SECRETS["file"].encode(), "minutes.txt")})
    things["document"] = done(
        perform(AddDocument, things["item"], sending, actor=house.icat.unicef.actor)
    ).result
    things["document_file"] = things["document"].file.get_absolute_url()


def uploaded(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _with_a_second_factor(account: Account) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(account)


def _inputs(house: House) -> None:
    icat = house.icat
    body = icat.bodies["principals"]
    own = {
        "member": "unicef", "alternate": "unicef", "contributor": "unicef", "principal": "unicef",
        "observer": "watching", "co-chair": "osce", "secretariat": "unodc", "one factor": "unodc",
    }  # fmt: skip

    def appointment(slug: str, **found: Any) -> str:
        rows = Appointment.objects.filter(group=icat.group, organisation__slug=slug, standing=True, **found)
        return str(rows.order_by("pk")[0].pk)

    def contributor(role: str) -> str:
        return appointment(own.get(role, "unicef"), capacity="contributor", person__account__isnull=False)

    seat = Membership.objects.get(body=body, organisation__slug="ilo", standing=True)
    office = OfficeHolding.objects.get(office__body=body, organisation__slug="un-women", standing=True)
    name = OrganisationName.objects.get(organisation__slug="ilo", standing=True)
    succession = Succession.objects.get(predecessor__slug="unifem")
    count = PublishedCount.objects.get(when_written="2006-09")
    successor = {"full_name": "New Person", "address": "new@example.org", "language": "en"}
    message = {"message": "As they wrote to us."}
    pattern = {"decision_pattern": "W/{year}/{number}", "quorum_numerator": "1", "quorum_denominator": "2"}
    hours = {"day": "2049-03-04", "begins": "10:00", "ends": "12:00"}
    fixed = {
        "decisions.unpublish_decision": {"why": "Too early."},
        "groups.admit_member": {"organisation": "unhcr", "kind": "member", "since": "2026-01-01"},
        "groups.appoint": {"capacity": "contributor", **successor},
        "groups.create_body": {"name": "Task Force", "parent": "members", **pattern},
        "groups.describe_body": {"name": "Principals of all", **pattern},
        "groups.describe_group": {
            "name": "ICAT", "seat": "Vienna", "zone": "Europe/Vienna", "languages": ["en"], "colour": "#0b4f71",
            "colour_on_dark": "#93c8e6", "proposal_pattern": "P/{year}/{number}",
        },
        "groups.dispute_membership": {"why": "The date is another."},
        "groups.elect_officer": {"office": "chair", "organisation": "ilo", "since": "2026-01-01"},
        "groups.end_office": {"holding": str(office.pk), "until": "2026-01-01", "why": "Rotation."},
        "groups.enter_appointment": {"organisation": "ilo", "capacity": "contributor", **successor, **message},
        "groups.enter_end_of_appointment": {"appointment": appointment("unicef", capacity="contributor"), **message},
        "groups.enter_organisation": {"kind": "un", "name": "Universal Postal Union", "acronym": "UPU"},
        "groups.rename_organisation": {"organisation": "ilo", "name": "World Labour Office", "since": "2026-01-01"},
        "groups.correct_membership": {"kind": "observer", "since": "2020", "why": "The minutes say so."},
        "groups.correct_office": {"since": "2020", "until": "2025", "why": "The minutes say so."},
        "groups.correct_appointment": {"capacity": "contributor", "since": "2021", "why": "They wrote so."},
        "groups.correct_official": {
            "fact": str(house.names["official"].pk), "title_en": "Director-General", "why": "The minutes say so."
        },
        "groups.correct_count": {"fact": str(count.pk), "count": "8", "why": "The page says so."},
        "groups.correct_name": {"fact": str(name.pk), "acronym": "ILOrg", "why": "A letter was missing."},
        "groups.record_succession": {
            "predecessor": "ilo", "successor": "unhcr", "when": "2024-03-01", "why": "A resolution says so."
        },
        "groups.correct_succession": {"fact": str(succession.pk), "never": "on", "why": "It was another."},
        "groups.translate_group": {"language": "fr", "name": "Groupe"},
        "groups.enter_hand_over": {"organisation": "ilo", **successor, **message},
        "groups.forget_person": {"person": str(house.people["former"].pk), "asked": "on"},  # type: ignore[union-attr]
        "groups.hand_over_focal_point": successor,
        "groups.withdraw_member": {"membership": str(seat.pk), "until": "2026-01-01", "why": "It left."},
        "groups.confirm_factor_lost": {
            "appointment": appointment("unicef", capacity="contributor", person__account__isnull=False)
        },
        "groups.set_logo": {"picture": LOGO},
        "groups.invite_again": {"appointment": appointment("unicef", person__account__isnull=True)},
        **_of_silence(house),
        **_of_decisions(house),
        **_of_mandates(house),
        "meetings.add_document": {"title": "Another paper", "language": "en", "file": LOGO},
        "meetings.add_agenda_item": {"title": "Other matters"},
        "meetings.convene_meeting": {"title": "Next meeting", "zone": "Europe/Vienna", **hours},
        "meetings.move_proposal": {"item": str(house.names["open_meeting"].agenda.all()[0].pk)},
        "meetings.object": {"reason": "It exceeds our mandate."},
        "meetings.postpone_meeting": hours,
        "meetings.propose_text": {"title": "Another plan", "text": "We agree."},
        "meetings.record_objection": {"organisation": "ilo", "reason": "Said from the floor."},
        "meetings.record_participation": {"present": ["unodc", "osce"]},
    }  # fmt: skip
    for name, values in fixed.items():
        house.inputs[name] = lambda role, values=values: values
    house.inputs["groups.end_appointment"] = lambda role: {
        "appointment": contributor(role),
        "why": "It ends.",
    }


def _now_in_vienna() -> dict[str, str]:
    """When a message came: a moment ago."""
    now = database_clock().astimezone(ZoneInfo("Europe/Vienna"))
    return {"came_day": f"{now:%Y-%m-%d}", "came_time": f"{now:%H:%M}"}


def _of_silence(house: House) -> dict[str, Any]:
    """What is typed into the acts under a procedure; the objection is UNICEF's."""
    objection = {"objection": house.names["objected_to"].key}
    said = {"reason": "It exceeds our mandate.", "paragraphs": ["p1"], "wording": "Other words."}
    until = {"until_day": "2049-02-01", "until_time": "12:00"}
    return {
        "decisions.agree_ad_referendum": until,
        "decisions.agree_on_condition": {"paragraph": "p1", "words": "We agree."},
        "decisions.cast_vote": {"vote": "for"},
        "decisions.enter_present": {"members": ["ilo"]},
        "decisions.judge_consensus": {"verdict": "no consensus", "reasons": "Two cannot agree."},
        "decisions.judge_objection": {**objection, "verdict": "set aside", "reasons": "It was answered."},
        "decisions.offer_wording": {"paragraph": "p1", "wording": "Other words."},
        "decisions.open_ballot": until,
        "decisions.correct_typing_error": {"text": "We agree.", "why": "A letter was missing."},
        "decisions.strike_objection": {"objection": house.names["entered_for"].key},
        "decisions.adopt_calendar": {"shipped": "vienna"},
        "decisions.adopt_rules": {"shipped": "icat-principals"},
        "decisions.break_silence": said,
        "decisions.complete_objection": {**objection, **said},
        "decisions.enter_objection": {"organisation": "ilo", "message": "We object.", **said, **_now_in_vienna()},
        "decisions.join_objection": objection,
        "decisions.propose_in_writing": {"title": "Another plan", "text": "We agree."},
        "decisions.revise_text": {"text": "We agree.\n\nWe meet in June."},
        "decisions.enter_what_was_decided": {"verdict": "adopted", "reasons": "By the heads."},
        "decisions.report_absent": {"members": ["ilo"]},
        "decisions.start_silence": {
            "rules": str(house.names["rules"].pk),
            "kind": "procedural",
            "complete": "on",
        },
        "decisions.state_position": {"position": "reservation", "statement": "We read it otherwise."},
        "decisions.withdraw_objection": objection,
    }


def _of_decisions(house: House) -> dict[str, Any]:
    """What is typed into the acts after an outcome."""
    other = Decision.objects.get(proposal=house.names["published"])
    return {
        "decisions.add_follow_up": {"what": "Write a report.", "organisation": "ilo", "until": "2049-05"},
        "decisions.change_follow_up": {"organisation": "", "office": "co_chair", "until": "2049"},
        "decisions.complete_follow_up": {"words": "It was sent."},
        "decisions.discontinue_follow_up": {"words": "Nobody needs it."},
        "decisions.enter_next_meeting": {"meeting": "Principals, in May"},
        "decisions.enter_review": {"found": "confirmed", "why": "It does its work."},
        "decisions.reopen_matter": {"new": "on", "reasons": "A court has ruled."},
        "decisions.report_progress": {"words": "It has begun."},
        "decisions.restore_decision": {"why": "It was another."},
        "decisions.set_review_date": {"until": "2049-05"},
        "decisions.supersede_decision": {"decision": str(other.pk)},
    }


def _of_mandates(house: House) -> dict[str, Any]:
    """A mandate and its first paragraph are answered by an issue brief; a toolkit does not answer them yet."""
    resolution = house.icat.group.instruments.get(slug="ga-72-195")
    paragraph = resolution.paragraphs.get(number="1")
    brief, toolkit = (house.icat.group.outputs.get(slug=slug) for slug in ("issue-brief-4", "toolkit"))
    brief.answers.add(resolution)
    brief.answered_paragraphs.add(paragraph)
    pasted = "3. Decides to meet."
    named = {"kind": "mandate", "symbol": "A/RES/80/1", "organ": "General Assembly", "language": "en"}
    return {
        "mandates.correct_mandate": {
            **CorrectMandate.initial(resolution),
            "title": "Another title",
            "why": "A slip.",
        },
        "mandates.correct_paragraph": {"number": "1", "text_en": "Other words.", "why": "A slip."},
        "mandates.enter_mandate": named,
        "mandates.enter_paragraph": {"number": "3", "text_en": "Decides to meet."},
        "mandates.enter_paragraphs": {"language": "en", "text": pasted, "read_as": reading_of(pasted).mark},
        "mandates.say_what_answers_mandate": {"thing": key_of(toolkit)},
        "mandates.say_what_answers_paragraph": {"thing": key_of(toolkit)},
        "mandates.take_back_answer_to_mandate": {"answer": key_of(brief), "why": "A slip."},
        "mandates.take_back_answer_to_paragraph": {"answer": key_of(brief), "why": "A slip."},
        "mandates.translate_mandate": {"language": "fr", "title": "Un autre titre"},
        "mandates.withdraw_mandate": {"why": "A slip."},
        "mandates.withdraw_paragraph": {"why": "A slip."},
    }


def _mailed(house: House) -> None:
    """What letters hold: a link of UNICEF's alternate, the address that ends its letters, its secret calendar."""
    things, alternate = house.names, house.people["alternate"]
    assert isinstance(alternate, Delegation) and alternate.person and alternate.appointment
    seat = (alternate.person.pk, alternate.appointment.pk)
    until = database_clock() + timedelta(days=9)
    things["link"] = links.seal(mailed.make(BreakSilence, things["silent"], [seat], expires_at=until)[seat])
    things["off"] = invitations.switched_off_at(alternate.account).rpartition("/")[2]
    alternate.account.calendar = links.new()
    alternate.account.save()
    things["calendar"] = links.seal(alternate.account.calendar)


def _names(house: House) -> None:
    """What stands in braces in the matrix."""
    things = house.names
    things["mandate"] = house.icat.group.instruments.get(slug="ga-72-195")
    things["paragraph"], things["free_paragraph"] = things["mandate"].paragraphs.all()
    things["group"], things["body"] = house.icat.group, house.icat.bodies["principals"]
    things["secret_decision"] = Decision.objects.get(proposal=things["adopted"])
    things["open_decision"] = Decision.objects.get(proposal=things["published"])
    invited = Person.objects.get(name="Hidden Invited")
    invitation = invitations.open_invitation(invited)
    assert invitation is not None
    things["token"] = invitations.link_of(invitation, now=database_clock()).rpartition("/")[2]
    _mailed(house)
    for name in ("called", "objected", "withdrawn", "adopted", "in_writing", "silent", "held_up"):
        things[f"{name}_slug"] = things[name].slug
    things["secret_decision_slug"], things["open_decision_slug"] = (
        things[f"{which}_decision"].slug for which in ("secret", "open")
    )
    things["secret_meeting_slug"], things["open_meeting_slug"] = (
        things[f"{which}_meeting"].slug for which in ("secret", "open")
    )
    things["receipt_key"], things["silent_pk"] = things["receipt"].key, things["silent"].pk
    things["appointment"] = icat_appointment(house)
    things["account"] = house.icat.unodc.account.pk
    facts = {
        "membership": Membership.objects.get(body=things["body"], organisation__slug="ilo", standing=True),
        "office": OfficeHolding.objects.get(office__body=things["body"], organisation__slug="un-women", standing=True),
        "contributor": Appointment.objects.get(person__name="Hidden Contributor", standing=True),
    }  # fmt: skip
    things |= {f"{name}_on_record": on_record(fact) for name, fact in facts.items()}
    things["letter"] = Letter.objects.order_by("pk")[0].pk
    things["passkey"] = _passkey(house.people["contributor"].account)  # type: ignore[union-attr]


def icat_appointment(house: House) -> int:
    """UNICEF's focal point's: the one that others would like to act under."""
    return house.icat.unicef.appointment.pk  # type: ignore[union-attr]


def _passkey(account: Account) -> int:
    """A passkey as a browser registers it."""
    from allauth.mfa.models import Authenticator
    from fido2 import webauthn
    from fido2.cose import ES256

    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    credential = webauthn.AttestedCredentialData.create(webauthn.Aaguid.NONE, b"of the contributor", key)
    data = webauthn.AuthenticatorData.create(sha256(b"testserver").digest(), 0x41, 0, credential)
    client = webauthn.CollectedClientData.create("webauthn.create", b"challenge", "http://testserver")
    made = webauthn.RegistrationResponse(
        raw_id=b"of the contributor",
        response=webauthn.AuthenticatorAttestationResponse(
            client_data=client, attestation_object=webauthn.AttestationObject.create("none", data, {})
        ),
    )
    stored = {"name": "Hidden passkey", "credential": dict(made), "passwordless": False}
    return Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data=stored).pk


def number_entries(house: House) -> None:
    """Entry numbers are known once the sequencer has run."""
    placed = Placement.objects.filter(group="icat").order_by("index")
    sealed, public = (placed.filter(entry__public=open_)[0].index for open_ in (False, True))
    size = placed.count()
    house.names |= {"sealed": sealed, "public": public, "size": size}


def _sign_in(house: House) -> None:
    for role, who in house.people.items():
        if who is None:
            continue
        client = Client()
        account = who.account
        if not account.has_usable_password():
            account.set_password(PASSWORD)
            account.save()
        client.force_login(account)
        session = client.session
        # A moment that stays recent, so that no page asks again for the password.
        session["account_authentication_methods"] = [{"method": "password", "at": time() + 86_400}]
        session["account_authentication_methods_user"] = str(account.pk)
        if role != "one factor":
            session[second_factor.KEY] = account.pk
        session.save()
        house.cookies[role] = client.cookies["onevoice"].value
