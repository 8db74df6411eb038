"""Contrast of colours by WCAG 2.2, for the two colours that a group chooses."""

import re
from typing import Final

ENOUGH: Final = 4.5  # to 1, for words (success criterion 1.4.3)
# The papers of sheets/tokens.css on which a group's colour stands, and the words that stand on the colour.
LIGHT: Final = {"paper": "#fdfcf9", "wash": "#f4f1e9", "words on it": "#ffffff"}
DARK: Final = {"paper": "#191816", "wash": "#23211e", "words on it": "#10202a"}
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def is_colour(text: str) -> bool:
    """Whether it is written as '#0b4f71'."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The ratio of two colours written '#0b4f71': from 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(colour: str, against: dict[str, str]) -> dict[str, float]:
    """On what a colour can not be read, with the contrast it has there; empty when it is good."""
    found = {what: contrast(colour, ground) for what, ground in against.items()}
    return {what: round(ratio, 2) for what, ratio in found.items() if ratio < ENOUGH}


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
