"""What members say besides objecting: ad referendum, conditions, other wording, votes; and what the chair judges."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from decisions.test_silence import Silence, again, objects, state

BALLOT = {
    'ballot = "none"\n': "",
    "[clock]": '[ballot]\nfor_at_least = "2/3"\nof = "cast"\nagainst_at_most = "none"\n'
    "abstentions_count = false\n\n[clock]",
    'effect = "reopens named paragraphs"': 'effect = "goes to a vote"',
    'withdrawn_until = "expiry"': 'withdrawn_until = "none"',
}
MEETING = {
    'mode = "silence"': 'mode = "consensus in meeting"',
    "minimum = { hours = 72 }": 'minimum = "none"',
    'override = "none"': 'override = ["consensus minus one"]',
}
JUDGED = {
    'mode = "silence"': 'mode = "chair judges"',
    "threshold = 1": 'threshold = "judged"',
    'effect = "reopens named paragraphs"': 'effect = "must be addressed"',
    'silence_means = "consent"': 'silence_means = "neither"',
    'override = "none"': 'override = ["chair records dissent"]',
}
HIDDEN = {'seen_by = "members"': 'seen_by = "chair"'}


@pytest.fixture
def silence(icat: Any) -> Any:
    return Silence(icat)


def now() -> datetime:
    from onevoice.enact.perform import database_clock

    return database_clock()


def until(after: timedelta) -> dict[str, str]:
    """The day and the time so long after now, in Vienna, to the minute."""
    from zoneinfo import ZoneInfo

    at = (now() + after).astimezone(ZoneInfo("Europe/Vienna"))
    return {"until_day": f"{at:%Y-%m-%d}", "until_time": f"{at:%H:%M}"}


def counted(answer: Any) -> tuple[str, str]:
    facts = answer.performed.facts
    return facts["counted"], facts["why"]


def ended(proposal: Any, at: datetime | None = None) -> Any:
    """The same, asked about an instant at which everything is over."""
    from onevoice.decisions.procedures import outcome_of

    return outcome_of(again(proposal).procedure, at=at or now() + timedelta(days=30))


def page_of(proposal: Any, who: Any, client: Any) -> str:
    who.signs_in(client)
    return " ".join(client.get(proposal.get_absolute_url()).content.decode().split())


def labels(proposal: Any, who: Any) -> set[str]:
    """The acts that the page offers."""
    from onevoice.enact.after import acts_on

    return {link.act.__name__ for link in acts_on(again(proposal), who.actor, now=now())}


def written_to(delegation: Any) -> list[str]:
    """The beginnings of the letters to somebody."""
    from onevoice.notices.models import Letter

    return [letter.subject for letter in Letter.objects.filter(address=delegation.account.email)]


def owed_all(delegation: Any) -> list[tuple[str, Any]]:
    """What the desk says that somebody owes in decisions."""
    from onevoice.decisions import owed

    found = [
        one
        for function in (owed.proposals_open, owed.under_procedure)
        for one in function(delegation.viewer, delegation.actor, now=now())
    ]
    return [(str(one.kind).split(".")[0], one.deadline) for one in found]


# Ad referendum


def test_a_member_agrees_ad_referendum_by_a_clock_of_its_own(silence: Any, client: Any) -> None:
    from onevoice.decisions.acts.confirmations import AgreeAdReferendum
    from onevoice.decisions.visible import holding

    proposal, icat = silence.starts(), silence.icat
    assert counted(icat.unicef.does(AgreeAdReferendum, proposal, **until(timedelta(days=6)))) == (
        "counted",
        "",
    )
    assert set(holding(again(proposal)).pending) == {"unicef"}
    page = page_of(proposal, icat.osce, client)
    assert "Confirmations awaited" in page and "UNICEF" in page
    assert any("ad referendum" in subject for subject in written_to(icat.osce))
    assert ended(proposal, proposal.procedure.ends_at).state.value == "adopted ad referendum"
    assert ended(proposal).state.value == "adopted"


def test_a_second_clock_ends_in_the_future_and_has_a_day_and_a_time(silence: Any) -> None:
    from onevoice.decisions.acts.confirmations import AgreeAdReferendum

    proposal, unicef = silence.starts(), silence.icat.unicef
    before = proposal.procedure.received.count()
    assert unicef.does(AgreeAdReferendum, proposal, **until(-timedelta(days=1))).kind == "is_past"
    gap = {"until_day": "2027-03-28", "until_time": "02:30"}
    assert unicef.does(AgreeAdReferendum, proposal, **gap).kind == "no_such_time"
    assert proposal.procedure.received.count() == before


def test_an_end_of_which_only_the_day_was_given_is_refused(silence: Any) -> None:
    from onevoice.decisions.acts.clock import ExtendSilence

    proposal = silence.starts()
    refused = silence.icat.osce.does(ExtendSilence, proposal, until_day="2027-03-28")
    assert (refused.kind, "kept" in str(refused)) == ("half_an_instant", True)


def test_headquarters_confirms_and_the_clock_is_answered(silence: Any) -> None:
    from onevoice.decisions.acts.confirmations import AgreeAdReferendum, ConfirmAgreement
    from onevoice.decisions.visible import holding

    proposal, icat = silence.starts(), silence.icat
    icat.unicef.does(AgreeAdReferendum, proposal, **until(timedelta(days=6)))
    assert "ConfirmAgreement" in labels(proposal, icat.unicef)
    assert "ConfirmAgreement" not in labels(proposal, icat.ilo)
    assert counted(icat.unicef.does(ConfirmAgreement, again(proposal))) == ("counted", "")
    assert holding(again(proposal)).pending == {}
    assert "ConfirmAgreement" not in labels(proposal, icat.unicef)
    assert counted(icat.unicef.does(ConfirmAgreement, again(proposal)))[0] == "late"
    assert icat.ilo.does(ConfirmAgreement, again(proposal)).kind == "not_ad_referendum"


def test_headquarters_refuses_and_that_is_an_objection(silence: Any, client: Any) -> None:
    from onevoice.decisions.acts.confirmations import AgreeAdReferendum, RefuseAgreement

    proposal, icat = silence.starts(), silence.icat
    icat.unicef.does(AgreeAdReferendum, proposal, **until(timedelta(days=6)))
    refused = icat.unicef.does(RefuseAgreement, again(proposal), reason="Our council has not agreed.")
    assert (counted(refused), state(proposal)) == (("counted", ""), "held up")
    assert "Our council has not agreed." in page_of(proposal, icat.osce, client)


def ad_referendum(silence: Any, ends_in: timedelta) -> Any:
    """A text that silence adopted an hour ago; UNICEF's second clock ends so long from now."""
    proposal = silence.ran_out(timedelta(hours=1))
    from zoneinfo import ZoneInfo

    from onevoice.procedure.instants import Announced

    proposal.procedure.received.create(
        what="ad referendum", at=now() - timedelta(hours=2), act="decisions.agree_ad_referendum", once="agreed",
        data={"member": "unicef", "until": str(Announced(now() + ends_in, ZoneInfo("Europe/Vienna")))},
    )  # fmt: skip
    return again(proposal)


