"""What the stemmers do not bring together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.normal import search_query, search_text
from onevoice.search.found import words_of
from onevoice.search.spelling import more_forms, name_word, widened


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=300))
def test_plain_text_has_the_same_form_by_the_short_way(text):
    assert words_of(text, "en") == search_text(text, "en")


@pytest.mark.parametrize(
    ("typed", "also"),
    [("organization", "organisation"), ("organised", "organized"), ("child", "children"), ("labor", "labour")],
)
def test_english_words_are_asked_for_in_both_spellings(typed, also):
    assert widened(search_query(typed, "en"), "en") == f"('{typed}' | '{also}')"


@pytest.mark.parametrize("typed", ["wise", "size", "rising", "prison", "trafficking"])
def test_other_english_words_are_left_alone(typed):
    assert widened(search_query(typed, "en"), "en") == f"'{typed}'"


def test_a_letter_before_an_arabic_word_is_taken_off_on_both_sides():
    assert more_forms(search_text("لحقوق", "ar"), "ar") == "حقوق"
    assert widened(search_query("لحقوق", "ar"), "ar") == "('لحقوق' | 'حقوق')"


def test_a_russian_word_is_asked_for_by_its_beginning():
    assert widened(search_query("Ассамблее", "ru"), "ru") == "('ассамблее' | 'ассамбл':*)"
    assert widened(search_query("мира", "ru"), "ru") == "'мира'"


def test_a_whole_name_is_one_word_whatever_its_case_and_accents():
    assert name_word("Haut-Commissariat") == name_word("haut-commissariat")
    assert name_word("ILO").isalpha()


@given(st.text(max_size=60), st.sampled_from(["en", "ar", "ru", "zh"]))
def test_a_widened_query_is_still_a_query(text, language):
    query = widened(search_query(text, language), language)
    assert query.count("(") == query.count(")")
    assert query.count("'") % 2 == 0
