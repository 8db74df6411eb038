"""A task force whose members the secretariat has just entered: each finds its membership on its desk, to confirm."""

from __future__ import annotations

from typing import Any

from onevoice.enact.act import Act
from onevoice.enact.perform import Done, Sending, database_clock, perform
from onevoice.groups.acts.house import CreateBody
from onevoice.groups.acts.memberships import AdmitMember
from onevoice.groups.identity import identity_of_person
from onevoice.groups.models import Body, Group
from onevoice.parties.models import Person

NAME = "Task force on online recruitment"
MEMBERS = ("unicef", "ilo", "iom", "interpol")


def admit(group: Group) -> None:
    """Each once, however often the demonstration begins; what people have done since stays."""
    root = group.bodies.get(parent=None)
    _does(CreateBody, group, "task force", name=NAME, parent=root.slug, decision_pattern="TF/{year}/{number}")
    body = Body.objects.filter(group=group, names__en=NAME).first()
    if body is None:  # people may have called it otherwise since
        return
    today = database_clock().astimezone(group.tz).date().isoformat()
    for slug in MEMBERS:
        _does(AdmitMember, body, f"task force: {slug}", organisation=slug, kind="member", since=today)


def _does(act: type[Act], subject: Any, number: str, **inputs: str) -> None:
    """The secretariat's officer performs one act, once."""
    officer = Person.objects.get(slug="secretariat-officer-unodc")
    group = getattr(subject, "group", subject)
    actor = identity_of_person(officer.pk, now=database_clock()).actor_in(group.pk)
    if actor is None:
        raise LookupError(f"{officer.slug} has no appointment in {group}.")
    answer = perform(act, subject, Sending(inputs, f"demonstration: {number}"), actor=actor)
    if not isinstance(answer, Done):
        errors = getattr(getattr(answer, "form", None), "errors", answer)
        raise RuntimeError(f"The demonstration could not perform {act.name}: {errors}")