def test_refusing_what_was_adopted_ad_referendum_ends_it(silence: Any, client: Any) -> None:
    from onevoice.decisions.acts.confirmations import RefuseAgreement
    from onevoice.decisions.closing import close_due

    proposal, icat = ad_referendum(silence, timedelta(days=2)), silence.icat
    assert state(proposal) == "adopted ad referendum"
    assert "The next confirmation is awaited until" in page_of(proposal, icat.osce, client)
    icat.unicef.does(RefuseAgreement, proposal)
    close_due()
    assert again(proposal).state == "not_adopted"


def test_the_clock_closes_what_no_headquarters_refused(silence: Any) -> None:
    from onevoice.decisions.closing import close_due

    proposal = ad_referendum(silence, timedelta(seconds=-30))
    assert close_due() == 1
    assert (again(proposal).state, again(proposal).decision.how) == ("adopted", "silence")


def test_who_owes_a_confirmation_is_told_when_the_text_is_adopted_ad_referendum(silence: Any) -> None:
    from onevoice.decisions import jobs
    from onevoice.decisions.closing import close_due

    proposal = ad_referendum(silence, timedelta(days=2))
    close_due()
    assert again(proposal).procedure.state == "adopted ad referendum"
    jobs.tell_how_it_turned(proposal.pk)
    assert any("The clock has ended" in subject for subject in written_to(silence.icat.unicef))


# Ballots


def to_a_vote(icat: Any) -> tuple[Any, Any]:
    """An objection came before the end, and the rules ask for a vote."""
    silence = Silence(icat, **BALLOT)
    proposal = silence.starts()
    objects(silence, proposal)
    return silence, proposal


