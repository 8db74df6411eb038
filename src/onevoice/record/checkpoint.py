"""Checkpoints (C2SP tlog-checkpoint): the signed head of a log: whose, how many entries, which root."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from onevoice.record import notes


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: this log had this many entries, and this root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The note's text; its bytes are what is signed."""
        root = base64.b64encode(self.root).decode("ascii")
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), root, *self.extensions))

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Read a head from a note's text; anything but the one right form is refused."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "" or not all(lines):
            raise notes.NoteError("A checkpoint has at least three lines, none of them empty.")
        origin, size, root, *extensions = lines
        if not (size.isascii() and size.isdecimal()) or str(int(size[:20])) != size:
            raise notes.NoteError(f"The size of a checkpoint is a whole number: {size[:40]!r}.")
        return cls(origin, int(size), _root(root), tuple(extensions))


def sign(head: Head, *signers: notes.Signer) -> bytes:
    """The checkpoint, signed by the log's key (by the old and the new one when keys change)."""
    return notes.sign(head.text, *signers)


def open_checkpoint(note: bytes, verifiers: Iterable[notes.Verifier]) -> Head:
    """The head, after a known key whose name is the log's origin was seen to have signed it."""
    text, signed = notes.open_note(note, verifiers)
    head = Head.parse(text)
    if head.origin not in {verifier.name for verifier in signed}:
        raise notes.NoteError(f"No known key of {head.origin} signed its checkpoint.")
    return head


def _root(text: str) -> bytes:
    try:
        root = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise notes.NoteError("The root of a checkpoint is not base64.") from error
    if len(root) != 32 or base64.b64encode(root).decode("ascii") != text:
        raise notes.NoteError("The root of a checkpoint is the base64 of 32 bytes.")
    return root
