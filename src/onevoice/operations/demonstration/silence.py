"""What the demonstration has under silence: rules that it adopted, a text that was adopted by them, three that run.

Its past is made by its clock, put to the days on which things happen: a week before the demonstration first starts
the group adopts rules and a calendar; then a text is adopted by silence, one is broken and revised, one runs in
working days, and one for minutes, so that whoever tries OneVoice sees it end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, Final

from onevoice.decisions.acts.ballots import CastVote
from onevoice.decisions.acts.clock import ReviseText
from onevoice.decisions.acts.conditions import AgreeOnCondition
from onevoice.decisions.acts.confirmations import AgreeAdReferendum
from onevoice.decisions.acts.positions import AgreeNow, StatePosition
from onevoice.decisions.acts.proposals import ProposeInWriting
from onevoice.decisions.acts.rules import AdoptCalendar, AdoptRules
from onevoice.decisions.acts.silence import BreakSilence, StartSilence
from onevoice.decisions.closing import close_due
from onevoice.decisions.models import AdoptedCalendar, AdoptedRules, Proposal, ProposalState
from onevoice.enact.clock import database_clock
from onevoice.enact.models import Performed
from onevoice.groups.models import Body, Group
from onevoice.groups.standing import in_force
from onevoice.meetings.acts.convening import ConveneMeeting, RecordParticipation
from onevoice.meetings.acts.room import CallForObjections, DeclareAdopted
from onevoice.meetings.acts.room import ProposeText as ProposeInTheRoom
from onevoice.meetings.models import Meeting
from onevoice.procedure import calendars, loading

from . import afterwards, clock

OFFICER, CHAIR, PROPOSER = "secretariat-officer-unodc", "focal-point-iom", "focal-point-unicef"
BEFORE: Final = 9  # days before the first start on which the past begins
MINUTES: Final = 30
MINUTES_TITLE: Final = "Greeting to those who try OneVoice"
ON_RULES: Final = "Meeting of Principals on procedure"
LAST: Final = "reads in working days"  # the last act of the past

# ICAT's proposal for its Working Group, with an exact end instead of working days, however near.
OF_MINUTES: Final = {
    'title = "ICAT, Working Group, silence (a proposal)"': 'title = "Demonstration, clocks of minutes"',
    "minimum = { working_days = 3 }": 'minimum = "none"',
    'calendar = "vienna"  # the seat\'s': 'calendar = "none"',
    "closing = 17:00:00  # the seat's time": 'closing = "none"',
    "ends_on_day_off = false": "ends_on_day_off = true",
    "each = { working_days = 1 }": "each = { hours = 1 }",
    "total = { working_days = 4 }": "total = { hours = 96 }",
    'restart = "short"\nlength = { hours = 24 }': 'restart = "full"\nlength = "none"',
    "after = { working_days = 5 }": "after = { hours = 120 }",
    "within = { working_days = 10 }": "within = { hours = 240 }",
}
# The same by a vote in writing: two thirds of the votes cast.
OF_VOTES: Final = {
    'title = "Demonstration, clocks of minutes"': 'title = "Demonstration, votes in writing"',
    'mode = "silence"\nballot = "none"\n': 'mode = "ballot"\n',
    "[clock]\n": '[ballot]\nfor_at_least = "2/3"\nof = "cast"\nagainst_at_most = "none"\n'
    "abstentions_count = false\n\n[clock]\n",
    "threshold = 1": 'threshold = "none"',
    'effect = "reopens named paragraphs"': 'effect = "fails"',
    'silence_means = "consent"': 'silence_means = "neither"',
    'restart = "full"': 'restart = "none"',
    'correction = "with notice"': 'correction = "none"',
    "rounds = 2": 'rounds = "none"',
    'then = "next level"': 'then = "none"',
    'form = "written"': 'form = "negative vote"',
}
VOTE_TITLE: Final = "Place of the next meeting of Principals"
VOTE_TEXT = """The Principals meet next year in Nairobi."""
RULES_TEXT = """The Group decides under silence by the rules annexed to this decision, at its working level and among
Principals.

Working days are those of Vienna."""
ADOPTED_TEXT = """The members share, by the end of each quarter, the guidance that they have published on the
recruitment of children on line.

The secretariat lists it on the Group's site."""
BROKEN_TEXT = """The members name, for each year, one person who answers requests of investigators on line.

They answer within one day."""
REVISED_TEXT = """The members name, for each year, one person who answers requests of investigators on line.

They answer within five working days, by the law that governs each request."""
RUNNING_TEXT = """We call on companies that run services for children to design them with the safety of children first.

We call on them to answer a lawful request without delay, and to publish each year what they found.

We will report together, once a year, on what our organisations have done to carry out this text."""
MINUTES_TEXT = """The Group greets everybody who tries OneVoice.

It invites them to object to this text, to put another one, and to see what becomes of it."""

