"""What of the index a viewer may find."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import CharField, QuerySet, Value

from onevoice.decisions import visible as decisions
from onevoice.decisions.models import Visibility
from onevoice.enact.actor import Viewer
from onevoice.groups.models import Group
from onevoice.meetings import visible as meetings
from onevoice.outputs import visible as outputs

from .models import Passage

# The sets that hold some things for their group alone; of the other rooms everything found is public.
CLOSED = (meetings.meetings, decisions.decisions, decisions.proposals, outputs.outputs)


def visibilities(viewer: Viewer, group: Group) -> tuple[str, ...]:
    """What is public for everybody, the rest for those in the group."""
    return (Visibility.PUBLIC, Visibility.GROUP) if viewer.is_in(group.pk) else (Visibility.PUBLIC,)


def passages(viewer: Viewer, group: Group) -> QuerySet[Passage]:
    """Every answer is read from here."""
    return Passage.objects.filter(group=group, visibility__in=visibilities(viewer, group))


def still_there(viewer: Viewer, group: Group, keys: Collection[str]) -> set[str]:
    """Which of these subjects are in their room's own set now: the index may be seconds behind; one query."""
    slugs = [key.rpartition("/")[2] for key in keys]
    asked, labels = [], set()
    for visible in CLOSED:
        rows = visible(viewer).filter(group=group, slug__in=slugs).order_by()
        labels.add(rows.model._meta.label_lower)
        asked.append(rows.values_list(Value(rows.model._meta.label_lower, CharField()), "slug"))
    found = {f"{label}:{group.slug}/{slug}" for label, slug in asked[0].union(*asked[1:]).order_by()}
    return found | {key for key in keys if key.partition(":")[0] not in labels}
