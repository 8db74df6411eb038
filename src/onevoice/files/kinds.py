"""What a file is, by its content; never by its name or by what the browser says of it.

1. Its size is within the limit, and it is not empty.
2. Its first bytes say what it is; an office file also by the parts inside, a text by being readable as one.
3. Its kind is one of those taken for this use; macros are not, and pictures have a size that can be shown.
"""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any
from xml.etree import ElementTree  # noqa: S405 - reads attributes of a part whose size is bounded; no entities

from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from onevoice.languages.lists import alternatives, number
from onevoice.languages.sizes import size_in_words

from . import wording
from .pictures import jpeg_size, png_size

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    struct.error,
    ValueError,
    EOFError,
    RuntimeError,  # a part that is encrypted
)
LARGEST_PART = 1_000_000  # bytes read of the part of an office file that says what it is
LARGEST_INDEX = 2_000_000  # bytes of a ZIP's list of parts


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its key, media type and ending; `opens` where browsers may show it in place."""

    key: str
    media_type: str
    ending: str
    opens: bool = False


PDF = Kind("pdf", "application/pdf", ".pdf", opens=True)
DOCX = Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
XLSX = Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
PPTX = Kind("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx")
ODT = Kind("odt", "application/vnd.oasis.opendocument.text", ".odt")
TEXT = Kind("txt", "text/plain", ".txt")
PNG = Kind("png", "image/png", ".png", opens=True)
JPEG = Kind("jpeg", "image/jpeg", ".jpg", opens=True)
KINDS = {kind.media_type: kind for kind in (PDF, DOCX, XLSX, PPTX, ODT, TEXT, PNG, JPEG)}
_OFFICE = {f"{kind.media_type}.main+xml": kind for kind in (DOCX, XLSX, PPTX)}
_SVG = Kind("svg", "image/svg+xml", ".svg")  # recognised so that the sentence can say why it is not taken


@dataclass(frozen=True, slots=True)
class Use:
    """What files are taken for: which kinds, how many bytes, how many pixels a side."""

    kinds: tuple[Kind, ...]
    limit: int
    pixels: int

    def named(self) -> str:
        """The kinds in words: 'PDF, Word document or plain text'."""
        return alternatives([str(wording.KINDS[kind.key]) for kind in self.kinds], language())


DOCUMENT = Use((PDF, DOCX, XLSX, PPTX, ODT, TEXT, PNG, JPEG), 20_000_000, 12_000)
# Every page of a group carries its logo, and a first visit has 60 kB for everything.
LOGO = Use((PNG, JPEG), 20_000, 1_000)


@dataclass(frozen=True, slots=True)
class Found:
    """What a file turned out to be; pixels of pictures only."""

    kind: Kind
    width: int | None = None
    height: int | None = None


def language() -> str:
    return get_language() or "en"


def examined(file: IO[bytes], size: int, use: Use) -> Found:
    """What the file is; ValidationError with a sentence where it is not taken (code `too_long`: over the limit)."""
    if size > use.limit:
        words = {"size": size_in_words(size, language()), "limit": size_in_words(use.limit, language())}
        raise ValidationError(str(wording.too_large).format(**words), code="too_long")
    if not size:
        raise ValidationError(wording.empty, code="empty")
    try:
        found = _recognised(file)
    except UNREADABLE as error:
        raise ValidationError(wording.damaged, code="damaged") from error
    if found is not None and found.kind is _SVG:
        raise ValidationError(str(wording.drawing).format(kinds=use.named()), code="drawing")
    if found is None or found.kind not in use.kinds:
        raise ValidationError(str(wording.other_kind).format(kinds=use.named()), code="other_kind")
    if found.width and found.height and max(found.width, found.height) > use.pixels:
        pixels = {"width": found.width, "height": found.height, "most": use.pixels}
        words = {name: number(count, language()) for name, count in pixels.items()}
        raise ValidationError(str(wording.too_many_pixels).format(**words), code="pixels")
    return found


def _recognised(file: IO[bytes]) -> Found | None:
    file.seek(0)
    head = file.read(8)
    for magic, read in _BY_FIRST_BYTES.items():
        if head.startswith(magic):
            return read(file)
    return _text(file)


def _png(file: IO[bytes]) -> Found:
    return Found(PNG, *png_size(file))


def _jpeg(file: IO[bytes]) -> Found:
    return Found(JPEG, *jpeg_size(file))


def _zip(file: IO[bytes]) -> Found | None:
    """An office file by its parts; None for any other archive."""
    _refuse_endless_index(file)
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        if any(name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names):
            raise ValidationError(wording.macros, code="macros")
        if "mimetype" in names:
            return Found(ODT) if _part(archive, "mimetype") == ODT.media_type.encode() else None
        if "[Content_Types].xml" not in names:
            return None
        kinds = [_OFFICE.get(one) for one in _main_parts(_part(archive, "[Content_Types].xml"))]
    return Found(kinds[0]) if len(kinds) == 1 and kinds[0] else None


def _refuse_endless_index(file: IO[bytes]) -> None:
    """A list of parts that is made to be long would be read whole into memory, so it is looked at first."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if (
        at < 0
        or b"PK\x06\x07" in tail[:at]
        or struct.unpack("<I", tail[at + 12 : at + 16])[0] > LARGEST_INDEX
    ):
        raise zipfile.BadZipFile


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART or b"<!DOCTYPE" in content:
        raise zipfile.BadZipFile
    return content


def _main_parts(content: bytes) -> list[str]:
    """The types of the main parts that an Office Open XML package declares: one, in a sound file."""
    root = ElementTree.fromstring(content)  # noqa: S314 - bounded, and without a DOCTYPE nothing can be expanded
    types = [one.get("ContentType", "") for one in root.iter() if one.tag.endswith("Override")]
    if any("macroEnabled" in one for one in types):
        raise ValidationError(wording.macros, code="macros")
    return [one for one in types if one.endswith(".main+xml")]


def _text(file: IO[bytes]) -> Found | None:
    """Plain text in UTF-8; what begins with mark-up or holds control characters is no plain text."""
    file.seek(0)
    content = file.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValidationError(wording.not_utf8, code="not_utf8")
    if b"\x00" in content:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if _looks_like_words(content):
            raise ValidationError(wording.not_utf8, code="not_utf8") from None
        return None
    if text.lstrip().startswith("<"):
        return Found(_SVG) if "<svg" in text[:2000].lower() else None
    return (
        None
        if any(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f" for char in set(text))
        else Found(TEXT)
    )


def _looks_like_words(content: bytes) -> bool:
    """Whether it is text in an older encoding rather than something else."""
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in content[:4096])
    return controls == 0


_BY_FIRST_BYTES: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"%PDF-": lambda _file: Found(PDF),
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": _jpeg,
    b"PK\x03\x04": _zip,
}
