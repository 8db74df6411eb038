"""The mail of the demonstration as a list: whose, by which words, in what order, and as a file."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from onevoice.notices.models import Letter
from reading import queries, words

MAIL = "/demonstration/mail"


def letter(address: str, subject: str, person: int | None = None, **more: Any) -> Letter:
    return Letter.objects.create(
        address=address, subject=subject, person=person, language="en", kind="test", body="A text.", **more
    )


@pytest.fixture
def reader(demonstration: Any, client: Client) -> Client:
    """UNICEF's focal point, with three letters; a successor without an account has one."""
    account = demonstration.unicef.account
    client.post(f"/demonstration/as/{account.pk}")
    for subject in ("Zebras convene", "=Alone", "École"):
        letter(account.email, subject, account.person_id)
    letter("ada@example.org", "You are invited")
    return client


def subjects(client: Client, asked: str = "") -> list[str]:
    page = client.get(f"{MAIL}{asked}").text
    return re.findall(r'<th scope="row"><a class="title" href="[^"]*"><bdi[^>]*>([^<]*)</bdi>', page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["École", "=Alone", "Zebras convene"]),
        ("?sort=written", ["Zebras convene", "=Alone", "École"]),
        ("?sort=subject", ["=Alone", "École", "Zebras convene"]),
        ("?q=ecole", ["École"]),
        ("?q=zebra+conv", ["Zebras convene"]),
        ("?to=ada@example.org", ["You are invited"]),
        ("?to=ada@example.org&q=zebra", []),
    ],
)
def test_ones_own_letters_come_first_and_others_by_their_address(reader: Client, asked: str, found: list[str]) -> None:
    assert subjects(reader, asked) == found


def test_to_whom_letters_were_written_is_offered(reader: Client) -> None:
    page = reader.get(MAIL).text
    assert '<option value="">Your own letters</option><option value="ada@example.org">' in page


def test_who_has_no_letter_can_choose_another_address(demonstration: Any, client: Client) -> None:
    client.post(f"/demonstration/as/{demonstration.osce.account.pk}")
    letter("ada@example.org", "You are invited")
    page = client.get(MAIL)
    assert "No letter yet." in words(page) and '<option value="ada@example.org">' in page.text


@pytest.mark.parametrize("asked", ["?to=nobody@example.org", "?sort=body", "?page=2", "?to=%00", "?q=%00"])
def test_what_the_list_does_not_have_is_400(reader: Client, asked: str) -> None:
    assert reader.get(f"{MAIL}{asked}").status_code == 400


def test_the_file_says_that_it_is_of_a_demonstration(reader: Client) -> None:
    answer = reader.get(f"{MAIL}?format=csv&sort=subject")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="demonstration-letters.csv"'
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row["Subject"] for row in rows] == ["'=Alone", "École", "Zebras convene"]
    assert "Nothing here was said or decided" in rows[0]["Notice"]
    assert list(rows[0]) == ["Subject", "To", "Written", "Notice"]


def test_a_subject_in_another_language_carries_its_direction(reader: Client) -> None:
    Letter.objects.filter(subject="École").update(language="ar", subject="دعوة")
    assert '<bdi lang="ar" dir="rtl">دعوة</bdi>' in reader.get(MAIL).text


@pytest.mark.parametrize("asked", ["", "?format=csv", "?sort=subject"])
def test_as_many_queries_for_few_as_for_many(
    reader: Client, demonstration: Any, settings: Any, asked: str
) -> None:
    settings.ROWS_A_PAGE = 2_000
    few = queries(reader, f"{MAIL}{asked}")
    own = demonstration.unicef.account
    Letter.objects.bulk_create(
        Letter(address=own.email, person=own.person_id, subject=f"Letter {n}", language="fr", kind="x", body="A")
        for n in range(1_000)
    )
    assert queries(reader, f"{MAIL}{asked}") == few == (4 if "format" in asked else 7)
