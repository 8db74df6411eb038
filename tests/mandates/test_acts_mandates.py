"""The secretariat enters mandates and their paragraphs, and corrects them; what was there stays."""

from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from onevoice.enact.models import Performed
from onevoice.enact.perform import Done, Incomplete
from onevoice.mandates.acts.fields import reading_of
from onevoice.mandates.acts.instruments import CorrectMandate, EnterMandate, TranslateMandate
from onevoice.mandates.acts.paragraphs import (
    CorrectParagraph,
    EnterParagraph,
    EnterParagraphs,
    WithdrawParagraph,
)
from onevoice.mandates.models import Instrument, Paragraph
from reading import words
from world import World

PASTED = "The General Assembly,\n\n3. Invites the group to meet;\n4. Requests a report\nevery year."


def done(answer: Any) -> Any:
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    return answer.result


def wrong(answer: Any) -> dict[str, list[str]]:
    assert isinstance(answer, Incomplete), answer
    return {name: [str(each) for each in errors] for name, errors in answer.form.errors.items()}


def resolution() -> Instrument:
    return Instrument.objects.get(slug="ga-72-195")


def numbers() -> list[str]:
    return list(resolution().paragraphs.filter(standing=True).values_list("number", flat=True))


def enters(icat: World, **given: Any) -> Any:
    wanted = {"kind": "mandate", "organ": "General Assembly", "language": "en"} | given
    return icat.unodc.does(EnterMandate, icat.group, **wanted)


def corrects(icat: World, instrument: Instrument, **given: Any) -> Any:
    return icat.unodc.does(CorrectMandate, instrument, **CorrectMandate.initial(instrument) | given)


# --- mandates -------------------------------------------------------------------------------------------------
def test_a_mandate_is_entered_with_its_family(icat: World, client: Client) -> None:
    icat.instrument("ga-78-228", organ={"en": "General Assembly", "fr": "Assemblée générale"}, order=2)
    report = done(
        enters(
            icat, kind="report", symbol="A/73/171", title="Improving coordination", when="2018-07",
            web="https://undocs.org/A/73/171", responds_to=["ga-72-195"], session="73",
        )
    )  # fmt: skip
    assert (report.slug, report.when_written, report.session, report.order) == ("a-73-171", "2018-07", 73, 3)
    assert report.organ["fr"] == "Assemblée générale"
    assert list(report.responds_to.all()) == [resolution()]
    said = words(client.get("/icat/mandates/a-73-171"))
    assert "Report of the Secretary-General · General Assembly A/73/171 Improving coordination" in said
    entry = Performed.objects.latest("pk").entry
    assert (entry.public, entry.act) == (True, "mandates.enter_mandate")


def test_a_mandate_is_called_by_something_and_entered_once(icat: World) -> None:
    assert list(wrong(enters(icat))) == ["symbol"]
    assert str(enters(icat, symbol="A/RES/72/195")) == (
        "A/RES/72/195 is entered already. Nothing has changed: correct what is there."
    )
    assert wrong(enters(icat, symbol="A/1", when="14 June 2018")) == {
        "when": ["Write the date as far as it is known: 2006, 2006-09 or 2006-09-14."]
    }


def test_a_corrected_mandate_keeps_what_was_said(icat: World, client: Client) -> None:
    done(
        corrects(
            icat, resolution(), title="Improving coordination", when="2017-12-19", why="As the text has it."
        )
    )
    assert (resolution().title, resolution().when_written) == ({"en": "Improving coordination"}, "2017-12-19")
    was = resolution().corrections.get()
    assert (was.was, was.organisation) == (
        {"title": {"en": "Resolution ga-72-195"}, "when": "2017"}, icat.unodc.organisation,
    )  # fmt: skip
    said = words(client.get("/icat/mandates/ga-72-195"))
    assert "by UNODC. As the text has it. Title Resolution ga-72-195 Date 2017" in said


def test_a_correction_that_changes_nothing_is_none(icat: World) -> None:
    assert wrong(corrects(icat, resolution(), why="To be sure.")) == {
        "__all__": ["Nothing differs from what is there. Nothing has changed."]
    }
    assert not resolution().corrections.exists()


