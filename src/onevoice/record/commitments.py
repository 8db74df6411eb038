"""Salted commitments: a value that stands in the log as a hash and can be opened, or erased, elsewhere.

sha256(prefix || salt || canonical value), the salt being 32 random bytes: without the salt nothing can
be learned from the hash, not even by guessing; once the opening is erased, nobody can open it again.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from onevoice.record.canonical import canonical

PREFIX = b"onevoice/commitment/1\x00"
SALT = 32


@dataclass(frozen=True)
class Opened:
    """What opens a commitment: the salt and the value, under the name it has in the leaf."""

    name: str
    salt: bytes
    value: Any

    @property
    def commitment(self) -> str:
        """The hash that stands in the log, in hexadecimal."""
        if len(self.salt) != SALT:
            raise ValueError(f"A salt is {SALT} bytes long.")
        return sha256(PREFIX + self.salt + canonical(self.value)).hexdigest()

    def opens(self, commitment: str) -> bool:
        """Whether this is what was committed to."""
        return compare_digest(self.commitment.encode(), commitment.encode())


def commit(name: str, value: Any) -> Opened:
    """Commit to a value under a salt never used before."""
    return Opened(name, secrets.token_bytes(SALT), value)
