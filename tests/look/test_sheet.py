"""One sheet: small, in layers, and the same whichever way one reads."""

import gzip
import re

import pytest

from onevoice.look.sheet import FOLDER, LAYERS, colours, sheet, version

SHEETS = sorted(FOLDER.glob("*.css"))
# What is physical: it would stand on the wrong side in Arabic.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![\w-])(?:left|right|top|bottom|width|height)\s*:"
    r"|float:\s*(?:left|right)|text-align:\s*(?:left|right)"
)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_only_logical_properties(path):
    assert PHYSICAL.findall(re.sub(r"@media[^{]*", "", path.read_text())) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_colours_stand_in_tokens_only(path):
    assert path.name == "tokens.css" or re.findall(r"#[0-9a-f]{3,8}\b", path.read_text()) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_rule_stands_in_a_known_layer(path):
    assert set(re.findall(r"@layer (\w+)", path.read_text())) <= set(LAYERS)
    assert "!important" not in path.read_text()


def test_the_layers_are_named_first():
    assert sheet().startswith("@layer tokens, base, frame, texts, tables, forms, parts, pages, print;\n")


def test_it_is_small_over_the_wire():
    assert len(gzip.compress(sheet().encode())) < 8_000


def test_braces_match():
    assert sheet().count("{") == sheet().count("}")


def test_its_address_changes_with_its_content():
    assert re.fullmatch("[0-9a-f]{12}", version())


def test_a_groups_colours_are_nothing_but_colours():
    assert colours("#112233", "#aabbcc") == (
        "@layer tokens { :root { --group: #112233; --group-on-dark: #aabbcc; } }\n"
    )
    with pytest.raises(ValueError, match="red"):
        colours("red", "#aabbcc")
