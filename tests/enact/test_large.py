"""A form with more in it than can be read: 413 with limit and size, the beginning of each text kept, nothing done."""

from __future__ import annotations

import random
import re
import tracemalloc
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import encode_multipart

from enact.scenes import Form, Scene, notice, typed_in
from onevoice.decisions.models import Objection, Proposal
from onevoice.enact.beginnings import Beginning, Encoded, Parts, Passing, passing
from onevoice.meetings.acts.documents import AddDocument
from onevoice.meetings.acts.room import Object, ProposeText
from onevoice.meetings.models import Document

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "----of-a-browser"
LONG = "é𝒳 +&=%\r\n漢字 " * 430_000  # some 6 MB


def sends(form: Form, kind: str, **typed: Any) -> Any:
    """As a browser does, in either way."""
    if kind == FORM:
        return form.client.post(form.address, urlencode(form.hidden | typed), content_type=FORM)
    body = encode_multipart(BOUNDARY, form.hidden | typed)
    return form.client.post(form.address, body, content_type=f"{kind}; boundary={BOUNDARY}")


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data"])
def test_the_beginning_of_each_text_is_kept_and_limit_and_size_are_told(scene: Scene, kind: str) -> None:
    form, before = scene.opens(scene.icat.ilo, ProposeText, scene.item), Proposal.objects.count()
    page = sends(form, kind, title="Our plan", text=LONG, public="on")
    assert page.status_code == 413
    said = re.fullmatch(
        r"This was not done What was sent has ([\d,]+) bytes; the limit is 5,000,000. Nothing has changed. The first "
        r"10,000 characters of each text are kept: shorten them, then send again.",
        notice(page),
    )
    assert said and int(said[1].replace(",", "")) > 6_000_000
    assert typed_in(page, "text") == LONG.replace("\r\n", "\n")[:10_000]
    assert 'value="Our plan"' in page.text and re.search(r'name="public"[^>]* checked', page.text)
    characters = f"{len(LONG.replace(chr(13), '')):,}"
    assert f"This text has {characters} characters; the limit is 20,000. The first 10,000 are kept" in page.text
    assert Proposal.objects.count() == before


def test_what_comes_after_the_long_text_is_kept_too(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, ProposeText, scene.item)
    page = sends(form, FORM, text="x" * 6_000_000, title="Typed after it")
    assert 'value="Typed after it"' in page.text


def test_the_form_that_comes_back_can_be_sent(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, ProposeText, scene.item)
    page = sends(form, FORM, title="Our plan", text="x" * 6_000_000)
    assert form.sends_again(page, title="Our plan", text=typed_in(page, "text")).status_code == 303


def test_numbers_are_grouped_as_the_language_groups_them(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, ProposeText, scene.item)
    form.address = f"/fr{form.address}"
    page = sends(form, FORM, title="Notre plan", text="x" * 6_000_000)
    assert page.status_code == 413 and "5\u202f000\u202f000" in page.text


def test_a_large_file_beside_a_large_text_is_asked_for_again(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, AddDocument, scene.item)
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 " + b"x" * 7_000_000)
    page = sends(form, "multipart/form-data", title="x" * 6_000_000, file=file, language="en")
    assert page.status_code == 413
    assert "Choose the file again" in page.text and 'value="' + "x" * 10_000 + '"' in page.text
    assert "What was sent has 6,000," in notice(page)  # the file is within its own limit
    assert Document.objects.count() == 0


def test_a_large_file_alone_is_taken_as_ever(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, AddDocument, scene.item)
    file = SimpleUploadedFile("plan.txt", b"Words. " * 1_000_000)
    page = sends(form, "multipart/form-data", title="Plan", file=file, language="en")
    assert page.status_code == 303, page.text


def test_a_body_that_is_larger_than_any_file_is_not_read(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, AddDocument, scene.item)
    sent = {
        "wsgi.input": BytesIO(encode_multipart(BOUNDARY, form.hidden | {"title": "Plan"})),
        "CONTENT_LENGTH": "200000000",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
    }
    page = form.client.generic("POST", form.address, **sent)
    assert page.status_code == 413
    assert "What was sent has 200,000,000 bytes; the limit is 100,000,000." in notice(page)
    assert 'value="Plan"' in page.text


def test_the_token_is_asked_for_as_ever(scene: Scene) -> None:
    client = scene.icat.ilo.signs_in(Client(enforce_csrf_checks=True))
    form = Form(client, scene.address(Object, scene.proposal))
    assert sends(form, FORM, reason="x" * 6_000_000).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(form.address).text)
    assert token
    page = sends(form, FORM, csrfmiddlewaretoken=token[1], reason="x" * 6_000_000)
    assert (page.status_code, typed_in(page, "reason")) == (413, "x" * 10_000)


