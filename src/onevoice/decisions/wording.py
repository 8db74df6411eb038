"""The sentences of decisions, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onevoice.enact.act import Refusal
from onevoice.procedure.clock import Day, Reckoned
from onevoice.procedure.events import Verdict, Vote
from onevoice.procedure.rules import Judged as Weighed
from onevoice.procedure.rules import Meaning, Override, Position, Rules
from onevoice.procedure.states import Judgement, Outcome, State, Why
from onevoice.procedure.words import states, values

from .models import Objection, Proposal, ProposalState

not_the_proposer = _("Only the organisation that made this proposal can withdraw it. Nothing has changed.")
already_public = _("This decision is public already. Nothing has changed.")
not_public = _("This decision is not public. Nothing has changed.")

STATES = {
    ProposalState.TABLED: _("Tabled"),
    ProposalState.CALLED: _("Objections called for"),
    ProposalState.ADOPTED: _("Adopted"),
    ProposalState.NOT_ADOPTED: _("Not adopted"),
    ProposalState.WITHDRAWN: _("Withdrawn"),
    ProposalState.SILENCE: _("Under silence"),
    ProposalState.HELD_UP: _("Held up by an objection"),
    ProposalState.PENDING: _("Being dealt with"),
}
MARKS = {
    ProposalState.TABLED: "waiting",
    ProposalState.CALLED: "running",
    ProposalState.ADOPTED: "done",
    ProposalState.NOT_ADOPTED: "stopped",
    ProposalState.WITHDRAWN: "waiting",
    ProposalState.SILENCE: "running",
    ProposalState.HELD_UP: "caution",
    ProposalState.PENDING: "waiting",
}
HOW = {
    "consensus": _("by consensus"),
    "silence": _("under silence"),
    "ballot": _("by ballot"),
    "judged": _("as the chair judged"),
    "next_level": _("by the next level"),
    "meeting": _("in a meeting"),
    "endorsed": _("endorsed"),
    "endorsement": _("endorsed"),
    "issued": _("issued"),
    "": "",
}
not_public_yet = _("Not public")
none_found = _("none found")

_under_procedure = _(
    "Proposal {number} is under its procedure: it is decided there and not in the room. Nothing has changed."
)
_settled = {
    ProposalState.ADOPTED: _("Proposal {number} was adopted already. Nothing has changed."),
    ProposalState.NOT_ADOPTED: _(
        "Proposal {number} was not adopted: the body has dealt with it. Nothing has changed."
    ),
    ProposalState.WITHDRAWN: _("Proposal {number} was withdrawn. Nothing has changed."),
    ProposalState.SILENCE: _under_procedure,
    ProposalState.HELD_UP: _under_procedure,
    ProposalState.PENDING: _under_procedure,
}


def already_settled(proposal: Proposal) -> Refusal:
    """The proposal is no longer open."""
    return Refusal("settled", _settled[ProposalState(proposal.state)], number=proposal.number)


def consequence(proposal: Proposal, objections: Sequence[Objection]) -> str:
    """What becomes of a proposal: the first thing its page says."""
    say = _consequences.get(ProposalState(proposal.state), "")
    if objections and proposal.state in (ProposalState.TABLED, ProposalState.CALLED):
        say = while_objected
    return str(say)


while_objected = _("An objection stands. While it does, the text cannot be adopted by consensus.")
_consequences = {
    ProposalState.TABLED: _("The text is before the body. The chair will ask whether any member objects."),
    ProposalState.CALLED: _(
        "The chair has asked whether any member objects. The text is adopted when the chair declares that nobody does."
    ),
    ProposalState.ADOPTED: _("No member objected. The text is a decision of the body."),
    ProposalState.NOT_ADOPTED: _(
        "A member objected, and the text was not adopted. It stays readable for the group."
    ),
    ProposalState.WITHDRAWN: _(
        "The organisation that proposed the text took it back. It stays readable for the group."
    ),
}

OWED = {
    ProposalState.TABLED: _("A proposal in the room. If your organisation agrees, you have nothing to do."),
    ProposalState.CALLED: _(
        "Objections are called for now. If your organisation agrees, you have nothing to do."
    ),
}
read_it = _("Read the proposal")

# Procedures

what_would_happen = _("See what would happen under:")
not_started = _("No procedure runs on this proposal. Nothing has changed.")
no_rules = _("The body has adopted no rules of procedure yet. The secretariat enters those that it adopted.")
no_objection_stands = _("No objection stands that could be joined. Nothing has changed.")
all_reached = _("Every member was reached, or has acted. Nothing has changed.")
no_next_level = _("The rules name no next level. Nothing has changed.")
no_positions = _("The rules know no positions besides objections. Nothing has changed.")
no_own_objection = _("No objection of your organisation stands. Nothing has changed.")
not_ad_referendum = _("Your organisation did not agree ad referendum. Nothing has changed.")
no_condition = _("Your organisation's agreement has no condition now. Nothing has changed.")
no_objection_to_judge = _("No objection stands that could be judged. Nothing has changed.")
no_objection_entered = _("No objection stands that was entered in your organisation's name. Nothing has changed.")
came_in_the_future = _("The message cannot have come after now. Correct the time. What you typed is kept.")
came_before_the_start = _("The message came before the procedure started: it cannot be entered as an objection.")
entered_after_the_close = _("It was entered after the matter was settled: it is kept, and changes nothing by itself")
who_may_reopen = _("The chair is told. Where the rules allow it, the matter is reopened.")
no_correction = _("The rules know no correction of a typing error: put a new text instead. Nothing has changed.")
correction_with_notice = _("By the rules of the body the members are told, and the clock and all that was said stand.")
correction_restarts = _("By the rules of the body the clock starts again, and everybody is asked anew.")
nothing_to_renew = _("Your organisation has no objection to an earlier text that it could renew. Nothing has changed.")
half_an_instant = _("Give the day and the time, both. What you typed is kept, and nothing has changed.")
is_past = _("This time is over already. Give one to come. What you typed is kept, and nothing has changed.")
wording_objects = _("By the rules of the body, other wording is an objection: it counts until you take it back.")
wording_blocks_nothing = _("By the rules of the body, other wording is no objection: it blocks nothing.")
dates_not_seen = _(
    "The calendar is provisional. Look at its dates, say that you have, and start again. What you chose is kept."
)
rules_lack = _("These rules cannot run while they leave this open: {values}. Nothing was started.")
choose_one = _("Choose one, or give your own. What you typed is kept.")
not_rules = _("These rules cannot be used. {says} Nothing was adopted.")
not_a_calendar = _("This calendar cannot be used. {says} Nothing was adopted.")

NOT_STARTED = {
    Why.STATE: _("The procedure runs already. Nothing has changed."),
    Why.ROLE: _("The body's rules let somebody else start this procedure. Nothing was started."),
    Why.KIND: _("The rules do not take this kind of decision. Nothing was started."),
    Why.VALIDITY: _("The rules do not hold on this day. Nothing was started."),
    Why.CONSULTATION: _("The rules ask for a consultation first. Say that it was held, and start again."),
    Why.AGREEMENT: _("The rules ask that the group agrees in a meeting first. Say that it did, and start again."),
    Why.LANGUAGES: _("The rules ask for the text in more languages, or complete. Nothing was started."),
    Why.LENGTH: _("The clock needs a length or an end. Give one, and start again."),
    Why.CALENDAR: _(
        "The calendar has no whole list of holidays for this time. Choose another one, or count in days or hours."
    ),
    Why.TOO_SHORT: _("The clock would be shorter than the rules allow. Give it more time, and start again."),
    Why.DAY_OFF: _("The clock would end on a day off, which the rules forbid. Choose another day."),
    Why.DATE: _("The rules ask for the day from which the decision holds. Nothing was started."),
}

HOLDING = {
    State.OPEN: _("The text is before the body. The chair puts it to the meeting."),
    State.RUNNING: _("The text is adopted when the clock ends, unless a member objects before that instant."),
    State.HELD_UP: _(
        "An objection stands, and the clock stands still. A new text may be put; the objection may be taken back."
    ),
    State.WAITING: _(
        "The clock is over, and a member was not reached. The text is adopted once it is reached or reported absent."
    ),
    State.DEFERRED: _("An objection stands. A vote follows unless it is taken back before the time is over."),
    State.TO_A_VOTE: _("An objection stands. The chair opens a ballot."),
    State.VOTING: _("Members vote until the clock ends."),
    State.WITH_THE_CHAIR: _("The clock is over. The chair judges, with reasons."),
    State.NEXT_LEVEL: _("The matter is before the next level, which decides."),
    State.TO_A_MEETING: _("The matter goes to a meeting, which decides."),
    State.AD_REFERENDUM: _("The text is adopted, subject to confirmation by the headquarters of some members."),
    State.ADOPTED: _("No objection stood when the clock ended. The text is a decision of the body."),
    State.NOT_ADOPTED: _("The text was not adopted. It stays readable for the group."),
    State.WITHDRAWN: _("The organisation that proposed the text took it back. It stays readable for the group."),
}
chair_judges_then = _("Members speak until the clock ends. Then the chair judges, with reasons.")
while_blocked = _("An objection stands. Unless it is taken back before the clock ends, the text is not adopted.")
letter_proposed = _("A text was proposed in writing.")
proposed_in_writing = _("The chair or the secretariat starts the body's procedure. Until then you have nothing to do.")
letter_started = _("A silence procedure has started.")
letter_broken = _("A member objects, and silence is broken.")
letter_entered = _("An objection was entered in the name of your organisation. You may strike or complete it.")
letter_entered_after_the_close = _("An objection was entered after the matter was settled. It is only kept.")
letter_struck = _("An objection was struck by the member in whose name it was entered.")
letter_joined = _("Another member objects too.")
letter_completed = _("An objection was completed.")
letter_taken_back = _("An objection was taken back.")
letter_asked = _("A member asks for more time.")
letter_extended = _("There is more time.")
letter_revised = _("A new text is before the members.")
letter_reminder = _("The clock ends soon. If your organisation agrees, you have nothing to do.")
letter_passed_on = _("A proposal was passed to the next level.")
letter_stated = _("A member stated its position.")
letter_ad_referendum = _("A member agrees ad referendum: its headquarters confirms or refuses.")
letter_confirmed = _("A member has confirmed what it agreed ad referendum.")
letter_refused = _("The headquarters of a member does not agree. That is an objection.")
letter_ballot = _("A ballot is open. Your organisation may vote until the clock ends.")
letter_amended = _("A member offers other wording.")
letter_condition = _("A member agrees on condition that a paragraph reads as it asks.")
letter_condition_gone = _("A member has taken its condition back.")
letter_judged = _("The chair has judged whether there is consensus.")
letter_objection_judged = _("The chair has judged an objection.")
letter_put = _("The chair has put the text to the meeting.")
letter_corrected = _("A typing error in the text was put right.")
letter_turned = _("The clock has ended, and the matter is not settled yet.")
letter_adopted = _("The clock has ended, and the text is adopted.")
letter_not_adopted = _("The procedure has ended, and the text is not adopted.")
owed_silence = _("Silence runs. If your organisation agrees, you have nothing to do.")
owed_vote = _("A ballot is open. Your organisation may vote until the clock ends.")
owed_confirmation = _("Your organisation agreed ad referendum. Its headquarters confirms or refuses by this time.")
owed_ballot = _("An objection stands. Open the ballot that the rules ask for.")
owed_judgement = _("The clock is over. Judge, with reasons, whether there is consensus.")
owed_unreached = _("The clock is over, and a member was not reached. Report it absent, or wait until it is reached.")
owed_held_up = _("An objection stands. A new text, or taking the objection back, lets the matter go on.")

COUNTED = {
    Judgement.COUNTED: pgettext_lazy("what was received", "Counted"),
    Judgement.LATE: _("Late: kept, and not counted"),
    Judgement.WITHOUT_EFFECT: _("Kept, and without effect by the rules"),
}
would_not_count = _(
    "By the rules it would not count now. It is kept on the record all the same, with the second at which it came."
)
kept_without_effect = _("It was received, and is without effect")
_late = _("It came too late, by {days} d {hours} h {minutes} min {seconds} s: it is kept, and does not count")


def came_late(seconds: int) -> str:
    """That an act came after the end, and by how much."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return str(_late).format(days=days, hours=hours, minutes=minutes, seconds=rest)


