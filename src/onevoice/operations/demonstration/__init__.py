"""What `./onevoice demo` begins with: the States, ICAT's public record, and a group to act in.

`icat.yaml` is the group's real record, converted once from its sources; `icat-demonstration.yaml` is invented and
says so. Both come in through the product's own import. The persons of the second are roles, each with an account
under example.org that nobody can sign in to by a password.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
GROUPS: Final = ("icat", "icat-demonstration")
LIVE: Final = "icat-demonstration"
# Origins of the logs are fixed for ever, whatever host or port serves them.
ORIGIN: Final = "demonstration.example.org/{}"


def load(progress: Callable[[str], object]) -> None:
    """Load what is not there yet; a group that is there stays as people have left it. `progress` gets each result."""
    from onevoice.groups.models import Group
    from onevoice.operations.demonstration import clock, silence
    from onevoice.operations.demonstration.admissions import admit
    from onevoice.operations.demonstration.live import bring_to_life, does
    from onevoice.parties.reference import load_states

    clock.install()
    states = load_states()
    loaded = [f"{states} States"] if states else []
    for slug in GROUPS:
        if told := _bring_in(slug):
            loaded.append(told.partition(";")[0])
            progress(", ".join(loaded))
    if made := _accounts():
        loaded.append(f"{made} accounts")
        progress(", ".join(loaded))
    live = Group.objects.get(slug=LIVE)
    silence.past(live, does)
    bring_to_life(live)
    admit(live)
    silence.of_minutes(live, does)
    progress(", ".join(loaded) or "there already")


def _bring_in(slug: str) -> str:
    """One file as one act with its log, so that a start that was killed leaves all of it or nothing; empty if there."""
    from onevoice.groups.models import Group
    from onevoice.operations.imports import import_file

    if Group.objects.filter(slug=slug).exists():
        return ""
    name = f"{slug}.yaml"
    return import_file((FOLDER / name).read_bytes(), name, origin=ORIGIN.format(slug))


def _accounts() -> int:
    """An account for each role that has none."""
    from onevoice.parties.models import Account, Person

    without = Person.objects.filter(
        role_only=True, account__isnull=True, appointments__group__slug=LIVE
    ).distinct()
    accounts = [Account(person=person, email=address(person.slug)) for person in without]
    for account in accounts:
        account.set_unusable_password()
    Account.objects.bulk_create(accounts)
    return len(accounts)


def address(role: str) -> str:
    """Where a role's mail would go: nowhere, example.org is reserved for such addresses."""
    return f"{role}@example.org"
