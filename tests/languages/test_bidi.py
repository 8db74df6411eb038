"""What users type never turns the reading order of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.bidi import (
    clean_line,
    clean_text,
    faults_of,
    is_clean,
    isolated,
    shown,
    without_surrogates,
)

nasty = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("\u202e\u2066\u2069\x00\ud800\udfff\u200f\u200d\t\r\n\u2028\x1b\u00ad"),
    )
)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("UNICEF", set()),
        ("two\nlines\tand a tab", set()),
        ("\x00", {"nul"}),
        ("\ud800", {"surrogate"}),
        ("\x1b[31m", {"control"}),
        ("evil\u202egpj", {"direction"}),
    ],
)
def test_faults_are_told_by_kind(text, faults):
    assert faults_of(text) == faults


def test_a_name_is_one_line_without_anything_invisible():
    assert clean_line("  Ambassador\u202e \n Jarbussynova\x00 ") == "Ambassador Jarbussynova"


def test_persian_joiners_stay():
    assert clean_line("می\u200cخواهم") == "می\u200cخواهم"


def test_paragraphs_keep_their_line_ends():
    assert clean_text("one \r\ntwo\u2028three\n") == "one\ntwo\nthree"


def test_an_isolated_name_is_closed_even_if_it_tries_to_close_itself():
    assert isolated("a\u2069b\u202e") == "\u2068ab\u2069"


@given(nasty)
def test_clean_text_is_clean_and_stays_so(text):
    for clean in (clean_line, clean_text):
        once = clean(text)
        assert faults_of(once) == set()
        assert is_clean(once)
        assert clean(once) == once
    assert not faults_of(shown(text)) & {"direction", "nul", "surrogate"}


@given(nasty)
def test_a_line_has_no_line_end(text):
    assert len(clean_line(text).splitlines()) <= 1


@given(nasty)
def test_what_is_shown_can_be_encoded(text):
    shown(text).encode()
    without_surrogates(text).encode()
