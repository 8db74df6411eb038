"""The register of decisions, now or as of a day: which were in force, what took their place, what is to be done.

REGISTER.view(request, as_of(rows, asked), read=reading(viewer, asked))
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.enact.actor import Viewer
from onevoice.enact.subjects import key_of
from onevoice.groups.days import Asked
from onevoice.languages.partial import PartialDate
from onevoice.look.cells import html
from onevoice.look.columns import ByWord
from onevoice.look.derived import holding
from onevoice.look.lists import Choice, Column, Day, Listing, Words
from onevoice.look.templatetags.look import state

from . import lasting_wording as words
from . import visible, wording
from .lists import bodies, how, number_shown, numbered, place_of, place_shown, titled, years
from .models import Decision, FollowUp, Visibility


def as_of(rows: QuerySet[Decision], asked: Asked) -> QuerySet[Decision]:
    """Each with how it stood at the end of the day asked about: what the database filters and orders by."""
    day = str(asked.shown_day)
    superseded = Q(superseded_by__isnull=False, superseded_written__lte=day)
    awaited = Q(awaits_effect=True) | Q(effective_at__gt=asked.at)
    stood = Case(
        When(superseded, then=Value("superseded")),
        When(awaited, then=Value("awaited")),
        default=Value("in force"),
        output_field=CharField(),
    )
    return rows.annotate(stood=stood)


def reading(viewer: Viewer, asked: Asked) -> Callable[[list[Any]], list[Any]]:
    """What the rows of one page need besides, for all of them at once: a fixed number of queries."""

    def read(found: list[Any]) -> list[Any]:
        if not found:
            return []
        by = {one.superseded_by_id for one in found if one.stood == "superseded"}
        others = {one.pk: one for one in visible.decisions(viewer).filter(pk__in=by)}
        reviewed = {one.decision_id: one for one in visible.reviews_of(found, at=asked.at)}
        inside = viewer.is_in(found[0].group_id)
        owed = _by_decision(visible.follow_ups(viewer).filter(decision__in=found)) if inside else {}
        hidden = _not_public(found, asked) if inside else set()
        for one in found:
            one.other = others.get(one.superseded_by_id) if one.stood == "superseded" else None
            one.reviewed, one.owed, one.was_hidden = (
                reviewed.get(one.pk),
                owed.get(one.pk, []),
                one.pk in hidden,
            )
            one.asked_at = asked.at
        return found

    return read


def _by_decision(rows: Sequence[FollowUp] | QuerySet[FollowUp]) -> dict[int, list[FollowUp]]:
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for one in rows:
        found[one.decision_id].append(one)
    return found


def _not_public(found: list[Decision], asked: Asked) -> set[int]:
    """Those that were not public at the instant asked: the first act after it says what was before."""
    hidden = {one.pk for one in found if one.visibility != Visibility.PUBLIC}
    if asked.day is None:
        return hidden
    keys = {key_of(one): one.pk for one in found}
    for act in reversed(visible.shown_and_hidden_after(list(keys), at=asked.at)):
        (hidden.add if act.act == "decisions.publish_decision" else hidden.discard)(keys[act.subject])
    return hidden


def _title_shown(row: Any) -> SafeString:
    link = format_html('<a class="title" href="{}">{}</a>', row.get_absolute_url(), html(row.title))
    return format_html("{} {}", link, state("waiting", wording.not_public_yet)) if row.was_hidden else link


def _standing_shown(row: Any) -> SafeString:
    mark = state(words.STANDING_MARKS[row.stood], words.STANDING[row.stood])
    if row.other is None:
        return SafeString(mark)
    return format_html(
        '{} <a href="{}"><bdi>{}</bdi></a>', mark, row.other.get_absolute_url(), row.other.number or row.other
    )


def _review_due(row: Any) -> Any:
    return PartialDate(row.reviewed.due_written) if row.reviewed and row.reviewed.due_written else None


def _review_found(row: Any) -> Any:
    return words.FOUND[row.reviewed.found] if row.reviewed and row.reviewed.found else ""


def _followed(row: Any) -> str:
    """How many follow-ups are open, as they stood when asked, and how many of them are overdue."""
    if not row.owed:
        return ""
    open_ = [one for one in row.owed if one.is_open]
    late = sum(one.due_at is not None and one.due_at <= row.asked_at for one in open_)
    if not open_:
        return str(words.all_closed)
    say = words.how_many_overdue if late else words.how_many_open
    return str(say).format(open=len(open_), all=len(row.owed), overdue=late)


REGISTER = Listing(
    name="decisions",
    label=_("Decisions"),
    columns=(
        numbered(number_shown),
        Column(
            "date",
            _("Date"),
            lambda d: PartialDate(d.adopted_written),
            sort=("adopted_written", "adopted_at"),
        ),
        titled(_("Decision"), _title_shown),
        Column("body", _("Body"), lambda d: d.body.names, sort=("body__order", "adopted_written")),
        Column("how", _("How"), how),
        Column(
            "standing",
            _("Status"),
            lambda d: words.STANDING[d.stood],
            sort=ByWord("stood", words.STANDING),
            show=_standing_shown,
        ),
        Column("superseded", _("Superseded by"), lambda d: str(d.other) if d.other else "", only_file=True),
        Column("review", _("To be reviewed by"), _review_due),
        Column("found", _("What the review found"), _review_found, only_file=True),
        Column("where", _("Taken at"), place_of, show=place_shown),
        Column("count", _("How many"), lambda d: d.count, only_file=True),
        Column("hash", _("SHA-256 of the text"), lambda d: d.text_hash, only_file=True),
    ),
    sort="-date",
    filters=(
        Words("q", _("Words"), holding),
        Choice("year", _("Year"), years, lambda rows, year: rows.filter(adopted_written__startswith=year)),
        Choice("body", _("Body"), bodies, lambda rows, body: rows.filter(body__slug=body)),
        Choice(
            "standing",
            _("Status"),
            tuple(words.STANDING.items()),
            lambda rows, standing: rows.filter(stood=standing),
        ),
        Day("as-of", _("As of"), lambda rows, day: rows.filter(adopted_written__lte=day.isoformat())),
    ),
    keep=(),
    note=_("The newest first"),
    empty=_("No decision is public yet."),
)
FOLLOWED = Column("follow-up", _("Follow-up"), _followed)
REGISTER_OF_THE_GROUP = replace(REGISTER, columns=(*REGISTER.columns[:8], FOLLOWED, *REGISTER.columns[8:]))


def register_for(viewer: Viewer, group: int) -> Listing:
    """What is to be done after decisions is for the group."""
    return REGISTER_OF_THE_GROUP if viewer.is_in(group) else REGISTER
