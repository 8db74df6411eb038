"""Links that only their letter knows: the database keeps a number, the letter carries it sealed.

1. `new()` is what is stored, in the letter's words too; by itself it opens nothing.
2. When the letter leaves (or is read in the demonstration) `sealed` puts the seal to it, made with the secret key.
3. `opened` gives the number back for a true seal alone, of a former key too (SECRET_KEY_FALLBACKS).
"""

from __future__ import annotations

import re
import secrets
from base64 import urlsafe_b64encode
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

NUMBER: Final = 22  # characters, 128 bits of chance
SEAL: Final = 27  # characters, 160 bits
PLACE: Final = "by-mail"  # an address of a sealed link has this before its number
_OPEN = re.compile(rf"(?<=/{PLACE}/)[\w-]{{{NUMBER}}}(?![\w-])", re.ASCII)
_WHOLE = re.compile(rf"[\w-]{{{NUMBER + SEAL}}}", re.ASCII)


def new() -> str:
    """A number that nobody guesses."""
    return secrets.token_urlsafe(16)


def seal(number: str) -> str:
    """The number as the letter carries it."""
    return number + _seal(number, settings.SECRET_KEY)


def opened(token: str) -> str:
    """The number of a token with a true seal; empty for any other."""
    if not _WHOLE.fullmatch(token):
        return ""
    number, given = token[:NUMBER], token[NUMBER:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    true = [constant_time_compare(_seal(number, key), given) for key in keys]
    return number if any(true) else ""


def sealed(text: str) -> str:
    """A letter's words as they leave: each number in an address with its seal."""
    return _OPEN.sub(lambda found: seal(found[0]), text)


def _seal(number: str, key: str) -> str:
    made = salted_hmac("onevoice.notices.links", number, secret=key, algorithm="sha256").digest()[:20]
    return urlsafe_b64encode(made).decode().rstrip("=")
