"""Check a receipt, or a whole record, off line. This file stands alone: copy it, read it, run it.

    python verify.py RECEIPT.tlog-proof --vkey KEY      was this act recorded, with this content?
    python verify.py https://HOST/GROUP/record          is the whole record what its head says?
    python verify.py FOLDER --older CHECKPOINT          the same for a copy; did it only grow since then?

KEY is a verifier key, a file of them, or the address of one. It needs Python 3.12 and `cryptography`.
Ends with 0 when everything fits, 1 when something does not, 2 when it could not be told.
Formats: RFC 6962, and C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof; docs/record.md.
"""

import argparse
import base64
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAGIC = "c2sp.org/tlog-proof@v1"
COMMITMENT_PREFIX = b"onevoice/commitment/1\x00"
LARGEST_FILE = 256 * (65_535 + 2)
SECONDS = 30
LANGUAGES = ("fr", "es", "ar", "ru", "zh")  # with which addresses of pages may begin


class Failed(Exception):
    """Something does not fit: exit status 1."""


class CannotTell(Exception):
    """It could not be checked: exit status 2."""


@dataclass(frozen=True)
class Key:
    """A log's public key."""

    name: str
    key_id: bytes
    public: bytes


@dataclass(frozen=True)
class Head:
    """What a checkpoint says."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Receipt:
    """What a receipt file holds."""

    index: int
    hashes: list[bytes]
    checkpoint: bytes
    extra: bytes


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what is named; print what was found; give the exit status."""
    given = _asked(arguments)
    try:
        for line in check(given.what, given.vkey, older=given.older, leaf=given.leaf):
            print(line)  # noqa: T201
    except Failed as found:
        print(f"NOT IN ORDER: {found}")  # noqa: T201
        return 1
    except CannotTell as found:
        print(f"NOT CHECKED: {found}")  # noqa: T201
        return 2
    print("IN ORDER.")  # noqa: T201
    return 0


def check(what: str, vkeys: Sequence[str], *, older: str = "", leaf: str = "") -> Iterator[str]:
    """Check a receipt or a log; give a line for each thing that fits, raise at the first that does not."""
    keys = [key for each in vkeys for key in read_keys(each)]
    if (data := _receipt_bytes(what)) is not None:
        yield from check_receipt(data, keys, leaf=fetch(leaf) if leaf else None)
    else:
        yield from check_log(what.rstrip("/").removesuffix("/checkpoint"), keys, older=older)


# A receipt ---------------------------------------------------------------------------------------


def check_receipt(data: bytes, keys: Sequence[Key], *, leaf: bytes | None = None) -> Iterator[str]:
    """1. The content's hash; 2. the checkpoint's signature; 3. the proof between the two; 4. the openings."""
    receipt = parse_receipt(data)
    extra = _object(receipt.extra or b"{}", "the extra part of the receipt")
    if unknown := extra.keys() - {"leaf", "openings", "vkey"}:
        raise Failed(f"The receipt holds something that receipts do not: {_shown(sorted(unknown))}.")
    leaf = leaf if leaf is not None else _leaf_of(extra)
    keys_known = bool(keys)
    if not keys_known:
        keys = [parse_key(str(extra["vkey"]))] if "vkey" in extra else []
    if not keys:
        raise CannotTell("No key was given. Name the log's key with --vkey.")
    head = open_checkpoint(receipt.checkpoint, keys)
    yield f"The head of {head.origin} with {head.size:,} entries is signed by its key."
    if not includes(head.root, head.size, leaf_hash(leaf), receipt.index, receipt.hashes):
        raise Failed("The proof does not lead from this act to the signed head: one of the two was changed.")
    yield f"The act is entry {receipt.index:,} of that log."
    yield from _content(leaf, extra.get("openings", []))
    if not keys_known:
        raise CannotTell(
            "All of it fits together, but under a key that the receipt itself brings, which a forger could "
            f"make too. If the group has published the key\n  {extra['vkey']}\nrun this again with --vkey."
        )


