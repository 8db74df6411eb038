"""Whoever closes an account is forgotten, the log verifies, and no organisation is left with nobody."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from onevoice.enact.perform import Done, Incomplete, Sending, perform
from onevoice.groups.acts.memberships import AdmitMember, WithdrawMember
from onevoice.groups.acts.people import Appoint, EndAppointment, EnterAppointment, ForgetPerson
from onevoice.meetings.acts.documents import AddDocument
from onevoice.notices.models import Letter
from onevoice.parties.models import Account, Person
from onevoice.record.sequencer import place_pending
from onevoice.search.jobs import follow
from parties.conftest import PASSWORD
from world import Delegation

ADA = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}
TRACES = re.compile(r"ada[ -]?lovelace|lovelace|ada@|ada\.l@", re.IGNORECASE)


def ada_of(icat: Any, who: Any, capacity: str = "alternate") -> Delegation:
    """Appointed by the organisation, invited by letter, with an account that she made herself."""
    done = who.does(Appoint, icat.group, capacity=capacity, **ADA)
    link = re.search(r"http://testserver(/\S+/invitation/\S+)", Letter.objects.first().body)[1]  # type: ignore[index]
    Client().post(link, {"name": "Ada Lovelace", "password1": PASSWORD, "password2": PASSWORD})
    row = done.result
    return Delegation(icat, icat.group, who.organisation, Person.objects.get(pk=row.person_id), row)


def signed_in(address: str = "ada@example.org") -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": address, "password": PASSWORD})
    return client


def closes(address: str = "ada@example.org") -> Any:
    return signed_in(address).post("/accounts/close")


def dump() -> str:
    """Every row of every table that the application can read, as text."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'select t::text from "{table}" t')
            rows += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def lives(icat: Any) -> Delegation:
    """She acts for the secretariat: what she does is claimed, superseded, invited, uploaded and recorded by her."""
    from meetings.rooms import Room

    room = Room(icat)
    ada = ada_of(icat, icat.unodc)
    body = icat.bodies["principals"]
    admitted = ada.does(AdmitMember, body, organisation="unhcr", kind="member", since="2026-01-01")
    assert isinstance(admitted, Done), admitted
    seat = body.memberships.get(organisation__slug="unhcr", standing=True)
    assert isinstance(
        ada.does(WithdrawMember, body, membership=str(seat.pk), until="2026-02-01", why="It left."), Done
    )
    message = "Ada Lovelace telephoned, and Lovelace wrote."
    entered = {
        "organisation": "ilo",
        "capacity": "contributor",
        "full_name": "Bob",
        "address": "bob@example.org",
    }
    assert isinstance(ada.does(EnterAppointment, icat.group, **entered, language="en", message=message), Done)
    sending = Sending({"title": "Minutes", "language": "en"}, "minutes", files={
        "file": SimpleUploadedFile("minutes.txt", b"Minutes")})  # fmt: skip
    assert isinstance(perform(AddDocument, room.item, sending, actor=ada.actor), Done)
    client = signed_in()
    client.post("/accounts/address", {"email": "ada.l@example.org"})
    link = re.search(r"http://testserver(/\S*accounts/address/\S+)", Letter.objects.filter(
        address="ada.l@example.org").get().body)[1]  # type: ignore[index]  # fmt: skip
    client.post(link)
    return ada


def test_the_name_is_nowhere_when_the_account_is_closed(icat: Any) -> None:
    ada = lives(icat)
    assert TRACES.search(dump())
    done = closes("ada.l@example.org")
    assert (done.status_code, done["Location"]) == (303, "/accounts/closed")
    follow()
    assert sorted({found for found in dump().splitlines() if TRACES.search(found)}) == []
    reader = icat.unodc.signs_in(Client())
    for path in (
        "/icat/house",
        "/icat/record",
        "/icat/search?q=Lovelace",
        "/icat/desk",
        "/icat/house?format=csv",
    ):
        page = reader.get(path)
        text = page.text.replace("q=Lovelace", "").replace('value="Lovelace"', "")
        assert page.status_code == 200 and "Ada" not in text, path
    person = Person.objects.get(pk=ada.person.pk)
    assert (person.called, person.slug) == ("Somebody who has left", f"left-{person.pk}")


def test_what_signs_in_is_gone(icat: Any) -> None:
    ada_of(icat, icat.unodc)
    here, there = signed_in(), signed_in()
    here.post("/accounts/close")
    assert not Account.objects.filter(email="ada@example.org").exists()
    assert [client.get("/accounts/profile").status_code for client in (here, there)] == [302, 302]
    again = Client().post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD})
    assert (again.status_code, "do not open an account" in again.text) == (422, True)


def test_a_receipt_says_what_somebody_was(icat: Any) -> None:
    ada = ada_of(icat, icat.unodc)
    done = ada.does(
        AdmitMember, icat.bodies["principals"], organisation="unhcr", kind="member", since="2026-01-01"
    )
    closes()
    page = icat.unodc.signs_in(Client()).get(f"/icat/receipts/{done.performed.key}").text
    assert ("A former alternate focal point" in page, "Ada" in page) == (True, False)


