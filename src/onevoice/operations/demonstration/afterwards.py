"""What the demonstration shows of a decision afterwards: follow-ups in three states, a review that is near, and one
decision in whose place another came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from onevoice.decisions.acts.follow_up import AddFollowUp, CompleteFollowUp, ReportProgress
from onevoice.decisions.acts.lasting import SetReviewDate, SupersedeDecision
from onevoice.decisions.models import Decision, Proposal
from onevoice.meetings.acts.room import CallForObjections, DeclareAdopted, ProposeText
from onevoice.meetings.models import Meeting

OFFICER: Final = "secretariat-officer-unodc"
CHAIR, PROPOSER, OWNER = "focal-point-iom", "focal-point-unicef", "focal-point-osce"
BEFORE_TITLE: Final = "Decisions by mail until rules are in force"
BEFORE_TEXT: Final = """Until rules of procedure are in force, the secretariat sends texts by mail.

The members answer within a week."""

Does = Callable[..., Any]


def adopted_before(meeting: Meeting, does: Does) -> Decision:
    """What the Principals adopt in the same meeting as their rules, and what gives way later."""
    made = does(
        PROPOSER, ProposeText, meeting.agenda.get(number="1"), "proposes mail", title=BEFORE_TITLE,
        text=BEFORE_TEXT, public="on",
    )  # fmt: skip
    does(CHAIR, CallForObjections, made, "calls on mail")
    does(CHAIR, DeclareAdopted, Proposal.objects.get(pk=made.pk), "adopts mail")
    return Decision.objects.get(proposal=made.pk)


def follow(rules: Decision, does: Does, *, now: datetime) -> None:
    """What is to be done after the decision on rules, and when it is reviewed."""
    day = now.date()
    published, told, _later = (
        does(CHAIR, AddFollowUp, rules, f"adds {number}", **what)
        for number, what in enumerate(
            (
                {"what": "Put the rules on the Group's site, in the six languages.", "office": "coordinator",
                 "until": (day + timedelta(days=5)).isoformat()},
                {"what": "Tell the field offices by when they answer a text under silence.",
                 "organisation": "osce", "until": (day - timedelta(days=2)).isoformat()},
                {"what": "Report on how often silence was broken, and why.", "office": "co_chair",
                 "until": f"{day.year + 1}"},
            ),
            start=1,
        )
    )  # fmt: skip
    does(
        OFFICER,
        CompleteFollowUp,
        published,
        "completes 1",
        words="They stand under Decisions, with their sources.",
    )
    does(OWNER, ReportProgress, told, "reports on 2", words="Eleven of fourteen offices have been told.")
    near = (day + timedelta(days=20)).isoformat()
    does(OFFICER, SetReviewDate, rules, "sets a review", until=near, why="The Principals asked for it.")


def gives_way(before: Decision, after: Decision, does: Does) -> None:
    """The decision of before is superseded by the one on rules."""
    why = "Rules of procedure are in force."
    does(CHAIR, SupersedeDecision, before, "supersedes mail", decision=str(after.pk), why=why)
