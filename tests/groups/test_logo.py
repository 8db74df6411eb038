"""The logo: chosen by the secretariat, on every page, within what a page may weigh."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from files.samples import PDF, SVG, png
from onevoice.enact.perform import Done, Incomplete, Sending, perform
from onevoice.files.models import StoredFile
from onevoice.groups.acts.logo import RemoveLogo, SetLogo

MOST = 60_000


def picture(content: bytes | None = None, name: str = "Our logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png() if content is None else content, "image/png")


def sets(who: Any, icat: Any, **given: Any) -> Any:
    files = {"picture": picture(**given)}
    return perform(SetLogo, icat.group, Sending({}, uuid4().hex, files=files), actor=who.actor)


def test_the_secretariat_chooses_a_logo_that_stands_on_every_page(icat: Any, client: Client) -> None:
    assert isinstance(sets(icat.unodc, icat), Done)
    address = StoredFile.objects.get().get_absolute_url()
    said = client.get("/icat/members").content.decode()
    assert f'<img src="{address}" width="120" height="40" alt="Logo of ICAT">' in said
    answer = client.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, png())


def test_a_page_asks_nothing_more_of_the_database_for_its_logo(
    icat: Any, client: Client, django_assert_num_queries: Any
) -> None:
    from reading import queries

    before = queries(client, "/icat/members")
    sets(icat.unodc, icat)
    assert queries(client, "/icat/members") == before


def test_a_first_visit_stays_within_its_weight_with_the_heaviest_logo(icat: Any, client: Client) -> None:
    import re

    heavy = png(padding=19_800)
    assert 19_500 < len(heavy) <= 20_000
    sets(icat.unodc, icat, content=heavy)
    page = client.get("/icat/members", headers={"Accept-Encoding": "gzip"})
    import gzip

    said = gzip.decompress(page.content).decode()
    weight = len(page.content)
    for address in set(
        re.findall(r'<(?:link rel="(?:stylesheet|icon)"|img)[^>]*?(?:href|src)="([^"]+)"', said)
    ):
        part = client.get(address, headers={"Accept-Encoding": "gzip"})
        weight += len(b"".join(part.streaming_content) if part.streaming else part.content)
    assert weight <= MOST


@pytest.mark.parametrize("who", ["unicef", "osce"])
def test_nobody_else_chooses_it(icat: Any, who: str) -> None:
    assert sets(getattr(icat, who), icat).kind == "not_for_you"
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("content", [PDF, SVG, png(padding=20_000), b""])
def test_what_is_no_logo_changes_nothing(icat: Any, content: bytes) -> None:
    answer = sets(icat.unodc, icat, content=content)
    assert isinstance(answer, Incomplete) and list(answer.form.errors) == ["picture"]
    icat.group.refresh_from_db()
    assert (icat.group.logo, StoredFile.objects.exists()) == ({}, False)


def test_a_logo_is_removed(icat: Any) -> None:
    assert icat.unodc.does(RemoveLogo, icat.group).kind == "no_logo"
    sets(icat.unodc, icat)
    assert isinstance(icat.unodc.does(RemoveLogo, icat.group), Done)
    icat.group.refresh_from_db()
    assert icat.group.logo == {}


def test_the_form_says_what_is_taken_and_asks_for_the_file_again(icat: Any, client: Client) -> None:
    icat.unodc.signs_in(client)
    address = f"/icat/do/set-logo/{icat.group.pk}"
    opened = client.get(address).content.decode()
    assert 'enctype="multipart/form-data"' in opened
    assert "PNG picture or JPEG picture; at most 20 kB." in opened
    large = client.post(address, {"as": icat.unodc.appointment.pk, "picture": picture(png(padding=30_000))})
    assert (large.status_code, "This file has 30 kB; the limit is 20 kB." in large.content.decode()) == (
        413,
        True,
    )
    missing = client.post(address, {"as": icat.unodc.appointment.pk})
    assert (missing.status_code, "Choose a file." in missing.content.decode()) == (422, True)
    done = client.post(address, {"as": icat.unodc.appointment.pk, "picture": picture()})
    assert done.status_code == 303
