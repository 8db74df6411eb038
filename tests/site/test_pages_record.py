"""The record for people: head, entries, one entry with what proves it."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from onevoice.record import sequencer
from onevoice.record.append import append
from reading import words
from world import World

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def log(fresh_icat: World) -> str:
    """ICAT with two acts on its record, one of them not public; placed and signed."""
    from django.db import transaction

    with transaction.atomic():
        for slug, public in (("issue-brief-4", True), ("secret-draft", False)):
            append(
                group="icat", act="operations.import_record", subject=f"outputs.output:icat/{slug}", by="importer",
                for_="", received_at=NOW, effective_at=NOW, facts={"title": "Secret draft" if not public else "Brief"},
                public=public,
            )  # fmt: skip
    sequencer.place_pending()
    return "icat"


def test_the_record_shows_its_head_and_its_entries(log: str, client: Client) -> None:
    said = words(client.get("/icat/record"))
    assert "Entries 2 Root of the tree" in said
    assert "onevoice verify http://testserver/icat/record --vkey http://testserver/icat/record/vkey" in said
    assert "Loaded from a record file Output: The Gender Dimensions of Human Trafficking" in said
    assert "1 Not open to the public" in said


def test_what_an_entry_is_about_is_called_by_its_title(log: str, client: Client) -> None:
    page = client.get("/icat/record/entries/0")
    assert "Of what Output: The Gender Dimensions of Human Trafficking Recorded at" in words(page)


def test_of_what_may_not_be_seen_the_record_says_the_kind_alone(log: str, client: Client) -> None:
    """An open act on an output that is not public any more."""
    from django.db import transaction

    with transaction.atomic():
        append(
            group="icat", act="operations.import_record", subject="outputs.output:icat/secret-draft", by="importer",
            for_="", received_at=NOW, effective_at=NOW, facts={}, public=True,
        )  # fmt: skip
    sequencer.place_pending()
    page = client.get("/icat/record")
    assert re.search("2 Loaded from a record file Output [A-Z][a-z]+day ", words(page))
    assert "ecret" not in words(page)
    assert "Of what Output Recorded at" in words(client.get("/icat/record/entries/2"))


def test_the_map_of_the_site_names_every_entry_in_every_language(log: str, client: Client) -> None:
    map_ = client.get("/sitemap.xml").content.decode()
    named = {each for each in re.findall("<loc>http://testserver([^<]*)", map_) if "/record/entries/" in each}
    languages = ("", "/fr", "/es", "/ar", "/ru", "/zh")
    assert named == {
        f"{language}/icat/record/entries/{number}" for language in languages for number in range(2)
    }


def test_what_is_not_public_stays_sealed_for_everybody(log: str, client: Client) -> None:
    for page in (
        "/icat/record",
        "/icat/record?format=csv",
        "/icat/record/entries/1",
        "/icat/record/entries/1/leaf",
    ):
        assert "ecret" not in client.get(page).getvalue().decode()


def test_an_entry_shows_its_leaf_its_hash_and_its_proof(log: str, client: Client) -> None:
    page = client.get("/icat/record/entries/0")
    assert "Proof that it stands in the log c2sp.org/tlog-proof@v1 index 0" in words(page)
    leaf = json.loads(client.get("/icat/record/entries/0/leaf").content)
    assert (leaf["act"], leaf["subject"]) == ("operations.import_record", "outputs.output:icat/issue-brief-4")
    assert client.get("/icat/record/entries/0/proof").content.startswith(b"c2sp.org/tlog-proof@v1\nindex 0\n")


def test_an_entry_verifies_with_the_files_that_the_page_names(
    log: str, client: Client, tmp_path: object
) -> None:
    from pathlib import Path

    from onevoice.record import verify

    folder = Path(str(tmp_path))
    for name, address in (
        ("proof", "/icat/record/entries/0/proof"),
        ("leaf", "/icat/record/entries/0/leaf"),
        ("vkey", "/icat/record/vkey"),
    ):
        (folder / name).write_bytes(client.get(address).content)
    asked = [str(folder / "proof"), "--leaf", str(folder / "leaf"), "--vkey", str(folder / "vkey")]
    assert verify.main(asked) == 0


@pytest.mark.parametrize("number", ["2", "99999999999999999999999999"])
def test_an_entry_that_is_not_there_is_not_found(log: str, client: Client, number: str) -> None:
    for page in ("", "/leaf", "/proof"):
        assert client.get(f"/icat/record/entries/{number}{page}").status_code == 404
    assert client.get("/neighbour/record").status_code == 200
