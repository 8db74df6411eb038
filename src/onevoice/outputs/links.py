"""What this room tells the rooms below that show outputs without knowing them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onevoice.enact.actor import Viewer
from onevoice.groups.models import Group
from onevoice.groups.traces import Trace, traces
from onevoice.mandates.answers import answering
from onevoice.meetings.beside import Block, Line, stands_beside
from onevoice.meetings.models import Meeting
from onevoice.parties.models import Organisation

from . import shapes, visible, wording

answering(
    "outputs", _("Output"), visible.outputs,
    title=lambda output: output.title or {"en": wording.untitled(output.kind, output.number)},
)  # fmt: skip


@traces("outputs", _("Outputs it contributed to"))
def outputs_of(viewer: Viewer, group: Group, organisation: Organisation) -> Sequence[Trace]:
    """The visible outputs to which an organisation contributed, the newest first; one query."""
    rows = (
        visible.outputs(viewer)
        .filter(group=group, contributors=organisation)
        .order_by("-when_written", "-pk")
    )
    return [
        Trace(
            title=output.title or {"en": wording.untitled(output.kind, output.number)},
            address=output.get_absolute_url(),
            when_written=output.when_written,
            part=wording.series(output.kind, output.number),
        )
        for output in rows
    ]


@stands_beside
def outputs_at_that_time(viewer: Viewer, meeting: Meeting) -> Block | None:
    """The group's outputs as they stood on the day of the meeting; one query."""
    group = meeting.group
    lines = [
        Line(
            output.title,
            output.get_absolute_url(),
            wording.series(output.kind, output.number),
            output.when_written,
        )
        for output in shapes.lines(viewer, group, until=meeting.until_written or meeting.when_written)
    ]
    heading = _("Recent outputs at that time")
    return Block(heading, lines, reverse("outputs:outputs", args=[group.slug]), _("All outputs"))
