"""Who acts for whom: appointed, handed over, ended. Mallory has the same post in another group."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from onevoice.enact.act import Refusal
from onevoice.enact.perform import Done, Incomplete, database_clock
from onevoice.groups.acts.people import (
    Appoint,
    ConfirmFactorLost,
    EndAppointment,
    EnterAppointment,
    EnterEndOfAppointment,
    EnterHandOver,
    HandOverFocalPoint,
    InviteAgain,
)
from onevoice.groups.models import Appointment
from onevoice.groups.standing import appointments_of, focal_point
from onevoice.notices.models import Letter
from onevoice.parties.models import FactorLost, Invitation, Person

SOMEBODY = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}


def fp_at(icat: Any, organisation: Any, at: datetime) -> Person | None:
    found = focal_point(icat.group, organisation, at=at)
    return found.person if found else None


def test_a_focal_point_appoints_a_contributor_who_is_invited_by_mail(icat: Any) -> None:
    answer = icat.unicef.does(Appoint, icat.group, capacity="contributor", **SOMEBODY)
    assert isinstance(answer, Done)
    row = answer.result
    assert row.organisation == icat.unicef.organisation
    assert (row.capacity, row.person.name) == ("contributor", "Ada Lovelace")
    assert list(appointments_of(row.person_id, at=database_clock())) == [row]
    letter = Letter.objects.get()
    assert (letter.address, letter.kind, letter.group) == ("ada@example.org", "invitation", "icat")
    assert letter.subject == "You act for UNICEF in ICAT"
    assert "http://testserver/accounts/invitation/" in letter.body


def test_the_record_and_the_receipt_hold_neither_name_nor_address_of_who_is_appointed(icat: Any) -> None:
    done = icat.unicef.does(Appoint, icat.group, capacity="contributor", **SOMEBODY)
    assert done.performed.facts == {"organisation": "unicef", "capacity": "contributor"}
    leaf = bytes(done.performed.entry.leaf).decode().casefold()
    assert not any(
        part in leaf for part in ("lovelace", "ada@", "example.org")
    )  # "ada" alone may be in a hash


def test_only_the_hash_of_the_invitations_token_is_kept(icat: Any) -> None:
    icat.unicef.does(Appoint, icat.group, capacity="contributor", **SOMEBODY)
    token = Letter.objects.get().body.split("/accounts/invitation/")[1].split()[0]
    assert len(token) >= 43
    assert Invitation.objects.get().token_hash not in ("", token)


def test_an_organisation_has_two_administrators_at_most(icat: Any) -> None:
    assert isinstance(icat.unicef.does(Appoint, icat.group, capacity="alternate", **SOMEBODY), Done)
    more = SOMEBODY | {"address": "b@example.org"}
    third = icat.unicef.does(Appoint, icat.group, capacity="alternate", **more)
    assert isinstance(third, Refusal) and third.kind == "two_administrators"
    assert str(third).startswith("An organisation has two administrators at most")
    assert not Invitation.objects.filter(email="b@example.org").exists()


def test_nobody_appoints_a_focal_point_for_the_own_organisation(icat: Any) -> None:
    answer = icat.unicef.does(Appoint, icat.group, capacity="focal_point", **SOMEBODY)
    assert isinstance(answer, Incomplete) and "capacity" in answer.form.errors


def test_a_person_known_by_address_is_not_made_twice(icat: Any) -> None:
    known = icat.osce.account
    done = icat.unicef.does(
        Appoint,
        icat.group,
        capacity="contributor",
        full_name="Somebody",
        address=known.email.upper(),
        language="en",
    )
    assert done.result.person == icat.osce.person
    assert Letter.objects.get().kind == "appointment"


def test_the_secretariat_enters_a_focal_point_for_an_organisation_with_its_message(icat: Any) -> None:
    values = {"organisation": "unhcr", "capacity": "focal_point", **SOMEBODY}
    without = icat.unodc.does(EnterAppointment, icat.group, **values)
    assert isinstance(without, Incomplete) and list(without.form.errors) == ["message"]
    done = icat.unodc.does(EnterAppointment, icat.group, message="UNHCR wrote on 3 March.", **values)
    assert isinstance(done, Done)
    assert fp_at(icat, icat.unhcr.organisation, database_clock()) == done.result.person


@pytest.mark.parametrize("act", [EnterAppointment, EnterHandOver, EnterEndOfAppointment])
def test_only_the_secretariat_acts_for_others(icat: Any, act: Any) -> None:
    for who in (icat.unicef, icat.osce, icat.neighbour.mallory):
        refusal = who.does(act, icat.group, organisation="ilo", message="Mine", **SOMEBODY)
        assert isinstance(refusal, Refusal) and refusal.kind == "not_for_you"
    assert Appointment.objects.filter(organisation=icat.ilo.organisation).count() == 1


@pytest.fixture
def committed(fresh_icat: Any) -> Any:
    """The world in a database of its own: what the database forbids is told when an act commits."""
    return fresh_icat


def test_two_focal_points_of_one_organisation_do_not_overlap(committed: Any) -> None:
    values = {"organisation": "unicef", "capacity": "focal_point", "message": "UNICEF wrote.", **SOMEBODY}
    refusal = committed.unodc.does(EnterAppointment, committed.group, **values)
    assert isinstance(refusal, Refusal) and refusal.kind == "one_focal_point_at_a_time"
    assert str(refusal).startswith(
        "This organisation has a focal point. Nothing has changed: hand the focal point over"
    )
    assert not Person.objects.filter(name="Ada Lovelace").exists()
    assert not Letter.objects.exists()


def test_nobody_has_two_capacities_for_one_organisation_at_once(committed: Any) -> None:
    values = {"capacity": "contributor", **SOMEBODY, "address": committed.unicef.account.email}
    refusal = committed.unicef.does(Appoint, committed.group, **values)
    assert isinstance(refusal, Refusal) and refusal.kind == "one_capacity_at_a_time"
    assert str(refusal).startswith("This person has an appointment for this organisation already.")


def test_a_hand_over_moves_the_right_to_act_at_one_instant(icat: Any) -> None:
    organisation, before = icat.unicef.organisation, icat.unicef.person
    done = icat.unicef.does(HandOverFocalPoint, icat.group, **SOMEBODY)
    at, successor = done.performed.received_at, done.result.person
    assert fp_at(icat, organisation, at) == successor
    assert list(appointments_of(before.pk, at=at)) == []
    assert icat.unicef.actor is None
    refused = [
        a for a in Appointment.objects.filter(organisation=organisation, standing=True) if at in a.period
    ]
    assert refused == [done.result]


def test_after_a_hand_over_history_still_says_who_it_was(icat: Any) -> None:
    before, began = icat.unicef.person, database_clock()
    done = icat.unicef.does(HandOverFocalPoint, icat.group, **SOMEBODY)
    assert fp_at(icat, icat.unicef.organisation, began) == before
    old = Appointment.objects.filter(person=before).order_by("pk")
    assert [(a.standing, a.period.upper) for a in old] == [(False, None), (True, done.performed.received_at)]


def test_an_alternate_who_becomes_focal_point_is_no_longer_alternate(icat: Any) -> None:
    alternate = icat.unicef.does(Appoint, icat.group, capacity="alternate", **SOMEBODY).result
    done = icat.unicef.does(HandOverFocalPoint, icat.group, **SOMEBODY)
    assert done.result.person == alternate.person
    held = appointments_of(alternate.person_id, at=done.performed.received_at)
    assert [a.capacity for a in held] == ["focal_point"]


def test_a_focal_point_is_not_handed_over_to_oneself(icat: Any) -> None:
    refusal = icat.unicef.does(
        HandOverFocalPoint, icat.group, full_name="Me", address=icat.unicef.account.email, language="en"
    )
    assert isinstance(refusal, Refusal) and refusal.kind == "same_person"


def test_a_contributor_appoints_nobody(icat: Any) -> None:
    worker = icat.sends(icat.unicef.organisation, "Contributor", "contributor")
    refusal = worker.does(Appoint, icat.group, capacity="contributor", **SOMEBODY)
    assert isinstance(refusal, Refusal) and refusal.kind == "not_for_you"


def test_an_appointment_of_another_organisation_is_not_ended(icat: Any) -> None:
    worker = icat.sends(icat.ilo.organisation, "Contributor of ILO", "contributor")
    answer = icat.unicef.does(EndAppointment, icat.group, appointment=str(worker.appointment.pk))
    assert isinstance(answer, Incomplete) and list(answer.form.errors) == ["appointment"]
    assert isinstance(icat.ilo.does(EndAppointment, icat.group, appointment=str(worker.appointment.pk)), Done)
    assert list(appointments_of(worker.person.pk, at=database_clock())) == []
    assert Letter.objects.get().subject == "You no longer act for ILO in ICAT"


def test_who_ends_an_appointment_chooses_among_the_own_alternates_and_contributors(
    icat: Any, client: Client
) -> None:
    icat.sends(icat.unicef.organisation, "Our Contributor", "contributor")
    icat.sends(icat.unicef.organisation, "Our Head", "principal")
    icat.sends(icat.ilo.organisation, "Their Contributor", "contributor")
    page = icat.unicef.signs_in(client).get(f"/icat/do/end-appointment/{icat.group.pk}").content.decode()
    names = ("Our Contributor", "Our Head", "Their Contributor", "Focal point,")
    offered = {name for name in names if f">{name}" in page}
    assert offered == {"Our Contributor"}


def test_a_focal_point_ends_by_hand_over_only(icat: Any) -> None:
    answer = icat.unicef.does(EndAppointment, icat.group, appointment=str(icat.unicef.appointment.pk))
    assert isinstance(answer, Incomplete) and list(answer.form.errors) == ["appointment"]


def test_an_invitation_of_another_organisation_is_sent_again_by_the_secretariat_only(icat: Any) -> None:
    row = icat.unicef.does(Appoint, icat.group, capacity="contributor", **SOMEBODY).result
    answer = icat.ilo.does(InviteAgain, icat.group, appointment=str(row.pk))
    assert isinstance(answer, Incomplete) and list(answer.form.errors) == ["appointment"]
    assert isinstance(icat.unodc.does(InviteAgain, icat.group, appointment=str(row.pk)), Done)


def test_an_invitation_sent_again_has_a_new_link(icat: Any) -> None:
    row = icat.unicef.does(Appoint, icat.group, capacity="contributor", **SOMEBODY).result
    first = Invitation.objects.get().token_hash
    assert isinstance(icat.unicef.does(InviteAgain, icat.group, appointment=str(row.pk)), Done)
    assert Invitation.objects.get().token_hash != first
    assert Letter.objects.count() == 2


def test_a_lost_second_factor_is_taken_away_by_two_different_administrators(icat: Any) -> None:
    from allauth.mfa.models import Authenticator

    lost = icat.unicef
    Authenticator.objects.create(user=lost.account, type="totp", data={})
    alternate = icat.sends(lost.organisation, "Alternate", "alternate")
    chosen = {"appointment": str(lost.appointment.pk)}
    assert lost.does(ConfirmFactorLost, icat.group, **chosen).kind == "oneself"
    assert icat.ilo.does(ConfirmFactorLost, icat.group, **chosen).kind == "not_their_administrator"
    assert isinstance(alternate.does(ConfirmFactorLost, icat.group, **chosen), Done)
    assert Authenticator.objects.filter(user=lost.account).exists()
    assert alternate.does(ConfirmFactorLost, icat.group, **chosen).kind == "confirmed_already"
    assert isinstance(icat.unodc.does(ConfirmFactorLost, icat.group, **chosen), Done)
    assert not Authenticator.objects.filter(user=lost.account).exists()
    assert FactorLost.objects.filter(settled=True).count() == 2
    assert [letter.kind for letter in Letter.objects.all()] == ["security", "security"]
