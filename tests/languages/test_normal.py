"""What is typed is found, whichever way it was written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.names import CODES
from onevoice.languages.normal import folded, search_query, search_text

anything = st.text()
telling = st.text(
    alphabet=st.sampled_from("aéßЁй الضحيةأآةـَ各国应72/195-\"“'’.A ()&|!:*<>\\\x00"), max_size=30
)


def words(text, language):
    return search_text(text, language).split()


@pytest.mark.parametrize(
    "written", ["الضحايا", "ضحايا", "والضحايا", "بالضحايا", "للضحايا", "الضَّحايا", "الضحـــايا"]
)
def test_arabic_is_found_with_and_without_the_article(written):
    assert words(written, "ar") == ["ضحايا"]


def test_forms_of_alef_ya_and_ta_marbuta_are_one():
    assert words("منظمة أخرى", "ar") == words("منظمه اخري", "ar")


def test_a_word_that_begins_like_the_article_is_the_same_with_it():
    assert words("الالتزام", "ar") == words("التزام", "ar")


@pytest.mark.parametrize(
    "asked", ["A/RES/72/195", "a/res/72/195", "RES/72/195", "72/195", "\u0667\u0662/\u0661\u0669\u0665"]
)
def test_a_symbol_is_found_by_its_ends(asked):
    assert search_query(asked, "en").strip("'") in words("See resolution A/RES/72/195, paragraph 3.", "en")


def test_another_resolution_is_not_found():
    assert search_query("72/196", "en").strip("'") not in words("A/RES/72/195", "en")


def test_two_chinese_characters_that_touch_are_found():
    assert words("各国应采取", "zh") == ["各国", "国应", "应采", "采取", "取"]
    assert search_query("应采", "zh") == "'应采'"
    assert search_query("采取措施", "zh") == "('采取' <-> '取措' <-> '措施')"


def test_one_chinese_character_is_found_by_the_beginning_of_a_word():
    assert search_query("取", "zh") == "'取':*"


def test_accents_may_be_left_out_or_typed():
    assert words("être", "fr") == ["être", "etre"]
    assert search_query("être", "fr") == "('être' | 'etre')"
    assert search_query("etre", "fr") == "'etre'"


def test_russian_letters_keep_their_marks_but_for_yo():
    assert words("Ещё йод", "ru") == ["еще", "йод"]


def test_compounds_are_found_as_one_word_too():
    assert "cochair" in words("co-chair", "en")


def test_quotation_marks_ask_for_a_phrase():
    assert search_query("“joint statement” crises", "en") == "('joint' <-> 'statement') & 'crises'"


def test_names_are_compared_as_people_type_them():
    assert folded("  Büro  des Kanzlers ") == "buro des kanzlers"


@given(st.one_of(anything, telling), st.sampled_from(CODES))
def test_both_sides_hold_nothing_but_words(text, language):
    for word in words(text, language):
        assert word.isalnum() or not re.search(r"[\s'&|!:*<>()\\]", word)
    query = search_query(text, language)
    assert re.fullmatch(r"(\(*'[^\s'&|!:*<>()\\]+'(:\*)?\)*( (&|\||<->) )?)*", query)


@given(telling, st.sampled_from(CODES))
def test_a_text_is_found_by_each_of_its_own_words(text, language):
    found = set(words(text, language))
    for part in search_query(text.replace('"', " ").replace("“", " "), language).split(" & "):
        asked = re.findall(r"'([^']+)'(:\*)?", part)
        assert not asked or any(
            any(word.startswith(one) for word in found) if star else one in found for one, star in asked
        )