def parse_receipt(data: bytes) -> Receipt:
    """Read a tlog-proof file."""
    head, gap, checkpoint = data.partition(b"\n\n")
    lines = _text(head).split("\n")
    extra = b""
    if lines[0] != MAGIC or not gap:
        raise Failed("This is not a tlog-proof file, or it was cut off.")
    if len(lines) > 1 and lines[1].startswith("extra "):
        extra = _unbase64(lines.pop(1).removeprefix("extra "))
    if len(lines) < 2 or not lines[1].startswith("index ") or len(lines) > 66:
        raise Failed("The receipt has no line with the entry's index.")
    hashes = [_unbase64(line) for line in lines[2:]]
    if any(len(each) != 32 for each in hashes):
        raise Failed("A hash in the receipt is not 32 bytes long.")
    return Receipt(_number(lines[1].removeprefix("index ")), hashes, checkpoint, extra)


def _leaf_of(extra: dict[str, Any]) -> bytes:
    if not isinstance(extra.get("leaf"), str):
        raise CannotTell("The receipt does not hold the act itself. Name its file with --leaf.")
    return str(extra["leaf"]).encode("utf-8", "surrogatepass")


def _content(leaf: bytes, openings: Any) -> Iterator[str]:
    """The act in lines, each opening held against its commitment."""
    opened = {}
    for each in openings if isinstance(openings, list) else [openings]:
        if not isinstance(each, dict) or not {"name", "salt", "value"} <= each.keys():
            raise Failed("An opening in the receipt lacks its name, its salt or its value.")
        opened[str(each["name"])] = each
    content = _object(leaf, "the act")
    if canonical(content) != leaf:
        raise Failed("The act is not in canonical form, so that it could be read in two ways.")
    if content.keys() == {"commitment"}:
        yield "The act is restricted: the log shows only a commitment to it."
        if not opened:
            yield "The receipt does not open it."
            return
        content = _whole_act(opened, content["commitment"])
        yield "The receipt opens it, and what it opens is what was committed to:"
    values: dict[str, Any] = {}
    committed = content.get("personal", {})
    if not isinstance(committed, dict):
        raise Failed("The act's commitments have no names.")
    for name, opening in opened.items():
        if name not in committed:
            raise Failed(f"The receipt opens '{name}', but the act holds no commitment of that name.")
        _check_opening(opening, committed[name], values)
    for name, value in content.items():
        if name != "personal":
            yield f"  {name}: {_shown(value)}"
    for name in committed:
        shown = _shown(values[name]) if name in values else "(not opened here, or erased)"
        yield f"  {name}: {shown}"


def _whole_act(opened: dict[str, Any], commitment: Any) -> dict[str, Any]:
    if "leaf" not in opened:
        raise Failed("The receipt opens parts of a restricted act, but not the act itself.")
    whole: dict[str, Any] = {}
    _check_opening(opened.pop("leaf"), commitment, whole)
    return _object(canonical(whole["leaf"]), "the opened act")


def _check_opening(opening: dict[str, Any], commitment: Any, into: dict[str, Any]) -> None:
    try:
        salt = bytes.fromhex(str(opening["salt"]))
    except ValueError as error:
        raise Failed("A salt in the receipt is not hexadecimal.") from error
    made = sha256(COMMITMENT_PREFIX + salt + canonical(opening["value"])).hexdigest()
    if len(salt) != 32 or made != commitment:
        raise Failed(f"What the receipt gives as '{opening['name']}' is not what was committed to.")
    into[str(opening["name"])] = opening["value"]


def _shown(value: Any) -> str:
    """A value on one line; control and direction characters are escaped, so that none can mislead."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


# A log -------------------------------------------------------------------------------------------


def check_log(log: str, keys: Sequence[Key], *, older: str = "") -> Iterator[str]:
    """1. The head's signature; 2. entries against tiles; 3. tiles against the head; 4. an older head."""
    if not keys:
        keys = parse_keys(_need(log, "vkey"))
        yield "The key was taken from the log itself: keep it, and name it with --vkey the next time."
    head = open_checkpoint(_need(log, "checkpoint"), keys)
    yield f"The head of {head.origin} with {head.size:,} entries is signed by its key."
    hashes = [leaf_hash(entry) for entry in read_entries(log, head.size)]
    yield f"All {head.size:,} entries are there."
    count = _check_tiles(log, hashes)
    yield f"All {count:,} tiles hold the hashes of these entries."
    if tree_root(hashes) != head.root:
        raise Failed("The entries do not give the root that the log signed.")
    yield "The entries give the root that the log signed."
    if older:
        before = open_checkpoint(fetch(older), keys)
        yield _check_growth(before, head, hashes)