WHY = {
    Why.STATE: _("The procedure was in no state for it."),
    Why.ROLE: _("The rules give this act to somebody else."),
    Why.LENGTH: _("The rules give no length for it, and no end was named."),
    Why.CALENDAR: _("The calendar has no whole list of holidays for that time."),
    Why.TOO_SHORT: _("The end would come too early."),
    Why.DAY_OFF: _("The end would fall on a day off."),
    Why.NOT_ON_THE_ROSTER: _("The organisation was not a member when the procedure started."),
    Why.LEFT: _("The organisation is no member any more."),
    Why.NOT_A_DECIDER: _("By the rules the organisation takes no part in the decision."),
    Why.NOT_IN_THE_BASIS: _("By the rules the voice of the organisation is not reckoned with here."),
    Why.CAPACITY: _("The rules ask for a person in another capacity."),
    Why.FORM: _("The rules ask for another form."),
    Why.OBJECTION: _("There is no such objection that stands."),
    Why.NO_WITHDRAWAL: _("By the rules an objection is not taken back."),
    Why.LIMIT: _("The rules allow no more of it."),
    Why.NO_REVISION: _("The rules know no new text."),
    Why.NO_CORRECTION: _("The rules know no correction."),
    Why.POSITION: _("The rules do not know this kind of position."),
    Why.EARLY: _("By the rules it follows the decision."),
    Why.REASONS: _("Reasons are needed."),
    Why.VERDICT: _("The rules do not allow this finding."),
    Why.SUSTAINED: _("An objection was found sustained."),
    Why.NEW_INFORMATION: _("New information is needed."),
}

