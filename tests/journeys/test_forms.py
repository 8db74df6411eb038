"""Going back, a second window, and somebody else who was quicker: nothing is lost, and nothing done twice."""

from pathlib import Path
from typing import Any

import pytest

from journeys.house import CO_CHAIR, GROUP, SECRETARIAT, TITLE
from journeys.readers import Reader

WORDS = "Any other business"


def form(act: str) -> str:
    """The address of an act on the meeting in which the demonstration's proposal is on the table."""
    from onevoice.decisions.models import Proposal

    meeting = Proposal.objects.get(title__en=TITLE).proposed_under.item.meeting
    return f"/{GROUP}/do/{act}/{meeting.pk}"


def items() -> int:
    from onevoice.meetings.models import AgendaItem

    return AgendaItem.objects.filter(title={"en": WORDS}).count()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_going_back_and_pressing_again_does_nothing_twice(reader: Any, scripts: bool) -> None:
    chair: Reader = reader(scripts=scripts).is_signed_in_as(CO_CHAIR).opens(form("add-agenda-item"))
    chair.page.fill("#title", WORDS)
    chair.presses("Add an agenda item")
    chair.page.go_back(wait_until="domcontentloaded")
    assert chair.page.input_value("#title") == WORDS
    chair.presses("Add an agenda item")
    # Some browsers keep the form, so that it is the same sending; others open a new one and fill in the old words.
    assert chair.reads("This was done already, once") or chair.reads("You have done this already")
    assert items() == 1
    assert "Failed to load resource" in "".join(chair.page.complaints) or chair.page.complaints == []


def test_a_receipt_loaded_again_does_nothing_again(reader: Any) -> None:
    chair: Reader = reader().is_signed_in_as(CO_CHAIR).opens(form("add-agenda-item"))
    chair.page.fill("#title", WORDS)
    chair.presses("Add an agenda item")
    chair.page.reload()
    assert chair.reads("The item is on the agenda.")
    assert items() == 1


def test_a_second_window_is_told_of_the_first(reader: Any) -> None:
    one: Reader = reader().is_signed_in_as(CO_CHAIR).opens(form("add-agenda-item"))
    two = Reader(one.context, one.house, one.language).opens(form("add-agenda-item"))
    for window in (one, two):
        window.page.fill("#title", WORDS)
        window.presses("Add an agenda item")
    assert two.reads("You have done this already")
    assert (two.page.input_value("#title"), items()) == (WORDS, 1)
    two.follows("See the receipt")
    assert two.reads("The item is on the agenda.")


def test_somebody_else_was_quicker_and_one_press_does_it_all_the_same(reader: Any) -> None:
    from onevoice.meetings.models import Meeting

    chair: Reader = reader(width=360).is_signed_in_as(CO_CHAIR).opens(form("postpone-meeting"))
    officer: Reader = reader().is_signed_in_as(SECRETARIAT).opens(form("postpone-meeting"))
    for who, day, begins in ((officer, "2049-02-01", "09:00"), (chair, "2049-03-01", "")):
        who.page.fill("#day", day)
        if begins:
            who.page.fill("#begins", begins)
            who.page.fill("#ends", "23:00")
        who.presses("Postpone the meeting")
    assert chair.reads("This has changed since you opened the form")
    assert "is now “1 February 2049”" in chair.text
    assert "Now: “1 February 2049”." in chair.text
    assert (chair.page.input_value("#day"), chair.page.input_value("#begins")[:5]) == ("2049-03-01", "09:00")
    chair.presses("Postpone the meeting")
    assert chair.reads("The meeting is postponed.")
    postponed = Meeting.objects.get(pk=form("postpone-meeting").rpartition("/")[2])
    assert postponed.when_written == "2049-03-01"


def test_a_session_that_ended_loses_nothing_typed_and_asks_for_the_file_again(reader: Any, tmp_path: Path) -> None:
    from onevoice.decisions.models import Proposal
    from onevoice.meetings.models import Document

    item = Proposal.objects.get(title__en=TITLE).proposed_under.item
    chair: Reader = reader(scripts=False).is_signed_in_as(CO_CHAIR).opens(f"/{GROUP}/do/add-document/{item.pk}")
    paper = tmp_path / "paper.txt"
    paper.write_text("A paper.")
    chair.page.fill("#title", WORDS)
    chair.page.select_option("#language", "fr")
    chair.page.set_input_files("#file", paper)
    chair.context.clear_cookies()
    chair.presses("Add a document")
    assert chair.reads("Sign in to act for your organisation. Nothing has changed.")
    assert "Choose the file again" in chair.text
    chair.is_signed_in_as(CO_CHAIR)  # in another window, which gives a new token too
    Reader(chair.context, chair.house, chair.language).opens("/accounts/profile")
    chair.presses("Open the form with what you typed")
    assert (chair.page.input_value("#title"), chair.page.input_value("#language")) == (WORDS, "fr")
    assert "Choose the file again" in chair.text
    chair.page.set_input_files("#file", paper)
    chair.presses("Add a document")
    assert chair.reads("The document is under the agenda item.")
    assert Document.objects.filter(title={"fr": WORDS}).count() == 1


def test_signing_in_anew_in_another_window_loses_nothing_typed(reader: Any) -> None:
    chair: Reader = reader(width=360).is_signed_in_as(CO_CHAIR).opens(form("add-agenda-item"))
    chair.page.fill("#title", WORDS)
    chair.context.clear_cookies()
    chair.is_signed_in_as(CO_CHAIR)
    Reader(chair.context, chair.house, chair.language).opens(form("add-agenda-item"))
    chair.presses("Add an agenda item")
    assert (chair.page.input_value("#title"), items()) == (WORDS, 0)
    assert "what you typed is kept: send it again." in chair.text
    chair.presses("Add an agenda item")
    assert chair.reads("The item is on the agenda.") and items() == 1


def test_more_than_can_be_read_comes_back_with_its_beginning(reader: Any) -> None:
    chair: Reader = reader().is_signed_in_as(CO_CHAIR).opens(form("add-agenda-item"))
    chair.page.fill("#title", WORDS)
    with chair.page.expect_navigation(wait_until="commit", timeout=60_000):
        chair.page.evaluate(
            "() => { const note = document.querySelector('#note'); note.style.display = 'none';"
            " note.value = ('x'.repeat(99) + '\\n').repeat(60000); note.form.requestSubmit() }"
        )
    assert "the limit is 5,000,000" in chair.text
    assert (len(chair.page.input_value("#note")), chair.page.input_value("#title")) == (10_000, WORDS)
    assert items() == 0
