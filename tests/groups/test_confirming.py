"""What the secretariat enters for an organisation waits on that one's desk until it confirms it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from onevoice.enact.owed import everything_owed
from onevoice.enact.perform import Done, database_clock
from onevoice.groups.acts.confirmations import ConfirmAppointment
from onevoice.groups.acts.people import Appoint, EndAppointment, EnterAppointment, EnterHandOver
from onevoice.groups.models import Confirmation, EnteredAppointment
from onevoice.parties.models import Account

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
    assert "ada" not in str(bytes(done.performed.entry.leaf)).lower()


def test_from_the_desk_it_is_one_page(icat: Any, client: Client) -> None:
    row = entered(icat)
    icat.unicef.signs_in(client)
    address = f"/icat/do/confirm-appointment/{row.pk}"
    desk = client.get("/icat/desk").content.decode()
    assert f'<a href="{address}">Ada Lovelace, contributor</a>' in desk
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
