"""How many pixels a picture has, and that it is whole; ValueError or struct.error where browsers could not show it."""

from __future__ import annotations

import struct
import zlib
from typing import IO

_MOST_SEGMENTS = 2_000
_MOST_CHUNKS = 50_000  # 20 MB in the small chunks that programs write are 2,500
# Start-of-frame markers; C4, C8 and CC are tables and a reserved one.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA
_END = b"\xff\xd9"  # never among the bytes of a scan, in which FF is followed by 00 or a restart


def png_size(file: IO[bytes]) -> tuple[int, int]:
    """Width and height from IHDR, which comes first; every chunk to IEND is there as it was written."""
    file.seek(8)
    name, content = _chunk(file)
    if name != b"IHDR" or len(content) != 13:
        raise ValueError("no IHDR")
    width, height = struct.unpack(">II", content[:8])
    names = set()
    for _ in range(_MOST_CHUNKS):
        name, _content = _chunk(file)
        if name == b"IEND":
            break
        names.add(name)
    if name != b"IEND" or b"IDAT" not in names or not width or not height:
        raise ValueError("no picture")
    return width, height


def _chunk(file: IO[bytes]) -> tuple[bytes, bytes]:
    """A chunk's name and content, when its check sum fits."""
    length, name = struct.unpack(">I4s", file.read(8))
    content = file.read(length)
    (check,) = struct.unpack(">I", file.read(4))
    if check != zlib.crc32(name + content):
        raise ValueError("another check sum")
    return name, content


def jpeg_size(file: IO[bytes]) -> tuple[int, int]:
    """Width and height from the first frame; after its head come a scan and the mark of the end."""
    file.seek(2)
    size: tuple[int, int] | None = None
    for _ in range(_MOST_SEGMENTS):
        marker = _next_marker(file)
        (length,) = struct.unpack(">H", file.read(2))
        content = file.read(length - 2)
        if marker in _FRAMES and size is None:
            _bits, height, width = struct.unpack(">BHH", content[:5])
            size = (width, height)
        if marker == _SCAN:
            break
    if size is None or not all(size) or marker != _SCAN or file.read().find(_END, 1) < 0:
        raise ValueError("no picture")
    return size


def _next_marker(file: IO[bytes]) -> int:
    if file.read(1) != b"\xff":
        raise ValueError("no marker")
    while (byte := file.read(1)) == b"\xff":  # fill bytes
        pass
    if not byte:
        raise ValueError("the end")
    return byte[0]
