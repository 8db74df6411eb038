"""Steps that acts share: who is present, whether that is a quorum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onevoice.groups.standing import members_now
from onevoice.parties.models import Organisation

from .models import Meeting, Part


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who of the members in force is present, and how many the body's rule asks for (None: no rule)."""

    members: list[Organisation]
    present: list[Organisation]
    needed: int | None

    @property
    def reached(self) -> bool:
        return bool(self.present) and len(self.present) >= (self.needed or 0)


def quorum(meeting: Meeting, *, at: datetime) -> Quorum:
    """The quorum of a meeting of a body at an instant; three queries."""
    members = members_now(meeting.body, at=at)
    here = set(
        meeting.participations.filter(part=Part.PRESENT, organisation__isnull=False).values_list(
            "organisation", flat=True
        )
    )
    present = [organisation for organisation in members if organisation.pk in here]
    return Quorum(members, present, meeting.body.quorum_of(len(members)))