OWES = {what: _(words) for what, words in states.OWED.items()}
RECEIVED = {
    "started": _("The procedure started"),
    "objected": _("Objection"),
    "amended": _("Other wording offered"),
    "joined": _("Joined an objection"),
    "completed": _("Objection completed"),
    "withdrew": _("Objection taken back"),
    "struck": _("Objection struck"),
    "asked": _("More time asked for"),
    "extended": _("More time given"),
    "revised": _("New text"),
    "corrected": _("Typing error corrected"),
    "taken back": _("Proposal withdrawn"),
    "supported": _("Agreement"),
    "reached": _("Notice delivered"),
    "unreached": _("Notice not delivered"),
    "absent": _("Members reported absent"),
    "escalated": _("Passed to the next level"),
    "settled": _("Decided elsewhere"),
    "stated": _("Position"),
    "ad referendum": _("Agreement ad referendum"),
    "confirmed": _("Agreement ad referendum confirmed"),
    "refused": _("Agreement ad referendum refused"),
    "conditional": _("Agreement on condition"),
    "ballot": _("Ballot opened"),
    "voted": _("Vote"),
    "put": _("Text put to the meeting"),
    "judged": _("Finding of the chair"),
    "present": _("Members in the room"),
    "left": _("Membership ended"),
    "admitted": _("Member admitted"),
    "outage": _("Service not reachable"),
}
condition_taken_back = _("Condition taken back")
# Where what was received does not tell it: the start is no act on a procedure, and this one is a condition too.
IN_COURSE = {
    "decisions.start_silence": RECEIVED["started"],
    "decisions.take_back_condition": condition_taken_back,
}
VOTES = {
    Vote.FOR: _("For"),
    Vote.AGAINST: _("Against"),
    Vote.ABSTAIN: _("Abstention"),
}
VERDICTS = {
    Verdict.CONSENSUS: _("There is consensus"),
    Verdict.DISSENT: _("There is consensus, with dissent noted"),
    Verdict.NO_CONSENSUS: _("There is no consensus"),
    Verdict.SET_ASIDE: _("The objection is set aside"),
    Verdict.SUSTAINED: _("The objection is sustained"),
    Verdict.ADOPTED: _("Adopted"),
    Verdict.NOT_ADOPTED: _("Not adopted"),
}
OVERRIDES = {
    Override.MINUS_ONE: _("consensus minus one"),
    Override.MINUS_TWO: _("consensus minus two"),
}
POSITIONS = {one: _(words) for one, words in values.OF_KIND[Position].items()}
WEEKEND = _("Weekend")
provisional = _("provisional")
_DAYS = {
    Reckoned.START: _("The clock starts"),
    Reckoned.COUNTED: pgettext_lazy("a day of the clock", "Counted"),
    Reckoned.OFF: _("Not counted"),
    Reckoned.PASSED: _("The end moves on"),
}


def day(one: Day) -> str:
    """What became of a day of the clock, and why nobody works on it."""
    if one.off is None:
        return str(_DAYS[one.reckoned])
    off = one.off.name or str(WEEKEND)
    return f"{off} ({provisional})" if one.provisional and one.off.name else off


def holding(outcome: Outcome, rules: Rules) -> Promise:
    """What becomes of a proposal under its procedure: the first thing its page says."""
    if outcome.state is not State.RUNNING:
        return HOLDING[outcome.state]
    if rules.outcome.silence_means is Meaning.NEITHER or isinstance(rules.blocking.threshold, Weighed):
        return chair_judges_then
    return while_blocked if outcome.blocked else HOLDING[State.RUNNING]
