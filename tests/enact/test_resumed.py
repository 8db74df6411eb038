"""A session that ended, a token of before, a missing second factor: the form opens again with what was typed."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from enact.scenes import Form, Scene, hidden, notice, typed_in
from onevoice.decisions.models import Objection
from onevoice.meetings.acts.convening import CancelMeeting, PostponeMeeting
from onevoice.meetings.acts.documents import AddDocument
from onevoice.meetings.acts.room import Object
from onevoice.meetings.models import Document
from onevoice.parties.accounts import second_factor

TYPED = "Paragraph 3 exceeds our mandate.\n\nSo does “the fourth” & <more>."
OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
LATER = {"day": "2049-02-01", "begins": "15:00", "ends": "17:00"}
KEPT = (
    "This was not done You have signed in anew since this form was opened, or it was open for too long. Nothing has "
    "changed, and what you typed is kept: send it again."
)


def carried(page: Any) -> dict[str, Any]:
    """What the button under what was typed sends."""
    (form,) = re.findall(r'<form method="post" class="carried"[^>]*>(.*?)</form>', page.text, re.DOTALL)
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def signed_in_again(scene: Scene, who: Any, form: Form) -> None:
    form.client = who.signs_in(Client())


def test_after_signing_in_again_the_form_opens_with_all_that_was_typed_and_is_sent_once(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, PostponeMeeting, scene.meeting)
    form.client.logout()
    page = form.sends(**LATER, why=TYPED)
    assert page.status_code == 401
    signed_in_again(scene, scene.icat.osce, form)
    opened = form.client.post(form.address, carried(page))
    assert opened.status_code == 200
    assert typed_in(opened, "why") == TYPED
    assert all(f'value="{value}"' in opened.text for value in LATER.values())
    scene.meeting.refresh_from_db()
    assert scene.meeting.state == "convened"  # nothing is done until it is sent
    assert form.sends_again(opened, **LATER, why=TYPED).status_code == 303


def test_a_file_is_asked_for_again_and_named_as_such(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, AddDocument, scene.item)
    form.client.logout()
    file = SimpleUploadedFile("plan.txt", b"Words.", content_type="text/plain")
    page = form.sends(title="Plan", language="fr", public="on", file=file)
    assert page.status_code == 401 and "Choose the file again" in page.text
    signed_in_again(scene, scene.icat.ilo, form)
    opened = form.client.post(form.address, carried(page))
    assert 'value="Plan"' in opened.text and "Choose the file again" in opened.text
    assert '<option value="fr" selected>' in opened.text and re.search(r'name="public"[^>]* checked', opened.text)
    assert Document.objects.count() == 0


def test_what_others_did_meanwhile_is_told_when_it_is_sent(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    form.client.logout()
    page = form.sends(why=TYPED)
    scene.icat.unodc.does(PostponeMeeting, scene.meeting, **LATER)
    signed_in_again(scene, scene.icat.osce, form)
    opened = form.client.post(form.address, carried(page))
    assert form.sends_again(opened, why=TYPED).status_code == 409


def test_what_was_sent_before_shows_its_receipt_and_not_the_form(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    receipt = form.sends(reason=TYPED)["Location"]
    form.client.logout()
    page = form.sends(reason=TYPED)
    signed_in_again(scene, scene.icat.ilo, form)
    assert form.client.post(form.address, carried(page))["Location"] == receipt + "?again=1"
    assert Objection.objects.count() == 1


def test_somebody_else_who_signs_in_there_sends_it_for_the_own_organisation_or_not_at_all(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    form.client.logout()
    page = form.sends(reason=TYPED)
    signed_in_again(scene, scene.icat.unicef, form)
    opened = form.client.post(form.address, carried(page))
    assert hidden(opened)["as"] == str(scene.icat.unicef.appointment.pk)
    signed_in_again(scene, scene.icat.neighbour.mallory, form)
    assert form.client.post(form.address, carried(page)).status_code == 404


@pytest.fixture
def strict(scene: Scene) -> Form:
    """A browser whose token is asked for; it has the form of ILO's objection open, and has signed in anew since."""
    client = scene.icat.ilo.signs_in(Client(enforce_csrf_checks=True))
    form = Form(client, scene.address(Object, scene.proposal))
    form.hidden["csrfmiddlewaretoken"] = "x" * 64
    return form


def test_a_form_with_a_token_of_before_opens_again_with_what_was_typed(scene: Scene, strict: Form) -> None:
    page = strict.client.post(strict.address, strict.hidden | {"reason": TYPED}, headers=OURS)
    assert (page.status_code, notice(page), typed_in(page, "reason")) == (403, KEPT, TYPED)
    assert Objection.objects.count() == 0
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text))
    sent = hidden(page) | {"csrfmiddlewaretoken": token, "reason": TYPED}
    assert strict.client.post(strict.address, sent, headers=OURS).status_code == 303


@pytest.mark.parametrize("headers", [
    {}, {"Origin": "https://elsewhere.example.org"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example.org", "Sec-Fetch-Site": "same-origin"},
])  # fmt: skip
def test_what_another_site_sends_is_never_filled_in(strict: Form, headers: dict[str, str]) -> None:
    page = strict.client.post(strict.address, strict.hidden | {"reason": "Words of another"}, headers=headers)
    assert (page.status_code, "Words of another" in page.text) == (403, False)
    sent = strict.hidden | {"reason": "Words of another", "resume": "yes"}
    page = strict.client.post(strict.address, sent, headers=headers)
    assert (page.status_code, "Words of another" in page.text) == (403, False)


def test_a_browser_that_lost_its_cookies_keeps_what_was_typed_too(scene: Scene) -> None:
    form = Form(scene.icat.ilo.signs_in(Client()), scene.address(Object, scene.proposal))
    page = Client(enforce_csrf_checks=True).post(form.address, form.hidden | {"reason": TYPED}, headers=OURS)
    assert (page.status_code, carried(page)["reason"]) == (401, [TYPED])
    assert "Plan of work" not in page.text


def test_a_second_factor_that_is_missing_is_told_and_what_was_typed_is_kept(scene: Scene) -> None:
    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    session = form.client.session
    del session[second_factor.KEY]
    session.save()
    page = form.sends(why=TYPED)
    assert page.status_code == 403
    assert "you act with a second factor. Nothing has changed." in notice(page)
    session[second_factor.KEY] = scene.icat.osce.account.pk
    session.save()
    assert typed_in(form.client.post(form.address, carried(page)), "why") == TYPED


def test_a_form_is_opened_with_what_was_typed_for_whom_one_acts_now(scene: Scene) -> None:
    """The appointment of the form is not the person's any more; another one is."""
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    form.hidden["as"] = "0"
    page = form.sends(reason=TYPED)
    assert page.status_code == 403
    assert typed_in(form.client.post(form.address, carried(page)), "reason") == TYPED
