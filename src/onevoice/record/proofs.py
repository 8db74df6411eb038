"""Proofs of inclusion as files (C2SP tlog-proof, version 1): index, hashes, and the checkpoint verbatim."""

import base64
import binascii
from dataclasses import dataclass

MAGIC = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 64


class ProofError(ValueError):
    """The file is not a tlog-proof; the message says what is wrong with it."""


@dataclass(frozen=True)
class Proof:
    """That the entry at `index` stands in the tree of this checkpoint."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def encode(self) -> bytes:
        """The file's bytes."""
        lines = [MAGIC]
        if self.extra:
            lines.append(f"extra {base64.b64encode(self.extra).decode('ascii')}")
        lines.append(f"index {self.index}")
        lines += [base64.b64encode(each).decode("ascii") for each in self.hashes]
        return "".join(f"{line}\n" for line in [*lines, ""]).encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> "Proof":
        """Read a file; the checkpoint in it is not checked yet."""
        head, gap, checkpoint = data.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise ProofError("The proof has other characters than it may.") from error
        if lines.pop(0) != MAGIC:
            raise ProofError(f"A proof begins with the line {MAGIC}.")
        if not gap or not checkpoint:
            raise ProofError("The proof has no checkpoint after an empty line.")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = _unbase64(lines.pop(0).removeprefix("extra "))
        index = _index(lines.pop(0) if lines else "")
        if len(lines) > MOST_HASHES:
            raise ProofError(f"The proof has more than {MOST_HASHES} hashes.")
        return cls(index, tuple(_hash(line) for line in lines), checkpoint, extra)


def _index(line: str) -> int:
    number = line.removeprefix("index ")
    if number == line or not number.isdecimal() or len(number) > 19 or str(int(number)) != number:
        raise ProofError("The proof has no line with the entry's index.")
    return int(number)


def _hash(line: str) -> bytes:
    raw = _unbase64(line)
    if len(raw) != 32:
        raise ProofError("A hash in the proof is not 32 bytes long.")
    return raw


def _unbase64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProofError("A line of the proof is not base64.") from error
    if base64.b64encode(raw).decode("ascii") != text:
        raise ProofError("A line of the proof is not base64 in its one canonical form.")
    return raw