def test_a_ballot_is_opened_where_the_rules_lead_to_one_and_the_last_vote_counts(
    icat: Any, client: Any
) -> None:
    from onevoice.decisions.acts.ballots import CastVote, OpenBallot
    from onevoice.decisions.visible import holding

    _silence, proposal = to_a_vote(icat)
    assert state(proposal) == "to a vote"
    assert "OpenBallot" in labels(proposal, icat.unodc) and "CastVote" not in labels(proposal, icat.ilo)
    opened = icat.unodc.does(OpenBallot, again(proposal), **until(timedelta(days=1)))
    assert (counted(opened), state(proposal)) == (("counted", ""), "voting")
    assert "OpenBallot" not in labels(proposal, icat.unodc) and "CastVote" in labels(proposal, icat.ilo)
    for who, vote in ((icat.ilo, "against"), (icat.unicef, "for"), (icat.ilo, "for"), (icat.osce, "against")):
        assert counted(who.does(CastVote, again(proposal), vote=vote)) == ("counted", "")
    votes = holding(again(proposal)).votes
    assert {name: vote.value for name, vote in votes.items()} == {
        "ilo": "for",
        "unicef": "for",
        "osce": "against",
    }
    page = page_of(proposal, icat.ilo, client)
    assert "The ballot" in page and "Keep silence" not in page and "Against" in page
    over = ended(proposal)
    assert (over.state.value, over.tally.in_favour, over.tally.against) == ("adopted", 2, 1)


def test_a_vote_is_not_seen_where_the_rules_do_not_show_it_and_ones_own_is(icat: Any, client: Any) -> None:
    from onevoice.decisions.acts.ballots import CastVote, OpenBallot

    silence = Silence(icat, **BALLOT, **HIDDEN)
    proposal = silence.starts()
    objects(silence, proposal)
    icat.unodc.does(OpenBallot, again(proposal), **until(timedelta(days=1)))
    icat.ilo.does(CastVote, again(proposal), vote="against")
    ballot = page_of(proposal, icat.unicef, client).partition('id="ballot"')[2].partition("</section>")[0]
    assert "Members who voted</dt><dd>1" in ballot and "ILO" not in ballot and "Against" not in ballot
    own = page_of(proposal, icat.ilo, client).partition('id="ballot"')[2].partition("</section>")[0]
    assert "ILO" in own and "Against" in own


def test_whose_objection_it_is_stays_hidden_in_the_whole_page_where_the_rules_hide_it(
    icat: Any, client: Any
) -> None:
    silence = Silence(icat, **HIDDEN)
    proposal = silence.starts()
    objects(silence, proposal, icat.ilo)
    page = page_of(proposal, icat.unicef, client).partition("<main")[2]
    assert "Object, and break the silence" in page and "ILO" not in page and "Labour" not in page


def test_a_vote_after_the_ballot_is_late_and_nobody_votes_before_it(icat: Any) -> None:
    from onevoice.decisions.acts.ballots import CastVote, OpenBallot

    _silence, proposal = to_a_vote(icat)
    assert counted(icat.ilo.does(CastVote, again(proposal), vote="for")) == ("without effect", "state")
    assert icat.ilo.does(OpenBallot, again(proposal), **until(timedelta(days=1))).kind == "not_for_you"
    assert icat.neighbour.mallory.does(CastVote, again(proposal), vote="for").kind == "not_for_you"
    assert icat.unodc.does(OpenBallot, again(proposal), **until(-timedelta(days=1))).kind == "is_past"


def test_the_desk_owes_a_vote_the_ballot_and_the_confirmation(icat: Any) -> None:
    from onevoice.decisions.acts.ballots import CastVote, OpenBallot

    _silence, proposal = to_a_vote(icat)
    assert [kind for kind, _ in owed_all(icat.unodc)] == ["An objection stands"]
    assert owed_all(icat.ilo) == []
    icat.unodc.does(OpenBallot, again(proposal), **until(timedelta(days=1)))
    vote = [("A ballot is open", again(proposal).procedure.ends_at)]
    assert (owed_all(icat.ilo), owed_all(icat.osce)) == (vote, vote)
    icat.ilo.does(CastVote, again(proposal), vote="for")
    assert (owed_all(icat.ilo), owed_all(icat.osce)) == ([], vote)


