"""A group's colours can be read on every paper they stand on."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.look.contrast import DARK, ENOUGH, LIGHT, contrast, is_colour, too_faint
from onevoice.look.sheet import FOLDER

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_black_on_white_is_21_to_1():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_houses_own_colours_are_good():
    assert (too_faint("#0b4f71", LIGHT), too_faint("#93c8e6", DARK)) == ({}, {})


def test_yellow_on_white_is_too_faint_and_the_figure_is_told():
    assert too_faint("#ffff00", LIGHT) == {"paper": 1.05, "wash": 1.05, "words on it": 1.07}


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.001
    assert is_colour(one)


@pytest.mark.parametrize("text", ["red", "#fff", "#0B4F71", "#0b4f71;}", ""])
def test_what_is_no_colour_is_refused(text):
    assert not is_colour(text)


def _tokens(source: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", source))


def _light_and_dark() -> tuple[str, str]:
    light, dark = (FOLDER / "tokens.css").read_text().split("prefers-color-scheme: dark")
    return light, dark.split("@media print")[0]


def test_the_papers_are_those_of_the_sheet():
    light, dark = _light_and_dark()
    assert (_tokens(light)["paper"], _tokens(light)["wash"]) == (LIGHT["paper"], LIGHT["wash"])
    assert (_tokens(dark)["paper"], _tokens(dark)["wash"]) == (DARK["paper"], DARK["wash"])
    assert _tokens(dark)["on-accent"] == DARK["words on it"]


@pytest.mark.parametrize("word", ["ink", "quiet", "added", "removed", "caution", "visited"])
def test_every_colour_of_words_can_be_read_in_light_and_in_dark(word):
    for part in _light_and_dark():
        found = _tokens(part)
        assert contrast(found[word], found["paper"]) >= ENOUGH
        assert contrast(found[word], found["wash"]) >= ENOUGH
