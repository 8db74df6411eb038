"""Sizes of files in words."""

import pytest

from onevoice.languages.sizes import size_in_words


@pytest.mark.parametrize(
    ("size", "language", "words"),
    [
        (1, "en", "1 kB"),
        (1_499, "en", "1 kB"),
        (200_000, "en", "200 kB"),
        (20_000_000, "en", "20 MB"),
        (21_340_000, "fr", "21,3\u202fMo"),
        (21_340_000, "ar", "21.3 م.ب"),
        (200_000, "ru", "200 кБ"),
    ],
)
def test_a_size_is_said_in_the_units_of_the_language(size: int, language: str, words: str) -> None:
    assert size_in_words(size, language) == words