Does = Callable[..., Any]


def past(group: Group, does: Does) -> None:
    """Once, before the demonstration's present: what the group adopted, and what is under silence since some days."""
    if Performed.objects.filter(once=f"demonstration: {LAST}").exists():
        return
    now = database_clock().astimezone(group.tz)
    day = now.date() - timedelta(days=BEFORE)
    day -= timedelta(days=max(0, day.weekday() - 4))  # Principals meet on no Saturday or Sunday
    begins = datetime.combine(day, time(9, 0), tzinfo=group.tz)
    working = Body.objects.get(group=group, slug="working-level")
    clock.put_at(begins)
    decision = _adopts_rules(group, does, begins)
    before = afterwards.adopted_before(Meeting.objects.get(group=group, title__en=ON_RULES), does)
    _enters(group, working, decision, does)
    start = _starting(group, working, does)

    def proposes(at: datetime, number: str, title: str, text: str) -> Proposal:
        clock.put_at(at)
        made = does(
            PROPOSER, ProposeInWriting, working, f"writes {number}", title=title, text=text, public="on"
        )
        return start(made, number)

    quarter = proposes(begins + timedelta(hours=2), "guidance", "Sharing of published guidance", ADOPTED_TEXT)
    clock.put_at(begins + timedelta(hours=5))
    does("focal-point-ilo", AgreeNow, quarter, "agrees to guidance")
    said = {
        "position": "reservation",
        "statement": "Subject to the rules on publications of our organisation.",
    }
    does("focal-point-interpol", StatePosition, quarter, "reserves on guidance", **said)
    if (ends := quarter.procedure.ends_at) < now - timedelta(days=3):  # else it ends with what follows
        clock.put_at(ends + timedelta(seconds=1))
        close_due()
    answers = proposes(
        now - timedelta(days=2, hours=3), "answers", "One person who answers investigators", BROKEN_TEXT
    )
    clock.put_at(now - timedelta(days=1))
    objection = {"reason": "The laws that bind us do not let us answer within one day.", "paragraphs": ["p2"],
                 "wording": "They answer within five working days, by the law that governs each request."}  # fmt: skip
    does("focal-point-osce", BreakSilence, answers, "objects to answers", **objection)
    clock.put_at(now - timedelta(hours=2))
    does(CHAIR, ReviseText, _again(answers), "revises answers", text=REVISED_TEXT)
    safety = proposes(now - timedelta(minutes=80), "safety", "Safety of children by design", RUNNING_TEXT)
    _beside_silence(group, safety, does, now)
    clock.put_at(now - timedelta(minutes=20))
    does("focal-point-ilo", AgreeNow, safety, LAST)
    afterwards.follow(decision, does, now=now)
    afterwards.gives_way(before, decision, does)
    clock.put_at(None)
    close_due()


def _beside_silence(group: Group, safety: Proposal, does: Does, now: datetime) -> None:
    """One agrees ad referendum, one on condition; and Principals vote in writing."""
    clock.put_at(now - timedelta(minutes=70))
    until = {"until_day": (now + timedelta(days=12)).date(), "until_time": time(12, 0)}
    does("focal-point-osce", AgreeAdReferendum, safety, "agrees ad referendum on safety", **until)
    words = {"paragraph": "p2", "words": RUNNING_TEXT.split("\n\n")[1]}
    does("focal-point-ohchr", AgreeOnCondition, _again(safety), "agrees on condition on safety", **words)
    principals = Body.objects.get(group=group, slug="principals")
    place = does(
        PROPOSER, ProposeInWriting, principals, "writes place", title=VOTE_TITLE, text=VOTE_TEXT, public="on"
    )
    rules = str(principals.rules.get(slug="own").pk)
    ends = {"until_day": (now + timedelta(days=3)).date(), "until_time": time(17, 0)}
    does(OFFICER, StartSilence, place, "starts place", rules=rules, kind="procedural", complete="on", **ends)
    for who, vote in (
        ("focal-point-iom", "for"),
        ("focal-point-ilo", "for"),
        ("focal-point-unhcr", "against"),
    ):
        does(who, CastVote, _again(place), f"{who} votes", vote=vote)


