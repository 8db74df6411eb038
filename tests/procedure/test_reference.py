"""docs/rules.md has every key of a rules file, and docs/procedure.md every key of a calendar's."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from onevoice.procedure import calendars, contradictions, loading
from onevoice.procedure.reference import ABOUT, page
from onevoice.procedure.rules import SECTIONS, UNSET, Mode

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_is_what_the_product_reads() -> None:
    """Make it anew with: ./onevoice python -m onevoice.procedure.reference > docs/rules.md"""
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == page()


def test_every_key_of_a_rules_file_has_its_row() -> None:
    parts = re.split(r"^## \[(\w+)\]$", page(), flags=re.MULTILINE)
    rows = {
        section: re.findall(r"^\| `(\w+)` \| \d+ \|", text, re.MULTILINE)
        for section, text in zip(parts[1::2], parts[2::2], strict=True)
    }
    assert rows == {section: [one.name for one in fields(kind)] for section, kind in SECTIONS.items()}
    assert set(ABOUT) == set(SECTIONS)
    assert re.findall(r"^\| `(\w+)` \|", parts[0], re.MULTILINE) == list(loading.HEAD)


def test_what_a_rule_needs_is_what_it_lacks_when_it_says_nothing() -> None:
    nothing = {name: {one.name: "unset" for one in fields(kind)} for name, kind in SECTIONS.items()}
    for mode in Mode:
        rules = loading.of_values({"title": "x", "status": "found", "mode": mode.value, **nothing}, "x")
        assert rules.clock.minimum is UNSET
        assert contradictions.lacking(rules) == contradictions.needed(mode) + contradictions.NEEDED_TO_VOTE


def test_every_key_of_a_calendars_file_is_explained() -> None:
    part = (
        (DOCS / "procedure.md")
        .read_text(encoding="utf-8")
        .partition("\n## Calendars\n")[2]
        .partition("\n## ")[0]
    )
    keys = {
        *calendars.CALENDAR_KEYS - {"years"},
        "years.YEAR",
        *(f"years.YEAR.{one}" for one in calendars.YEAR_KEYS),
    }
    assert set(re.findall(r"^\| `([\w.]+)` \|", part, re.MULTILINE)) == keys
    for status in calendars.Status:
        assert f"`{status.value}`" in part
    (example,) = re.findall(r"```toml\n(.*?)```", part, re.DOTALL)
    assert calendars.read(example, "example.toml").name == "vienna"


def test_the_documents_rules_example_is_read() -> None:
    part = (
        (DOCS / "procedure.md")
        .read_text(encoding="utf-8")
        .partition("\n## Rules files\n")[2]
        .partition("\n## ")[0]
    )
    (example,) = re.findall(r"```toml\n(.*?)```", part, re.DOTALL)
    whole = loading.text_of("icat-working-group")
    for line in example.splitlines():
        key = line.split("#")[0].strip()
        assert not key or key in whole, f"docs/procedure.md: {key} does not stand in icat-working-group.toml"