def read_entries(log: str, size: int) -> Iterator[bytes]:
    """Every entry of a log, in order."""
    for path, width in _tile_paths("entries", size):
        entries = unbundle(_need(log, path))
        if len(entries) != width:
            raise Failed(f"{path} holds {len(entries)} entries, not {width}.")
        yield from entries


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a bundle, each after its length in two bytes."""
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise Failed("A bundle of entries is cut off.")
        entries.append(data[at + 2 : end])
        at = end
    return entries


def _check_tiles(log: str, hashes: list[bytes]) -> int:
    """Hold each tile against hashes computed here; a level's hash covers 256 of the level below."""
    level, count = 0, 0
    while hashes:
        for number, (path, width) in enumerate(_tile_paths(str(level), len(hashes))):
            if _need(log, path) != b"".join(hashes[number * 256 : number * 256 + width]):
                raise Failed(f"{path} does not hold the hashes of the entries it covers.")
            count += 1
        full = len(hashes) // 256
        hashes = [tree_root(hashes[i * 256 : (i + 1) * 256]) for i in range(full)]
        level += 1
    return count


def _check_growth(before: Head, head: Head, hashes: list[bytes]) -> str:
    if before.origin != head.origin:
        raise Failed(f"The older head is of another log, {before.origin}.")
    if before.size > head.size:
        raise Failed(
            f"The older head has {before.size:,} entries, this one {head.size:,}: some were removed."
        )
    if tree_root(hashes[: before.size]) != before.root:
        raise Failed("The older head has another root for the same entries: the past was changed.")
    return f"The log begins with the {before.size:,} entries of the older head, unchanged."


def _tile_paths(level: str, size: int) -> Iterator[tuple[str, int]]:
    for number in range((size + 255) // 256):
        width = min(256, size - number * 256)
        groups = [f"{number % 1000:03}"]
        rest = number // 1000
        while rest:
            groups.append(f"x{rest % 1000:03}")
            rest //= 1000
        partial = "" if width == 256 else f".p/{width}"
        yield f"tile/{level}/{'/'.join(reversed(groups))}{partial}", width


# Keys and checkpoints ----------------------------------------------------------------------------


def read_keys(given: str) -> list[Key]:
    """Keys from a verifier key, a file of them (one a line), or the address of such a file."""
    if given.count("+") >= 2 and "\n" not in given and not _is_address(given) and not Path(given).exists():
        return [parse_key(given)]
    return parse_keys(fetch(given))


def parse_keys(data: bytes) -> list[Key]:
    """Verifier keys, one a line."""
    return [parse_key(line) for line in _text(data).splitlines() if line.strip()]


def parse_key(vkey: str) -> Key:
    """A verifier key (C2SP signed-note): name, id and key with plus signs between them."""
    parts = vkey.strip().split("+", 2)
    raw = _unbase64(parts[2]) if len(parts) == 3 else b""
    if len(raw) != 33 or raw[0] != 1:
        raise CannotTell(f"This is not an Ed25519 verifier key: {_shown(vkey[:100])}")
    key_id = sha256(parts[0].encode() + b"\n" + raw).digest()[:4]
    if key_id.hex() != parts[1]:
        raise CannotTell(f"The key of {_shown(parts[0])} was mistyped: it does not fit its own id.")
    return Key(parts[0], key_id, raw[1:])


def open_checkpoint(note: bytes, keys: Iterable[Key]) -> Head:
    """The head that a known key of the log signed (C2SP signed-note and tlog-checkpoint)."""
    text, gap, signatures = _text(note).rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")
    if not gap or len(lines) < 4 or not signatures.endswith("\n"):
        raise Failed("The checkpoint is not a signed note, or it was cut off.")
    head = Head(lines[0], _number(lines[1]), _unbase64(lines[2]))
    for key in keys:
        if key.name == head.origin and _signed(text, signatures, key):
            return head
    raise Failed(
        f"The checkpoint of {_shown(head.origin)} is not signed by a key that was named. "
        "If the group has changed its key, name the former and the present one."
    )


def _signed(text: str, signatures: str, key: Key) -> bool:
    for line in signatures[:-1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            raise Failed("The checkpoint has a line that is not a signature.")
        raw = _unbase64(parts[2])
        if parts[1] != key.name or raw[:4] != key.key_id:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], text.encode())
        except InvalidSignature as error:
            raise Failed(f"The signature of {_shown(key.name)} does not fit the checkpoint.") from error
        return True
    return False


# The tree (RFC 6962) and canonical JSON (RFC 8785); tests hold these equal to the product's own ---


