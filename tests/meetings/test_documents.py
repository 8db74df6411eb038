"""Documents under agenda items: who adds, who reads, who withdraws, and a form that loses nothing typed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from files.samples import PDF, SVG
from meetings.reading import main_of, queries
from meetings.rooms import Room
from onevoice.enact.perform import Done, Incomplete, Sending, perform
from onevoice.files.models import StoredFile
from onevoice.meetings.acts.documents import AddDocument, WithdrawDocument
from onevoice.meetings.models import Document

TITLE = "Draft programme of work"


@pytest.fixture
def room(icat: Any) -> Room:
    return Room(icat, public="on")


def upload(content: bytes = PDF, name: str = "Draft.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def adds(who: Any, room: Room, content: bytes = PDF, **given: Any) -> Any:
    inputs = {"title": TITLE, "language": "en"} | given
    sending = Sending(inputs, uuid4().hex, files={"file": upload(content)})
    return perform(AddDocument, room.item, sending, actor=who.actor)


def form_of(room: Room) -> str:
    return f"/icat/do/add-document/{room.item.pk}"


@pytest.mark.parametrize("who", ["unicef", "osce", "unodc"])
def test_a_member_the_chair_and_the_secretariat_add_documents(icat: Any, room: Room, who: str) -> None:
    delegation = getattr(icat, who)
    document = adds(delegation, room).result
    assert (document.title, document.language, document.added_by) == (
        {"en": TITLE},
        "en",
        delegation.organisation,
    )
    assert (document.file.name, document.file.visibility) == ("Draft.pdf", "group")


def test_nobody_else_does(icat: Any, room: Room) -> None:
    worker = icat.sends(icat.unicef.organisation, "Contributor", "contributor")
    for who in (worker, icat.neighbour.mallory):
        assert adds(who, room).kind == "not_for_you"
    assert not StoredFile.objects.exists()


def test_the_group_finds_it_under_the_agenda_item(icat: Any, room: Room, client: Client) -> None:
    document = adds(icat.unicef, room).result
    page = icat.ilo.signs_in(client).get(room.meeting.get_absolute_url())
    assert f"Co-chairs {TITLE} PDF · 1 kB · English · UNICEF" in main_of(page)
    assert (
        f'<a href="{document.file.get_absolute_url()}" type="application/pdf" hreflang="en">'
        in page.content.decode()
    )
    assert client.get(document.file.get_absolute_url()).status_code == 200


def test_everybody_else_finds_only_what_was_made_public(icat: Any, room: Room, client: Client) -> None:
    adds(icat.unicef, room, PDF + b"secret", title="Secret annex")
    opened = adds(icat.osce, room, public="on").result
    said = main_of(client.get(room.meeting.get_absolute_url()))
    assert (f"Documents {TITLE} PDF · 1 kB · English · OSCE" in said, "Secret annex" in said) == (True, False)
    assert client.get(opened.file.get_absolute_url()).status_code == 200
    for document in Document.objects.exclude(pk=opened.pk):
        assert client.get(document.file.get_absolute_url()).status_code == 404


def test_only_officers_make_a_document_public(icat: Any, room: Room) -> None:
    answer = adds(icat.unicef, room, public="on")
    assert isinstance(answer, Incomplete)
    assert answer.form.non_field_errors() == [
        "Only a chair or the secretariat makes a document public. It was not kept: untick the box, choose the file "
        "again and send it for the group."
    ]
    assert not Document.objects.exists() and not StoredFile.objects.exists()


def test_nothing_is_public_on_a_meeting_that_is_not(icat: Any) -> None:
    answer = adds(icat.osce, Room(icat), public="on")
    assert (
        isinstance(answer, Incomplete)
        and "The meeting itself is not public" in answer.form.non_field_errors()[0]
    )


def test_a_cancelled_meeting_takes_no_document(icat: Any, room: Room) -> None:
    icat.osce.does(room.convening.CancelMeeting, room.meeting)
    assert adds(icat.unicef, room).kind == "cancelled"


def test_the_record_holds_the_documents_hash(icat: Any, room: Room) -> None:
    done = adds(icat.unicef, room)
    file = done.result.file
    assert done.performed.facts == {"item": "2", "file_hash": file.sha256, "file_size": len(PDF)}
    assert (done.performed.result, done.performed.entry.public) == (
        f"meetings.document:icat/{done.result.pk}",
        False,
    )


def test_a_withdrawn_document_is_not_served_and_leaves_its_title(
    icat: Any, room: Room, client: Client
) -> None:
    document = adds(icat.osce, room, public="on").result
    assert isinstance(icat.osce.does(WithdrawDocument, document), Done)
    assert client.get(document.file.get_absolute_url()).status_code == 404
    assert TITLE not in main_of(client.get(room.meeting.get_absolute_url()))
    said = main_of(icat.ilo.signs_in(client).get(room.meeting.get_absolute_url()))
    assert f"{TITLE} Withdrawn: " in said
    assert client.get(document.file.get_absolute_url()).status_code == 404
    assert icat.osce.does(WithdrawDocument, document).kind == "withdrawn"


def test_a_document_is_withdrawn_by_its_organisation_or_an_officer(icat: Any, room: Room) -> None:
    document = adds(icat.unicef, room).result
    assert icat.ilo.does(WithdrawDocument, document).kind == "not_yours"
    assert icat.neighbour.mallory.does(WithdrawDocument, document).kind == "not_for_you"
    assert isinstance(icat.unicef.does(WithdrawDocument, document), Done)
    assert isinstance(icat.unodc.does(WithdrawDocument, adds(icat.unicef, room).result), Done)


def test_the_form_keeps_what_was_typed_when_the_file_is_refused(
    icat: Any, room: Room, client: Client
) -> None:
    icat.unicef.signs_in(client)
    sent = {
        "as": icat.unicef.appointment.pk,
        "title": TITLE,
        "language": "fr",
        "file": upload(SVG, "plan.pdf"),
    }
    page = client.post(form_of(room), sent)
    said = page.content.decode()
    assert (page.status_code, f'value="{TITLE}"' in said, '<option value="fr" selected>' in said) == (
        422,
        True,
        True,
    )
    assert "A drawing in SVG can run programs" in said


def test_a_file_that_was_right_must_be_chosen_again_when_something_else_was_wrong(
    icat: Any, room: Room, client: Client
) -> None:
    icat.unicef.signs_in(client)
    sent = {"as": icat.unicef.appointment.pk, "title": "", "language": "en", "file": upload()}
    page = client.post(form_of(room), sent)
    assert page.status_code == 422
    assert "Choose the file again: it was not kept" in page.content.decode()
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_413_and_loses_no_other_field(icat: Any, room: Room, client: Client) -> None:
    icat.unicef.signs_in(client)
    large = SimpleUploadedFile("large.pdf", PDF + b"x" * 21_000_000)
    sent = {"file": large, "as": icat.unicef.appointment.pk, "title": TITLE, "language": "en"}
    page = client.post(form_of(room), sent)
    said = page.content.decode()
    assert (page.status_code, f'value="{TITLE}"' in said) == (413, True)
    assert "This file has 21 MB; the limit is 20 MB." in said


def test_a_form_beyond_all_measure_is_not_read(icat: Any, room: Room, client: Client, settings: Any) -> None:
    from onevoice.files import uploads

    icat.unicef.signs_in(client)
    before, uploads.MOST_READ = uploads.MOST_READ, 1_000_000
    try:
        large = SimpleUploadedFile("large.pdf", PDF + b"x" * 3_000_000)
        page = client.post(form_of(room), {"file": large, "as": icat.unicef.appointment.pk})
    finally:
        uploads.MOST_READ = before
    assert page.status_code == 413


def test_a_document_is_added_by_a_call_too(icat: Any, room: Room, client: Client) -> None:
    icat.unicef.signs_in(client)
    address = f"/api/icat/do/add-document/{room.item.pk}"
    answer = client.post(address, {"title": TITLE, "language": "en", "file": upload(), "once": "call 1"})
    assert (answer.status_code, answer.json()["facts"]["file_size"]) == (201, len(PDF))
    again = client.post(address, {"title": TITLE, "language": "en", "file": upload(), "once": "call 1"})
    assert (again.status_code, Document.objects.count()) == (200, 1)
    without = client.post(address, {"inputs": {"title": TITLE}}, content_type="application/json")
    assert (without.status_code, list(without.json()["fields"])) == (422, ["file", "language"])


def test_the_page_asks_as_much_of_many_documents_as_of_few(icat: Any, room: Room, client: Client) -> None:
    icat.osce.signs_in(client)
    adds(icat.unicef, room, public="")
    address, everybody = room.meeting.get_absolute_url(), Client()
    few = (queries(lambda: client.get(address)), queries(lambda: everybody.get(address)))
    for _ in range(20):
        adds(icat.unicef, room)
    document = Document.objects.first()
    files = StoredFile.objects.bulk_create(
        StoredFile(
            sha256=f"{n:064x}", name="x.pdf", media_type="application/pdf", size=1, uploaded_at=document.at, by="x",
            group=icat.group.pk, group_slug="icat", visibility="public",
        )
        for n in range(1000)
    )  # fmt: skip
    Document.objects.bulk_create(
        Document(
            item=room.item, title={"en": "x"}, language="en", file=file, added_by=icat.ilo.organisation,
            person=icat.ilo.person, at=document.at,
        )
        for file in files
    )  # fmt: skip
    many = (queries(lambda: client.get(address)), queries(lambda: everybody.get(address)))
    assert (few[0], many[0], many[1] - few[1]) == (22, 22, 1)
