"""`./onevoice record keys` and `./onevoice record change-key GROUP`: the keys that sign the groups' records."""

from __future__ import annotations

import argparse

from onevoice.operations.environment import Stop


def command(words: list[str]) -> int | None:
    """Do what the words ask; exit status 1 when a record cannot be signed as things are."""
    asked = parser().parse_args(words)
    if asked.what == "keys":
        return keys()
    change_key(asked.group)
    return None


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    top = argparse.ArgumentParser(prog="onevoice record")
    what = top.add_subparsers(metavar="COMMAND", dest="what", required=True)
    what.add_parser("keys", help="each group's key, and whether its private half is there and safe")
    change = what.add_parser("change-key", help="give a group's record a new key")
    change.add_argument("group", help="the group's name in addresses, as icat")
    return top


def keys() -> int:
    """A line for each group; 1 when one of them cannot sign."""
    from onevoice.record.keys import KeyUnusable, signer
    from onevoice.record.models import LogKey
    from onevoice.record.notes import Verifier

    missing = 0
    for key in LogKey.objects.order_by("group", "-number").distinct("group"):
        try:
            signer(key.group, Verifier.parse(key.vkey))
            says = "its private half is there"
        except KeyUnusable as error:
            missing, says = 1, str(error)
        print(
            f"{key.group}  {key.vkey}\n  key {key.number + 1}, since {key.since:%Y-%m-%d %H:%M} UTC: {says}"
        )
    return missing


def change_key(group: str) -> None:
    """Make the key, record the change, say what to do with the former one."""
    from onevoice.record.append import NoLog
    from onevoice.record.append import change_key as changed

    try:
        key = changed(group)
    except NoLog as error:
        raise Stop(f"There is no group {group!r} with a record.") from error
    print(
        f"The record of {group} has a new key:\n  {key.vkey}\n"
        "The next head is signed by both keys, the following ones by the new key alone. "
        "Back the keys' folder up now; when a head signed by both is published, remove the former private file."
    )
