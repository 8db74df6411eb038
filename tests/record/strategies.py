"""Random logs, values and changes for the record's property tests."""

from typing import Any

from hypothesis import strategies as st

from onevoice.record import notes

ORIGIN = "record.example/test"
SIGNER = notes.Signer(ORIGIN, bytes(range(32)))

entries = st.lists(st.binary(max_size=40), min_size=1, max_size=70)
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
whole = st.integers(-(2**53) + 1, 2**53 - 1)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | whole | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def log_and_index(draw: st.DrawFn) -> tuple[list[bytes], int, int]:
    """A log's entries, a size it had, and the index of an entry it had then."""
    log = draw(entries)
    size = draw(st.integers(1, len(log)))
    return log, size, draw(st.integers(0, size - 1))


def flipped(data: bytes, at: int) -> bytes:
    """The data with one bit of one byte changed."""
    at %= len(data) * 8
    return data[: at // 8] + bytes([data[at // 8] ^ (1 << at % 8)]) + data[at // 8 + 1 :]
