"""The values of rules in words: each value of each kind, and the parts that a page of rules has."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from onevoice.procedure import rules
from onevoice.procedure.clock import Unit
from onevoice.procedure.marks import _, ngettext

UNSET: Final = _("The source is silent.")
NONE: Final = _("None")
YES: Final = _("Yes")
NO: Final = _("No")
# A length; `{count}` of its unit.
LENGTHS: Final[Mapping[Unit, tuple[str, str]]] = {
    Unit.HOURS: ngettext("{count} hour", "{count} hours"),
    Unit.DAYS: ngettext("{count} day", "{count} days"),
    Unit.WORKING_DAYS: ngettext("{count} working day", "{count} working days"),
}
PARTS: Final[Mapping[str, str]] = {
    "": _("How the body decides"),
    "scope": _("What the rules are for"),
    "start": _("Starting a procedure"),
    "voice": _("Whose voice counts"),
    "clock": _("The clock"),
    "extension": _("More time"),
    "objection": _("Objecting"),
    "blocking": _("What an objection does"),
    "revision": _("A new text"),
    "ballot": _("Voting"),
    "positions": _("Positions that do not block"),
    "outcome": _("Silence, and the outcome"),
    "notices": _("Notices, and the record"),
}
STATUS: Final[Mapping[rules.Status, str]] = {
    rules.Status.FOUND: _("Rules of this body as the sources have them."),
    rules.Status.PROPOSAL: _(
        "A proposal that a group may adopt. It is nobody’s rule yet: every value is for the group to choose."
    ),
    rules.Status.ADOPTED: _("Rules that the group adopted."),
}
# By kind: members of two kinds may be the same word in a file.
OF_KIND: Final[Mapping[type[Enum], Mapping[Any, str]]] = {
    rules.Mode: {
        rules.Mode.MEETING: _("consensus in a meeting"),
        rules.Mode.SILENCE: _("silence procedure"),
        rules.Mode.CHAIR: _("the chair judges"),
        rules.Mode.BALLOT: _("ballot"),
        rules.Mode.TACIT: _("tacit acceptance"),
    },
    rules.Role: {
        rules.Role.CHAIR: _("chair"),
        rules.Role.SECRETARIAT: _("secretariat"),
        rules.Role.MEMBER: _("member"),
        rules.Role.OBSERVER: _("observer"),
        rules.Role.EDITOR: _("editor"),
    },
    rules.Class: {
        rules.Class.MEMBER: _("member"),
        rules.Class.OBSERVER: _("observer"),
        rules.Class.PARTNER: _("partner"),
    },
    rules.Basis: {
        rules.Basis.ALL: _("all members"),
        rules.Basis.PRESENT: _("members present"),
        rules.Basis.REGISTERED: _("members registered"),
        rules.Basis.ACTIVE: _("members that are active"),
    },
    rules.Unit: {
        rules.Unit.ORGANISATION: _("one organisation"),
        rules.Unit.PERSON: _("one person"),
    },
    rules.Weight: {
        rules.Weight.ONE: _("each the same"),
        rules.Weight.GIVEN: _("as the roster says, such as tonnage or shares"),
    },
    rules.Capacity: {
        rules.Capacity.PRINCIPAL: _("principal"),
        rules.Capacity.FOCAL_POINT: _("focal point"),
        rules.Capacity.ALTERNATE: _("alternate"),
        rules.Capacity.DELEGATE: _("delegate"),
    },
    rules.Edge: {
        rules.Edge.LATE: _("late"),
        rules.Edge.IN_TIME: _("in time"),
    },
    rules.Form: {
        rules.Form.WRITTEN: _("in writing"),
        rules.Form.LETTER: _("by a formal letter"),
        rules.Form.SPOKEN: _("by speaking in the meeting"),
        rules.Form.BALLOT: _("by a negative vote"),
    },
    rules.Joint: {
        rules.Joint.ON_THE_WORD_OF_ONE: _("yes, on the word of one"),
        rules.Joint.CONFIRMED_BY_EACH: _("yes, confirmed by each"),
    },
    rules.Seen: {
        rules.Seen.MEMBERS: _("members"),
        rules.Seen.CHAIR: _("chair"),
        rules.Seen.AFTER_THE_CLOSE: _("members after the close"),
        rules.Seen.PUBLIC: _("everybody"),
    },
    rules.Judged: {
        rules.Judged.SUSTAINED: _("one that is found sustained"),
        rules.Judged.JUDGED: _("as the chair judges"),
    },
    rules.Of: {
        rules.Of.MEMBERS: _("all members who decide"),
        rules.Of.WEIGHT: _("the weight of voices"),
        rules.Of.CAST: _("votes cast"),
        rules.Of.PRESENT: _("members present"),
    },
    rules.Effect: {
        rules.Effect.FAIL: _("the text is not adopted"),
        rules.Effect.SUSPEND: _("the clock stands still"),
        rules.Effect.REOPEN: _("named paragraphs are opened again"),
        rules.Effect.MEETING: _("it goes to a meeting"),
        rules.Effect.VOTE: _("it goes to a vote"),
        rules.Effect.ESCALATE: _("it goes to the next level"),
        rules.Effect.DEFER: _("it is put off, and then goes to a vote"),
        rules.Effect.ADDRESS: _("it must be addressed"),
    },
    rules.Restart: {
        rules.Restart.FULL: _("in full"),
        rules.Restart.SHORT: _("short"),
    },
    rules.After: {
        rules.After.MEETING: _("it goes to a meeting"),
        rules.After.ESCALATE: _("it goes to the next level"),
        rules.After.FAIL: _("the text is not adopted"),
    },
    rules.Correction: {
        rules.Correction.NOTICE: _("members are told, and what was said stands"),
        rules.Correction.RESTART: _("the clock starts again"),
    },
    rules.Resumes: {
        rules.Resumes.RESUMES: _("it runs on"),
        rules.Resumes.RESTARTS: _("it starts again"),
    },
    rules.Position: {
        rules.Position.RESERVATION: _("Reservation"),
        rules.Position.STATEMENT: _("Interpretative statement"),
        rules.Position.EXPLANATION: _("Explanation of position"),
        rules.Position.DISSOCIATION: _("Dissociation"),
        rules.Position.CONCERN: _("Concern"),
        rules.Position.NOT_ENDORSING: _("Does not join the list of endorsers"),
        rules.Position.NO_LOGO: _("Text without its logo"),
    },
    rules.Meaning: {
        rules.Meaning.CONSENT: _("agreement"),
        rules.Meaning.ABSTENTION: _("abstention"),
        rules.Meaning.NEITHER: _("neither agreement nor abstention"),
    },
    rules.Verb: {
        rules.Verb.ADOPTED: _("adopted"),
        rules.Verb.ENDORSED: _("endorsed"),
        rules.Verb.APPROVED: _("approved"),
        rules.Verb.ACCEPTED: _("accepted"),
        rules.Verb.TOOK_NOTE: _("note taken"),
    },
    rules.Moment: {
        rules.Moment.EXPIRY: _("the moment of the decision"),
        rules.Moment.ANNOUNCEMENT: _("the announcement"),
        rules.Moment.NEXT_MEETING: _("the next meeting"),
        rules.Moment.LATER: _("a later date"),
    },
    rules.Confirmed: {
        rules.Confirmed.ANNOUNCED: _("it is announced"),
        rules.Confirmed.NOTE_TAKEN: _("note is taken of it"),
        rules.Confirmed.JOURNAL: _("it is entered in the journal"),
    },
    rules.Override: {
        rules.Override.MINUS_ONE: _("consensus minus one"),
        rules.Override.MINUS_TWO: _("consensus minus two"),
        rules.Override.DISSENT: _("the chair records dissent"),
        rules.Override.VOTE: _("a vote"),
        rules.Override.COUNCIL: _("a council"),
    },
    rules.Told: {
        rules.Told.DECIDERS: _("those who decide"),
        rules.Told.COMMENTERS: _("those who may comment"),
        rules.Told.OBSERVERS: _("those who may read along"),
        rules.Told.CHAIR: _("chair"),
        rules.Told.SILENT: _("those who have not acted"),
    },
    rules.Kept: {
        rules.Kept.TEXT: _("the text and its hash"),
        rules.Kept.ROSTER: _("the roster in force"),
        rules.Kept.DELIVERY: _("the delivery of notices"),
        rules.Kept.POSITIONS: _("positions"),
        rules.Kept.TIMELINE: _("the timeline"),
    },
}  # fmt: skip


def of(one: Enum) -> str:
    """A value that has a name."""
    return OF_KIND[type(one)][one]