def test_the_desk_owes_a_confirmation_until_it_is_given(silence: Any) -> None:
    from onevoice.decisions.acts.confirmations import ConfirmAgreement

    proposal = ad_referendum(silence, timedelta(days=2))
    from onevoice.decisions.closing import close_due

    close_due()
    ((kind, deadline),) = owed_all(silence.icat.unicef)
    assert kind == "Your organisation agreed ad referendum"
    assert timedelta(days=1) < deadline - now() < timedelta(days=3)
    assert owed_all(silence.icat.ilo) == []
    silence.icat.unicef.does(ConfirmAgreement, proposal)
    assert owed_all(silence.icat.unicef) == []


# Other wording


def test_other_wording_is_an_objection_where_the_rules_say_so_and_the_form_says_it(
    silence: Any, client: Any
) -> None:
    from onevoice.decisions.acts.amendments import OfferWording

    proposal, icat = silence.starts(), silence.icat
    icat.ilo.signs_in(client)
    form = client.get(f"/icat/do/offer-wording/{proposal.pk}").content.decode()
    assert "other wording is an objection" in form and "2. They meet again." in form
    said = icat.ilo.does(OfferWording, proposal, paragraph="p2", wording="They meet in June.")
    assert (counted(said), state(proposal)) == (("counted", ""), "held up")


def test_other_wording_blocks_nothing_where_the_rules_say_so(icat: Any, client: Any) -> None:
    from onevoice.decisions.acts.amendments import OfferWording

    proposal = Silence(icat, **{"amendment_counts = true": "amendment_counts = false"}).starts()
    icat.ilo.signs_in(client)
    assert (
        "other wording is no objection"
        in client.get(f"/icat/do/offer-wording/{proposal.pk}").content.decode()
    )
    icat.ilo.does(OfferWording, proposal, paragraph="p2", wording="They meet in June.")
    assert state(proposal) == "running"
    page = page_of(proposal, icat.unicef, client)
    assert "Wording offered" in page and "They meet in June." in page


def test_other_wording_names_a_paragraph_of_the_text(silence: Any) -> None:
    from onevoice.decisions.acts.amendments import OfferWording

    proposal = silence.starts()
    refused = silence.icat.ilo.does(OfferWording, proposal, paragraph="p9", wording="They meet in June.")
    assert list(refused.form.errors) == ["paragraph"]
    assert (
        silence.icat.neighbour.mallory.does(OfferWording, proposal, paragraph="p1", wording="-").kind
        == "not_for_you"
    )


# Conditions


def test_a_condition_is_checked_against_the_text_in_the_end(silence: Any, client: Any) -> None:
    from onevoice.decisions.acts.conditions import AgreeOnCondition, TakeBackCondition

    proposal, icat = silence.starts(), silence.icat
    icat.ilo.does(AgreeOnCondition, proposal, paragraph="p1", words="The Principals endorse the  plan.")
    assert ended(proposal).state.value == "adopted"
    assert "The present text reads so." in page_of(proposal, icat.osce, client)
    icat.ilo.does(AgreeOnCondition, again(proposal), paragraph="p2", words="They meet in June.")
    assert "The present text reads otherwise." in page_of(proposal, icat.osce, client)
    assert ended(proposal).state.value == "held up"
    assert counted(icat.ilo.does(TakeBackCondition, again(proposal))) == ("counted", "")
    assert ended(proposal).state.value == "adopted"
    assert icat.ilo.does(TakeBackCondition, again(proposal)).kind == "no_condition"


def test_naming_a_second_paragraph_keeps_the_first(silence: Any) -> None:
    from onevoice.decisions.acts.conditions import AgreeOnCondition
    from onevoice.decisions.visible import holding

    proposal, ilo = silence.starts(), silence.icat.ilo
    ilo.does(AgreeOnCondition, proposal, paragraph="p1", words="One.")
    ilo.does(AgreeOnCondition, again(proposal), paragraph="p2", words="Two.")
    assert holding(again(proposal)).conditions == {"ilo": {"p1": "One.", "p2": "Two."}}


# The chair


def test_the_chair_puts_the_text_to_the_meeting(icat: Any) -> None:
    from onevoice.decisions.acts.judging import PutToMeeting
    from onevoice.decisions.closing import close_due

    proposal = Silence(icat, **MEETING).starts()
    assert state(proposal) == "open"
    assert "PutToMeeting" in labels(proposal, icat.osce) and "PutToMeeting" not in labels(proposal, icat.ilo)
    assert icat.ilo.does(PutToMeeting, proposal).kind == "not_for_you"
    assert counted(icat.osce.does(PutToMeeting, proposal)) == ("counted", "")
    close_due()
    assert (again(proposal).state, again(proposal).decision.how) == ("adopted", "consensus")


