"""What the secretariat enters for an organisation waits on that one's desk until it confirms it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from onevoice.enact.owed import everything_owed
from onevoice.enact.perform import Done, database_clock
from onevoice.groups.acts.confirmations import ConfirmAppointment, ConfirmMembership, DisputeMembership
from onevoice.groups.acts.corrections import CorrectMembership
from onevoice.groups.acts.memberships import AdmitMember, WithdrawMember
from onevoice.groups.acts.people import Appoint, EndAppointment, EnterAppointment, EnterHandOver
from onevoice.groups.models import Confirmation, EnteredAppointment, EnteredMembership, Membership
from onevoice.groups.on_record import on_record
from onevoice.notices.models import Letter
from onevoice.parties.models import Account, Organisation

ADA = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}
MESSAGE = {"message": "They wrote on 3 March."}


def entered(icat: Any, organisation: str = "unicef", capacity: str = "contributor") -> EnteredAppointment:
    inputs = {"organisation": organisation, "capacity": capacity, **ADA, **MESSAGE}
    done = icat.unodc.does(EnterAppointment, icat.group, **inputs)
    assert isinstance(done, Done), done
    return EnteredAppointment.objects.get(appointment=done.result)


def owed(who: Any) -> list[str]:
    """What waits on the desk, without what comes from other rooms."""
    found = everything_owed(who.viewer, who.actor, now=database_clock())
    return [one.title["en"] for one in found if one.subject.startswith("groups.")]


def test_an_appointment_entered_for_an_organisation_is_on_its_desk_until_it_is_confirmed(icat: Any) -> None:
    alternate = icat.sends(icat.unicef.organisation, "Alternate", "alternate")
    row = entered(icat)
    assert owed(icat.unicef) == owed(alternate) == ["Ada Lovelace, contributor"]
    assert isinstance(alternate.does(ConfirmAppointment, row), Done)
    assert owed(icat.unicef) == owed(alternate) == []
    assert Confirmation.objects.get().person == alternate.person


def test_it_is_on_no_other_desk(icat: Any) -> None:
    entered(icat)
    worker = icat.sends(icat.unicef.organisation, "Contributor", "contributor")
    for who in (icat.ilo, icat.unodc, icat.neighbour.mallory, worker):
        assert owed(who) == []


def test_a_hand_over_that_was_entered_is_confirmed_by_the_successor(icat: Any) -> None:
    done = icat.unodc.does(EnterHandOver, icat.group, organisation="unicef", **ADA, **MESSAGE)
    successor = done.result.person
    Account.objects.create_user("ada@example.org", person=successor)
    from world import Delegation

    ada = Delegation(icat, icat.group, icat.unicef.organisation, successor, done.result)
    assert owed(ada) == ["Ada Lovelace, focal point"]
    assert isinstance(ada.does(ConfirmAppointment, EnteredAppointment.objects.get()), Done)
    assert owed(ada) == []


def test_what_an_organisation_appoints_itself_needs_no_confirmation(icat: Any) -> None:
    icat.unicef.does(Appoint, icat.group, capacity="contributor", **ADA)
    icat.unodc.does(
        EnterAppointment, icat.group, organisation="unodc", capacity="contributor",
        **ADA | {"address": "b@example.org"}, **MESSAGE,
    )  # fmt: skip
    assert not EnteredAppointment.objects.exists()


def test_an_appointment_that_has_ended_is_no_longer_to_confirm(icat: Any) -> None:
    row = entered(icat)
    assert isinstance(icat.unicef.does(EndAppointment, icat.group, appointment=str(row.appointment.pk)), Done)
    assert owed(icat.unicef) == []
    assert icat.unicef.does(ConfirmAppointment, row).kind == "over"


def test_it_is_confirmed_once_and_by_its_organisation_only(icat: Any) -> None:
    row = entered(icat)
    assert icat.ilo.does(ConfirmAppointment, row).kind == "not_yours"
    assert icat.unodc.does(ConfirmAppointment, row).kind == "not_yours"
    assert icat.neighbour.mallory.does(ConfirmAppointment, row).kind == "not_for_you"
    assert isinstance(icat.unicef.does(ConfirmAppointment, row), Done)
    assert icat.unicef.does(ConfirmAppointment, row).kind == "confirmed"


def test_the_record_holds_the_confirmation_without_the_name(icat: Any) -> None:
    done = icat.unicef.does(ConfirmAppointment, entered(icat))
    assert done.performed.facts == {"organisation": "unicef", "capacity": "contributor"}
    assert done.performed.entry.act == "groups.confirm_appointment"
    leaf = str(bytes(done.performed.entry.leaf)).lower()
    assert not any(part in leaf for part in ("lovelace", "ada@", "ada "))  # "ada" alone may be in a hash


def test_from_the_desk_it_is_one_page(icat: Any, client: Client) -> None:
    row = entered(icat)
    icat.unicef.signs_in(client)
    address = f"/icat/do/confirm-appointment/{row.pk}"
    desk = client.get("/icat/desk").content.decode()
    assert f'<a class="title" href="{address}">Ada Lovelace, contributor</a>' in desk
    assert "An appointment that the secretariat entered for your organisation, to confirm." in desk
    assert "Ada Lovelace, contributor" in client.get(address).content.decode()
    done = client.post(address, {"as": icat.unicef.appointment.pk}, follow=True)
    assert "The appointment is confirmed." in done.content.decode()
    assert address not in client.get("/icat/desk").content.decode()


def test_another_group_does_not_find_it(icat: Any, client: Client) -> None:
    row = entered(icat)
    assert (
        icat.neighbour.mallory.signs_in(client).get(f"/icat/do/confirm-appointment/{row.pk}").status_code
        == 404
    )


def test_the_desk_asks_as_much_of_many_as_of_one(icat: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from onevoice.groups.owed import appointments_to_confirm

    entered(icat)
    for number in range(20):
        inputs = {
            "organisation": "unicef",
            "capacity": "contributor",
            **ADA,
            "address": f"{number}@example.org",
        }
        icat.unodc.does(EnterAppointment, icat.group, **inputs, **MESSAGE)
    viewer, actor, now = icat.unicef.viewer, icat.unicef.actor, database_clock()
    with CaptureQueriesContext(connection) as caught:
        assert len(appointments_to_confirm(viewer, actor, now=now)) == 21
    assert len(caught) == 1


# --- memberships -------------------------------------------------------------------------------------------------


def admitted(icat: Any, since: str = "2026-01-01") -> tuple[Any, EnteredMembership]:
    """UNHCR, which the secretariat has admitted to the Principals, with its focal point."""
    organisation = Organisation.objects.get(slug="unhcr")
    unhcr = icat.sends(organisation)
    given = {"organisation": "unhcr", "kind": "member", "since": since}
    assert isinstance(icat.unodc.does(AdmitMember, icat.bodies["principals"], **given), Done)
    return unhcr, EnteredMembership.objects.get(organisation=organisation)


def corrects(icat: Any, **changed: Any) -> Any:
    seat = Membership.objects.get(body=icat.bodies["principals"], organisation__slug="unhcr", standing=True)
    given = {"kind": "member", "since": "2026-01-01", "why": "They wrote so."} | changed
    return icat.unodc.does(CorrectMembership, on_record(seat), **given)


TITLE = "UNHCR in Principals, member from 1 January 2026"


def test_a_membership_entered_for_an_organisation_waits_on_its_desk_until_it_says_that_it_is_right(
    icat: Any,
) -> None:
    unhcr, entered = admitted(icat)
    head = icat.sends(unhcr.organisation, "Head", "principal")
    assert owed(unhcr) == owed(head) == [TITLE]
    assert isinstance(head.does(ConfirmMembership, entered), Done)
    assert owed(unhcr) == owed(head) == []
    assert unhcr.does(ConfirmMembership, entered).kind == "confirmed"


def test_it_stands_meanwhile_as_entered(icat: Any) -> None:
    unhcr, entered = admitted(icat)
    assert unhcr.actor.bodies[icat.bodies["principals"].pk] == "member"
    unhcr.does(DisputeMembership, entered, why="We are an observer.")
    assert unhcr.actor.bodies[icat.bodies["principals"].pk] == "member"


def test_what_is_wrong_waits_on_the_secretariats_desk_until_it_is_corrected_and_the_organisation_confirms_that(
    icat: Any,
) -> None:
    unhcr, entered = admitted(icat)
    assert isinstance(unhcr.does(DisputeMembership, entered, why="We are an observer."), Done)
    assert (owed(unhcr), owed(icat.unodc), owed(icat.osce)) == ([], [TITLE], [])
    assert unhcr.does(DisputeMembership, entered, why="Again.").kind == "disputed"
    assert isinstance(corrects(icat, kind="observer"), Done)
    assert (owed(unhcr), owed(icat.unodc)) == (
        ["UNHCR in Principals, observer from 1 January 2026"], [],
    )  # fmt: skip
    assert isinstance(unhcr.does(ConfirmMembership, entered), Done)
    assert (owed(unhcr), owed(icat.unodc)) == ([], [])


def test_who_has_said_that_it_is_wrong_may_find_that_it_is_right(icat: Any) -> None:
    unhcr, entered = admitted(icat)
    unhcr.does(DisputeMembership, entered, why="We think not.")
    assert isinstance(unhcr.does(ConfirmMembership, entered), Done)
    assert (owed(unhcr), owed(icat.unodc)) == ([], [])


@pytest.mark.parametrize("ends", ["withdrawn", "never was"])
def test_a_membership_that_is_no_more_is_not_asked_about(icat: Any, ends: str) -> None:
    unhcr, entered = admitted(icat)
    icat.member(unhcr.organisation, body=icat.bodies["working-group"])
    if ends == "withdrawn":
        seat = Membership.objects.get(
            body=icat.bodies["principals"], organisation__slug="unhcr", standing=True
        )
        given = {"membership": str(seat.pk), "until": "2026-02-01", "why": "It left."}
        assert isinstance(icat.unodc.does(WithdrawMember, icat.bodies["principals"], **given), Done)
    else:
        assert isinstance(corrects(icat, never="on"), Done)
    assert owed(unhcr) == []
    assert unhcr.does(ConfirmMembership, entered).kind == "over"
    assert unhcr.does(DisputeMembership, entered, why="No.").kind == "over"


def test_only_the_organisation_itself_says_so(icat: Any) -> None:
    unhcr, entered = admitted(icat)
    worker = icat.sends(unhcr.organisation, "Contributor", "contributor")
    for act, inputs in ((ConfirmMembership, {}), (DisputeMembership, {"why": "No."})):
        assert icat.unodc.does(act, entered, **inputs).kind == "not_yours"
        assert icat.ilo.does(act, entered, **inputs).kind == "not_yours"
        assert worker.does(act, entered, **inputs).kind == "not_for_you"
        assert icat.neighbour.mallory.does(act, entered, **inputs).kind == "not_for_you"
    for who in (icat.ilo, worker, icat.neighbour.mallory):
        assert owed(who) == []


def test_an_organisation_that_enters_its_own_membership_confirms_nothing(icat: Any) -> None:
    given = {"organisation": "unodc", "kind": "member", "since": "2026-01-01"}
    assert isinstance(icat.unodc.does(AdmitMember, icat.bodies["working-group"], **given), Done)
    assert not EnteredMembership.objects.exists()


def test_the_organisation_and_then_the_secretariat_are_told_by_letter(icat: Any) -> None:
    unhcr, entered = admitted(icat)
    letter = Letter.objects.get()
    assert (letter.address, letter.subject) == (
        unhcr.account.email, "UNHCR is in Principals of ICAT: to confirm",
    )  # fmt: skip
    assert letter.body.startswith(
        f"UNODC has entered a membership of your organisation: {TITLE}.\n"
    )
    assert "\nhttp://testserver/icat/desk\n" in letter.body
    unhcr.does(DisputeMembership, entered, why="We are an observer.")
    letter = Letter.objects.first()
    assert (letter.address, letter.subject) == (
        icat.unodc.account.email, "UNHCR says that its membership of Principals is wrong",
    )  # fmt: skip
    assert "The reason given:\nWe are an observer.\n" in letter.body


def test_the_record_says_that_it_was_confirmed_and_keeps_what_was_wrong_for_the_group(icat: Any) -> None:
    unhcr, entered = admitted(icat)
    wrong = unhcr.does(DisputeMembership, entered, why="We are an observer.").performed
    assert (wrong.entry.public, "observer" in str(wrong.facts)) == (False, False)
    right = unhcr.does(ConfirmMembership, entered).performed
    assert (right.entry.public, right.facts) == (
        True, {"organisation": "unhcr", "body": "principals", "kind": "member", "since": "2026-01-01"},
    )  # fmt: skip


def test_from_the_desk_both_answers_are_one_page(icat: Any, client: Client) -> None:
    unhcr, entered = admitted(icat)
    desk = unhcr.signs_in(client).get("/icat/desk").text
    for act in ("confirm-membership", "dispute-membership"):
        address = f"/icat/do/{act}/{entered.pk}"
        assert f'href="{address}"' in desk
        assert TITLE in client.get(address).text
    client.post(f"/icat/do/dispute-membership/{entered.pk}", {"as": unhcr.appointment.pk, "why": "No."})
    page = icat.unodc.signs_in(Client()).get("/icat/desk").text
    seat = Membership.objects.get(body=icat.bodies["principals"], organisation__slug="unhcr", standing=True)
    assert f'href="/icat/do/correct-membership/{seat.pk}"' in page
    assert "The organisation says that this membership is wrong: No." in page


def test_the_desk_asks_as_much_of_many_memberships_as_of_one(icat: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from onevoice.groups.models import Body
    from onevoice.groups.owed import memberships_to_confirm, memberships_to_correct

    unhcr, entered = admitted(icat)
    unhcr.does(DisputeMembership, entered, why="No.")
    root = icat.group.bodies.get(parent=None)
    for number in range(20):
        body = Body.objects.create(
            group=icat.group, slug=f"b{number}", names={"en": f"B {number}"}, parent=root
        )
        icat.unodc.does(AdmitMember, body, organisation="unhcr", kind="member", since="2026-01-01")
        if number % 2:
            unhcr.does(DisputeMembership, EnteredMembership.objects.get(body=body), why="No.")
    for who, function, found, asked in (
        (unhcr, memberships_to_confirm, 10, 2),
        (icat.unodc, memberships_to_correct, 11, 3),
    ):
        viewer, actor, now = who.viewer, who.actor, database_clock()
        with CaptureQueriesContext(connection) as caught:
            assert len(function(viewer, actor, now=now)) == found
        assert len(caught) == asked


# --- other things that forms offer -------------------------------------------------------------------------------


def test_a_membership_can_cite_the_bodys_decisions(icat: Any, client: Client) -> None:
    from meetings.rooms import QUORUM, Room

    room = Room(icat)
    room.present(*QUORUM)
    proposal = room.proposes(title="UNHCR admitted").result
    room.calls(proposal)
    decision = room.adopts(proposal).result
    page = icat.unodc.signs_in(client).get(f"/icat/do/admit-member/{icat.bodies['principals'].pk}")
    key = f"decisions.decision:icat/{decision.slug}"
    assert f'<option value="{key}">{decision.number}: UNHCR admitted</option>' in page.content.decode()
    other = client.get(f"/icat/do/admit-member/{icat.bodies['working-group'].pk}")
    assert "UNHCR admitted" not in other.content.decode()


@pytest.mark.parametrize("path", ["/icat/members", "/icat/decisions"])
def test_who_lacks_the_second_factor_is_told_so_and_not_that_there_is_no_appointment(
    icat: Any, client: Client, path: str
) -> None:
    client.force_login(icat.osce.account)
    page = client.get(path).content.decode()
    assert "You act here once you have signed in with a second factor." in page
    assert "You have no appointment in this group today." not in page