def test_the_log_verifies_as_before_and_says_that_somebody_left(committed: Any) -> None:
    from onevoice.record.models import Checkpoint, Entry, Opening

    icat, _password = committed
    ada = lives(icat)
    place_pending()
    before = {entry.pk: bytes(entry.leaf) for entry in Entry.objects.all()}
    opened = Opening.objects.filter(name="by", value=f"person:{ada.person.slug} for unodc").count()
    assert opened > 3
    closes("ada.l@example.org")
    place_pending()
    assert {entry.pk: bytes(entry.leaf) for entry in Entry.objects.filter(pk__in=before)} == before
    assert not Opening.objects.filter(name="by", value=f"person:{ada.person.slug} for unodc").exists()
    last = Entry.objects.latest("pk")
    assert (last.act, last.public, b"Lovelace" in bytes(last.leaf)) == ("parties.leave", True, False)
    assert Checkpoint.objects.latest("pk").size == Entry.objects.filter(group="icat").count()


def test_a_focal_point_hands_over_first(icat: Any, password: str) -> None:
    client = signed_in(icat.unicef.account.email)
    page = client.get("/accounts/close").text
    assert "You are its focal point. Hand the focal point over to your successor first." in page
    assert f'href="/icat/do/hand-over-focal-point/{icat.group.pk}"' in page and "for ever" not in page
    refused = client.post("/accounts/close")
    assert (refused.status_code, "Your account is not closed" in refused.text) == (403, True)
    assert Account.objects.filter(pk=icat.unicef.account.pk).exists()


def test_the_only_one_who_acts_is_told_what_to_do_first(icat: Any) -> None:
    ada_of(icat, icat.ilo)
    Account.objects.filter(pk=icat.ilo.account.pk).update(is_active=False)
    page = signed_in().post("/accounts/close")
    assert (page.status_code, "Nobody else acts for it with an account." in page.text) == (403, True)


def test_an_appointment_is_not_ended_and_those_who_go_on_are_told_without_the_name(icat: Any) -> None:
    ada = ada_of(icat, icat.ilo)
    page = signed_in().get("/accounts/close").text
    assert "Its focal point is told, and ends your appointment or names somebody else." in page
    Letter.objects.all().delete()
    assert closes().status_code == 303
    letter = Letter.objects.get()
    assert (letter.address, letter.subject) == (
        icat.ilo.account.email, "Somebody who acted for ILO in ICAT has left",
    )  # fmt: skip
    assert "The capacity: Alternate focal point." in letter.body
    ended = icat.ilo.does(EndAppointment, icat.group, appointment=str(ada.appointment.pk))
    assert isinstance(ended, Done)


def test_closing_asks_for_the_password_when_one_signed_in_long_ago(icat: Any, client: Client) -> None:
    ada_of(icat, icat.ilo)
    client.force_login(Account.objects.get(email="ada@example.org"))
    for answer in (client.get("/accounts/close"), client.post("/accounts/close")):
        assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert Account.objects.filter(email="ada@example.org").exists()


def test_only_who_is_marked_as_having_left_is_forgotten_by_the_database(icat: Any) -> None:
    with (
        pytest.raises(DatabaseError, match="has not left"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select parties_forget(%s, 'x')", [icat.unicef.person.pk])


def test_a_record_that_somebody_left_is_exported_without_the_name(icat: Any) -> None:
    from onevoice.operations.exchange.export import export

    ada_of(icat, icat.ilo)
    assert TRACES.search(export("icat"))
    closes()
    text = export("icat")
    assert (bool(TRACES.search(text)), "Somebody who has left" in text) == (False, True)


def test_the_secretariat_forgets_whoever_has_left_and_asks_for_it(icat: Any) -> None:
    ada = lives(icat)
    chosen = {"person": str(ada.person.pk), "asked": "on"}
    assert isinstance(icat.unodc.does(ForgetPerson, icat.group, **chosen), Incomplete)  # she acts still
    icat.unodc.does(EndAppointment, icat.group, appointment=str(ada.appointment.pk))
    assert isinstance(icat.unodc.does(ForgetPerson, icat.group, **chosen | {"asked": ""}), Incomplete)
    done = icat.unodc.does(ForgetPerson, icat.group, **chosen)
    assert isinstance(done, Done) and done.performed.facts == {}
    follow()
    assert not TRACES.search(dump())
    assert not Account.objects.filter(person=ada.person).exists()
    for who in (icat.ilo, icat.osce, icat.neighbour.mallory):
        assert who.does(ForgetPerson, icat.group, **chosen).kind == "not_for_you"


def test_a_role_of_the_demonstration_cannot_be_closed(demonstration: Any, client: Client) -> None:
    client.post(f"/demonstration/as/{demonstration.unicef.account.pk}")
    page = client.post("/accounts/close")
    assert (page.status_code, "This is a role of the demonstration" in page.text) == (403, True)
    assert Account.objects.filter(pk=demonstration.unicef.account.pk).exists()
