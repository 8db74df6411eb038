"""The page of a file: for those who may read it, and unable to do harm in their browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from files.samples import PDF, office, png
from files.test_keeping import kept
from onevoice.enact.perform import database_clock
from onevoice.files.steps import withdraw


def body_of(page: Any) -> bytes:
    return b"".join(page.streaming_content)


def test_a_group_file_is_for_its_group_and_not_there_for_others(icat: Any, client: Client) -> None:
    address = kept(icat).get_absolute_url()
    assert client.get(address).status_code == 404
    assert icat.neighbour.mallory.signs_in(Client()).get(address).status_code == 404
    page = icat.unicef.signs_in(client).get(address)
    assert (page.status_code, body_of(page)) == (200, PDF)
    assert page["Cache-Control"] == "private, no-cache"
    assert "Cookie" in page["Vary"]


def test_a_public_file_is_for_everybody_and_asked_for_again_by_its_hash(icat: Any, client: Client) -> None:
    file = kept(icat, visibility="public")
    page = client.get(file.get_absolute_url())
    assert (page.status_code, body_of(page), page["ETag"]) == (200, PDF, f'"{file.sha256}"')
    assert page["Cache-Control"] == "public, max-age=300"
    again = client.get(file.get_absolute_url(), headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304


def test_a_withdrawn_file_is_not_there(icat: Any, client: Client) -> None:
    file = kept(icat, visibility="public")
    withdraw(file, by="x", at=database_clock())
    assert client.get(file.get_absolute_url()).status_code == 404
    assert icat.unicef.signs_in(client).get(file.get_absolute_url()).status_code == 404


def test_a_file_of_another_group_or_name_is_not_there(icat: Any, client: Client) -> None:
    address = kept(icat, visibility="public").get_absolute_url()
    assert client.get(address.replace("/icat/", "/neighbour/")).status_code == 404
    assert client.get(address.replace("Agenda", "Other")).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "kind", "disposition", "sandboxed"),
    [
        (PDF, "Résumé.pdf", "application/pdf", "inline", False),
        (png(), "x.png", "image/png", "inline", True),
        (b"words", "x.html", "text/plain; charset=utf-8", "attachment", True),
        (
            office(),
            "x.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment",
            True,
        ),
    ],
)
def test_a_file_is_what_its_content_is_and_can_do_nothing(
    icat: Any, client: Client, content: bytes, name: str, kind: str, disposition: str, sandboxed: bool
) -> None:
    page = client.get(kept(icat, content, name, visibility="public").get_absolute_url())
    assert (page["Content-Type"], page["X-Content-Type-Options"]) == (kind, "nosniff")
    assert page["Content-Disposition"].split(";")[0] == disposition
    assert page["Content-Security-Policy"].startswith("sandbox; ") is sandboxed
    assert "default-src 'none'" in page["Content-Security-Policy"]


def test_what_is_compressed_already_is_sent_as_it_is(icat: Any, client: Client) -> None:
    address = kept(icat, visibility="public").get_absolute_url()
    page = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (page["Content-Length"], "Content-Encoding" in page) == (str(len(PDF)), False)
