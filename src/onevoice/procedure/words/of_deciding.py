"""What values mean for a member, from how a body decides to what an objection must hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import Enum
from fractions import Fraction
from typing import Final

from onevoice.procedure.clock import Length
from onevoice.procedure.marks import _, ngettext
from onevoice.procedure.rules import (
    NONE,
    UNSET,
    Basis,
    Capacity,
    Class,
    Edge,
    Form,
    Joint,
    Mode,
    Moment,
    Of,
    Resumes,
    Role,
    Seen,
    Unit,
    Weight,
)

from .sayings import Has, Sayings

_NO_VOTE: Final = _("Nothing is put to a vote.")
_NO_OUTAGE: Final = _("An outage of the service does not lengthen the clock.")
_JOINS: Final = _("If another member objects in your name too, it counts for you once you join.")
_EVERYBODY: Final = _("Your organisation counts whether or not it takes part.")
_SAME: Final = _("Your voice counts as much as any other.")
_ONE_VOICE: Final = _("Your organisation has one voice, whoever speaks for it.")

OF_DECIDING: Final[Mapping[str, Sayings]] = {
    "mode": {
        Mode.MEETING: _("The body decides in a meeting: the text is adopted if nobody objects there."),
        Mode.SILENCE: _("The text goes round in writing, with a deadline. Objections are made before it."),
        Mode.CHAIR: _("The chair hears everybody, and judges with reasons whether there is consensus."),
        Mode.BALLOT: _("Your organisation votes, and the numbers decide."),
        Mode.TACIT: _("The text is accepted on its date unless enough members object before it."),
    },
    "scope.kinds": {
        tuple: _("Only these may be decided in this way: {value}."),
        NONE: _("Any decision may be taken in this way."),
    },
    "scope.excluded": {
        tuple: _("These are never decided in this way: {value}."),
        NONE: _("No kind of decision is excluded."),
    },
    "scope.valid_from": {
        date: _("Nothing starts under these rules before {value}."),
        NONE: _("The rules name no first day."),
    },
    "scope.valid_until": {
        date: _("Nothing starts under these rules after {value}; what runs on that day runs on."),
        NONE: _("The rules name no last day."),
    },
    "start.by": {
        Has(Role.MEMBER): _("Your organisation may start a procedure itself."),
        tuple: _("Your organisation does not start a procedure; this is for: {value}."),
        NONE: _("The rules let anybody start a procedure."),
    },
    "start.at_request_of": {
        Has(Role.MEMBER): _("Your organisation may ask that a procedure be started."),
        tuple: _("Asking for a procedure is for: {value}."),
        NONE: _("The rules name nobody who may ask for a procedure."),
    },
    "start.consulted": {
        str: _("Nothing starts before these were consulted: {value}."),
        NONE: _("Nobody needs to be consulted before the start."),
    },
    "start.agreed_in_meeting": {
        True: _("Nothing starts in writing before the group has agreed to it in a meeting."),
        False: _("It may start without an agreement of the group in a meeting."),
        NONE: _("It may start without an agreement of the group in a meeting."),
    },
    "start.languages": {
        tuple: _("You have the text in these languages from the start: {value}."),
        NONE: _("The text may be in any language at the start."),
    },
    "start.complete": {
        True: _("You have the whole text from the start, with its annexes."),
        False: _("Annexes may follow after the start."),
        NONE: _("Annexes may follow after the start."),
    },
    "voice.deciders": {
        Has(Class.MEMBER): _("Your organisation has a voice if it is a member at the start."),
        tuple: _("Your organisation has a voice if it is one of these at the start: {value}."),
        NONE: _("Nobody decides."),
    },
    "voice.commenters": {
        tuple: _("These may comment, and block nothing: {value}."),
        NONE: _("Nobody comments besides those who decide."),
    },
    "voice.observers": {
        tuple: _("These read along: {value}."),
        NONE: _("Nobody reads along besides those who decide and comment."),
    },
    "voice.unit": {
        Unit.ORGANISATION: _ONE_VOICE,
        Unit.PERSON: _("Each person who takes part has a voice."),
        NONE: _ONE_VOICE,
    },
    "voice.weight": {
        Weight.ONE: _SAME,
        Weight.GIVEN: _("Your voice counts as much as the roster says, where a share is taken."),
        NONE: _SAME,
    },
    "voice.cap": {
        Fraction: _("No one interest holds more than {value} of the voices."),
        NONE: _("There is no limit to the voices of one interest."),
    },
    "voice.basis": {
        Basis.ALL: _EVERYBODY,
        Basis.PRESENT: _("Your organisation counts only while it is present in the meeting."),
        Basis.REGISTERED: _("Your organisation counts only if it is registered."),
        Basis.ACTIVE: _("Your organisation counts only if it takes part actively."),
        NONE: _EVERYBODY,
    },
    "voice.quorum": {
        int: ngettext(
            "At least {count} member must take part, or the text is not adopted.",
            "At least {count} members must take part, or the text is not adopted.",
        ),
        Fraction: _("At least {value} of the members must take part, or the text is not adopted."),
        NONE: _("It does not matter how many members take part."),
    },
    "voice.active_support": {
        int: ngettext(
            "At least {count} member must say that it agrees, or the text is not adopted.",
            "At least {count} members must say that they agree, or the text is not adopted.",
        ),
        Fraction: _("At least {value} of the members must say that they agree, or the text is not adopted."),
        NONE: _("Nobody needs to say that it agrees."),
    },
    "voice.levels": {
        Has(Capacity.FOCAL_POINT): _("You may act for your organisation as its focal point."),
        tuple: _("A focal point does not act here; these do: {value}."),
        NONE: _("Anybody whom your organisation appointed may act for it."),
    },
    "ballot.for_at_least": {Fraction: _("The text is carried with at least {value} in favour."), NONE: _NO_VOTE},
    "ballot.of": {
        Of.MEMBERS: _("Not voting makes the share in favour smaller: it is taken of all members who decide."),
        Of.WEIGHT: _("The share is taken of the weight of the votes cast. Not voting changes nothing."),
        Of.CAST: _("The share is taken of the votes cast. Not voting changes nothing."),
        Of.PRESENT: _("The share is taken of those present: being there without a vote makes it smaller."),
        NONE: _NO_VOTE,
    },
    "ballot.against_at_most": {
        Fraction: _("The text fails if more than {value} of the votes cast are against it."),
        NONE: _("There is no limit of its own to votes against."),
    },
    "ballot.abstentions_count": {
        True: _("If you abstain, yours is a vote cast."),
        False: _("If you abstain, yours is no vote cast."),
        NONE: _NO_VOTE,
    },
    "clock.minimum": {
        Length: _("You have at least {value} to answer."),
        NONE: _("No shortest time is laid down: look at the deadline of each proposal."),
    },
    "clock.calendar": {
        str: _("Working days and days off are those of {value}."),
        NONE: _("No calendar is laid down."),
    },
    "clock.closing": {
        time: _("Deadlines are at {value}, in the time zone of the seat."),
        NONE: _("Deadlines come at any time of day: look at the deadline of each proposal."),
    },
    "clock.ends_on_day_off": {
        True: _("A deadline may fall on a weekend or a holiday."),
        False: _("No deadline falls on a weekend or a holiday."),
        NONE: _("A deadline may fall on a weekend or a holiday."),
    },
    "clock.edge": {
        Edge.LATE: _("What arrives at the very instant of the deadline is late."),
        Edge.IN_TIME: _("What arrives at the very instant of the deadline is still in time."),
        NONE: _("What arrives at the very instant of the deadline is late."),
    },
    "extension.by": {
        Has(Role.MEMBER): _("Your organisation may extend the clock itself."),
        tuple: _("More time is given by: {value}."),
        NONE: _("The rules name nobody who gives more time. Where it is given, the chair or the secretariat does."),
    },
    "extension.at_request_of": {
        int: ngettext(
            "If {count} member asks for more time, it is given: your organisation alone may ask.",
            "If {count} members ask for more time, it is given.",
        ),
        NONE: _("You may ask for more time; no number of requests obliges to it."),
    },
    "extension.each": {
        Length: _("More time is {value} at once."),
        NONE: _("How much more time is given is chosen each time."),
    },
    "extension.times": {
        int: ngettext(
            "More time is given {count} time at most.", "More time is given {count} times at most."
        ),
        NONE: _("The clock is never extended."),
        UNSET: _("No limit is laid down to how often more time is given."),
    },
    "extension.total": {
        Length: _("With all that is added you have {value} at most."),
        NONE: _("No limit is laid down to the whole length."),
    },
    "extension.outage_over": {
        Length: _("If nobody could reach the service for more than {value}, the clock is lengthened."),
        NONE: _NO_OUTAGE,
    },
    "extension.outage_in_last": {
        Length: _("An outage counts if it lies in the last {value} before the deadline."),
        NONE: _NO_OUTAGE,
    },
    "extension.outage_adds": {Length: _("The deadline then moves by {value}."), NONE: _NO_OUTAGE},
    "objection.form": {
        Form.WRITTEN: _("You object in writing; the form on the page of the proposal is enough."),
        Form.LETTER: _("Your organisation objects by a formal letter."),
        Form.SPOKEN: _("You object by saying so in the meeting."),
        Form.BALLOT: _("You object by voting against."),
        NONE: _("You may object in any form."),
    },
    "objection.to": {
        Enum: _("Your objection goes to: {value}."),
        NONE: _("The rules name nobody to whom your objection goes."),
    },
    "objection.levels": {
        Has(Capacity.FOCAL_POINT): _("You may sign an objection as focal point."),
        tuple: _("A focal point does not sign an objection; these do: {value}."),
        NONE: _("Anybody who acts for your organisation may sign an objection."),
    },
    "objection.reasons": {
        True: _("Say why you object. If you leave it out, your objection counts, and its reasons are owed."),
        False: _("You need not say why you object."),
        NONE: _("You need not say why you object."),
    },
    "objection.paragraphs": {
        True: _("Name the paragraphs that your objection is about."),
        False: _("You need not name paragraphs."),
        NONE: _("You need not name paragraphs."),
    },
    "objection.wording": {
        True: _("Propose the change that would remove your objection."),
        False: _("You need not propose other wording."),
        NONE: _("You need not propose other wording."),
    },
    "objection.completed_within": {
        Length: _("Your objection counts at once. What is missing may follow within {value}."),
        NONE: _("Your objection counts at once. What is missing may follow within 24 hours."),
    },
    "objection.joint": {
        Joint.ON_THE_WORD_OF_ONE: _("Another member may object in your name too, and that counts for you at once."),
        Joint.CONFIRMED_BY_EACH: _JOINS,
        NONE: _("Nobody objects for you: each member objects for itself."),
        UNSET: _JOINS,
    },
    "objection.seen_by": {
        Seen.MEMBERS: _("All members see that the objection is yours."),
        Seen.CHAIR: _("The chair alone sees that the objection is yours."),
        Seen.AFTER_THE_CLOSE: _("Members see that the objection is yours once the procedure is over, not before."),
        Seen.PUBLIC: _("Everybody may learn that the objection is yours."),
        NONE: _("All members see that the objection is yours."),
    },
    "objection.amendment_counts": {
        True: _("If you offer other wording, you object."),
        False: _("Other wording that you offer blocks nothing."),
        NONE: _("Other wording that you offer blocks nothing."),
    },
    "objection.withdrawn_until": {
        Moment.EXPIRY: _("You may take your objection back until the clock ends."),
        Moment.ANNOUNCEMENT: _("You may take your objection back until the outcome is announced."),
        Moment.NEXT_MEETING: _("You may take your objection back until the next meeting."),
        Moment.LATER: _("You may take your objection back until a later date."),
        NONE: _("You cannot take an objection back."),
        UNSET: _("You may take your objection back until the clock ends."),
    },
    "objection.after_withdrawal": {
        Resumes.RESUMES: _("When the last objection is taken back, the clock runs on for the time that was left."),
        Resumes.RESTARTS: _("When the last objection is taken back, the clock starts again from its beginning."),
        NONE: _("When the last objection is taken back, the clock runs on for the time that was left."),
    },
}  # fmt: skip
