"""What values mean for a member, from what an objection does to what the record holds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Final

from onevoice.procedure.clock import Length
from onevoice.procedure.marks import _, ngettext
from onevoice.procedure.rules import (
    NONE,
    UNSET,
    After,
    Confirmed,
    Correction,
    Effect,
    Judged,
    Meaning,
    Moment,
    Of,
    Restart,
    Role,
    Told,
)

from .sayings import Has, Sayings

_FAILS: Final = _("An objection that blocks ends it: the text is not adopted.")
_IN_FULL: Final = _("After a new text you have the full time again.")
_ALL_THE_SAME: Final = _("Notices are sent all the same, to whom the procedure concerns.")
_COUNTS: Final = _("Your silence counts even if no notice reached you.")

OF_OUTCOMES: Final[Mapping[str, Sayings]] = {
    "blocking.threshold": {
        int: ngettext(
            "{count} objection is enough to block: yours alone does it.",
            "It takes {count} objections to block; fewer do not.",
        ),
        Fraction: _("Objections block if they make up at least {value}; fewer do not."),
        Judged.SUSTAINED: _("Your objection blocks if it is found sustained. Nobody counts how many there are."),
        Judged.JUDGED: _("The chair weighs your objection. Nobody counts how many there are."),
        NONE: _("No number of objections blocks."),
    },
    "blocking.of": {
        Of.MEMBERS: _("The share is taken of all members who decide."),
        Of.WEIGHT: _("The share is taken of the weight of all members who decide."),
        Of.CAST: _("The share is taken of those who took part."),
        Of.PRESENT: _("The share is taken of the members present."),
        NONE: _("No share of objections is reckoned."),
    },
    "blocking.effect": {
        Effect.FAIL: _FAILS,
        Effect.SUSPEND: _("The clock stands still until the objection is answered or taken back."),
        Effect.REOPEN: _("The paragraphs that you name are opened again, and the clock stands still meanwhile."),
        Effect.MEETING: _("A meeting then decides."),
        Effect.VOTE: _("It is then put to a vote."),
        Effect.ESCALATE: _("The next level then decides."),
        Effect.DEFER: _("It is put off first, and put to a vote if the objection still stands then."),
        Effect.ADDRESS: _("The chair must deal with your objection, and give reasons, before the text goes on."),
        NONE: _FAILS,
    },
    "blocking.deferred_by": {Length: _("A decision is put off by {value}."), NONE: _("Nothing is put off.")},
    "revision.restart": {
        Restart.FULL: _IN_FULL,
        Restart.SHORT: _("After a new text you have a shorter time."),
        NONE: _("No new text can be put: the proposal stands or falls as it is."),
        UNSET: _IN_FULL,
    },
    "revision.length": {
        Length: _("After a new text you have at least {value} to answer."),
        NONE: _("No time of its own is laid down for a new text."),
    },
    "revision.rounds": {
        int: ngettext("{count} new text may be put.", "{count} new texts may be put."),
        NONE: _("No limit is laid down to new texts."),
    },
    "revision.then": {
        After.MEETING: _("When no more new texts may be put, a meeting decides."),
        After.ESCALATE: _("When no more new texts may be put, the next level decides."),
        After.FAIL: _("When no more new texts may be put, an objection ends it."),
        NONE: _("Nothing follows by itself when new texts do not help."),
    },
    "revision.correction": {
        Correction.NOTICE: _("If a typing error is put right you are told, and what you said stands."),
        Correction.RESTART: _("If a typing error is put right you have the full time again."),
        NONE: _("A typing error cannot be put right while the clock runs."),
    },
    "positions.kinds": {
        tuple: _("You may go along and still put on record: {value}."),
        NONE: _("There is nothing between going along and objecting."),
        UNSET: _("You may go along and still put any position on record."),
    },
    "positions.before": {
        True: _("You may state your position before the decision."),
        False: _("You state your position only after the decision."),
        NONE: _("You may state your position before the decision."),
    },
    "positions.after": {
        Length: _("After the decision you have {value} to state your position."),
        NONE: _("After the decision no position can be stated any more."),
    },
    "positions.attached": {
        True: _("Your position is attached to the decision."),
        False: _("Your position is kept, and not attached to the decision."),
        NONE: _("The rules do not attach your position to the decision."),
    },
    "outcome.silence_means": {
        Meaning.CONSENT: _("If your organisation says nothing by the deadline, it counts as agreement."),
        Meaning.ABSTENTION: _("If your organisation says nothing by the deadline, it counts as abstaining."),
        Meaning.NEITHER: _("If your organisation says nothing, nothing follows: the chair judges what was said."),
        NONE: _("Saying nothing has no meaning of its own."),
    },
    "outcome.verb": {
        Enum: _("The record then says: {value}."),
        NONE: _("No word is laid down for what becomes of the text."),
    },
    "outcome.without_agreement": {
        Enum: _("Where there is no agreement, the record may still say: {value}."),
        NONE: _("Where there is no agreement, there is no decision."),
    },
    "outcome.effective": {
        Moment.EXPIRY: _("A decision holds from the moment it is taken: under silence, from the deadline."),
        Moment.ANNOUNCEMENT: _("A decision holds once it is announced."),
        Moment.NEXT_MEETING: _("A decision holds from the next meeting."),
        Moment.LATER: _("A decision holds from a day that is named at the start."),
        NONE: _("A decision holds from the moment it is taken: under silence, from the deadline."),
    },
    "outcome.numbered": {
        Enum: _("A decision gets its number with: {value}."),
        NONE: _("The rules give decisions no number."),
    },
    "outcome.interim_text": {
        True: _("You first see the text without a number; it gets one later."),
        False: _("The text is issued once, with its number."),
        NONE: _("The text is issued once, with its number."),
    },
    "outcome.confirmed": {
        Confirmed.ANNOUNCED: _("The next meeting hears of it; nothing is decided there again."),
        Confirmed.NOTE_TAKEN: _("The next meeting takes note of it; nothing is decided there again."),
        Confirmed.JOURNAL: _("The next meeting enters it in its journal; nothing is decided there again."),
        NONE: _("Nothing is done with it at the next meeting."),
    },
    "outcome.review_after": {
        Length: _("The decision is looked at again after {value}."),
        NONE: _("No review is laid down; a decision may name its own."),
    },
    "outcome.ends_after": {
        Length: _("The decision ends after {value}."),
        NONE: _("A decision has no end of its own."),
    },
    "outcome.override": {
        tuple: _("Your objection may be passed over by: {value}."),
        NONE: _("Nobody can pass over an objection that blocks."),
    },
    "outcome.next_level": {
        str: _("What cannot be settled may go up to: {value}."),
        NONE: _("What cannot be settled goes no higher."),
    },
    "outcome.within": {
        Length: _("The next level has {value} to decide."),
        NONE: _("No time is laid down for the next level."),
    },
    "outcome.reopened_by": {
        Has(Role.MEMBER): _("Your organisation may ask that a decision be opened again."),
        tuple: _("Your organisation cannot reopen a decision; these may: {value}."),
        NONE: _("By these rules nobody reopens a decision."),
    },
    "outcome.new_information": {
        True: _("A decision is opened again only for new information."),
        False: _("No new information is needed for that."),
        NONE: _("No new information is needed for that."),
    },
    "notices.start": {
        Has(Told.DECIDERS): _("You are told when a procedure starts."),
        tuple: _("These are told when a procedure starts: {value}."),
        NONE: _ALL_THE_SAME,
    },
    "notices.reminder": {
        Has(Told.SILENT): _("You are reminded as long as your organisation has not acted."),
        tuple: _("These are reminded: {value}."),
        NONE: _("Nobody is reminded."),
        UNSET: _("You are reminded as long as your organisation has not acted."),
    },
    "notices.objection": {
        Has(Told.DECIDERS): _("You are told when somebody objects."),
        tuple: _("These are told when somebody objects: {value}."),
        NONE: _ALL_THE_SAME,
    },
    "notices.end": {
        Has(Told.DECIDERS): _("You are told how it ended."),
        tuple: _("These are told how it ended: {value}."),
        NONE: _ALL_THE_SAME,
    },
    "notices.undelivered_counts": {
        True: _COUNTS,
        False: _("Your silence does not count while no notice has reached you."),
        NONE: _COUNTS,
    },
    "notices.record": {
        tuple: _("Anybody who may read the record finds there: {value}."),
        NONE: _("The record holds each step all the same."),
    },
}  # fmt: skip
