"""Addresses can be read aloud, and say the same tomorrow."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.slugs import LONGEST, free_slug, slug


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("ICAT Briefing to Member States", "icat-briefing-to-member-states"),
        ("UN Heads’ Call for Action", "un-heads-call-for-action"),
        ("L’été à Genève", "lete-a-geneve"),
        ("Доклад о прогрессе", "doklad-o-progresse"),
        ("关于贩运", "guan-yu-fan-yun"),
        ("—", "untitled"),
    ],
)
def test_a_title_becomes_an_address(title, address):
    assert slug(title) == address


def test_a_taken_address_gets_a_number():
    assert free_slug("Briefing", {"briefing", "briefing-2"}.__contains__) == "briefing-3"


@given(st.text())
def test_any_text_gives_an_address_that_is_its_own(text):
    address = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", address)
    assert len(address) <= LONGEST
    assert slug(address) == address