def test_a_mandate_does_not_lead_to_itself(icat: World) -> None:
    assert list(wrong(corrects(icat, resolution(), leads_to="ga-72-195", why="A slip."))) == ["leads_to"]


def test_a_mandate_is_said_in_another_language(icat: World, client: Client) -> None:
    done(
        icat.unodc.does(
            TranslateMandate, resolution(), language="fr", title="Amélioration de la coordination"
        )
    )
    assert "Amélioration de la coordination" in words(client.get("/fr/icat/mandates/ga-72-195"))


# --- paragraphs -----------------------------------------------------------------------------------------------
def test_a_pasted_text_is_shown_as_it_was_read_before_it_is_entered(icat: World, client: Client) -> None:
    instrument = resolution()
    client = icat.unodc.signs_in(client)
    address = f"/icat/do/enter-paragraphs/{instrument.pk}"
    sent = {"language": "en", "text": PASTED, "once": "1", "as": icat.unodc.appointment.pk}
    first = client.post(address, sent)
    said = words(first)
    assert (first.status_code, numbers()) == (422, ["1", "2"])
    assert "2 paragraphs were read. 3 Invites the group to meet; 4 Requests a report every year." in said
    assert "What stands before the first number is left out: The General Assembly," in said
    mark = reading_of(PASTED).mark
    changed = client.post(address, sent | {"text": PASTED + " And more.", "read_as": mark, "once": "2"})
    assert (changed.status_code, numbers()) == (422, ["1", "2"])
    assert client.post(address, sent | {"read_as": mark, "once": "3"}).status_code == 303
    assert numbers() == ["1", "2", "3", "4"]


def test_a_call_is_told_the_mark_of_the_reading(icat: World, client: Client) -> None:
    client = icat.unodc.signs_in(client)
    address = reverse("call", args=["icat", "enter-paragraphs", resolution().pk])
    inputs = {"language": "en", "text": PASTED}
    told = client.post(address, {"inputs": inputs, "once": "c1"}, content_type="application/json")
    (error,) = told.json()["fields"]["read_as"]
    inputs["read_as"] = error["code"]
    done = client.post(address, {"inputs": inputs, "once": "c2"}, content_type="application/json")
    assert (told.status_code, done.status_code, numbers()) == (422, 201, ["1", "2", "3", "4"])


def pastes(icat: World, text: str, language: str = "en") -> Any:
    return icat.unodc.does(
        EnterParagraphs, resolution(), language=language, text=text, read_as=reading_of(text).mark
    )


def test_pasting_another_language_puts_it_beside_what_is_there(icat: World, client: Client) -> None:
    done(pastes(icat, "1. Invite le groupe.\n2. Demande un rapport.\n3. Décide.", "fr"))
    assert list(resolution().paragraphs.values_list("number", "text")) == [
        ("1", {"en": "Invites the group to meet.", "fr": "Invite le groupe."}),
        ("2", {"en": "Requests a report.", "fr": "Demande un rapport."}),
        ("3", {"fr": "Décide."}),
    ]
    assert "Earlier wording" not in words(client.get("/icat/mandates/ga-72-195"))


def test_pasting_never_replaces_words(icat: World) -> None:
    assert wrong(pastes(icat, "2. Other words.\n3. New words."))["text"] == [
        "Some of these paragraphs are entered already in this language: 2. Nothing has changed. Correct them, or take "
        "them out of the text."
    ]
    assert numbers() == ["1", "2"]


@pytest.mark.parametrize("text", ["No number at all.", ""])
def test_a_text_without_numbers_is_refused_with_a_sentence(icat: World, text: str) -> None:
    assert isinstance(pastes(icat, text), Incomplete)


