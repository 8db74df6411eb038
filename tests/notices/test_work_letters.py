"""Letters about work: whom each act tells, in whose language and on whose clocks, in a fixed number of statements."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from meetings.rooms import CONVENED, QUORUM, Room
from onevoice.decisions.acts.proposals import WithdrawProposal
from onevoice.decisions.acts.register import PublishDecision, UnpublishDecision
from onevoice.enact.perform import Done
from onevoice.groups.models import Appointment, Membership
from onevoice.meetings.acts import convening, room
from onevoice.meetings.acts.moving import MoveProposal
from onevoice.notices import jobs
from onevoice.notices.models import Letter
from onevoice.parties.models import Account, Invitation, Organisation, OrganisationName, Person

MEMBERS = ("unodc", "osce", "un-women", "unicef", "ilo", "icmpd")


def addresses(*slugs: str, capacity: str = "focal-point") -> list[str]:
    return sorted(f"icat-{slug}-{capacity}@example.org" for slug in slugs)


def reached(**found: Any) -> list[str]:
    return sorted(Letter.objects.filter(**found).values_list("address", flat=True))


def to(delegation: Any) -> Letter:
    return Letter.objects.filter(address=delegation.account.email).first()


@pytest.fixture
def meeting_room(icat: Any) -> Room:
    """A meeting that was convened, its letters read already."""
    made = Room(icat)
    Letter.objects.all().delete()
    return made


def postpones(meeting_room: Room) -> Any:
    inputs = {"day": "2049-02-01", "begins": "10:00", "ends": "12:00", "why": "The hall is taken."}
    return meeting_room.icat.osce.does(convening.PostponeMeeting, meeting_room.meeting, **inputs)


# --- who ---------------------------------------------------------------------------------------------------------


def test_focal_points_and_alternates_of_everybody_in_the_body_are_invited(icat: Any) -> None:
    icat.sends(icat.unicef.organisation, "Alternate", "alternate")
    icat.sends(icat.unicef.organisation, "Contributor", "contributor")
    icat.sends(icat.unicef.organisation, "Head", "principal")
    watching = icat.organisation("watching")
    icat.member(watching, body=icat.bodies["principals"], kind="observer")
    icat.sends(watching)
    left = icat.organisation("left")
    icat.member(left, "2020", "2021", body=icat.bodies["principals"])
    icat.sends(left)
    Room(icat)
    assert reached() == sorted(addresses(*MEMBERS, "watching") + addresses("unicef", capacity="alternate"))


def test_only_members_are_told_of_a_proposal(icat: Any, meeting_room: Room) -> None:
    watching = icat.organisation("watching")
    icat.member(watching, body=icat.bodies["principals"], kind="observer")
    icat.sends(watching)
    meeting_room.proposes()
    assert reached() == addresses(*MEMBERS)


def test_who_has_switched_letters_about_work_off_gets_none(icat: Any) -> None:
    Account.objects.filter(person=icat.ilo.person).update(notices=False)
    Room(icat)
    assert reached() == addresses(*(slug for slug in MEMBERS if slug != "ilo"))


def test_who_has_no_account_yet_is_written_to_where_the_invitation_went(icat: Any) -> None:
    organisation = icat.ilo.organisation
    person = Person.objects.create(slug="ada", name="Ada")
    Invitation.objects.create(person=person, email="ada@example.org", language="fr", made_by="x")
    Appointment.objects.create(
        person=person, organisation=organisation, group=icat.group, capacity="alternate",
        period=icat.ilo.appointment.period, claimed_by="x",
    )  # fmt: skip
    Room(icat)
    letter = Letter.objects.get(address="ada@example.org")
    assert (letter.person, letter.language) == (person.pk, "fr")


def test_the_act_that_fails_tells_nobody(icat: Any, meeting_room: Room) -> None:
    assert not isinstance(icat.unicef.does(convening.CancelMeeting, meeting_room.meeting), Done)
    assert not Letter.objects.exists()


# --- what --------------------------------------------------------------------------------------------------------


def test_an_invitation_says_when_on_each_clock_and_carries_a_calendar_file(icat: Any) -> None:
    Account.objects.filter(person=icat.unicef.person).update(zone="America/New_York")
    Room(icat, zone="Africa/Nairobi", begins="16:00", ends="18:00")
    letter = to(icat.unicef)
    assert letter.subject == "Invitation: Meeting of Principals, 14 January 2049"
    assert letter.body == (
        "A meeting of Principals of ICAT is convened: Meeting of Principals.\n\n"
        "Thursday 14 January 2049, 16:00 to 18:00 in Nairobi\n"
        "Thursday 14 January 2049, 14:00 to 16:00 in Vienna\n"
        "Thursday 14 January 2049, 08:00 to 10:00 in New York\n"
        "Place: Vienna\n\n"
        "The agenda and its documents:\n\n"
        "http://testserver/icat/events/2049-01-14-meeting-of-principals\n\n"
        "The attached file puts the meeting into your calendar.\n\n"
        "You get this letter because you act for an organisation in ICAT. Whether letters about its work come, you "
        "choose in your profile:\n\n"
        "http://testserver/accounts/profile\n"
    )
    event = Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), event["DTSTART"].dt.isoformat()) == (
        "Meeting of Principals",
        "2049-01-14T13:00:00+00:00",
    )
    assert str(event["URL"]) == "http://testserver/icat/events/2049-01-14-meeting-of-principals"


def test_each_reads_in_the_own_language_with_the_own_links(icat: Any) -> None:
    Account.objects.filter(person=icat.unicef.person).update(language="ar")
    Room(icat)
    letter = to(icat.unicef)
    assert letter.language == "ar"
    assert "http://testserver/ar/icat/events/2049-01-14-meeting-of-principals" in letter.body
    assert "كانون الثاني/يناير" in letter.body


def test_putting_off_says_from_when_and_why_and_moves_the_calendar(meeting_room: Room) -> None:
    postpones(meeting_room)
    letter = to(meeting_room.icat.ilo)
    assert letter.subject == "Put off to 1 February 2049: Meeting of Principals"
    assert "Monday 1 February 2049, 10:00 to 12:00 in Vienna\n" in letter.body
    assert "It was to begin on Thursday 14 January 2049, 15:00 in Vienna." in letter.body
    assert "The reason given:\nThe hall is taken.\n" in letter.body
    event = Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    assert (event["SEQUENCE"], event["DTSTART"].dt.isoformat()) == (1, "2049-02-01T09:00:00+00:00")


def test_calling_off_takes_the_meeting_from_the_calendar(meeting_room: Room) -> None:
    meeting_room.icat.osce.does(convening.CancelMeeting, meeting_room.meeting, why="No quorum is expected.")
    letter = to(meeting_room.icat.ilo)
    assert letter.subject == "Cancelled: Meeting of Principals, 14 January 2049"
    assert "that was to begin on Thursday 14 January 2049, 15:00 in Vienna is cancelled" in letter.body
    assert "No quorum is expected." in letter.body
    event = Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_proposal_says_what_happens_to_those_who_do_nothing(meeting_room: Room) -> None:
    proposal = meeting_room.proposes().result
    letter = to(meeting_room.icat.ilo)
    assert letter.subject == f"Proposal {proposal.number}: Plan endorsed"
    assert letter.body.startswith(
        f"UNICEF has put a text to Principals for decision, as proposal {proposal.number}: Plan endorsed.\n\n"
        f"http://testserver{proposal.get_absolute_url()}\n\n"
        "It stands under agenda item 2 of the meeting: Meeting of Principals.\n"
        "Thursday 14 January 2049, 15:00 to 17:00 in Vienna\n\n"
        "If your organisation agrees, you have nothing to do: the chair will ask in the room whether any member "
        "objects, and the text is adopted when none does.\n\n"
    )
    assert (letter.about, letter.calendar) == (f"decisions.proposal:icat/{proposal.slug}", "")


def test_the_focal_point_gets_the_facts_of_an_objection_that_was_recorded(meeting_room: Room) -> None:
    icat = meeting_room.icat
    icat.sends(icat.ilo.organisation, "Alternate", "alternate")
    meeting_room.present(*QUORUM, "ilo")
    proposal = meeting_room.proposes().result
    Letter.objects.all().delete()
    inputs = {"organisation": "ilo", "reason": "Paragraph 1 exceeds our mandate."}
    done = icat.osce.does(room.RecordObjection, proposal, **inputs)
    assert reached() == addresses("ilo", "unicef", "unodc", "un-women")
    letter = to(icat.ilo)
    assert letter.subject == f"An objection of ILO to proposal {proposal.number} is recorded"
    for fact in (
        f"OSCE has recorded that ILO objects to proposal {proposal.number}: Plan endorsed.",
        "The reason given:\nParagraph 1 exceeds our mandate.\n",
        f"Text (SHA-256): {proposal.text_hash}\n",
        f"Entry of the record (its hash): {bytes(done.performed.entry.leaf_hash).hex()}\n",
        f"http://testserver{proposal.get_absolute_url()}\n",
        "tell the chair or the secretariat at once.",
    ):
        assert fact in letter.body, fact


def test_the_members_learn_what_was_adopted_and_who_may_read_it(meeting_room: Room) -> None:
    meeting_room.present(*QUORUM)
    proposal = meeting_room.proposes().result
    meeting_room.calls(proposal)
    Letter.objects.all().delete()
    decision = meeting_room.adopts(proposal).result
    assert reached() == addresses(*MEMBERS)
    letter = to(meeting_room.icat.ilo)
    assert letter.subject == f"Decision {decision.number}: Plan endorsed"
    assert f"Principals has adopted proposal {proposal.number} by consensus." in letter.body
    assert f"http://testserver{decision.get_absolute_url()}\n\nEverybody may read it.\n" in letter.body


def test_the_members_learn_that_a_text_was_not_adopted(meeting_room: Room) -> None:
    icat = meeting_room.icat
    proposal = meeting_room.proposes().result
    icat.ilo.does(room.Object, proposal, reason="No.")
    icat.icmpd.does(room.Object, proposal, reason="No.")
    meeting_room.begins()
    Letter.objects.all().delete()
    icat.osce.does(room.DeclareNotAdopted, proposal)
    assert reached() == addresses(*MEMBERS)
    letter = to(icat.unicef)
    assert letter.subject == f"Proposal {proposal.number} was not adopted: Plan endorsed"
    assert "An objection stands, of: ICMPD and ILO." in letter.body


def another_meeting(meeting_room: Room) -> Any:
    inputs = CONVENED | {"title": "Next meeting", "day": "2049-03-04"}
    done = meeting_room.icat.osce.does(
        convening.ConveneMeeting, meeting_room.icat.bodies["principals"], **inputs
    )
    return done.result


def test_whoever_was_told_of_a_proposal_is_told_that_it_is_moved(meeting_room: Room) -> None:
    icat = meeting_room.icat
    proposal = meeting_room.proposes().result
    item = another_meeting(meeting_room).agenda.get(number="1")
    Letter.objects.all().delete()
    assert isinstance(icat.osce.does(MoveProposal, proposal, item=str(item.pk)), Done)
    assert reached() == addresses(*MEMBERS)
    letter = to(icat.ilo)
    assert (
        letter.subject == f"Proposal {proposal.number} is moved to the meeting of 4 March 2049: Plan endorsed"
    )
    assert letter.body.startswith(
        f"OSCE has moved proposal {proposal.number} to another meeting of Principals: Plan endorsed. It now stands "
        "under agenda item 1 of the meeting: Next meeting.\n"
        "Thursday 4 March 2049, 15:00 to 17:00 in Vienna\n\n"
        f"http://testserver{proposal.get_absolute_url()}\n"
    )


def test_whoever_was_told_of_a_proposal_is_told_that_it_is_withdrawn(meeting_room: Room) -> None:
    icat = meeting_room.icat
    proposal = meeting_room.proposes().result
    Letter.objects.all().delete()
    icat.unicef.does(WithdrawProposal, proposal, why="A better text comes.")
    assert reached() == addresses(*MEMBERS)
    letter = to(icat.ilo)
    assert letter.subject == f"Proposal {proposal.number} is withdrawn: Plan endorsed"
    assert letter.body.startswith(
        f"UNICEF has withdrawn proposal {proposal.number}: Plan endorsed. Principals is "
    )
    assert "The reason given:\nA better text comes.\n" in letter.body


def test_the_proposer_and_those_who_lead_learn_of_an_objection(meeting_room: Room) -> None:
    icat = meeting_room.icat
    proposal = meeting_room.proposes().result
    Letter.objects.all().delete()
    icat.ilo.does(room.Object, proposal, reason="Paragraph 1 exceeds our mandate.")
    assert reached() == addresses("unicef", "unodc", "osce", "un-women")
    letter = to(icat.unicef)
    assert letter.subject == f"ILO objects to proposal {proposal.number}: Plan endorsed"
    assert "The reason given:\nParagraph 1 exceeds our mandate.\n" in letter.body


def test_whoever_was_told_of_the_meeting_is_told_of_one_more_agenda_item(meeting_room: Room) -> None:
    icat = meeting_room.icat
    icat.osce.does(convening.AddAgendaItem, meeting_room.meeting, title="A visit")
    assert reached() == addresses(*MEMBERS)
    letter = to(icat.ilo)
    assert letter.subject == "One more agenda item: Meeting of Principals, 14 January 2049"
    assert letter.body.startswith(
        "The agenda of the meeting has one more item: Meeting of Principals. Item 4 is: A visit.\n"
    )


def test_the_members_learn_that_their_decision_is_published_or_taken_back(meeting_room: Room) -> None:
    icat = meeting_room.icat
    meeting_room.present(*QUORUM)
    proposal = meeting_room.proposes(public="").result
    meeting_room.calls(proposal)
    decision = meeting_room.adopts(proposal).result
    for act, inputs, says in (
        (PublishDecision, {}, f"Decision {decision.number} is public: Plan endorsed"),
        (
            UnpublishDecision,
            {"why": "Too early."},
            f"Decision {decision.number} is no longer public: Plan endorsed",
        ),
    ):
        Letter.objects.all().delete()
        assert isinstance(icat.unodc.does(act, decision, **inputs), Done)
        assert (reached(), to(icat.ilo).subject) == (addresses(*MEMBERS), says)
    assert "The reason given:\nToo early.\n" in to(icat.ilo).body


# --- how ---------------------------------------------------------------------------------------------------------


def test_a_letter_takes_its_calendar_file_along(icat: Any, mailoutbox: list[mail.EmailMessage]) -> None:
    Room(icat)
    letter = to(icat.ilo)
    jobs.send_letter(letter=letter.pk)
    (sent,) = mailoutbox
    (part,) = sent.message().iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("meeting.ics", "text/calendar")
    assert letter.calendar.replace("\r\n", "\n") == part.get_content().replace("\r\n", "\n")


def test_each_letter_has_its_job(icat: Any) -> None:
    Room(icat)
    with connection.cursor() as cursor:
        cursor.execute(
            "select (args->>'letter')::bigint from procrastinate_jobs where task_name = 'notices.send_letter'"
        )
        assert {row[0] for row in cursor.fetchall()} == set(Letter.objects.values_list("pk", flat=True))


def test_a_body_of_a_thousand_members_takes_as_many_statements_as_one_of_six(icat: Any) -> None:
    def statements(title: str) -> int:
        inputs = CONVENED | {"title": title}
        with CaptureQueriesContext(connection) as caught:
            assert isinstance(
                icat.osce.does(convening.ConveneMeeting, icat.bodies["principals"], **inputs), Done
            )
        return len(caught)

    few = statements("First")
    period = icat.ilo.appointment.period
    organisations = Organisation.objects.bulk_create(
        Organisation(slug=f"o-{n}", kind="un") for n in range(1000)
    )
    persons = Person.objects.bulk_create(Person(slug=f"p-{n}", name=f"P {n}") for n in range(1000))
    pairs = list(zip(organisations, persons, strict=True))
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=one, names={"en": one.slug}, period=period, claimed_by="x")
        for one in organisations
    )
    Account.objects.bulk_create(Account(person=one, email=f"{one.slug}@example.org") for one in persons)
    body = icat.bodies["principals"]
    Membership.objects.bulk_create(
        Membership(body=body, organisation=one, kind="member", period=period, claimed_by="x")
        for one in organisations
    )
    Appointment.objects.bulk_create(
        Appointment(
            person=person,
            organisation=one,
            group=icat.group,
            capacity="focal_point",
            period=period,
            claimed_by="x",
        )
        for one, person in pairs
    )
    assert statements("Second") == few
    assert Letter.objects.filter(subject__startswith="Invitation: Second").count() == 1006
