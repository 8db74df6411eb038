"""What others did to things under a subject is told on the subject's form, and nothing typed is lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enact.scenes import Scene, at_once, done, notice, typed_in
from onevoice.enact.models import Performed
from onevoice.enact.perform import Sending, Stale, last_seen, perform
from onevoice.enact.subjects import key_of
from onevoice.groups.acts.corrections import CorrectMembership
from onevoice.groups.acts.memberships import WithdrawMember
from onevoice.groups.models import Membership
from onevoice.groups.on_record import on_record
from onevoice.mandates.acts.instruments import CorrectMandate
from onevoice.mandates.acts.paragraphs import CorrectParagraph
from onevoice.mandates.models import Instrument
from onevoice.meetings.acts.convening import AddAgendaItem, CancelMeeting, PostponeMeeting
from onevoice.meetings.acts.documents import AddDocument, WithdrawDocument
from onevoice.meetings.acts.moving import MoveProposal
from onevoice.meetings.acts.room import Object, ProposeText

LATER = {"day": "2049-02-01", "begins": "15:00", "ends": "17:00"}


def adds(scene: Scene, title: str = "Notes") -> Any:
    file = SimpleUploadedFile("notes.txt", f"Words of {title}.".encode(), content_type="text/plain")
    sending = Sending({"title": title, "language": "en"}, uuid4().hex, files={"file": file})
    return done(perform(AddDocument, scene.item, sending, actor=scene.icat.ilo.actor))


def test_a_document_under_an_item_makes_the_form_of_its_meeting_stale_and_is_told(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    adds(scene)
    page = form.sends(why="Nobody can come.")
    assert page.status_code == 409
    assert "ILO , Add a document: Notes" in notice(page)
    assert typed_in(page, "why") == "Nobody can come."
    assert form.sends_again(page, why="Nobody can come.").status_code == 303


def test_an_objection_to_a_text_before_a_meeting_is_told_to_whoever_would_cancel_it(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    done(scene.icat.ilo.does(Object, scene.proposal, reason="A reason that is for the record's commitment."))
    said = notice(form.sends())
    assert "ILO , Object: Plan of work" in said
    assert "commitment" not in said


def test_a_withdrawn_document_is_told_and_the_documents_own_form_is_stale_too(scene: Scene) -> None:
    document = adds(scene).result
    of_meeting = scene.opens(scene.icat.osce, PostponeMeeting, scene.meeting)
    of_document = scene.opens(scene.icat.osce, WithdrawDocument, document)
    done(scene.icat.ilo.does(WithdrawDocument, document))
    assert "ILO , Withdraw the document: Notes" in notice(of_meeting.sends(**LATER))
    assert of_document.sends().status_code == 409


def test_what_stands_above_or_beside_makes_nothing_stale(scene: Scene) -> None:
    document = adds(scene).result
    form = scene.opens(scene.icat.osce, WithdrawDocument, document)
    done(scene.icat.unodc.does(PostponeMeeting, scene.meeting, **LATER))
    adds(scene, "Others")
    assert form.sends().status_code == 303


def test_what_one_adds_does_not_wait_for_what_others_do_under_it(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting)
    adds(scene)
    assert form.sends(title="Other matters").status_code == 303


def test_a_corrected_paragraph_is_told_on_the_form_of_its_mandate(scene: Scene) -> None:
    mandate = Instrument.objects.get(slug="ga-72-195")
    paragraph = mandate.paragraphs.first()
    form = scene.opens(scene.icat.unodc, CorrectMandate, mandate)
    given = CorrectParagraph.initial(paragraph) | {
        "text_en": "Requests two reports.",
        "why": "A page was missed.",
    }
    done(scene.icat.unodc.does(CorrectParagraph, paragraph, **given))
    page = form.sends(symbol="A/RES/72/195 bis")
    assert page.status_code == 409
    assert "Correct the paragraph: A/RES/72/195, paragraph" in notice(page)
    assert "two reports" in notice(page)
    assert 'value="A/RES/72/195 bis"' in page.text


def test_a_corrected_membership_is_told_on_the_form_of_its_body(scene: Scene) -> None:
    membership = Membership.objects.filter(body=scene.body, organisation__slug="ilo").get()
    form = scene.opens(scene.icat.osce, WithdrawMember, scene.body)
    given = CorrectMembership.initial(on_record(membership)) | {"since": "2007", "why": "The letter says so."}
    done(scene.icat.unodc.does(CorrectMembership, on_record(membership), **given))
    page = form.sends(organisation="ilo", since="2049-01-01")
    assert page.status_code == 409
    assert "Correct" in notice(page) and "ILO" in notice(page)


def test_a_text_that_came_from_another_meeting_is_told_at_both(scene: Scene) -> None:
    other = scene.convened("Another meeting", day="2049-06-01")
    item = other.agenda.get(number="1")
    forms = [scene.opens(scene.icat.osce, CancelMeeting, one) for one in (scene.meeting, other)]
    done(scene.icat.unodc.does(MoveProposal, scene.proposal, item=item.pk))
    for form in forms:
        assert "Move to another meeting: Plan of work" in notice(form.sends())


def test_a_stale_call_names_what_was_acted_on(scene: Scene) -> None:
    seen = last_seen(scene.meeting)
    document = adds(scene).result
    answer = scene.calls(scene.icat.osce, CancelMeeting, scene.meeting, seen=seen, inputs={})
    assert answer.status_code == 409
    (since,) = answer.json()["since"]
    assert (since["act"], since["subject"], since["result"]) == (
        "meetings.add_document", key_of(scene.item), key_of(document),
    )  # fmt: skip


def test_the_form_of_a_new_state_is_not_stale_for_what_was_there_when_it_was_opened(scene: Scene) -> None:
    adds(scene)
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    assert form.sends().status_code == 303


def test_an_act_performed_before_the_subject_knew_what_stands_under_it_still_reads(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select column_default from information_schema.columns "
                       "where table_name = 'enact_performed' and column_name = 'under'")  # fmt: skip
        (default,) = cursor.fetchone()
    assert default.startswith("'{}'")  # a program of before the column still writes


@pytest.mark.parametrize("many", [3, 60])
def test_opening_and_sending_asks_as_much_however_much_stands_under_it(scene: Scene, many: int) -> None:
    for number in range(many):
        adds(scene, f"Document {number}")
    with CaptureQueriesContext(connection) as asked:
        assert last_seen(scene.meeting)
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        done(scene.icat.osce.does(CancelMeeting, scene.meeting))
    assert len(asked) == CANCELLED


CANCELLED = 23


def test_acts_at_once_under_one_subject_are_all_told(committed: Scene) -> None:
    scene = committed
    seen = last_seen(scene.meeting)
    items = list(scene.meeting.agenda.all())
    acts = [lambda one=one, n=n: scene.icat.unicef.does(ProposeText, one, title=f"Text {n}", text="Words.")
            for n, one in enumerate(items * 2)]  # fmt: skip
    for answer in at_once(*acts):
        done(answer)
    numbers = set(
        Performed.objects.filter(pk__gt=seen, act="meetings.propose_text").values_list("pk", flat=True)
    )
    answer = perform(CancelMeeting, scene.meeting, Sending({}, "a-number", seen), actor=scene.icat.osce.actor)
    assert isinstance(answer, Stale)
    assert numbers <= {one.pk for one in answer.since}
