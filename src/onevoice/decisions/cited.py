"""Which decisions a membership or an office can cite: 'By which decision'. Groups ask; this room answers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from onevoice.enact.subjects import key_of
from onevoice.groups.models import Body
from onevoice.groups.steps import offers_decisions
from onevoice.languages.bidi import shown
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language
from onevoice.languages.words import plain

MOST = 500  # a list that somebody can still choose from


@offers_decisions
def decisions_to_cite(body: Body) -> list[tuple[str, str]]:
    """The body's decisions, the newest first, by number (without one, by date) and title; one query."""
    code = active_language().code
    rows = body.decisions.select_related("group")[:MOST]
    return [
        (
            key_of(one),
            _("{number}: {title}").format(
                number=one.number or PartialDate(one.adopted_written).shown(code),
                title=shown(plain(one.title, code)),
            ),
        )
        for one in rows
    ]
