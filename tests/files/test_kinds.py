"""What a file is, by its content: neither its name nor the browser's word is asked."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from files.samples import MAIN, PDF, SVG, TYPES, WORD, archive, jpeg, office, opendocument, png
from onevoice.files.kinds import DOCUMENT, LOGO, Use, examined
from onevoice.files.names import clean_name

XML = "application/vnd.openxmlformats-officedocument"


def kind_of(content: bytes, use: Use = DOCUMENT) -> Any:
    found = examined(BytesIO(content), len(content), use)
    return (found.kind.key, found.width, found.height)


def refused(content: bytes, use: Use = DOCUMENT) -> str:
    with pytest.raises(ValidationError) as error:
        examined(BytesIO(content), len(content), use)
    return str(error.value.code)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (office(WORD), "docx"),
        (office(f"{XML}.spreadsheetml.sheet"), "xlsx"),
        (office(f"{XML}.presentationml.presentation"), "pptx"),
        (opendocument(), "odt"),
        ("Ordre du jour\r\n\t1. Élection\n".encode(), "txt"),
        ("\ufeffجدول الأعمال".encode(), "txt"),
    ],
)
def test_each_kind_is_known_by_its_content(content: bytes, kind: str) -> None:
    assert kind_of(content) == (kind, None, None)


def test_pictures_say_how_large_they_are() -> None:
    assert kind_of(png(120, 40), LOGO) == ("png", 120, 40)
    assert kind_of(jpeg(320, 200), LOGO) == ("jpeg", 320, 200)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00\x03 a program", "other_kind"),
        (b"GIF89a\x01\x00\x01\x00", "other_kind"),
        (archive(**{"a.txt": "words"}), "other_kind"),
        (archive(**{"[Content_Types].xml": TYPES.format("")}), "other_kind"),
        (office(more=MAIN.format(f"{XML}.spreadsheetml.sheet.main+xml")), "other_kind"),
        (opendocument("application/vnd.oasis.opendocument.presentation"), "other_kind"),
        (b"<!doctype html><script>alert(1)</script>", "other_kind"),
        (b"\n <?xml version='1.0'?><feed/>", "other_kind"),
        (b"words with a bell\x07", "other_kind"),
        (SVG, "drawing"),
        (b"<?xml version='1.0'?>" + SVG, "drawing"),
        (office(word__vbaProject_bin="x").replace(b"_bin", b".bin"), "macros"),
        (office(more=MAIN.format("application/vnd.ms-word.document.macroEnabled.main+xml")), "macros"),
        (opendocument(Basic__Standard="x"), "macros"),
        ("Ordre du jour".encode("utf-16"), "not_utf8"),
        ("Élection".encode("latin-1"), "not_utf8"),
        (office()[:-30], "damaged"),
        (png()[:20], "damaged"),
        (png()[:30], "damaged"),
        (png()[:-1], "damaged"),
        (png()[:-12], "damaged"),
        (png()[:33] + png()[-12:], "damaged"),
        (png().replace(b"IDAT", b"IDAX"), "damaged"),
        (png(0, 40), "damaged"),
        (jpeg()[:12], "damaged"),
        (jpeg()[:-2], "damaged"),
        (jpeg()[: jpeg().index(b"\xff\xda")] + b"\xff\xd9", "damaged"),
        (jpeg(0, 40), "damaged"),
        (archive(**{"[Content_Types].xml": "<Types"}), "damaged"),
        (archive(**{"[Content_Types].xml": f"<!DOCTYPE x>{TYPES.format('')}"}), "damaged"),
        (archive(**{"[Content_Types].xml": " " * 1_000_001}), "damaged"),
    ],
)
def test_what_is_not_taken_is_told_by_its_reason(content: bytes, why: str) -> None:
    assert refused(content) == why


def test_a_logo_is_a_picture_of_a_size_that_pages_can_carry() -> None:
    assert refused(PDF, LOGO) == "other_kind"
    assert refused(SVG, LOGO) == "drawing"
    assert refused(png(padding=20_000), LOGO) == "too_long"
    assert refused(png(1_001, 10), LOGO) == "pixels"


def test_a_file_over_the_limit_is_told_both_sizes_in_the_readers_language() -> None:
    with translation.override("fr"), pytest.raises(ValidationError) as error:
        examined(BytesIO(b"x"), 21_340_000, DOCUMENT)
    assert error.value.code == "too_long"
    assert "21,3\u202fMo" in error.value.messages[0] and "20\u202fMo" in error.value.messages[0]


def test_the_sentence_names_the_kinds_that_are_taken() -> None:
    with pytest.raises(ValidationError) as error:
        examined(BytesIO(SVG), len(SVG), LOGO)
    assert error.value.messages == [
        "A drawing in SVG can run programs, so it is not taken here. Save it as PNG picture or JPEG picture, then "
        "choose it again."
    ]


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("Agenda.DOCX", "docx", "Agenda.docx"),
        ("../../etc/passwd", "txt", "etc passwd.txt"),
        ("invoice\u202exdp.exe", "pdf", "invoicexdp.exe.pdf"),
        ("a<b>:c|d?.pdf", "pdf", "a b c d.pdf"),
        ("photo.JPEG", "jpeg", "photo.jpg"),
        ("..", "pdf", "file.pdf"),
        ("جدول الأعمال.pdf", "pdf", "جدول الأعمال.pdf"),
        ("n" * 300 + ".pdf", "pdf", "n" * 100 + ".pdf"),
    ],
)
def test_a_name_is_cleaned_and_ends_as_the_content_is(given: str, kind: str, name: str) -> None:
    found = {one.key: one for one in DOCUMENT.kinds}[kind]
    assert clean_name(given, found) == name
