"""`./onevoice group create`: a group with its first body, secretariat and officer; the rest happens on pages."""

from __future__ import annotations

import argparse
import re
from typing import Any
from zoneinfo import available_timezones

from onevoice.operations.environment import Stop

FOUND = "groups.found_group"
# First parts of addresses that are the house's own.
RESERVED = frozenset(
    ("fr", "es", "ar", "ru", "zh", "look", "accounts", "api", "desk", "docs", "accessibility", "privacy")
    + ("healthz", "static", "demonstration", "sitemap")
)

MOST_WORDS = 1000  # of a text in one language, as record files keep it


def command(words: list[str]) -> int | None:
    """Make a group and print the link by which its first officer makes an account."""
    asked = parser().parse_args(words)
    link = found(asked)
    print(
        f"The group {asked.acronym} is made. Its first officer makes an account by this link, valid 14 days:\n  {link}"
    )
    return None


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    top = argparse.ArgumentParser(prog="onevoice group")
    create = top.add_subparsers(metavar="COMMAND", required=True).add_parser("create", help="make a group")
    create.add_argument("slug", help="its name in addresses, as icat")
    create.add_argument("--acronym", required=True)
    create.add_argument("--name", required=True, help="in English; other languages on its page")
    create.add_argument("--seat", required=True, help="the place, as Vienna")
    create.add_argument("--zone", required=True, help="the seat's time zone, as Europe/Vienna")
    create.add_argument(
        "--origin", required=True, help="the name of its record for ever, as record.example.org/icat"
    )
    create.add_argument(
        "--organisation", required=True, help="acronym of the organisation that is its secretariat"
    )
    create.add_argument("--organisation-name", required=True)
    create.add_argument("--officer", required=True, help="name of its first officer")
    create.add_argument("--email", required=True, help="where the officer's invitation goes")
    return top


def check(asked: argparse.Namespace) -> None:
    """All that would be refused, told before anything is written: one sentence."""
    from onevoice.groups.models import Group
    from onevoice.languages.slugs import slug
    from onevoice.record.append import why_not_origin

    field: Any = Group._meta.get_field("slug")
    limit: int = field.max_length
    if (
        asked.slug in RESERVED
        or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", asked.slug)
        or len(asked.slug) > limit
    ):
        raise Stop(
            f"{asked.slug!r} cannot be a group's name in addresses: "
            f"take small letters, digits and hyphens, at most {limit}."
        )
    if Group.objects.filter(slug=asked.slug).exists():
        raise Stop(f"There is a group {asked.slug!r} already: choose another name for addresses.")
    if asked.zone not in available_timezones():
        raise Stop(f"There is no time zone {asked.zone!r}: write it as Europe/Vienna.")
    for option, most in limits().items():
        check_text(option, getattr(asked, option.replace("-", "_")), most)
    if not slug(asked.organisation, ""):
        raise Stop(f"--organisation: {asked.organisation!r} has no letter or digit for an address.")
    check_email(asked.email)
    if said := why_not_origin(asked.slug, asked.origin):
        raise Stop(said)


def limits() -> dict[str, int]:
    """The most characters of each option: the fields' own, and for texts in languages a record file's."""
    from onevoice.groups.models import Group
    from onevoice.parties.models import Account, Person

    fields: dict[str, Any] = {
        "acronym": Group._meta.get_field("acronym"),
        "officer": Person._meta.get_field("name"),
        "email": Account._meta.get_field("email"),
    }
    words = dict.fromkeys(("name", "seat", "organisation", "organisation-name"), MOST_WORDS)
    return {option: field.max_length for option, field in fields.items()} | words


def check_text(option: str, value: str, most: int) -> None:
    """A line that can be read and kept."""
    if not value.strip():
        raise Stop(f"--{option} is empty: nothing was made.")
    if not value.isprintable():
        raise Stop(f"--{option} holds a character that cannot be kept: write it on one line.")
    if len(value) > most:
        raise Stop(f"--{option} has {len(value):,} characters; at most {most:,} are kept.")


def check_email(address: str) -> None:
    """Where the invitation goes."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(address.strip())
    except ValidationError as error:
        raise Stop(f"--email: {address!r} is no address for mail.") from error


def found(asked: argparse.Namespace) -> str:
    """All of it in one transaction, with one entry, the first of the group's record."""
    from onevoice.enact.actor import OPERATOR
    from onevoice.enact.batch import remember
    from onevoice.enact.perform import database_clock
    from onevoice.enact.subjects import key_of
    from onevoice.groups.models import Body, Capacity, Group, Membership, Office, OfficeHolding, OfficeKind
    from onevoice.groups.steps import appoint, period, today
    from onevoice.parties.accounts.invitations import link_of, open_invitation, person_at
    from onevoice.record.append import ToRecord, keys_in_transaction, open_log

    check(asked)
    with keys_in_transaction():
        now = database_clock()
        group = Group.objects.create(
            slug=asked.slug, acronym=asked.acronym, names={"en": asked.name}, seat={"en": asked.seat}, zone=asked.zone,
            languages=["en", "fr", "es", "ar", "ru", "zh"],
        )  # fmt: skip
        open_log(group.slug, asked.origin)
        organisation = organisation_called(asked.organisation, asked.organisation_name)
        body = Body.objects.create(
            group=group, slug="members", names={"en": "Members"}, decision_pattern="D/{year}/{number}"
        )
        held: dict[str, Any] = {
            "organisation": organisation,
            "claimed_by": "operator",
            **period(group, today(group, now)),
        }
        Membership.objects.create(body=body, kind="member", **held)
        office = Office.objects.create(body=body, kind=OfficeKind.SECRETARIAT)
        OfficeHolding.objects.create(office=office, **held)
        person = person_at(asked.officer, asked.email, by="operator")
        appoint(group, organisation, person, Capacity.FOCAL_POINT, at=now, by="operator")
        entry = ToRecord(
            group=group.slug, act=FOUND, subject=key_of(group), by=OPERATOR.key, for_="", received_at=now,
            effective_at=now, facts={"name": asked.name, "zone": asked.zone, "secretariat": organisation.slug},
        )  # fmt: skip
        remember(FOUND, [entry], actor=OPERATOR)
        invitation = open_invitation(person)
        return link_of(invitation, now=now) if invitation else "(the officer has an account already)"


def organisation_called(acronym: str, name: str) -> Any:
    """The organisation with this acronym as its address, or a new one with this name."""
    from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

    from onevoice.languages.slugs import slug
    from onevoice.parties.models import Organisation, OrganisationKind, OrganisationName

    organisation, made = Organisation.objects.get_or_create(
        slug=slug(acronym), defaults={"kind": OrganisationKind.UN}
    )
    if made:
        OrganisationName.objects.create(
            organisation=organisation, names={"en": name}, acronyms={"en": acronym},
            period=DateTimeTZRange(None, None), claimed_by="operator",
        )  # fmt: skip
    return organisation
