"""Where the private keys of logs lie: one folder (KEYS_FOLDER), one file a key, readable by its owner alone.

The file is written when a log is opened or its key changed, and read by the sequencer only.
"""

import os
import re
import stat
from pathlib import Path

from django.conf import settings

from onevoice.record.notes import Signer, Verifier


class KeyUnusable(Exception):
    """A log's private key is not there, or not safe; says which file and what to do."""


def create(group: str, origin: str) -> Verifier:
    """Make a key for a group's log and keep its private half; give the public one."""
    if not re.fullmatch(r"[a-z0-9-]{1,60}", group):
        raise ValueError(f"A group's key is small letters, digits and hyphens: {group!r}.")
    signer = Signer.generate(origin)
    folder = Path(settings.KEYS_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(_file(group, signer.verifier), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(signer.skey + "\n")
        file.flush()
        os.fsync(file.fileno())
    _sync(folder)
    return signer.verifier


def remove(group: str, verifier: Verifier) -> None:
    """Take away a key of which no log knows, since what would have opened the log was undone."""
    _file(group, verifier).unlink(missing_ok=True)


def signer(group: str, verifier: Verifier) -> Signer:
    """The private half of a log's key."""
    file = _file(group, verifier)
    try:
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise KeyUnusable(
                f"Others than its owner can read {file}: run 'chmod 600' on it, or change the key."
            )
        return Signer.parse(file.read_text().strip())
    except OSError as error:
        raise KeyUnusable(
            f"The private key {file} of the record of {group} cannot be read ({error.strerror}): "
            "restore it from its backup, or change the key."
        ) from error


def _file(group: str, verifier: Verifier) -> Path:
    return Path(settings.KEYS_FOLDER) / f"{group}-{verifier.key_id.hex()}.key"


def _sync(folder: Path) -> None:
    """The file's name is on disk too, before any head is signed with it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
