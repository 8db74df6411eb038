"""Letters about a proposal or a decision outside the room: the members of the body, who were told of it, are told.

Written in the act's transaction, sent after it; in a fixed number of queries, however large the body.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from onevoice.enact.act import Facts
from onevoice.enact.models import Performed
from onevoice.enact.perform import database_clock
from onevoice.enact.subjects import key_of
from onevoice.groups.standing import acting_for, who_acts, who_leads
from onevoice.notices.outbox import post_many
from onevoice.parties.accounts.invitations import recipients_of
from onevoice.parties.models import Organisation
from onevoice.procedure.states import State

from . import notices, visible, wording
from .models import Decision, Proposal


def proposed_in_writing(performed: Performed, _body: Any, happened: Facts) -> None:
    """That a text was put to the body outside a meeting."""
    proposal = happened.result
    context = {"proposal": proposal, "say": wording.letter_proposed, "holding": wording.proposed_in_writing}
    tell_members(performed, proposal, "decisions/letters/procedure.txt", context)


def withdrawn(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That the body is no longer asked to decide."""
    why = happened.personal["why"]
    tell_members(performed, proposal, "decisions/letters/withdrawn.txt", {"proposal": proposal, "why": why})


def published(performed: Performed, decision: Decision, happened: Facts) -> None:
    """That everybody may read what the body decided."""
    tell_members(performed, decision, "decisions/letters/published.txt", {"decision": decision})


def unpublished(performed: Performed, decision: Decision, happened: Facts) -> None:
    """That what the body decided was taken from the public site, and why."""
    why = happened.personal["why"]
    tell_members(performed, decision, "decisions/letters/unpublished.txt", {"decision": decision, "why": why})


