"""Words: the language asked for, else the original, and always said which."""

from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.names import CODES, LANGUAGES, direction_of, language_of
from onevoice.languages.words import faults, plain, said, texts, with_text

some_words = st.dictionaries(
    st.sampled_from(CODES),
    st.one_of(
        st.text(min_size=1),
        st.fixed_dictionaries(
            {"text": st.text(min_size=1), "basis": st.sampled_from(("label", "cldr", "draft"))}
        ),
    ),
)


def test_the_language_asked_for_is_shown_where_it_exists():
    shown = said({"en": "Group", "fr": "Groupe"}, "fr")
    assert (shown.text, shown.language, shown.is_asked_language, shown.basis) == ("Groupe", "fr", True, "")


def test_the_original_is_shown_else_and_says_so():
    shown = said({"en": "Group", "ru": "Группа"}, "ar")
    assert (shown.text, shown.language, shown.direction, shown.is_asked_language) == (
        "Group",
        "en",
        "ltr",
        False,
    )


def test_a_name_from_a_label_list_says_so():
    assert said({"ar": {"text": "اسم", "basis": "label"}}, "ar").basis == "label"


def test_an_original_in_another_language_comes_before_english():
    assert said({"en": "Group", "fr": "Groupe"}, "zh", original="fr").text == "Groupe"


def test_no_words_are_an_empty_text_in_the_language_asked_for():
    assert (said({}, "ar").text, said(None, "ar").direction) == ("", "rtl")


def test_djangos_codes_are_understood():
    assert [language_of(tag).code for tag in ("zh-hans", "zh_Hans", "fr-CA", "xx")] == [
        "zh",
        "zh",
        "fr",
        "en",
    ]


def test_only_arabic_runs_from_the_other_side():
    assert [code for code in CODES if direction_of(code) == "rtl"] == ["ar"]


def test_prefixes_are_one_for_each_language():
    assert len({language.prefix for language in LANGUAGES.values()}) == 6


@given(some_words, st.sampled_from(CODES))
def test_what_is_said_is_one_of_the_words(words, language):
    shown = said(words, language)
    assert (shown.text == "" and not words) or (shown.language, shown.text) in list(texts(words))
    assert shown.is_asked_language == (shown.language == language)
    assert faults(words) == ()


@given(some_words, st.sampled_from(CODES), st.text())
def test_a_language_said_anew_is_what_is_shown_then(words, language, text):
    assert dict(texts(with_text(words, language, text))).get(language, "") == text


def test_what_is_not_words_is_told():
    assert faults({"de": "x"}) == ("unknown language: de",)
    assert faults({"en": 3}) == ("en: neither a text nor a text with its basis",)
    assert faults({"en": {"text": "x", "basis": "guess"}}) == ("en: unknown basis",)
    assert faults("x") == ("not a mapping of languages",)
    assert plain({"en": "x"}, "fr") == "x"