def test_one_paragraph_takes_its_place_by_its_number(icat: World) -> None:
    done(icat.unodc.does(EnterParagraph, resolution(), number="10", text_en="Ten.", text_ar="عشرة"))
    made = done(icat.unodc.does(EnterParagraph, resolution(), number="1 bis", text_en="Also."))
    assert (numbers(), made.anchor, made.get_absolute_url()) == (
        ["1", "1 bis", "2", "10"], "p1-bis", "/icat/mandates/ga-72-195#p1-bis",
    )  # fmt: skip
    refused = icat.unodc.does(EnterParagraph, resolution(), number="2", text_en="Again.")
    assert "has a paragraph with that number already" in str(refused)
    assert wrong(icat.unodc.does(EnterParagraph, resolution(), number="3")) == {
        "__all__": ["Give the text in one language at least."]
    }


def test_a_corrected_paragraph_keeps_its_address_and_its_old_words(icat: World, client: Client) -> None:
    paragraph = resolution().paragraphs.get(number="2")
    given = CorrectParagraph.initial(paragraph) | {"number": "3", "text_en": "Requests two reports."}
    done(icat.unodc.does(CorrectParagraph, paragraph, **given, why="The second page was missed."))
    content = client.get("/icat/mandates/ga-72-195").content.decode()
    assert 'id="p2"' in content and 'id="p3"' not in content
    said = words(client.get("/icat/mandates/ga-72-195"))
    assert "3 Requests two reports." in said
    assert "Earlier wording 2 Requests a report. Until" in said
    assert "by UNODC. The second page was missed." in said


def test_a_withdrawn_paragraph_frees_its_number_and_stays_on_the_page(icat: World, client: Client) -> None:
    paragraph = resolution().paragraphs.get(number="2")
    done(icat.unodc.does(WithdrawParagraph, paragraph, why="Of another resolution."))
    done(icat.unodc.does(EnterParagraph, resolution(), number="2", text_en="The right one."))
    said = words(client.get("/icat/mandates/ga-72-195"))
    assert "1 paragraph was entered by mistake and withdrawn 2 Requests a report. Until" in said
    assert "Of another resolution." in said
    assert str(icat.unodc.does(WithdrawParagraph, paragraph, why="Twice.")) == (
        "This paragraph was withdrawn. Nothing has changed."
    )


def test_only_the_secretariat_enters_and_corrects(icat: World) -> None:
    paragraph = resolution().paragraphs.get(number="2")
    given = CorrectParagraph.initial(paragraph) | {"text_en": "Other words.", "why": "Mine."}
    for who in (icat.osce, icat.unicef):
        assert who.does(CorrectParagraph, paragraph, **given).kind == "not_for_you"
        assert who.does(WithdrawParagraph, paragraph, why="Mine.").kind == "not_for_you"
    assert (paragraph.corrections.count(), numbers()) == (0, ["1", "2"])


@pytest.mark.parametrize(
    "statement",
    [
        'update mandates_paragraph set text = \'{"en": "Other words"}\'',
        "update mandates_paragraph set number = number || '1'",
        "update mandates_paragraph set anchor = 'p99' where number = '1'",
        "update mandates_paragraph set standing = false",
        "delete from mandates_paragraph where number = '1'",
        'update mandates_instrument set title = \'{"en": "Other words"}\'',
        "update mandates_instrument set standing = false",
    ],
)
def test_the_database_keeps_what_was_said(icat: World, statement: str) -> None:
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("set constraints all immediate")


@pytest.mark.parametrize(
    "table",
    [
        "instrumentcorrection",
        "instrumentwithdrawal",
        "paragraphcorrection",
        "paragraphwithdrawal",
        "answertakenback",
    ],
)
def test_history_is_only_added_to(icat: World, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select has_table_privilege(%(t)s, 'INSERT'), has_table_privilege(%(t)s, 'UPDATE'), "
            "has_table_privilege(%(t)s, 'DELETE')",
            {"t": f"mandates_{table}"},
        )
        assert cursor.fetchone() == (True, False, False)


def test_what_is_pasted_cannot_turn_the_page(icat: World) -> None:
    done(pastes(icat, "3. Invites \u202eall\u202c\x00.".replace("\x00", "")))
    assert Paragraph.objects.get(number="3").text == {"en": "Invites all."}