def started(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That the clock runs, until when, and what silence means."""
    _of_procedure(performed, proposal, wording.letter_started)


def broken(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a member objects; whose objection it is, as far as the rules show it."""
    _of_procedure(performed, proposal, wording.letter_broken, names=True)


def entered(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """To those who act for the objector: that an objection was entered in its name."""
    if performed.facts.get("counted", "counted") != "counted":
        return
    objector = Organisation.objects.filter(slug=happened.values["objector"])
    persons = acting_for(objector.values("pk"), proposal.group_id, at=performed.received_at)
    _post(performed, proposal, wording.letter_entered, persons)


def entered_after_the_close(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """To those who lead, and to those who act for the objector: what came was entered after the matter was settled."""
    if performed.facts.get("counted") != "late":
        return
    at = performed.received_at
    objector = Organisation.objects.filter(slug=happened.values["objector"])
    persons = set(acting_for(objector.values("pk"), proposal.group_id, at=at))
    persons.update(acting_for(who_leads(proposal.body, at=at), proposal.group_id, at=at))
    _post(performed, proposal, wording.letter_entered_after_the_close, sorted(persons))


def struck(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That the member in whose name an objection was entered says that it is not its own."""
    _of_procedure(performed, proposal, wording.letter_struck, names=True)


def joined(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That another member objects too."""
    _of_procedure(performed, proposal, wording.letter_joined, names=True)


def completed(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That what an objection owed has come."""
    _of_procedure(performed, proposal, wording.letter_completed, names=True)


def taken_back(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That an objection is taken back."""
    _of_procedure(performed, proposal, wording.letter_taken_back, names=True)


def asked(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a member asks for more time."""
    _of_procedure(performed, proposal, wording.letter_asked, names=True)


def extended(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That there is more time, until when."""
    _of_procedure(performed, proposal, wording.letter_extended)


def revised(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a new text is before the members."""
    _of_procedure(performed, proposal, wording.letter_revised)


def corrected(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a typing error was put right, and what was wrong."""
    _of_procedure(performed, proposal, wording.letter_corrected, why=happened.personal["why"])


def stated(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a member stated its position."""
    _of_procedure(performed, proposal, wording.letter_stated, names=True)


def passed_on(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That the next level decides now."""
    _of_procedure(performed, proposal, wording.letter_passed_on)


def agreed_ad_referendum(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a member agrees, subject to confirmation."""
    _of_procedure(performed, proposal, wording.letter_ad_referendum, names=True)


def confirmed(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a member confirmed what it agreed ad referendum."""
    _of_procedure(performed, proposal, wording.letter_confirmed, names=True)


def refused(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That the headquarters of a member does not agree."""
    _of_procedure(performed, proposal, wording.letter_refused, names=True)


def ballot_opened(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That members vote, until when."""
    _of_procedure(performed, proposal, wording.letter_ballot)


def amended(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a member offers other wording."""
    _of_procedure(performed, proposal, wording.letter_amended, names=True)


def agreed_on_condition(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a member agrees if a paragraph reads so in the end."""
    _of_procedure(performed, proposal, wording.letter_condition, names=True)


def condition_taken_back(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That a member agrees without its condition."""
    _of_procedure(performed, proposal, wording.letter_condition_gone, names=True)


def judged(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """What the chair found of the whole, with its reasons."""
    _of_procedure(performed, proposal, wording.letter_judged, why=happened.personal["reasons"])


def objection_judged(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """What the chair found of an objection, with its reasons."""
    _of_procedure(performed, proposal, wording.letter_objection_judged, why=happened.personal["reasons"])


def put(performed: Performed, proposal: Proposal, happened: Facts) -> None:
    """That the chair put the text to the meeting, and what followed."""
    _of_procedure(performed, proposal, wording.letter_put)


def reminded(proposal: Proposal, silent: Iterable[str], *, at: datetime) -> None:
    """To those who act for members that have not: that the clock ends, and what their silence means."""
    rows = Organisation.objects.filter(slug__in=list(silent))
    _post(None, proposal, wording.letter_reminder, acting_for(rows.values("pk"), proposal.group_id, at=at))


def turned(proposal: Proposal) -> None:
    """That the clock has ended and nothing is settled: to those who owe a confirmation, or to all and the chair."""
    outcome, at = visible.holding(proposal), database_clock()
    slugs = outcome.pending.keys() if outcome.state is State.AD_REFERENDUM else outcome.entitled
    rows = Organisation.objects.filter(slug__in=list(slugs))
    persons = set(acting_for(rows.values("pk"), proposal.group_id, at=at))
    if outcome.state is not State.AD_REFERENDUM:
        persons.update(acting_for(who_leads(proposal.body, at=at), proposal.group_id, at=at))
    _post(None, proposal, wording.letter_turned, sorted(persons))


def closed(performed: Performed, proposal: Proposal) -> None:
    """How it ended, to those who decided."""
    decision = Decision.objects.filter(proposal=proposal).first()
    say = wording.letter_adopted if decision else wording.letter_not_adopted
    _of_procedure(performed, proposal, say, decision=decision)


def _of_procedure(
    performed: Performed, proposal: Proposal, say: Any, *, names: bool = False, **context: Any
) -> None:
    """To everybody who acts for an entitled member. An act that the rules do not count tells nobody."""
    if performed.facts.get("counted", "counted") != "counted":
        return
    persons = notices.persons_told(proposal, at=performed.received_at)
    hidden = visible.hides_names(proposal, is_over=False)  # a letter is read before the close
    _post(performed, proposal, say, persons, named=names and not hidden, **context)


def _post(performed: Performed | None, proposal: Proposal, say: Any, persons: list[int], **context: Any) -> None:
    notices.send(proposal, say, persons, {"performed": performed, **context})


def tell_members(performed: Performed, about: Any, template: str, context: Mapping[str, Any]) -> None:
    """One letter to everybody who acts for a member of the body, unless letters about work are switched off."""
    members = who_acts(about.body, at=performed.received_at)
    context = {**context, "performed": performed}
    post_many(recipients_of(members, work=True), "work", template, context, key_of(about), group=about.group)