def of_minutes(group: Group, does: Does) -> None:
    """A text whose clock runs for minutes; a new one when the demonstration starts and the last one has ended."""
    texts = Proposal.objects.filter(group=group, title__en=MINUTES_TITLE)
    if texts.filter(state__in=(ProposalState.TABLED, ProposalState.SILENCE, ProposalState.HELD_UP)).exists():
        close_due()
    open_ = texts.filter(state__in=(ProposalState.SILENCE, ProposalState.HELD_UP))
    if open_.exists():
        return
    working, number = (
        Body.objects.get(group=group, slug="working-level"),
        texts.exclude(state="tabled").count(),
    )
    made = does(
        PROPOSER, ProposeInWriting, working, f"writes of minutes {number}",
        title=MINUTES_TITLE, text=MINUTES_TEXT, public="on",
    )  # fmt: skip
    _starting(group, working, does)(made, f"minutes {number}", minutes=MINUTES)


def _again(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related(
        "procedure__rules", "procedure__calendar", "body__group", "group"
    ).get(pk=proposal.pk)


def _adopts_rules(group: Group, does: Does, at: datetime) -> Any:
    """The Principals adopt, in the room, that the group decides under silence, and how."""
    principals = Body.objects.get(group=group, slug="principals")
    meeting = does(
        OFFICER, ConveneMeeting, principals, "convenes on rules", title=ON_RULES,
        day=at.date(), begins=at.time(), ends=time(11, 0), zone=group.zone,
        place="Vienna International Centre", agenda="Rules of procedure", public="on",
    )  # fmt: skip
    there = in_force(principals.memberships.filter(kind="member"), at=at).values_list(
        "organisation__slug", flat=True
    )
    meeting = Meeting.objects.get(pk=meeting.pk)
    does(OFFICER, RecordParticipation, meeting, "counts on rules", present=sorted(there))
    text = does(
        PROPOSER, ProposeInTheRoom, meeting.agenda.get(number="1"), "proposes rules",
        title="Rules for decisions under silence", text=RULES_TEXT, public="on",
    )  # fmt: skip
    does(CHAIR, CallForObjections, text, "calls on rules")
    does(CHAIR, DeclareAdopted, Proposal.objects.get(pk=text.pk), "adopts rules")
    return Proposal.objects.get(pk=text.pk).decision


def _enters(group: Group, working: Body, decision: Any, does: Does) -> None:
    """The secretariat enters what was adopted: for each body its rules, for the group its calendar."""
    principals, by = Body.objects.get(group=group, slug="principals"), str(decision.pk)
    own = loading.text_of("icat-working-group")
    for old, new in OF_MINUTES.items():
        own = own.replace(old, new)
    votes = own
    for old, new in OF_VOTES.items():
        votes = votes.replace(old, new)
    does(
        OFFICER, AdoptRules, working, "rules of the working level", shipped="icat-working-group", decision=by
    )
    does(OFFICER, AdoptRules, principals, "rules of Principals", shipped="icat-principals", decision=by)
    does(OFFICER, AdoptRules, working, "rules of minutes", own=own, decision=by)
    does(OFFICER, AdoptRules, principals, "rules of votes", own=votes, decision=by)
    does(OFFICER, AdoptCalendar, group, "calendar", shipped="vienna", decision=by)


def _starting(group: Group, working: Body, does: Does) -> Callable[..., Proposal]:
    """Starts a text's procedure: in working days while the calendar has them, else until an exact end."""
    rules = {
        one.slug: str(one.pk)
        for one in AdoptedRules.objects.filter(body=working).order_by("adopted_at", "pk")
    }
    vienna = AdoptedCalendar.objects.filter(group=group, slug="vienna").first()

    def start(proposal: Proposal, number: str, *, minutes: int = 0) -> Proposal:
        now = database_clock().astimezone(group.tz)
        until = now + (timedelta(minutes=minutes) if minutes else timedelta(days=5))
        if vienna is None or minutes or not _has_days(now):
            until = until.replace(microsecond=0)
            terms = {"rules": rules["own"], "until_day": until.date(), "until_time": until.time()}
        else:
            terms = {"rules": rules["icat-working-group"], "calendar": str(vienna.pk), "dates": "on"}
        does(OFFICER, StartSilence, proposal, f"starts {number}", kind="procedural", complete="on", **terms)
        return _again(proposal)

    return start


def _has_days(at: datetime) -> bool:
    """Whether the calendar knows the holidays of the days that a clock of this time may reach."""
    years = {at.year, (at + timedelta(days=30)).year}
    known = calendars.shipped("vienna").years
    whole = (calendars.Status.OFFICIAL, calendars.Status.PROVISIONAL)
    return all(year in known and known[year].status in whole for year in years)