def test_a_session_that_ended_loses_nothing_either(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    form.client.logout()
    page = sends(form, FORM, reason="x" * 6_000_000)
    assert page.status_code == 401 and "x" * 10_000 + "</textarea>" in page.text


def test_the_same_number_gives_the_first_receipt_even_with_too_much(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    first = form.sends(reason="No.")
    assert sends(form, FORM, reason="x" * 6_000_000)["Location"] == first["Location"] + "?again=1"


def test_a_form_that_is_stale_too_is_told_so_when_it_is_sent_again(scene: Scene) -> None:
    from onevoice.meetings.acts.convening import CancelMeeting, PostponeMeeting

    form = scene.opens(scene.icat.osce, CancelMeeting, scene.meeting)
    later = {"day": "2049-02-01", "begins": "15:00", "ends": "17:00"}
    scene.icat.unodc.does(PostponeMeeting, scene.meeting, **later)
    page = sends(form, FORM, why="x" * 6_000_000)
    assert page.status_code == 413
    assert form.sends_again(page, why="Short.").status_code == 409


@pytest.mark.parametrize("address", ["/accounts/login/", "/icat/members"])
def test_another_page_answers_with_size_and_limit(scene: Scene, address: str) -> None:
    page = Client().post(address, urlencode({"login": "x" * 6_000_000}), content_type=FORM)
    assert page.status_code in (405, 413)
    if page.status_code == 413:
        assert "What was sent has 6,000,006 bytes; the limit is 5,000,000." in page.text


HOSTILE = {
    "nothing but ends": (FORM, b"&" * 6_000_000),
    "a name without an end": (FORM, b"a" * 6_000_000),
    "escapes cut short": (FORM, b"reason=" + b"%" * 6_000_000),
    "many fields": (FORM, b"reason=x&" * 700_000),
    "no text at all": (FORM, bytes(range(256)) * 24_000),
    "zeros": (FORM, b"reason=" + b"%00" * 2_000_000),
    "no boundary in it": (f"multipart/form-data; boundary={BOUNDARY}", b"x" * 6_000_000),
    "no boundary named": ("multipart/form-data", b"x" * 6_000_000),
    "a strange boundary": ("multipart/form-data; boundary=\xe9", b"x" * 6_000_000),
    "empty parts": ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n" * 600_000),
    "a header without an end": (
        "multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=" + b"a" * 6_000_000,
    ),
    "a text that does not end": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\n' + b"\x00\xff" * 3_000_000,
    ),
    "parts after a large one": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\n' + b"y" * 6_000_000
        + b'\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' * 200_000,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_gets_an_answer_and_does_nothing(scene: Scene, name: str) -> None:
    kind, body = HOSTILE[name]
    client = scene.icat.ilo.signs_in(Client())
    page = client.generic("POST", scene.address(Object, scene.proposal), body, content_type=kind)
    assert page.status_code in (400, 403, 413)
    assert Objection.objects.count() == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_held_of_a_body_stays_small(name: str) -> None:
    kind, body = HOSTILE[name]
    watcher = passing(kind.partition(";")[0], {"boundary": kind.partition("boundary=")[2]})
    if watcher is None:
        return
    tracemalloc.start()
    for _ in range(3):
        feed(watcher, body, 65_536)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 3_000_000 and peak < 15_000_000


def feed(watcher: Passing, body: bytes, size: int) -> None:
    for at in range(0, len(body), size):
        watcher.feed(body[at : at + size])


def texts(watcher: Any) -> list[tuple[str, str, int]]:
    def shown(one: Beginning) -> tuple[str, str, int]:
        return one.name, one.text, one.characters

    return [shown(one) for one in watcher.beginnings]


TYPED = {"once": "a-1", "titre é": "=&+%41 é", "empty": "", "text": "𝒳%\r\n漢 &--x" * 30, "last": "\x00 ok"}


@pytest.mark.parametrize("seed", range(20))
def test_a_form_is_read_alike_however_it_is_cut(seed: int) -> None:
    chance = random.Random(seed)
    wanted = [(name, text.replace("\r\n", "\n"), len(text.replace("\r\n", "\n"))) for name, text in TYPED.items()]
    for watcher, body in (
        (Encoded(), urlencode(TYPED).encode()),
        (Parts(b"x"), encode_multipart("x", TYPED | {"file": SimpleUploadedFile("f.txt", b"\r\n--x no\r\n-")})),
    ):
        at = 0
        while at < len(body):
            step = chance.choice((1, 1, 2, 3, 7, 50, 1000))
            watcher.feed(body[at : at + step])
            at += step
        assert texts(watcher) == wanted
        assert watcher.files == (set() if isinstance(watcher, Encoded) else {"file"})
