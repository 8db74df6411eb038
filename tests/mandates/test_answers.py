"""What answers a paragraph: said and taken back by the secretariat, shown on both pages, to those who may see it."""

from typing import Any

import pytest
from django.test import Client

from onevoice.decisions.models import Decision
from onevoice.enact.models import Performed
from onevoice.enact.perform import database_clock
from onevoice.enact.subjects import key_of
from onevoice.mandates.acts.answers import (
    SayWhatAnswersMandate,
    SayWhatAnswersParagraph,
    TakeBackAnswerToMandate,
    TakeBackAnswerToParagraph,
)
from onevoice.mandates.acts.instruments import (
    CorrectMandate,
    EnterMandate,
    TranslateMandate,
    WithdrawMandate,
)
from onevoice.mandates.acts.paragraphs import (
    CorrectParagraph,
    EnterParagraph,
    EnterParagraphs,
    WithdrawParagraph,
)
from onevoice.mandates.models import AnswerTakenBack, Instrument, Paragraph
from onevoice.meetings.models import Meeting
from onevoice.outputs.models import Output
from reading import queries, words
from world import World

from .test_acts_mandates import done, wrong

PAGE = "/icat/mandates/ga-72-195"


def paragraph(number: str = "1") -> Paragraph:
    return Paragraph.objects.get(instrument__slug="ga-72-195", number=number)


def decision(icat: World, slug: str = "ten", visibility: str = "public") -> Decision:
    return Decision.objects.create(
        group=icat.group, body=icat.bodies["principals"], slug=slug, title={"en": f"Decision {slug}"},
        adopted_written="2018-05-02", visibility=visibility,
    )  # fmt: skip


def briefing(icat: World) -> Meeting:
    return Meeting.objects.create(
        group=icat.group, slug="briefing", kind="briefing", title={"en": "Briefing"}, when_written="2018-06-14",
        zone="Europe/Vienna", visibility="public",
    )  # fmt: skip


def answers(icat: World, thing: Any, number: str = "1") -> Any:
    return icat.unodc.does(SayWhatAnswersParagraph, paragraph(number), thing=key_of(thing))


@pytest.fixture
def things(icat: World) -> dict[str, Any]:
    """One of each kind of thing that can answer, with the words by which a page names it."""
    return {
        "2 May 2018 Decision ten Decision": decision(icat),
        "14 June 2018 Briefing Event": briefing(icat),
        "September 2017 The Gender Dimensions of Human Trafficking Output": Output.objects.get(
            slug="issue-brief-4"
        ),
        "A/73/171: Report Resolution or report": icat.instrument(
            "a-73-171", symbol="A/73/171", kind="report", title={"en": "Report"}
        ),
    }


def test_each_kind_of_thing_answers_a_paragraph_and_names_it(
    icat: World, things: dict, client: Client
) -> None:
    for thing in things.values():
        done(answers(icat, thing))
    said = words(client.get(PAGE))
    for named in things:
        assert said.count(named) == 1
    assert "2 paragraphs, each with what answers it. 1 is not answered on the public record yet." in said
    assert "2 Requests a report. Nothing on the public record answers it yet." in said
    for thing in things.values():
        page = client.get(thing.get_absolute_url())
        assert "Answers A/RES/72/195, paragraph 1" in words(page)
        assert f'href="{PAGE}#p1"' in page.content.decode()
    assert "Decision ten Decision" in words(client.get("/icat/mandates"))


def test_each_kind_of_thing_answers_a_mandate_as_a_whole(icat: World, things: dict, client: Client) -> None:
    resolution = paragraph().instrument
    for thing in things.values():
        done(icat.unodc.does(SayWhatAnswersMandate, resolution, thing=key_of(thing)))
    said = words(client.get(PAGE)).partition("What answers all of it")[2]
    assert [named in said for named in things] == [True] * 4
    assert "Answers A/RES/72/195" in words(client.get("/icat/outputs/issue-brief-4"))


def test_a_thing_is_found_by_the_address_of_its_page(icat: World) -> None:
    done(icat.unodc.does(
        SayWhatAnswersParagraph, paragraph(), address="https://onevoice.example.org/fr/icat/outputs/toolkit?x=1#y"
    ))  # fmt: skip
    assert list(paragraph().outputs.values_list("slug", flat=True)) == ["toolkit"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "thing"),
        ({"thing": "outputs.output:neighbour/toolkit"}, "thing"),
        ({"thing": "mandates.instrument:icat/ga-72-195"}, "thing"),
        ({"address": "/icat/outputs/nothing"}, "address"),
        ({"address": "/neighbour/outputs/toolkit"}, "address"),
        ({"address": "/icat/members/unicef"}, "address"),
        ({"address": "https://example.org"}, "address"),
        ({"address": "http://[broken"}, "address"),
        ({"address": "/icat/mandates/ga-72-195"}, "address"),
    ],
)
def test_what_cannot_answer_is_refused_with_a_sentence(
    icat: World, given: dict[str, str], field: str
) -> None:
    assert list(wrong(icat.unodc.does(SayWhatAnswersParagraph, paragraph(), **given))) == [field]


