"""The address decides the language, and every page has the same address in each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.names import CODES
from onevoice.languages.web import language_in, url_in


@pytest.mark.parametrize(
    ("path", "language", "there"),
    [
        ("/icat/events", "ar", "/ar/icat/events"),
        ("/fr/icat/events?year=2018&year=2019", "zh", "/zh/icat/events?year=2018&year=2019"),
        ("/ar/icat", "en", "/icat"),
        ("/", "es", "/es/"),
        ("/es/", "en", "/"),
        ("/fr", "en", "/"),
        ("/french/page", "ru", "/ru/french/page"),
        ("/fr?x=1", "en", "/?x=1"),
        ("/fr//evil.example/x", "en", "/evil.example/x"),
    ],
)
def test_the_same_page_in_another_language(path, language, there):
    assert url_in(path, language) == there


@given(st.text(alphabet="abfrzh/?=", max_size=20), st.sampled_from(CODES), st.sampled_from(CODES))
def test_going_there_and_back_is_the_same_page(rest, one, other):
    path = url_in("/icat/" + rest, one)
    assert language_in(path).code == one
    assert url_in(url_in(path, other), one) == path
