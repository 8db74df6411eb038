"""Nothing of the sources is lost: each leaf of ICAT's record and each sentence of the page stands in icat.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from onevoice.operations.demonstration import FOLDER
from onevoice.operations.exchange.reading import read
from onevoice.operations.exchange.writing import plain

SOURCES = Path(__file__).parent / "sources"
BRIEFING = "http://icat.network/events/icat-briefing-member-states"


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def record() -> dict[str, Any]:
    return loaded(SOURCES / "icat-record.yaml")


@cache
def rows() -> dict[str, Any]:
    """Every row of icat.yaml under "section/id", the group under "group"."""
    found = read((FOLDER / "icat.yaml").read_bytes())
    all_ = {f"{name}/{id_}": plain(row) for name, rows in found.sections.items() for id_, row in rows.items()}
    return {**all_, "group": plain(found.group), "gaps": {"gaps": list(found.gaps)}}


@cache
def places() -> dict[str, Any]:
    return loaded(SOURCES / "places.yaml")


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its name: "meetings.tokyo-2006.host"; members of lists by id, symbol, date or number."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, f"{path}.{key}".strip("."))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            own = (
                next(
                    (
                        str(each[k])
                        for k in ("id", "symbol", "acronym", "as_of", "year", "about")
                        if k in each
                    ),
                    None,
                )
                if isinstance(each, dict)
                else None
            )
            yield from leaves(each, f"{path}.{own or number}")
    elif value is not None:  # "null means not found"
        yield path, value


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    else:
        yield str(value)


def rows_of(path: str) -> list[Any]:
    """The rows that a leaf's item became: by the table of ids, the longest name first."""
    table = places()["rows"]
    names = path.split(".")
    for end in range(len(names), 0, -1):
        if (name := ".".join(names[:end])) in table:
            return [rows()[key] for key in table[name]]
    return []


def says(row: Any, value: Any) -> bool:
    """Whether a row holds the value as a whole word; organisations stand there by their ids."""
    wanted = str(value)
    slug = re.sub(r"[^a-z0-9]+", "-", wanted.lower())
    return any(
        text == slug or re.search(rf"(?<!\w){re.escape(wanted.lower())}(?!\w)", text.lower())
        for text in texts(row)
    )


def left_out(path: str) -> bool:
    return any(
        path == each["what"] or path.startswith(each["what"] + ".")
        for each in loaded(FOLDER / "left-out.yaml")
    )


def test_every_leaf_of_the_record_has_its_place_or_a_reason() -> None:
    missing = [
        f"{path}: {value}"
        for path, value in leaves(record())
        if not left_out(path)
        and not any(says(row, each) for row in rows_of(path) for each in wanted(path, value))
    ]
    assert missing == []


def wanted(path: str, value: Any) -> list[Any]:
    """What stands in the place of a leaf: itself, or what the tables say it became there."""
    names = path.split(".")
    if path in places()["said_otherwise"]:
        return [places()["said_otherwise"][path]]
    if names[-1] == "id":
        return [places()["rows"][path.removesuffix(".id")][0].partition("/")[2]]
    if names[-1] == "about":
        return [rows()[places()["rows"][path.removesuffix(".about")][0]]["point"]]
    if names[-1] in ("meeting", "derived_from"):
        section = "meetings" if names[-1] == "meeting" else "outputs"
        return [places()["rows"][f"{section}.{value}"][0].partition("/")[2]]
    words = places()["vocabulary"].get(names[-1], {})
    return [words[str(value)]] if str(value) in words else [value]


def test_the_tables_of_places_name_only_what_is_there() -> None:
    names = {path for path, _ in leaves(record())}
    assert [path for path in places()["said_otherwise"] if path not in names] == []
    assert [key for keys in places()["rows"].values() for key in keys if key not in rows()] == []
    assert [
        each["what"]
        for each in loaded(FOLDER / "left-out.yaml")
        if not any(n.startswith(each["what"]) for n in names)
    ] == []