def test_nothing_answers_twice(icat: World) -> None:
    ten = decision(icat)
    done(answers(icat, ten))
    assert list(wrong(answers(icat, ten))) == ["thing"]
    again = icat.unodc.does(SayWhatAnswersParagraph, paragraph(), address="/icat/decisions/ten")
    assert wrong(again) == {"address": ["This is said to answer it already. Nothing has changed."]}


def test_an_answer_is_taken_back_with_a_trace(icat: World, client: Client) -> None:
    ten = decision(icat)
    done(answers(icat, ten))
    taken = {"answer": key_of(ten), "why": "It was about another group."}
    done(icat.unodc.does(TakeBackAnswerToParagraph, paragraph(), **taken))
    said = words(client.get(PAGE))
    assert "1 Invites the group to meet. Nothing on the public record answers it yet. No longer said to answer it: " \
        "Decision ten. Taken back on" in said  # fmt: skip
    assert "by UNODC. It was about another group." in said
    assert "paragraph 1" not in words(client.get("/icat/decisions/ten"))
    trace = AnswerTakenBack.objects.get()
    assert (trace.paragraph, trace.organisation) == (paragraph(), icat.unodc.organisation)
    assert str(icat.unodc.does(TakeBackAnswerToParagraph, paragraph(), **taken)) == (
        "Nothing is said to answer this that could be taken back. Nothing has changed."
    )


def test_an_answer_to_the_whole_is_taken_back_too(icat: World, client: Client) -> None:
    ten, resolution = decision(icat), paragraph().instrument
    ten.answers.add(resolution)
    done(icat.unodc.does(TakeBackAnswerToMandate, resolution, answer=key_of(ten), why="A slip."))
    assert not ten.answers.exists()
    assert "Decision ten. Taken back on" in words(client.get(PAGE))


def test_what_only_the_group_may_see_does_not_answer_in_public(icat: World, client: Client) -> None:
    secret = decision(icat, "secret", "group")
    performed = icat.unodc.does(SayWhatAnswersParagraph, paragraph(), thing=key_of(secret)).performed
    assert performed.entry.public is False
    assert "Decision secret" not in words(client.get(PAGE))
    done(icat.unodc.does(TakeBackAnswerToParagraph, paragraph(), answer=key_of(secret), why="Secret why"))
    assert "Secret why" not in words(client.get(PAGE))
    inside = icat.unicef.signs_in(client)
    assert "Decision secret" in words(inside.get(PAGE)) and "Secret why" in words(inside.get(PAGE))


def test_what_answered_a_withdrawn_paragraph_keeps_its_link(icat: World, client: Client) -> None:
    done(answers(icat, decision(icat)))
    row = paragraph()
    done(icat.unodc.does(WithdrawParagraph, row, why="A slip."))
    page = client.get(PAGE)
    said = words(page).partition("1 paragraph was entered by mistake and withdrawn")[2]
    assert "Invites the group to meet." in said and "Decision ten" in said and "A slip." in said
    assert f'id="{row.anchor}"' in page.content.decode()
    assert f"{PAGE}#{row.anchor}" in client.get("/icat/decisions/ten").content.decode()
    assert str(icat.unodc.does(SayWhatAnswersParagraph, row, thing=key_of(decision(icat, "more")))) == (
        "This paragraph was withdrawn. Nothing has changed."
    )


def test_what_answered_a_withdrawn_mandate_keeps_its_link(icat: World, client: Client) -> None:
    ten, resolution = decision(icat), paragraph().instrument
    ten.answers.add(resolution)
    done(answers(icat, ten))
    done(icat.unodc.does(WithdrawMandate, resolution, why="Entered for another group."))
    said = words(client.get(PAGE))
    assert "This mandate was entered by mistake and withdrawn on" in said
    assert "by UNODC. What answered it keeps its link. Entered for another group." in said
    assert "Invites the group to meet." in said and said.count("Decision ten") == 2
    assert f'href="{PAGE}"' in client.get("/icat/decisions/ten").content.decode()
    listed = words(client.get("/icat/mandates"))
    assert ("A/RES/72/195" in listed, "A/RES/61/180" in listed) == (False, True)
    resolution.refresh_from_db()
    for act, subject in (
        (WithdrawMandate, resolution),
        (SayWhatAnswersMandate, resolution),
        (TakeBackAnswerToMandate, resolution),
        (CorrectMandate, resolution),
        (TranslateMandate, resolution),
        (EnterParagraph, resolution),
        (EnterParagraphs, resolution),
    ):
        assert str(act.refusal(icat.unodc.actor, subject, now=database_clock())) == (
            "This mandate was withdrawn. Nothing has changed."
        )
    for act in (CorrectParagraph, WithdrawParagraph, SayWhatAnswersParagraph, TakeBackAnswerToParagraph):
        row = paragraph()
        assert act.refusal(icat.unodc.actor, row, now=database_clock()) is not None


