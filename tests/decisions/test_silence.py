"""A proposal under silence: started, broken, joined, taken back, revised, ended; the exact second."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest


@pytest.fixture
def silence(icat: Any) -> Any:
    return Silence(icat)


class Silence:
    """The Principals, with rules of silence of three days, and a proposal that can be put under them."""

    def __init__(self, icat: Any, **rules: str) -> None:
        from onevoice.decisions.acts.rules import AdoptRules
        from silence import rules_of_three_days

        self.icat, self.body = icat, icat.bodies["principals"]
        icat.unodc.does(AdoptRules, self.body, own=rules_of_three_days(rules))

    def proposes(self) -> Any:
        from onevoice.decisions.acts.proposals import ProposeInWriting

        words = "The Principals endorse the plan.\n\nThey meet again."
        text = {"title": "Plan endorsed", "text": words, "public": "on"}
        return self.icat.unicef.does(ProposeInWriting, self.body, **text).result

    def starts(self, proposal: Any = None, *, told: bool = True, **inputs: Any) -> Any:
        """Under its procedure, and everybody reached, unless that is for the test to do."""
        from onevoice.decisions.acts.silence import StartSilence

        proposal = proposal or self.proposes()
        rules = {"rules": str(proposal.body.rules.first().pk), "kind": "procedural", "complete": "on"}
        answer = self.icat.unodc.does(StartSilence, proposal, **rules | inputs)
        assert hasattr(answer, "performed"), answer
        if told:
            notices_taken(proposal)
        return again(proposal)

    def ran_out(self, ago: timedelta = timedelta(0)) -> Any:
        """A proposal whose three days are over since so long."""
        from onevoice.decisions.starting import begin
        from onevoice.enact.perform import database_clock

        proposal, now = self.proposes(), database_clock()
        begin(
            proposal, rules=proposal.body.rules.first(), calendar=None, dates_seen=True,
            at=now - timedelta(hours=72) - ago, actor=self.icat.unodc.actor,
            data={"by": "secretariat", "kind": "procedural", "languages": ["en"], "complete": True,
                  "length": {"hours": 72}},
        )  # fmt: skip
        return again(proposal)


def notices_taken(proposal: Any) -> None:
    """A mail server has taken every notice that it was not asked to take yet, and what follows has followed."""
    from onevoice.decisions.reaching import follow
    from onevoice.enact.subjects import key_of
    from onevoice.notices.delivery import note
    from onevoice.notices.models import Letter, Step

    for letter in Letter.objects.filter(about=key_of(proposal), turn__isnull=False).exclude(deliveries__step="bounced"):
        note(letter, Step.ACCEPTED)
    follow(again(proposal))


def again(proposal: Any) -> Any:
    from onevoice.decisions.models import Proposal

    return Proposal.objects.select_related(
        "procedure__rules", "procedure__calendar", "body__group", "group"
    ).get(pk=proposal.pk)


def objects(silence: Any, proposal: Any, who: Any = None, **inputs: Any) -> Any:
    from onevoice.decisions.acts.silence import BreakSilence

    said = {"reason": "Not in May.", "paragraphs": ["p2"], "wording": "June"} | inputs
    return (who or silence.icat.osce).does(BreakSilence, proposal, **said)


def state(proposal: Any) -> str:
    from onevoice.decisions.visible import holding

    return holding(again(proposal)).state.value


def test_silence_runs_from_its_start_and_everybody_who_decides_is_told(silence: Any) -> None:
    from onevoice.notices.models import Letter

    proposal = silence.starts()
    assert (proposal.state, state(proposal)) == ("silence", "running")
    length = proposal.procedure.ends_at - proposal.procedure.received.get(what="started").at
    assert length == timedelta(hours=72)
    told = Letter.objects.filter(about=f"decisions.proposal:{proposal.group.slug}/{proposal.slug}")
    assert {letter.address for letter in told} >= {silence.icat.osce.account.email}


def test_what_the_rules_forbid_is_refused_at_the_start(silence: Any) -> None:
    from onevoice.decisions.acts.silence import StartSilence
    from onevoice.decisions.models import Procedure

    proposal = silence.proposes()
    rules = str(proposal.body.rules.first().pk)
    kinds = [
        silence.icat.unodc.does(StartSilence, proposal, **{"rules": rules, "complete": "on"} | changed).kind
        for changed in ({"kind": "substantive"}, {"number": "1", "unit": "hours"}, {"complete": ""})
    ]
    assert kinds == ["start_kind", "start_too short", "start_languages"]
    assert not Procedure.objects.exists()


def test_an_objection_breaks_silence_and_stops_the_clock(silence: Any) -> None:
    proposal = silence.starts()
    done = objects(silence, proposal)
    assert done.performed.facts["counted"] == "counted"
    assert (state(proposal), again(proposal).state) == ("held up", "held_up")


def test_an_objection_without_anything_counts_and_owes_the_rest(silence: Any) -> None:
    from onevoice.decisions.acts.silence import CompleteObjection
    from onevoice.decisions.visible import holding

    proposal = silence.starts()
    objects(silence, proposal, reason="", paragraphs=[], wording="")
    (standing,) = holding(again(proposal)).standing
    assert standing.owes == {"reasons", "paragraphs", "wording"}
    said = {"reason": "Not in May.", "paragraphs": ["p1"], "wording": "June"}
    silence.icat.osce.does(CompleteObjection, again(proposal), objection=standing.objection, **said)
    (standing,) = holding(again(proposal)).standing
    assert (standing.owes, standing.paragraphs) == (frozenset(), ("p1",))


def test_the_clock_runs_on_when_the_last_objection_is_taken_back(silence: Any) -> None:
    from onevoice.decisions.acts.silence import JoinObjection, WithdrawObjection
    from onevoice.decisions.visible import holding

    proposal = silence.starts()
    objects(silence, proposal)
    (standing,) = holding(again(proposal)).standing
    silence.icat.unicef.does(JoinObjection, again(proposal), objection=standing.objection)
    silence.icat.osce.does(WithdrawObjection, again(proposal), objection=standing.objection)
    assert state(proposal) == "held up"
    silence.icat.unicef.does(WithdrawObjection, again(proposal), objection=standing.objection)
    assert state(proposal) == "running"


def test_a_new_text_answers_objections_and_begins_a_short_clock(silence: Any) -> None:
    from onevoice.decisions.acts.clock import ReviseText
    from onevoice.decisions.visible import holding, text_now

    proposal = silence.starts()
    objects(silence, proposal)
    silence.icat.osce.does(
        ReviseText, again(proposal), text="The Principals endorse the plan.\n\nThey meet in June."
    )
    found = holding(again(proposal))
    assert (found.state.value, found.round, found.standing) == ("running", 1, ())
    assert found.end.at - found.since.at == timedelta(hours=24)
    assert text_now(again(proposal)).text[1]["text"] == {"en": "They meet in June."}


def test_an_objection_to_an_earlier_text_stands_and_asks_to_be_renewed(silence: Any) -> None:
    from onevoice.decisions.acts.clock import ReviseText
    from onevoice.decisions.visible import holding

    proposal = silence.starts()
    silence.icat.osce.does(ReviseText, proposal, text="Another text.")
    done = objects(silence, again(proposal), text=proposal.text_hash)
    assert done.performed.facts["counted"] == "counted"
    assert [one.stale for one in holding(again(proposal)).standing] == [True]


def test_a_page_after_the_deadline_says_what_holds_though_no_job_has_run(silence: Any) -> None:
    assert state(silence.ran_out()) == "adopted"


def test_the_clock_adopts_at_the_deadline_whenever_it_runs(silence: Any) -> None:
    from onevoice.decisions.closing import close_due
    from onevoice.decisions.models import Decision
    from onevoice.enact.models import Performed

    proposal = silence.ran_out(timedelta(hours=5))
    assert close_due() == 1
    decision = Decision.objects.get(proposal=proposal)
    end = proposal.procedure.received.get(what="started").at + timedelta(hours=72)
    assert (decision.adopted_at, decision.how, decision.text_hash) == (end, "silence", proposal.text_hash)
    assert again(proposal).state == "adopted"
    act = Performed.objects.get(act="decisions.close_procedure")
    assert act.facts["decided_at"] == end.isoformat().replace("+00:00", "Z")
    assert (close_due(), Decision.objects.filter(proposal=proposal).count()) == (0, 1)


def test_a_late_objection_is_kept_and_told_by_how_much_it_is_late(silence: Any) -> None:
    proposal = silence.ran_out(timedelta(seconds=90))
    done = objects(silence, proposal)
    assert done.performed.facts["counted"] == "late"
    assert 90 <= done.performed.facts["late_by"] < 120
    assert (state(proposal), done.performed.entry is not None) == ("adopted", True)


def test_only_members_object_and_nothing_of_others_is_received(silence: Any) -> None:
    proposal = silence.starts()
    before = proposal.procedure.received.count()
    refused = objects(silence, proposal, silence.icat.neighbour.mallory)
    assert (refused.kind, proposal.procedure.received.count()) == ("not_for_you", before)


def test_a_double_click_is_one_objection(silence: Any) -> None:
    from onevoice.decisions.acts.silence import BreakSilence
    from onevoice.enact.perform import Sending, perform

    proposal = silence.starts()
    sending = Sending({"reason": "No."}, "one-time-number-of-this-form")
    first, second = (
        perform(BreakSilence, again(proposal), sending, actor=silence.icat.osce.actor) for _ in range(2)
    )
    assert (first.again, second.again, second.performed) == (False, True, first.performed)
    assert proposal.procedure.received.filter(what="objected").count() == 1


def test_what_was_received_and_left_unjudged_is_finished(silence: Any, monkeypatch: Any) -> None:
    from onevoice.decisions import closing
    from onevoice.decisions.acts.silence import BreakSilence
    from onevoice.enact.models import Performed

    proposal = silence.starts()
    inputs = {"reason": "No.", "paragraphs": [], "wording": ""}
    BreakSilence.receive(silence.icat.osce.actor, proposal, inputs, once="stopped-before-it-was-judged")
    assert state(proposal) == "held up"
    monkeypatch.setattr(closing, "LEFT_ALONE", timedelta(0))
    assert (closing.finish_received(), closing.finish_received()) == (1, 0)
    performed = Performed.objects.get(once="stopped-before-it-was-judged")
    assert (performed.act, performed.facts["counted"]) == ("decisions.break_silence", "counted")


def test_what_was_received_can_be_changed_by_nobody(silence: Any) -> None:
    from django.db import DatabaseError, connection, transaction

    proposal = silence.starts()
    for words in (
        "update decisions_received set at = at - interval '1 day'", "delete from decisions_received",
        "update decisions_procedure set roster = '[]'", "delete from decisions_procedure",
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    assert proposal.procedure.received.filter(what="started").count() == 1


def test_the_page_says_what_happens_until_when_and_what_was_received(silence: Any, client: Any) -> None:
    proposal = silence.starts()
    silence.icat.osce.signs_in(client)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "The text is adopted when the clock ends, unless a member objects before that instant." in page
    headings = re.findall(r"<h3>([^<]*)</h3>", page.partition('id="ways"')[2])
    assert headings[:3] == ["Keep silence", "Object, and break the silence", "Say that you agree"]
    objects(silence, proposal)
    page = client.get(proposal.get_absolute_url()).content.decode()
    course = re.sub(r"<[^>]*>", "", page.partition("How it came about")[2])
    assert "The procedure started" in course and ": Objection" in course
    assert "Not in May." in page
    assert "An objection stands, and the clock stands still." in page


def test_who_has_not_acted_is_reminded_once_a_step_and_nobody_else(silence: Any) -> None:
    from onevoice.decisions.models import Procedure
    from onevoice.decisions.reminding import remind_due
    from onevoice.enact.perform import database_clock
    from onevoice.notices.models import Letter

    proposal = silence.starts()
    from onevoice.decisions.acts.positions import AgreeNow

    silence.icat.osce.does(AgreeNow, proposal)
    half = again(proposal).procedure.reminds_at
    assert half == proposal.procedure.received.first().at + timedelta(hours=36)
    before = set(Letter.objects.values_list("pk", flat=True))
    Procedure.objects.filter(pk=proposal.pk).update(reminds_at=database_clock())
    assert remind_due() == 1
    told = set(Letter.objects.exclude(pk__in=before).values_list("address", flat=True))
    assert silence.icat.unicef.account.email in told
    assert silence.icat.osce.account.email not in told
    assert (remind_due(), again(proposal).procedure.reminds_at) == (0, half)


def test_who_cannot_be_told_is_waited_for_until_reported_absent(silence: Any) -> None:
    from onevoice.decisions.acts.endings import ReportAbsent
    from onevoice.decisions.closing import close_due
    from onevoice.decisions.visible import holding

    alone = silence.icat.organisation("icmpd2", name="An organisation without people")
    silence.icat.member(alone, since="2019", body=silence.body)
    proposal = silence.ran_out()
    found = holding(proposal)
    assert (found.state.value, found.unreached) == ("waiting", {"icmpd2"})
    close_due()
    assert again(proposal).state == "pending"
    silence.icat.unodc.does(ReportAbsent, again(proposal), members=["icmpd2"])
    assert state(proposal) == "adopted"
    close_due()
    assert again(proposal).state == "adopted"


def test_the_next_level_decides_what_was_passed_to_it(silence: Any) -> None:
    from onevoice.decisions.acts.endings import EnterWhatWasDecided, PassToNextLevel
    from onevoice.decisions.closing import close_due

    proposal = silence.starts()
    objects(silence, proposal)
    silence.icat.osce.does(PassToNextLevel, again(proposal))
    assert state(proposal) == "at the next level"
    silence.icat.unodc.does(
        EnterWhatWasDecided, again(proposal), verdict="adopted", reasons="By the heads, in May."
    )
    close_due()
    assert (again(proposal).state, again(proposal).decision.how) == ("adopted", "next_level")


def test_the_form_says_until_when_it_counts_and_the_receipt_that_it_did(silence: Any, client: Any) -> None:
    proposal = silence.starts()
    silence.icat.osce.signs_in(client)
    form = client.get(f"/icat/do/break-silence/{proposal.pk}").content.decode()
    ends = proposal.procedure.ends_at
    assert "It counts if it is received before this instant:" in form
    assert f"{ends:%Y-%m-%d %H:%M:%S} UTC" in form
    done = objects(silence, proposal)
    receipt = client.get(f"/icat/receipts/{done.performed.key}").content.decode()
    assert 'class="notice done"' in receipt and "Your objection counts." in receipt
    assert "An objection stands, and the clock stands still." in receipt


def test_what_comes_late_is_told_so_before_and_after_and_by_how_much(silence: Any, client: Any) -> None:
    proposal = silence.ran_out(timedelta(days=1, hours=2))
    silence.icat.osce.signs_in(client)
    form = client.get(f"/icat/do/break-silence/{proposal.pk}").content.decode()
    assert "By the rules it would not count now." in form
    assert "It counts if it is received before this instant:" not in form
    done = objects(silence, proposal)
    receipt = client.get(f"/icat/receipts/{done.performed.key}").content.decode()
    assert 'class="notice caution"' in receipt and "Your objection counts." not in receipt
    assert "It came too late, by 1 d 2 h 0 min" in receipt


def test_what_is_without_effect_says_why(silence: Any, client: Any) -> None:
    from onevoice.decisions.acts.silence import WithdrawObjection
    from onevoice.decisions.under import UnderProcedure

    said = WithdrawObjection.said({"counted": "without effect", "why": "no withdrawal", "state": "held up"})
    assert (said.counts, str(said.says)) == (False, "By the rules an objection is not taken back.")
    assert str(said.heading) == "It was received, and is without effect"
    assert UnderProcedure.said({}).counts


def test_the_page_offers_each_way_with_its_sentence(silence: Any, client: Any) -> None:
    proposal = silence.starts()
    silence.icat.unicef.signs_in(client)
    page = client.get(proposal.get_absolute_url()).content.decode()
    for words in ("Keep silence", "Say that you agree", "Ask for more time", "State a position", "UTC"):
        assert words in page, words
    assert "Put a new text" not in page


def test_a_text_whose_procedure_has_not_started_has_its_page(silence: Any, client: Any) -> None:
    proposal = silence.proposes()
    for one in (silence.icat.unodc, silence.icat.osce, silence.icat.unicef):
        page = client.get(proposal.get_absolute_url()) if one.signs_in(client) else None
        assert page is not None and page.status_code == 200


def test_everybody_reads_the_page_of_a_decision_that_silence_adopted(silence: Any, client: Any) -> None:
    from onevoice.decisions.closing import close_due

    proposal = silence.ran_out()
    close_due()
    address = again(proposal).decision.get_absolute_url()
    assert "Adopted under silence" in client.get(address).content.decode()
    silence.icat.osce.signs_in(client)
    assert [client.get(page).status_code for page in (address, proposal.get_absolute_url())] == [200, 200]