def leaf_hash(entry: bytes) -> bytes:
    """The hash under which an entry stands in the tree."""
    return sha256(b"\x00" + entry).digest()


def node_hash(start: bytes, end: bytes) -> bytes:
    """The hash of two neighbouring subtrees."""
    return sha256(b"\x01" + start + end).digest()


def tree_root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes: pairs are joined level by level, an odd last one moves up as it is."""
    if not hashes:
        return sha256(b"").digest()
    while len(hashes) > 1:
        joined = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes) - 1, 2)]
        hashes = joined + list(hashes[len(joined) * 2 :])
    return hashes[0]


def includes(root: bytes, size: int, leaf: bytes, index: int, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows `leaf` at `index` under `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    number, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = node_hash(sibling, found)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and found == root


def canonical(value: Any) -> bytes:
    """Canonical JSON without fractions."""
    try:
        return _written(value).encode()
    except UnicodeEncodeError as error:
        raise Failed("A text in the receipt holds half of a character.") from error


def _written(value: Any) -> str:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_written(key)}:{_written(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_written(each) for each in value) + "]"
    if isinstance(value, float):
        raise Failed("The receipt holds a number with a fraction, which the record never does.")
    return json.dumps(value, ensure_ascii=False)


# Reading -----------------------------------------------------------------------------------------


def fetch(source: str) -> bytes:
    """The bytes of a file or of a web address."""
    try:
        if not _is_address(source):
            return Path(source).read_bytes()
        asked = urllib.request.Request(source, headers={"Accept-Encoding": "identity"})  # noqa: S310
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
            data = bytes(answer.read(LARGEST_FILE + 1))
    except urllib.error.HTTPError as error:
        error.close()
        raise CannotTell(f"{source} answered {error.code}.") from error
    except (OSError, ValueError) as error:
        raise CannotTell(f"{source} could not be read: {error}") from error
    if len(data) > LARGEST_FILE:
        raise CannotTell(f"{source} is larger than any file of a record.")
    return data


def _need(log: str, path: str) -> bytes:
    """A file that the log must have: a tile that is missing is the log's fault, not the line's."""
    source = f"{log}/{path}" if _is_address(log) else str(Path(log, path))
    try:
        return fetch(source)
    except CannotTell as error:
        cause = error.__cause__
        gone = getattr(cause, "code", None) == 404 or isinstance(cause, FileNotFoundError)
        if gone and path.startswith("tile/"):
            raise Failed(f"The log does not have {path}, which its head needs.") from error
        if gone and _is_address(log) and (record := _record_near(log)) != log:
            raise CannotTell(
                f"There is no record at {log}. A record's address ends with /record: {record}"
            ) from error
        raise


def _record_near(page: str) -> str:
    """The address of the record of the group to which a page belongs; the group stands first, after a language."""
    parts = urllib.parse.urlsplit(page)
    names = [name for name in parts.path.split("/") if name]
    group = names[1:2] if names[:1] and names[0] in LANGUAGES else names[:1]
    return f"{parts.scheme}://{parts.netloc}/{'/'.join(group or ['GROUP'])}/record"


def _receipt_bytes(what: str) -> bytes | None:
    """The receipt, if this names one and not a log."""
    if _is_address(what):
        if not urllib.parse.urlsplit(what).path.endswith(".tlog-proof"):
            return None
        return fetch(what)
    return None if Path(what).is_dir() else fetch(what)


def _is_address(source: str) -> bool:
    return source.startswith(("https://", "http://"))


def _object(data: bytes, what: str) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Failed(f"JSON was expected in {what}.") from error
    if not isinstance(value, dict):
        raise Failed(f"An object was expected in {what}.")
    return value


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Failed("The file holds bytes that are not text.") from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or str(int(text)) != text:
        raise Failed(f"A whole number was expected, not {_shown(text[:40])!r}.")
    return int(text)


def _unbase64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Failed("A part is not base64.") from error
    if base64.b64encode(raw).decode() != text:
        raise Failed("A part is not base64 in its one canonical form.")
    return raw


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", metavar="FILE|URL", help="a receipt, or a record's address or folder")
    parser.add_argument("--vkey", action="append", default=[], metavar="KEY", help="the log's key, or keys")
    parser.add_argument("--older", default="", metavar="FILE", help="a checkpoint kept from earlier")
    parser.add_argument("--leaf", default="", metavar="FILE", help="the act, for a receipt without it")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
