"""Files of every kind, as small as they can be, and some that are not what they say."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
MAIN = '<Override PartName="/main.xml" ContentType="{}"/>'
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'


def png(width: int = 120, height: int = 40, padding: int = 0) -> bytes:
    """A white picture that browsers show; `padding` bytes make it heavier."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(min(height, 2000))))
    more = chunk(b"tEXt", b"x\0" + b"y" * padding) if padding else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 320, height: int = 200) -> bytes:
    """The parts of one, with an application segment before its frame and a scan of no meaning."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        + b"\xff\xff\xc2" + struct.pack(">H", len(frame) + 2) + frame
        + b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34" + b"\xff\xd9"
    )  # fmt: skip


def archive(**parts: str) -> bytes:
    """A ZIP; '__' in a name stands for '/'."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def office(kind: str = WORD, more: str = "", **parts: str) -> bytes:
    """An Office Open XML package with one main part."""
    types = TYPES.format(MAIN.format(f"{kind}.main+xml") + more)
    return archive(**{"[Content_Types].xml": types, "main.xml": "<x/>"}, **parts)


def opendocument(kind: str = "application/vnd.oasis.opendocument.text", **parts: str) -> bytes:
    return archive(mimetype=kind, **{"content.xml": "<x/>"}, **parts)
