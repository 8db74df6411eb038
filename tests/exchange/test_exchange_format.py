"""The format is declared once: its schema, its page and the reference data agree with what is read."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest
import yaml

from exchange.small import SMALL
from onevoice.operations.demonstration import FOLDER
from onevoice.operations.exchange.format import SECTIONS, Group
from onevoice.operations.exchange.nodes import Map, Scalar, top
from onevoice.operations.exchange.reading import BadFile, read
from onevoice.operations.exchange.schema import schema, text
from onevoice.operations.exchange.writing import written
from onevoice.parties.reference import organisations, state_slugs

DOCS = Path(__file__).parents[2] / "docs"
FILES = ("icat.yaml", "icat-demonstration.yaml")


def test_the_schema_in_the_documents_is_the_one_that_the_code_makes() -> None:
    """Make it anew with: ./onevoice python -m onevoice.operations.exchange.schema > docs/record-file.schema.json"""
    assert (DOCS / "record-file.schema.json").read_text(encoding="utf-8") == text()


@pytest.mark.parametrize("name", FILES)
def test_the_packaged_files_follow_the_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(
        yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")), schema(), jsonschema.Draft202012Validator
    )


@pytest.mark.parametrize(
    "wrong",
    [
        ("name: Ann", "name: Ann, age: 3"),
        ("kind: member, since", "kind: guest, since"),
        ("count: 7", "count: seven"),
        ("{en: The rest}", "{de: Der Rest}"),
        ("format: onevoice-record/1", "format: onevoice-record/9"),
        ("- {id: ann, name: Ann}", "- {id: ann}"),
        ("in_group: true", "in_group: 'yes'"),
        ("id: brief", "id: Brief"),
    ],
)
def test_reader_and_schema_refuse_the_same(wrong: tuple[str, str]) -> None:
    file = SMALL.replace(*wrong)
    with pytest.raises(BadFile):
        read(file.encode())
    values = yaml.load(file, Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(_numbered(values)))


def _numbered(value: object) -> object:
    """What YAML's own reading of numbers and truths gives, with dates left as texts."""
    if isinstance(value, dict):
        return {key: _numbered(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_numbered(each) for each in value]
    return {"true": True, "7": 7}.get(str(value), value)


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_is_what_was_read(name: str) -> None:
    file = (FOLDER / name).read_text(encoding="utf-8")
    assert written(read(file.encode())) == file


def test_every_section_and_field_stands_in_the_documents() -> None:
    page = (DOCS / "record-file.md").read_text(encoding="utf-8")
    for name, shape in {**SECTIONS, "group": Group}.items():
        assert f"### `{name}`" in page, name
        chapter = page.split(f"### `{name}`")[1].split("\n### ")[0]
        assert [
            each.name for each in fields(shape) if each.name != "line" and f"`{each.name}`" not in chapter
        ] == []


def test_the_example_in_the_documents_can_be_loaded() -> None:
    page = (DOCS / "record-file.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    assert read(example.encode()).group.acronym == "ICAT"


def test_lines_are_those_of_the_file() -> None:
    (name, line, value), (_, _, rows) = [
        (n, at, v if isinstance(v, Map | Scalar) else list(v))
        for n, at, v in top("a: 1\nb:\n- x\n\n- {y: 1}\n")
    ]
    assert (name, line, value.value) == ("a", 1, "1")
    assert [each.line for each in rows] == [3, 5]


def test_the_states_are_those_of_the_united_nations() -> None:
    states = yaml.safe_load(
        (Path(__import__("onevoice.parties").parties.__file__).parent / "data/states.yaml").read_text("utf-8")
    )["states"]
    assert len(state_slugs()) == 195
    assert [state["kind"] for state in states].count("member") == 193
    assert {tuple(state["names"]) for state in states} == {("en", "fr", "es", "ar", "ru", "zh")}
    assert [
        state["slug"]
        for state in states
        if not all(isinstance(name, str) for name in state["names"].values())
    ] == []  # none is CLDR's only


@pytest.mark.django_db
def test_states_are_loaded_once_and_brought_up_to_date() -> None:
    from onevoice.parties.models import State
    from onevoice.parties.reference import load_states

    assert (load_states(), load_states(), State.objects.count()) == (195, 0, 195)
    State.objects.filter(m49="520").update(formal_name="another")
    assert (load_states(), load_states()) == (1, 0)


def test_names_of_organisations_outside_english_are_from_label_lists() -> None:
    bases = {
        value["basis"]
        for row in organisations().values()
        for value in (*row["names"].values(), *row["acronyms"].values())
        if isinstance(value, dict)
    }
    assert (len(organisations()), bases) == (77, {"label"})


def test_the_schema_is_json() -> None:
    assert json.loads(text())["$schema"] == "https://json-schema.org/draft/2020-12/schema"
