"""Signed notes (C2SP signed-note): a text with Ed25519 signatures, and the keys that make and check them.

Keys are written as Go's golang.org/x/mod/sumdb/note writes them, so its tools read ours:
`name+id+base64(1 || public key)` to check, `PRIVATE+KEY+name+id+base64(1 || seed)` to sign.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
MOST_SIGNATURES = 100


class NoteError(ValueError):
    """The note or key is not of the form, or no known key signed it; the message says which."""


@dataclass(frozen=True)
class Signature:
    """One signature line: whose key, and what it made of the text."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class Verifier:
    """A public key with its name: what a reader holds to check notes."""

    name: str
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that name this key in a signature line."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public_key).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as one line of text."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(ED25519 + self.public_key)}"

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read a key from its line; a damaged one is refused by its id."""
        name, key_id, material = _key_parts(vkey)
        verifier = cls(name, material)
        if verifier.key_id.hex() != key_id:
            raise NoteError(f"The verifier key of {name} does not fit its own id {key_id}.")
        return verifier

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this key made this signature over this text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, repr=False)
class Signer:
    """A private key with its name: held by the sequencer alone."""

    name: str
    seed: bytes

    @classmethod
    def generate(cls, name: str) -> "Signer":
        """A new key from the system's random source."""
        check_name(name)
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, skey: str) -> "Signer":
        """Read a private key from its line."""
        prefix = "PRIVATE+KEY+"
        if not skey.startswith(prefix):
            raise NoteError("A private key begins with 'PRIVATE+KEY+'.")
        name, key_id, material = _key_parts(skey.removeprefix(prefix))
        signer = cls(name, material)
        if signer.verifier.key_id.hex() != key_id:
            raise NoteError(f"The private key of {name} does not fit its own id {key_id}.")
        return signer

    @property
    def skey(self) -> str:
        """The private key as one line of text, for its file."""
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{_base64(ED25519 + self.seed)}"

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        return Verifier(self.name, key.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """This key's signature over the text."""
        raw = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return Signature(self.name, self.verifier.key_id, raw)


def sign(text: str, *signers: Signer) -> bytes:
    """The note: text, an empty line, one line for each signature."""
    _check_text(text)
    if not text.endswith("\n"):
        raise NoteError("The text of a note ends with a line break.")
    lines = [
        f"\u2014 {made.name} {_base64(made.key_id + made.signature)}\n"
        for made in (signer.sign(text) for signer in signers)
    ]
    return (text + "\n" + "".join(lines)).encode()


def split(note: bytes) -> tuple[str, list[Signature]]:
    """The text of a note and its signatures, none of them checked yet."""
    try:
        whole = note.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteError("The note is not UTF-8.") from error
    _check_text(whole)
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise NoteError("The note has no signatures after an empty line.")
    signatures = [_signature(line) for line in lines[:-1].split("\n")]
    if len(signatures) > MOST_SIGNATURES:
        raise NoteError(f"The note has more than {MOST_SIGNATURES} signatures.")
    return text + "\n", signatures


def open_note(note: bytes, verifiers: Iterable[Verifier]) -> tuple[str, list[Verifier]]:
    """The text, and those of the known keys that signed it; refused if none did or one did wrongly."""
    text, signatures = split(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signed = []
    for line in signatures:
        verifier = known.get((line.name, line.key_id))
        if verifier is None or verifier in signed:
            continue
        if not verifier.verifies(text, line.signature):
            raise NoteError(f"The signature of {line.name} does not fit the text.")
        signed.append(verifier)
    if not signed:
        raise NoteError("No known key signed this note.")
    return text, signed


def check_name(name: str) -> None:
    """Refuse a key name that a signature line could not carry."""
    if not name or "+" in name or any(c.isspace() or ord(c) < 32 for c in name):
        raise NoteError(f"A key's name has no space and no plus sign: {name!r}.")


def _signature(line: str) -> Signature:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "\u2014":
        raise NoteError("A signature line is a dash, a name and a signature.")
    check_name(parts[1])
    raw = _unbase64(parts[2])
    if len(raw) < 5:
        raise NoteError(f"The signature of {parts[1]} is too short.")
    return Signature(parts[1], raw[:4], raw[4:])


def _key_parts(key: str) -> tuple[str, str, bytes]:
    parts = key.split("+", 2)  # base64 may hold further plus signs
    if len(parts) != 3:
        raise NoteError("A key is a name, an id and a value, with plus signs between them.")
    name, key_id, encoded = parts
    check_name(name)
    raw = _unbase64(encoded)
    if raw[:1] != ED25519 or len(raw) != 33:
        raise NoteError(f"The key of {name} is not an Ed25519 key.")
    return name, key_id, raw[1:]


def _check_text(text: str) -> None:
    if any(ord(c) < 32 and c != "\n" for c in text):
        raise NoteError("A note has no control characters but line breaks.")


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _unbase64(text: str) -> bytes:
    """Strict: the one encoding of these bytes and no other."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError("A part of the note is not base64.") from error
    if _base64(raw) != text:
        raise NoteError("A part of the note is not base64 in its one canonical form.")
    return raw
