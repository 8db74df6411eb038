"""What becomes of a decision: announced, followed up, reviewed, superseded, taken up again; and who may say so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from decisions.test_silence import Silence, again, state

EFFECTIVE = 'effective = "expiry"'


@pytest.fixture
def silence(icat: Any) -> Any:
    return Silence(icat)


def decided(silence: Any, ago: timedelta = timedelta(0)) -> Any:
    """A decision that silence adopted."""
    from onevoice.decisions.closing import close_due

    proposal = silence.ran_out(ago)
    close_due()
    return again(proposal).decision


def kind(answer: Any) -> str:
    return answer.kind if hasattr(answer, "kind") else type(answer).__name__


# --- the outcome ---------------------------------------------------------------------------------------------------


def test_an_outcome_is_announced_once_by_those_who_lead_and_the_members_are_told(silence: Any) -> None:
    from onevoice.decisions.acts.outcomes import AnnounceOutcome
    from onevoice.decisions.visible import holding
    from onevoice.notices.models import Letter

    proposal = decided(silence).proposal
    assert kind(silence.icat.unicef.does(AnnounceOutcome, proposal)) == "not_for_you"
    Letter.objects.all().delete()
    done = silence.icat.osce.does(AnnounceOutcome, again(proposal))
    assert (done.performed.facts["counted"], done.performed.entry is not None) == ("counted", True)
    assert holding(again(proposal)).announced == done.performed.received_at
    assert silence.icat.unicef.account.email in set(Letter.objects.values_list("address", flat=True))
    assert kind(silence.icat.unodc.does(AnnounceOutcome, again(proposal))) == "announced_already"


def test_nothing_is_announced_while_the_clock_runs(silence: Any) -> None:
    from onevoice.decisions.acts.outcomes import AnnounceOutcome
    from onevoice.decisions.visible import holding

    proposal = silence.starts()
    done = silence.icat.osce.does(AnnounceOutcome, proposal)
    assert done.performed.facts["counted"] == "without effect"
    assert holding(again(proposal)).announced is None


@pytest.mark.parametrize(
    ("moment", "act", "inputs"),
    [
        ("announcement", "AnnounceOutcome", {}),
        ("next meeting", "EnterNextMeeting", {"meeting": "Principals, May", "noted": "Took note."}),
    ],
)
def test_a_decision_holds_from_the_moment_that_the_rules_name(
    icat: Any, moment: str, act: str, inputs: dict[str, str]
) -> None:
    from onevoice.decisions.acts import outcomes

    silence = Silence(icat, **{EFFECTIVE: f'effective = "{moment}"'})
    decision = decided(silence)
    assert (decision.awaits_effect, decision.effective_at) == (True, None)
    done = silence.icat.unodc.does(getattr(outcomes, act), again(decision.proposal), **inputs)
    decision.refresh_from_db()
    assert (decision.awaits_effect, decision.effective_at) == (False, done.performed.received_at)


def test_a_matter_is_taken_up_again_by_whom_the_rules_name_with_new_information(silence: Any) -> None:
    from onevoice.decisions.acts.outcomes import ReopenMatter
    from onevoice.decisions.visible import holding

    proposal = decided(silence).proposal
    why = {"reasons": "A court has ruled."}
    assert kind(silence.icat.unicef.does(ReopenMatter, again(proposal), **why)) == "new_information"
    assert kind(silence.icat.neighbour.mallory.does(ReopenMatter, again(proposal), **why)) == "not_for_you"
    done = silence.icat.unicef.does(ReopenMatter, again(proposal), new="on", **why)
    assert done.performed.facts["counted"] == "counted"
    assert holding(again(proposal)).reopened == done.performed.received_at
    assert (state(proposal), "court" in bytes(done.performed.entry.leaf).decode()) == ("adopted", False)


@pytest.mark.parametrize(
    ("by", "kinds"),
    [('"unset"', ("no_reopening", "no_reopening")), ('["chair"]', ("not_yours_to_reopen", "Done"))],
)
def test_rules_say_who_may_ask_and_others_are_refused(icat: Any, by: str, kinds: tuple[str, str]) -> None:
    from onevoice.decisions.acts.outcomes import ReopenMatter

    silence = Silence(icat, **{'reopened_by = ["member", "chair"]': f"reopened_by = {by}"})
    proposal = decided(silence).proposal
    asked = {"new": "on", "reasons": "A court has ruled."}
    found = [kind(one.does(ReopenMatter, again(proposal), **asked)) for one in (icat.unicef, icat.osce)]
    assert tuple(found) == kinds


# --- another in its place --------------------------------------------------------------------------------------------


def test_a_decision_is_superseded_by_another_since_that_was_adopted(silence: Any) -> None:
    from onevoice.decisions.acts.lasting import RestoreDecision, SupersedeDecision

    old, new = decided(silence, timedelta(days=2)), decided(silence)
    named = {"decision": str(new.pk)}
    assert kind(silence.icat.unicef.does(SupersedeDecision, old, **named)) == "not_for_you"
    done = silence.icat.osce.does(SupersedeDecision, old, **named)
    old.refresh_from_db()
    assert (old.superseded_by, old.superseded_written) == (new, new.adopted_written)
    assert done.performed.facts["by"] == new.number and done.performed.entry.public
    assert kind(silence.icat.osce.does(SupersedeDecision, old, **named)) == "superseded_already"
    assert kind(silence.icat.osce.does(SupersedeDecision, new, decision=str(old.pk))) == "Incomplete"
    silence.icat.osce.does(RestoreDecision, old, why="It was another.")
    old.refresh_from_db()
    assert (old.superseded_by, old.superseded_written, old.supersedings.count()) == (None, "", 2)
    assert kind(silence.icat.osce.does(RestoreDecision, old, why="Again.")) == "not_superseded"


def test_a_decision_that_is_not_public_is_not_named_in_public(silence: Any) -> None:
    from onevoice.decisions.acts.lasting import SupersedeDecision
    from onevoice.decisions.acts.register import UnpublishDecision

    old, new = decided(silence), decided(silence)
    silence.icat.unodc.does(UnpublishDecision, new, why="Too early.")
    done = silence.icat.osce.does(SupersedeDecision, old, decision=str(new.pk))
    assert "by" not in done.performed.facts


# --- review --------------------------------------------------------------------------------------------------------


def owed(who: Any, function: str) -> list[tuple[str, Any]]:
    from onevoice.decisions import lasting_owed
    from onevoice.enact.perform import database_clock

    found = getattr(lasting_owed, function)(who.viewer, who.actor, now=database_clock())
    return [(str(one.kind), one.deadline) for one in found]


def test_a_review_that_is_near_is_on_the_desk_of_chair_and_secretariat_until_it_is_entered(
    silence: Any,
) -> None:
    from onevoice.decisions.acts.lasting import EnterReview, SetReviewDate
    from onevoice.languages.partial import PartialDate

    icat, decision = silence.icat, decided(silence)
    assert kind(icat.unicef.does(SetReviewDate, decision, until="2020-05")) == "not_for_you"
    icat.osce.does(SetReviewDate, decision, until="2020-05")
    row = ("This decision is due for review. Enter what the review finds, or another date.",
           PartialDate("2020-05").bounds("Europe/Vienna")[1])  # fmt: skip
    assert [owed(one, "reviews") for one in (icat.osce, icat.unodc, icat.unicef)] == [[row], [row], []]
    icat.unodc.does(EnterReview, decision, found="confirmed", why="It does its work.", until="2099")
    assert [owed(one, "reviews") for one in (icat.osce, icat.unodc)] == [[], []]
    decision.refresh_from_db()
    assert (decision.reviews_written, [one.found for one in decision.reviews.all()]) == (
        "2099",
        ["", "confirmed"],
    )


def test_the_rules_set_the_first_review(icat: Any) -> None:
    silence = Silence(icat, **{'review_after = "none"': "review_after = { days = 30 }"})
    decision = decided(silence)
    day = decision.adopted_at.astimezone(decision.group.tz).date() + timedelta(days=30)
    assert decision.reviews_written == day.isoformat()


# --- follow-up -----------------------------------------------------------------------------------------------------


@pytest.fixture
def followed(silence: Any) -> Any:
    """UNICEF writes a report by a month that is over."""
    from onevoice.decisions.acts.follow_up import AddFollowUp

    silence.decision = decided(silence)
    what = {"what": "Write a report.", "organisation": "unicef", "until": "2020-05"}
    silence.follow_up = silence.icat.osce.does(AddFollowUp, silence.decision, **what).result
    return silence


def test_a_follow_up_is_told_to_its_owner_and_stands_on_its_desk_overdue(followed: Any) -> None:
    from onevoice.languages.partial import PartialDate
    from onevoice.notices.models import Letter

    due = PartialDate("2020-05").bounds("Europe/Vienna")[1]
    ((says, deadline),) = owed(followed.icat.unicef, "follow_ups")
    assert (says.split(":")[0], deadline) == ("Overdue", due)
    assert (owed(followed.icat.ilo, "follow_ups"), owed(followed.icat.osce, "follow_ups")) == ([], [])
    letter = Letter.objects.filter(about__startswith="decisions.followup").get()
    assert letter.address == followed.icat.unicef.account.email


def test_progress_is_only_added_to_and_a_closed_follow_up_leaves_the_desk(followed: Any) -> None:
    from onevoice.decisions.acts.follow_up import ChangeFollowUp, CompleteFollowUp, ReportProgress

    icat, one = followed.icat, followed.follow_up
    assert kind(icat.ilo.does(ReportProgress, one, words="Begun.")) == "not_for_you"
    icat.unicef.does(ReportProgress, one, words="Begun.")
    icat.osce.does(ChangeFollowUp, one, organisation="", office="co_chair", until="2099", words="More time.")
    assert [len(owed(who, "follow_ups")) for who in (icat.unicef, icat.osce)] == [0, 1]
    icat.osce.does(CompleteFollowUp, one, words="Sent.")
    assert owed(icat.osce, "follow_ups") == []
    assert kind(icat.osce.does(CompleteFollowUp, one, words="Again.")) == "closed_already"
    steps = [(s.state, s.said, s.due_written, s.office, s.by.slug) for s in one.steps.all()]
    assert steps == [
        ("not_started", "", "2020-05", "", "osce"),
        ("ongoing", "Begun.", "2020-05", "", "unicef"),
        ("ongoing", "More time.", "2099", "co_chair", "osce"),
        ("completed", "Sent.", "2099", "co_chair", "osce"),
    ]


def test_a_follow_up_has_one_owner_and_only_those_who_lead_discontinue_it(followed: Any) -> None:
    from onevoice.decisions.acts.follow_up import AddFollowUp, DiscontinueFollowUp

    icat = followed.icat
    for owner in ({}, {"organisation": "unicef", "office": "co_chair"}):
        assert kind(icat.osce.does(AddFollowUp, followed.decision, what="More.", **owner)) == "Incomplete"
    assert kind(icat.unicef.does(AddFollowUp, followed.decision, what="More.")) == "not_for_you"
    assert kind(icat.unicef.does(DiscontinueFollowUp, followed.follow_up, words="No.")) == "not_for_you"
    done = icat.osce.does(DiscontinueFollowUp, followed.follow_up, words="It is superseded.")
    assert (done.performed.facts["state"], done.performed.entry.public) == ("discontinued", False)


def test_what_was_said_of_a_decision_can_be_changed_by_nobody(followed: Any) -> None:
    from django.db import DatabaseError, connection, transaction

    for table in ("followupstep", "review", "superseding"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"delete from decisions_{table}")  # noqa: S608 - a name of ours


# --- calendars -----------------------------------------------------------------------------------------------------

OWN = """name = "Vienna"
place = "Vienna"
zone = "Europe/Vienna"
weekend = ["saturday", "sunday"]
"""


def adopts(icat: Any, *years: str, holidays: str = "") -> Any:
    from onevoice.decisions.acts.rules import AdoptCalendar

    listed = "".join(f'[years.{year}]\nstatus = "provisional"\n{holidays if holidays[:4] == year else ""}'
                     for year in years)  # fmt: skip
    if holidays:
        day, name = holidays.split(" ", 1)
        listed = "".join(
            f'[years.{year}]\nstatus = "provisional"\n'
            + (f'[years.{year}.holidays]\n{day} = "{name}"\n' if day[:4] == year else "")
            for year in years
        )
    return icat.unodc.does(AdoptCalendar, icat.group, own=OWN + listed)


def test_a_calendar_that_runs_out_is_told_to_chair_and_secretariat_60_days_before(icat: Any) -> None:
    from onevoice.decisions.models import AdoptedCalendar
    from onevoice.decisions.running import running_out
    from world import instant

    assert kind(adopts(icat, "2026", "2027")) == "Done"
    calendar = AdoptedCalendar.objects.get()
    for day, found in (("2027-10-31", []), ("2027-11-01", [calendar])):
        assert [one for one, _last in running_out(icat.group.pk, now=instant(day))] == found


def test_the_desk_of_those_who_lead_says_that_a_calendar_has_no_more_days(icat: Any) -> None:
    adopts(icat, "2020")
    found = [[says for says, _ in owed(one, "calendars")] for one in (icat.unodc, icat.osce, icat.unicef)]
    told = ["The calendar Vienna has no whole list of holidays for today. Clocks of working days cannot run."]
    assert found == [told, told, []]


def test_a_holiday_that_a_running_clock_used_stays_in_the_calendar_until_it_is_over(icat: Any) -> None:
    from onevoice.decisions.models import Procedure
    from onevoice.decisions.visible import holding

    silence = Silence(icat)
    today = silence.proposes().proposed_at.astimezone(icat.group.tz).date()
    day = next(d for n in range(1, 4) if (d := today + timedelta(days=n)).weekday() < 5)
    years = {str(today.year), str(today.year + 1)}
    adopts(icat, *sorted(years), holidays=f"{day} Founders' Day")
    proposal = silence.starts(calendar=str(icat.group.calendars.get().pk), dates="on")
    end = holding(proposal).end
    refused = adopts(icat, *sorted(years))
    assert kind(refused) == "holiday_in_use"
    assert str(day.year) in str(refused) and icat.group.calendars.count() == 1
    assert kind(adopts(icat, *sorted(years), holidays=f"{day} Another name")) == "Done"
    assert holding(again(proposal)).end == end
    Procedure.objects.update(ends_at=proposal.procedure.received.earliest("at").at)  # it is over
    assert kind(adopts(icat, *sorted(years))) == "Done"


# --- pages ---------------------------------------------------------------------------------------------------------


def test_the_group_reads_what_follows_a_decision_and_everybody_only_whether_it_is_in_force(
    followed: Any, client: Any
) -> None:
    from django.test import Client

    from onevoice.decisions.acts.follow_up import ReportProgress
    from onevoice.decisions.acts.lasting import SetReviewDate, SupersedeDecision
    from reading import words

    icat, old = followed.icat, followed.decision
    icat.unicef.does(ReportProgress, followed.follow_up, words="Half of it.")
    icat.osce.does(SetReviewDate, old, until="2099-05", why="As usual.")
    newer = decided(followed)
    icat.osce.does(SupersedeDecision, old, decision=str(newer.pk))
    inside = words(icat.unicef.signs_in(Client()).get(old.get_absolute_url()))
    for said in ("1. Write a report.", "Ongoing", "Overdue", "Half of it.", "To be reviewed by the end of May 2099",
                 f"Another decision has taken its place: {newer.number}", "Say that it is completed"):  # fmt: skip
        assert said in inside, said
    outside = words(client.get(old.get_absolute_url()))
    assert f"Another decision has taken its place: {newer.number}" in outside and "Superseded" in outside
    assert not [said for said in ("Write a report", "Half of it", "As usual") if said in outside]


def test_a_decision_takes_as_many_queries_with_much_that_followed_as_with_little(followed: Any) -> None:
    from django.test import Client

    from onevoice.decisions.acts.follow_up import AddFollowUp, ReportProgress
    from reading import queries

    address = followed.decision.get_absolute_url()
    client = followed.icat.osce.signs_in(Client())
    taken = queries(client, address)
    for _number in range(12):
        made = followed.icat.osce.does(
            AddFollowUp, followed.decision, what="More.", organisation="unicef"
        ).result
        followed.icat.unicef.does(ReportProgress, made, words="Begun.")
    assert queries(client, address) == taken
