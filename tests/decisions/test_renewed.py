"""A new text, and a typing error put right: what a member sees of it, and renews with one act."""

from __future__ import annotations

from typing import Any

import pytest

from decisions.test_silence import Silence, again, objects, state
from decisions.test_stances import counted, labels, page_of

NEW = "The Principals endorse the plan.\n\nThey meet again in June.\n\nThey report."


@pytest.fixture
def silence(icat: Any) -> Any:
    return Silence(icat)


def revised(silence: Any, proposal: Any) -> None:
    from onevoice.decisions.acts.clock import ReviseText

    silence.icat.osce.does(ReviseText, again(proposal), text=NEW)


def test_who_has_spoken_sees_only_what_changed_since(silence: Any, client: Any) -> None:
    proposal, icat = silence.starts(), silence.icat
    objects(silence, proposal, icat.ilo)
    revised(silence, proposal)
    changed = page_of(proposal, icat.ilo, client).partition('id="since"')[2].partition("</section>")[0]
    assert 'href="#p2"' in changed and "in June</ins>" in changed
    assert "They report." in changed and "endorse the plan" not in changed
    assert 'id="since"' not in page_of(proposal, icat.unicef, client)


def test_an_objection_is_renewed_with_one_act_and_its_own_words(silence: Any, client: Any) -> None:
    from onevoice.decisions.acts.renewing import RenewObjection
    from onevoice.decisions.visible import holding

    proposal, icat = silence.starts(), silence.icat
    objects(silence, proposal, icat.ilo)
    assert icat.ilo.does(RenewObjection, again(proposal)).kind == "nothing_to_renew"
    revised(silence, proposal)
    assert "RenewObjection" in labels(proposal, icat.ilo) and "RenewObjection" not in labels(
        proposal, icat.unicef
    )
    assert (counted(icat.ilo.does(RenewObjection, again(proposal))), state(proposal)) == (
        ("counted", ""),
        "held up",
    )
    (one,) = holding(again(proposal)).standing
    assert (one.paragraphs, one.stale, one.owes) == (("p2",), False, frozenset())
    assert "Not in May." in page_of(proposal, icat.osce, client)
    assert "RenewObjection" not in labels(proposal, icat.ilo)
    assert icat.unicef.does(RenewObjection, again(proposal)).kind == "nothing_to_renew"


def test_a_typing_error_is_put_right_and_all_that_was_said_stands(silence: Any, client: Any) -> None:
    from onevoice.decisions.acts.clock import CorrectTypingError
    from onevoice.decisions.visible import holding, text_now

    proposal, icat = silence.starts(), silence.icat
    objects(silence, proposal, icat.ilo)
    icat.osce.signs_in(client)
    form = client.get(f"/icat/do/correct-typing-error/{proposal.pk}").content.decode()
    assert "and the clock and all that was said stand" in form
    given = {"text": "The Principals endorse the plan.\n\nThey meet once more.", "why": "A word was wrong."}
    assert counted(icat.osce.does(CorrectTypingError, again(proposal), **given)) == ("counted", "")
    found = holding(again(proposal))
    assert (found.state.value, found.round, [one.stale for one in found.standing]) == ("held up", 0, [False])
    assert text_now(again(proposal)).text[1]["text"] == {"en": "They meet once more."}
    assert icat.ilo.does(CorrectTypingError, again(proposal), **given).kind == "not_for_you"


def test_without_a_rule_for_it_no_typing_error_is_corrected(icat: Any) -> None:
    from onevoice.decisions.acts.clock import CorrectTypingError

    proposal = Silence(icat, **{'correction = "with notice"': 'correction = "none"'}).starts()
    given = {"text": "The Principals endorse the plan.", "why": "A word was wrong."}
    assert icat.osce.does(CorrectTypingError, proposal, **given).kind == "no_correction"
    assert "CorrectTypingError" not in labels(proposal, icat.osce)


def test_minimum_active_support_is_met_by_those_who_say_that_they_agree(icat: Any) -> None:
    from decisions.test_stances import ended
    from onevoice.decisions.acts.positions import AgreeNow

    proposal = Silence(icat, **{'active_support = "none"': "active_support = 2"}).starts()
    icat.ilo.does(AgreeNow, proposal)
    assert ended(proposal).state.value == "not adopted"
    icat.unicef.does(AgreeNow, again(proposal))
    assert ended(proposal).state.value == "adopted"


def test_each_position_of_the_rules_can_be_stated_and_no_other(icat: Any) -> None:
    from onevoice.decisions.acts.positions import StatePosition, position_kinds
    from onevoice.procedure.rules import Position

    every = '", "'.join(Position)
    known = 'kinds = ["reservation", "not joining the endorsers", "no logo"]'
    proposal = Silence(icat, **{known: f'kinds = ["{every}"]'}).starts()
    assert [value for value, _ in position_kinds(proposal)] == [one.value for one in Position]
    for one in Position:
        stated = icat.ilo.does(StatePosition, again(proposal), position=one.value, statement="As we said.")
        assert counted(stated) == ("counted", "")
    refused = icat.ilo.does(StatePosition, again(proposal), position="veto")
    assert list(refused.form.errors) == ["position"]