def test_every_item_of_the_record_is_counted() -> None:
    found = [key.partition("/")[0] for key in rows()]
    mandates = [row.get("kind", "mandate") for key, row in rows().items() if key.startswith("mandates/")]
    sections = ("meetings", "decisions", "outputs", "counts", "memberships", "organisations")
    assert {name: found.count(name) for name in sections} == {
        "meetings": 10 + 18, "decisions": 8, "outputs": 41, "counts": 11, "memberships": 17 + 7, "organisations": 17,
    }  # fmt: skip
    assert (mandates.count("mandate"), mandates.count("draft"), mandates.count("report")) == (13, 3, 3)


def test_every_sentence_of_the_page_has_its_place() -> None:
    sentences = places()["page"]
    page = " ".join((SOURCES / "briefing.txt").read_text(encoding="utf-8").split())
    assert " ".join(each["says"] for each in sentences) == page
    missing = []
    for sentence in sentences:
        for key, wanted in sentence["facts"]:
            if not says(rows()[key], wanted):
                missing.append(f"{key}: {wanted}")
    assert missing == []


def test_facts_of_the_page_name_the_page_as_their_source() -> None:
    keys = {
        key
        for sentence in places()["page"]
        for key, _ in sentence["facts"]
        if key.partition("/")[0] in ("meetings", "appointments", "decisions", "offices")
    }
    without = {key for key in keys if BRIEFING not in texts(rows()[key]["sources"])}
    assert without == set(places()["from_the_record"])


def test_the_three_quotations_stand_word_for_word() -> None:
    page = (SOURCES / "briefing.txt").read_text(encoding="utf-8")
    meeting = rows()["meetings/2018-06-14-briefing-to-member-states"]
    quoted = [
        said["quotation"]["en"]
        for part in meeting["participations"]
        for said in part.get("interventions", ())
        if "quotation" in said
    ]
    assert quoted == re.findall(r"“(.+?)”", page)


def test_the_report_is_written_anew() -> None:
    """No six words in a row are the page's, but for names and titles."""
    page = words((SOURCES / "briefing.txt").read_text(encoding="utf-8"))
    theirs = {tuple(page[at : at + 6]) for at in range(len(page))}
    names = words(" ".join(places()["names"]))
    allowed = {tuple(names[at : at + 3]) for at in range(len(names))}
    meeting = rows()["meetings/2018-06-14-briefing-to-member-states"]
    own = [each["text"]["en"] for each in meeting["report"]] + [
        meeting["lede"]["en"],
        meeting["outcome"]["en"],
    ]
    own += [
        said["summary"]["en"]
        for part in meeting["participations"]
        for said in part.get("interventions", ())
        if "summary" in said
    ]
    taken = [
        " ".join(ours[at : at + 6])
        for ours in map(words, own)
        for at in range(len(ours) - 5)
        if tuple(ours[at : at + 6]) in theirs
        and not any(tuple(ours[n : n + 3]) in allowed for n in range(at, at + 4))
    ]
    assert taken == []


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())


def test_unverified_candidates_are_nowhere() -> None:
    whole = " ".join(texts(rows()))
    named = record()["membership"]["unverified_candidates"]["acronyms"]
    assert [name for name in named if re.search(rf"\b{re.escape(name)}\b", whole)] == []


@pytest.mark.parametrize("field", ["title", "place", "subject", "lede", "series"])
def test_the_page_of_the_briefing_speaks_six_languages(field: str) -> None:
    meeting = rows()["meetings/2018-06-14-briefing-to-member-states"]
    assert list(meeting[field]) == ["en", "fr", "es", "ar", "ru", "zh"]
    assert {value["basis"] for code, value in meeting[field].items() if code != "en"} == {"draft"}


def test_the_report_of_the_briefing_speaks_six_languages() -> None:
    meeting = rows()["meetings/2018-06-14-briefing-to-member-states"]
    assert {tuple(each["text"]) for each in meeting["report"]} == {("en", "fr", "es", "ar", "ru", "zh")}


def test_names_outside_english_say_that_they_come_from_label_lists() -> None:
    names = [name for key, row in rows().items() if key.startswith("organisations/") for name in row["names"]]
    bases = {
        value["basis"]
        for name in names
        for value in (*name["names"].values(), *name.get("acronyms", {}).values())
        if not isinstance(value, str)
    }
    others = [
        value
        for name in names
        for code, value in name["names"].items()
        if code != "en" and isinstance(value, str)
    ]
    assert (bases, others) == ({"label"}, [])
