"""A text that a meeting did not decide is put before another meeting of the same body."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.decisions.models import Proposal, ProposalState
from onevoice.decisions.steps import settle
from onevoice.decisions.wording import already_settled
from onevoice.enact.act import Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.clock import DatabaseClock
from onevoice.enact.inputs import OneOf
from onevoice.groups.roles import CHAIR, SECRETARIAT
from onevoice.languages.words import plain
from onevoice.meetings import letters, wording
from onevoice.meetings.acts.before_a_meeting import BeforeAMeeting
from onevoice.meetings.models import AgendaItem, MeetingState, ProposedUnder


def other_items(proposal: Proposal) -> QuerySet[AgendaItem]:
    """The items of the body's other meetings that are not over, by the database's clock, nor cancelled."""
    here = proposal.proposed_under.item.meeting_id
    rows = AgendaItem.objects.filter(meeting__body=proposal.body_id, meeting__ends_at__gt=DatabaseClock())
    rows = rows.exclude(meeting=here).exclude(meeting__state=MeetingState.CANCELLED)
    return rows.select_related("meeting").order_by("meeting__starts_at", "order", "pk")


def item_in_words(item: AgendaItem) -> str:
    language, meeting = get_language() or "en", item.meeting
    return str(wording.item_of_meeting).format(
        meeting=plain(meeting.title, language),
        begins=wording.in_words(meeting.starts_at, meeting.zone),
        number=item.number,
        title=plain(item.title, language),
    )


class MoveProposal(BeforeAMeeting):
    """Put a text that is still open before another meeting of its body."""

    by = (CHAIR, SECRETARIAT)
    label = _("Move to another meeting")
    lede = _(
        "The text stays as it is, with the objections made to it. If objections were called for, "
        "they are called for anew in the other meeting."
    )
    done = _("The text is before the other meeting.")
    grave, tells = True, (letters.moved,)
    item = OneOf(_("Agenda item of the other meeting"), other_items, item_in_words)

    @classmethod
    def may(cls, actor: Actor, subject: Proposal, *, now: datetime) -> Refusal | None:
        if subject.state not in (ProposalState.TABLED, ProposalState.CALLED):
            return already_settled(subject)
        return None if other_items(subject).exists() else wording.no_other_meeting

    def happen(self, subject: Any) -> Facts:
        item = self.inputs["item"]
        before = subject.proposed_under.item
        ProposedUnder.objects.filter(proposal=subject).update(item=item)
        settle(subject, ProposalState.TABLED)
        return facts(
            subject,
            number=subject.number,
            text_hash=subject.text_hash,
            before={"meeting": before.meeting, "item": before.number},
            meeting=item.meeting,
            item=item.number,
            also_under=[item],
        )