def test_a_withdrawn_mandate_is_entered_anew_at_an_address_of_its_own(icat: World) -> None:
    done(icat.unodc.does(WithdrawMandate, paragraph().instrument, why="A slip."))
    given = {"kind": "mandate", "organ": "General Assembly", "language": "en", "symbol": "A/RES/72/195"}
    made = done(icat.unodc.does(EnterMandate, icat.group, **given))
    assert made.slug not in ("ga-72-195", "") and made.standing


def test_only_the_secretariat_withdraws_a_mandate_and_says_why(icat: World) -> None:
    resolution = paragraph().instrument
    for who in (icat.osce, icat.unicef):
        assert who.does(WithdrawMandate, resolution, why="Mine.").kind == "not_for_you"
    assert list(wrong(icat.unodc.does(WithdrawMandate, resolution))) == ["why"]
    assert Instrument.objects.get(pk=resolution.pk).standing


def test_only_the_secretariat_says_what_answers(icat: World) -> None:
    ten = decision(icat)
    for who in (icat.osce, icat.unicef):
        assert who.does(SayWhatAnswersParagraph, paragraph(), thing=key_of(ten)).kind == "not_for_you"
        assert (
            who.does(SayWhatAnswersMandate, paragraph().instrument, thing=key_of(ten)).kind == "not_for_you"
        )
    assert not paragraph().decisions.exists()


def test_the_acts_on_a_paragraph_are_offered_to_the_secretariat_alone(icat: World, client: Client) -> None:
    done(answers(icat, decision(icat)))
    said = words(icat.unodc.signs_in(client).get(PAGE))
    first, _, second = said.partition("2 Requests a report.")
    offered = [
        label in first
        for label in ("Say what answers this paragraph", "Take back an answer to this paragraph")
    ]
    assert (offered, "Take back an answer to this paragraph" in second) == ([True, True], False)
    assert "Say what answers" not in words(icat.unicef.signs_in(client).get(PAGE))


def test_the_queries_do_not_grow_with_the_paragraphs(icat: World, client: Client) -> None:
    ten, resolution = decision(icat), paragraph().instrument
    ten.answered_paragraphs.add(paragraph())
    of_public, of_secretariat = [PAGE, "/icat/decisions/ten"], [PAGE]

    def taken() -> list[int]:
        visitor, officer = Client(), icat.unodc.signs_in(Client())
        return [queries(visitor, f"{each}?{Performed.objects.count()}") for each in of_public] + [
            queries(officer, each) for each in of_secretariat
        ]

    before = taken()
    Paragraph.objects.bulk_create(
        Paragraph(
            instrument=resolution, number=str(n), anchor=f"p{n}", text={"en": f"Paragraph {n}"}, order=n
        )
        for n in range(3, 300)
    )
    ten.answered_paragraphs.add(*Paragraph.objects.filter(instrument=resolution))
    assert taken() == before
    assert len(before) == 3 and max(before) < 40


def test_the_receipt_names_the_paragraph(icat: World, client: Client) -> None:
    performed = icat.unodc.does(SayWhatAnswersParagraph, paragraph(), thing=key_of(decision(icat))).performed
    client = icat.unodc.signs_in(client)
    receipt = client.get(f"/icat/receipts/{performed.key}")
    assert performed.subject == "mandates.paragraph:icat/ga-72-195/p1"
    assert "A/RES/72/195, paragraph 1" in words(receipt)
    assert f'href="{PAGE}#p1"' in receipt.content.decode()


def test_instruments_keep_their_own_answers(icat: World, client: Client) -> None:
    later = icat.instrument("ga-74-176", symbol="A/RES/74/176")
    done(icat.unodc.does(SayWhatAnswersParagraph, paragraph("2"), thing=key_of(later)))
    assert list(Instrument.objects.get(pk=later.pk).answered_paragraphs.all()) == [paragraph("2")]
    assert "Answers A/RES/72/195, paragraph 2" in words(client.get("/icat/mandates/ga-74-176"))
