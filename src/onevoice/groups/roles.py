"""The ways of being allowed that acts declare: by office, by capacity, by membership of the subject's body."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Who
from onevoice.enact.actor import Actor

from .models import Body, Capacity, OfficeKind

SPEAKS = frozenset({Capacity.PRINCIPAL, Capacity.FOCAL_POINT, Capacity.ALTERNATE})


def _in_group(actor: Actor, subject: Any) -> bool:
    group = getattr(subject, "group_id", None) or getattr(getattr(subject, "group", subject), "pk", None)
    return actor.kind == "person" and actor.group == group


def _officer(*kinds: str) -> Any:
    """In the body of the subject or in one over it; for what is the whole group's, in the body at the root."""

    def allows(actor: Actor, subject: Any) -> bool:
        body = subject.pk if isinstance(subject, Body) else getattr(subject, "body_id", None)
        held = actor.offices.get(body, frozenset()) if body else actor.group_offices
        return _in_group(actor, subject) and actor.capacity in SPEAKS and bool(held.intersection(kinds))

    return allows


def _member(actor: Actor, subject: Any) -> bool:
    body = subject.pk if isinstance(subject, Body) else getattr(subject, "body_id", None)
    return _in_group(actor, subject) and actor.capacity in SPEAKS and actor.bodies.get(body) == "member"


def _own(actor: Actor, subject: Any) -> bool:
    """Whose organisation sits in no body of the group and holds no office there acts for it no longer."""
    stands = bool(actor.organisation) and bool(actor.bodies or actor.offices)
    return _in_group(actor, subject) and actor.capacity in SPEAKS and stands


SECRETARIAT = Who(
    "secretariat", _("the secretariat"), _officer(OfficeKind.COORDINATOR, OfficeKind.SECRETARIAT)
)
CHAIR = Who("chair", _("a chair or co-chair of the body"), _officer(OfficeKind.CHAIR, OfficeKind.CO_CHAIR))
MEMBER = Who("member", _("a member of the body, through its principal, focal point or alternate"), _member)
ORGANISATION = Who(
    "organisation", _("an organisation in the group for itself, through its focal point or alternate"), _own
)
