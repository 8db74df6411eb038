"""A pasted text is read by its paragraph numbers, in the scripts in which resolutions are written."""

import pytest

from onevoice.mandates.reading import Read, read

RESOLUTION = """The General Assembly,

Recalling its resolution 70/179 of 17 December 2015,

1. Invites the Inter-Agency Coordination Group to
meet, and encourages all its members
to take part;
2. Requests the Secretary-General:
(a) To report in
2019;
(b) To provide support;

2 bis. Calls upon States to help;
12. Decides to remain seized
2018. of the matter."""


def test_paragraphs_begin_with_their_numbers_and_wrapped_lines_are_joined() -> None:
    reading = read(RESOLUTION)
    assert reading.before == ("The General Assembly,\nRecalling its resolution 70/179 of 17 December 2015,")
    assert reading.paragraphs == (
        Read(
            "1",
            "Invites the Inter-Agency Coordination Group to meet, and encourages all its members to take part;",
        ),
        Read("2", "Requests the Secretary-General:\n(a) To report in 2019;\n(b) To provide support;"),
        Read("2 bis", "Calls upon States to help;"),
        Read("12", "Decides to remain seized 2018. of the matter."),
    )


@pytest.mark.parametrize(
    ("pasted", "read_as"),
    [
        ("21. 请秘书长提出报告；\n22．决定", [("21", "请秘书长提出报告；"), ("22", "决定")]),
        ("٢١ - يطلب إلى الأمين العام؛\n٢٢ - يقرر", [("21", "يطلب إلى الأمين العام؛"), ("22", "يقرر")]),
        (
            "21. Prie le Secrétaire général ;\r\n22) Décide",
            [("21", "Prie le Secrétaire général ;"), ("22", "Décide")],
        ),
        ("(3) Decides\n(4) Requests", [("3", "Decides"), ("4", "Requests")]),
        ("3. Decides\n1. not a paragraph of its own", [("3", "Decides 1. not a paragraph of its own")]),
        ("3. Takes note of 1.5 billion\n4.5 of them", [("3", "Takes note of 1.5 billion 4.5 of them")]),
        ("3.", [("3", "")]),
    ],
)
def test_numbers_are_found_in_each_script_and_go_up(pasted: str, read_as: list[tuple[str, str]]) -> None:
    assert [(each.number, each.text) for each in read(pasted).paragraphs] == read_as


@pytest.mark.parametrize(
    "pasted", ["", "   \n", "Decides to meet.", "In 2018. it met", "1999. Not a paragraph"]
)
def test_a_text_without_numbers_has_no_paragraph(pasted: str) -> None:
    assert read(pasted).paragraphs == ()


def test_another_reading_has_another_mark() -> None:
    assert read("1. One\n2. Two").mark == read("1. One\n\n2.  Two").mark != read("1. One\n2. Three").mark