def test_one_objection_is_passed_over_where_the_rules_know_consensus_minus_one(icat: Any) -> None:
    from onevoice.decisions.acts.judging import PutToMeeting
    from onevoice.decisions.visible import holding

    silence = Silence(icat, **MEETING)
    proposal = silence.starts()
    objects(silence, proposal, icat.ilo)
    icat.osce.does(PutToMeeting, again(proposal), override="consensus minus one")
    found = holding(again(proposal))
    assert (found.state.value, found.dissent) == ("adopted", True)


def test_under_silence_nothing_is_put_to_a_meeting(silence: Any, client: Any) -> None:
    from onevoice.decisions.acts.judging import PutToMeeting

    proposal = silence.starts()
    assert "PutToMeeting" not in labels(proposal, silence.icat.osce)
    assert counted(silence.icat.osce.does(PutToMeeting, proposal)) == ("without effect", "state")


def with_the_chair(icat: Any) -> Any:
    """The clock is over by rules under which the chair judges; ILO objected in time."""
    silence = Silence(icat, **JUDGED)
    proposal = silence.ran_out(timedelta(hours=1))
    proposal.procedure.received.create(
        what="objected", at=now() - timedelta(hours=2), act="decisions.break_silence", once="objected",
        data={"member": "ilo", "reasons": "Not in May.", "paragraphs": ["p2"], "wording": "June"},
    )  # fmt: skip
    return again(proposal)


def test_the_chair_judges_with_reasons_that_everybody_reads(icat: Any, client: Any) -> None:
    from onevoice.decisions.acts.judging import JudgeConsensus, JudgeObjection
    from onevoice.decisions.closing import close_due
    from onevoice.decisions.visible import holding

    proposal = with_the_chair(icat)
    assert state(proposal) == "with the chair"
    assert {"JudgeConsensus", "JudgeObjection"} <= labels(proposal, icat.osce)
    assert not {"JudgeConsensus", "JudgeObjection"} & labels(proposal, icat.unodc)
    close_due()
    ((kind, _),) = owed_all(icat.osce)
    assert kind == "The clock is over"
    (one,) = holding(again(proposal)).standing
    finding = {
        "objection": one.objection,
        "verdict": "set aside",
        "reasons": "June was weighed, and is too late.",
    }
    assert counted(icat.osce.does(JudgeObjection, again(proposal), **finding)) == ("counted", "")
    found = {"verdict": "dissent", "reasons": "All but one agree, and it was heard."}
    assert counted(icat.osce.does(JudgeConsensus, again(proposal), **found)) == ("counted", "")
    over = holding(again(proposal))
    assert (over.state.value, over.dissent) == ("adopted", True)
    page = page_of(proposal, icat.unicef, client)
    for words in ("June was weighed", "All but one agree", "There is consensus, with dissent noted"):
        assert words in page, words


def test_a_finding_has_reasons_and_is_one_that_the_rules_know(icat: Any) -> None:
    from onevoice.decisions.acts.judging import JudgeConsensus

    proposal = with_the_chair(icat)
    refused = icat.osce.does(JudgeConsensus, proposal, verdict="consensus", reasons="")
    assert list(refused.form.errors) == ["reasons"]
    assert (
        icat.unicef.does(JudgeConsensus, proposal, verdict="consensus", reasons="So.").kind == "not_for_you"
    )


def test_who_is_in_the_room_counts_where_the_rules_reckon_with_those_present(icat: Any) -> None:
    from onevoice.decisions.acts.judging import EnterPresent

    silence = Silence(icat, **MEETING, **{'basis = "all"': 'basis = "present"'})
    proposal = silence.starts()
    assert "EnterPresent" in labels(proposal, icat.unodc)
    icat.unodc.does(EnterPresent, proposal, members=["unicef", "osce"])
    assert counted(objects(silence, again(proposal), icat.ilo)) == ("without effect", "not in the basis")
    assert "BreakSilence" not in labels(proposal, icat.ilo) and "BreakSilence" in labels(
        proposal, icat.unicef
    )
    assert counted(objects(silence, again(proposal), icat.unicef)) == ("counted", "")
