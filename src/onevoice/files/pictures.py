"""How many pixels a picture has, read from its head; ValueError or struct.error where it cannot be read."""

from __future__ import annotations

import struct
from typing import IO

_MOST_SEGMENTS = 2_000
# Start-of-frame markers; C4, C8 and CC are tables and a reserved one.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def png_size(file: IO[bytes]) -> tuple[int, int]:
    """Width and height from IHDR, which comes first."""
    file.seek(8)
    length, name, width, height = struct.unpack(">I4sII", file.read(16))
    if length != 13 or name != b"IHDR" or not width or not height:
        raise ValueError("no IHDR")
    return width, height


def jpeg_size(file: IO[bytes]) -> tuple[int, int]:
    """Width and height from the first start-of-frame segment."""
    file.seek(2)
    for _ in range(_MOST_SEGMENTS):
        marker = _next_marker(file)
        (length,) = struct.unpack(">H", file.read(2))
        if marker in _FRAMES:
            _bits, height, width = struct.unpack(">BHH", file.read(5))
            if not width or not height:
                raise ValueError("no size")
            return width, height
        file.seek(length - 2, 1)
    raise ValueError("no frame")


def _next_marker(file: IO[bytes]) -> int:
    if file.read(1) != b"\xff":
        raise ValueError("no marker")
    while (byte := file.read(1)) == b"\xff":  # fill bytes
        pass
    if not byte:
        raise ValueError("the end")
    return byte[0]
