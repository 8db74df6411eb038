"""Order is the Unicode Collation Algorithm's, by the rules of each language."""

from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.collation import in_order, sort_key
from onevoice.languages.names import CODES


def test_accents_do_not_send_a_name_to_the_end():
    assert in_order(["Zürich", "Éclair", "eclair", "zebra"], str, "fr") == [
        "eclair",
        "Éclair",
        "zebra",
        "Zürich",
    ]


def test_spanish_n_with_tilde_is_a_letter_of_its_own():
    assert in_order(["ñandú", "nube", "ola"], str, "es") == ["nube", "ñandú", "ola"]


def test_chinese_is_in_the_order_of_pinyin():
    assert in_order(["上海", "北京", "安全"], str, "zh") == ["安全", "北京", "上海"]


def test_numbers_are_in_the_order_of_their_size():
    assert in_order(["Issue brief 12", "Issue brief 2"], str, "en") == ["Issue brief 2", "Issue brief 12"]


@given(st.text(), st.text(), st.text(), st.sampled_from(CODES))
def test_keys_are_a_total_order(one, two, three, language):
    keys = [sort_key(text, language) for text in (one, two, three)]
    assert all(isinstance(key, bytes) for key in keys)
    assert sort_key(one, language) == keys[0]


@given(st.text(alphabet=st.characters(categories=["Cs", "Lu"]), min_size=1))
def test_even_lone_surrogates_have_a_place(text):
    assert sort_key(text, "en")
