"""The pages of decisions and proposals, as everybody and as the group sees them."""

from __future__ import annotations

import csv
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from meetings.reading import main_of, queries
from onevoice.record.models import Entry
from today import YEAR

DECISION, PROPOSAL = f"/icat/decisions/{YEAR}-1", f"/icat/proposals/p-{YEAR}-1"


# --- a decision ------------------------------------------------------------------------------------------------------


def adopted_entry() -> Entry:
    return Entry.objects.get(act="meetings.declare_adopted")


def test_everybody_reads_a_public_decision(adopted: Any, client: Client) -> None:
    text = main_of(client.get(DECISION))
    for fact in (
        f"Decision {YEAR}/1 · Principals · Adopted",
        "Taken at: Meeting of Principals",
        "3 members were present; none objected.",
        "1 The Principals endorse the plan.",
        "2 They meet again next year.",
        "OSCE: Declare adopted. Being placed in the record.",
        f"sha-256 {adopted.text_hash}",
    ):
        # The meeting itself is the group's own: everybody reads the decision, not where it was taken.
        assert (fact in text) == ("Taken at" not in fact), fact
    assert "UNICEF" not in text and b"unicef" not in bytes(adopted_entry().leaf)


def test_the_group_reads_where_it_was_taken_and_from_which_proposal(
    room: Any, adopted: Any, client: Client
) -> None:
    text = main_of(room.icat.ilo.signs_in(client).get(DECISION))
    assert "Taken at: Meeting of Principals" in text
    assert "Present OSCE, UNICEF and UNODC" in text
    assert f"Proposal P/{YEAR}/1" in text
    assert "OSCE: Call for objections" in text


def test_a_place_in_the_record_is_a_link(fresh_icat: Any, client: Client) -> None:
    from meetings.rooms import QUORUM, Room
    from onevoice.record.sequencer import place_pending

    room = Room(fresh_icat)
    room.present(*QUORUM)
    proposal = room.proposes().result
    room.calls(proposal)
    room.adopts(proposal)
    place_pending()
    assert 'href="/icat/record/entries/4"' in client.get(DECISION).content.decode()


def test_a_decision_that_is_not_public_is_not_there_for_others(room: Any, client: Client) -> None:
    proposal = room.proposes(title="Secret plan", public="").result
    room.calls(proposal)
    decision = room.adopts(proposal).result
    stranger = room.icat.neighbour.mallory.signs_in(Client())
    for who in (client, stranger):
        assert who.get(decision.get_absolute_url()).status_code == 404
        for path in (
            "/icat/decisions",
            "/icat/decisions.atom",
            "/icat/decisions?format=csv",
            "/icat/decisions?q=secret",
        ):
            page = who.get(path)
            content = b"".join(page) if page.streaming else page.content
            assert b"Secret plan" not in content, path
    member = room.icat.ilo.signs_in(Client())
    assert "Not public" in main_of(member.get(decision.get_absolute_url()))


def test_the_secretariat_publishes_from_the_page(room: Any, client: Client) -> None:
    proposal = room.proposes(public="").result
    room.calls(proposal)
    decision = room.adopts(proposal).result
    page = room.icat.unodc.signs_in(client).get(decision.get_absolute_url()).content.decode()
    assert f"/icat/do/publish-decision/{decision.pk}" in page
    assert "unpublish-decision" not in page
    page = room.icat.ilo.signs_in(Client()).get(decision.get_absolute_url()).content.decode()
    assert "publish-decision" not in page


def test_what_was_taken_from_the_public_site_says_so_at_its_address(
    room: Any, adopted: Any, client: Client
) -> None:
    from onevoice.decisions.acts.register import UnpublishDecision

    assert client.get(DECISION).status_code == 200
    room.icat.unodc.does(UnpublishDecision, adopted, why="It names a victim.")
    page = client.get(DECISION)
    assert (page.status_code, "Plan endorsed" in page.text, "victim" in page.text) == (410, False, False)
    assert f"Decision <bdi>{YEAR}/1</bdi> was on the public site and was taken from it" in page.text
    assert room.icat.ilo.signs_in(Client()).get(DECISION).status_code == 200
    assert client.get("/icat/decisions/2026-2").status_code == 404


def test_a_decision_of_the_past_says_that_its_text_was_not_found(icat: Any, client: Client) -> None:
    from meetings.past import london

    london(icat)
    text = main_of(client.get("/icat/decisions/ten-decisions"))
    assert "10 decisions The text was not found" in text
    assert "Meeting First high-level meeting of Principals, London" in text


# --- the register ----------------------------------------------------------------------------------------------------


def test_the_register_filters_by_year_body_and_words(room: Any, adopted: Any, client: Client) -> None:
    from meetings.past import london

    london(room.icat)

    def numbers(query: str) -> list[str]:
        page = client.get("/icat/decisions" + query).content.decode()
        return re.findall(r'<a class="title" href="/icat/decisions/([^"]+)"', page)

    assert numbers("") == ["2026-1", "ten-decisions"]
    assert numbers("?sort=date") == ["ten-decisions", "2026-1"]
    assert numbers("?year=2018") == ["ten-decisions"]
    assert numbers("?body=members") == []
    assert numbers("?q=endorse+plan") == ["2026-1"]
    assert numbers("?q=ENDORSE+strategic") == []
    assert numbers("?q=en") == ["2026-1"]  # begins 'endorse'; never in a key


def test_the_register_is_taken_away_as_files(adopted: Any, client: Client) -> None:
    head, row = csv.reader(
        client.get("/icat/decisions?format=csv").getvalue().decode("utf-8-sig").splitlines()
    )
    assert head == [
        "Number",
        "Date",
        "Decision",
        "Body",
        "How",
        "Status",
        "Superseded by",
        "To be reviewed by",
        "What the review found",
        "Taken at",
        "How many",
        "SHA-256 of the text",
    ]
    assert (row[0], row[-1]) == (f"{YEAR}/1", adopted.text_hash)
    assert client.get("/icat/decisions?format=xlsx").content[:2] == b"PK"


# --- proposals -------------------------------------------------------------------------------------------------------


def test_a_proposal_says_first_what_becomes_of_it(room: Any, client: Client) -> None:
    proposal = room.proposes().result
    member = room.icat.ilo.signs_in(client)
    text = main_of(member.get(PROPOSAL))
    assert (
        "The chair will ask whether any member objects. If ILO agrees, you have nothing to do. Object" in text
    )
    assert "Agenda item 2: Co-chairs" in text
    room.calls(proposal)
    assert "The chair has asked whether any member objects." in main_of(member.get(PROPOSAL))
    room.icat.ilo.does(room.room.Object, proposal, reason="Paragraph 1\nexceeds our mandate.")
    text = main_of(member.get(PROPOSAL))
    assert "An objection stands. While it does, the text cannot be adopted by consensus." in text
    assert "Paragraph 1 exceeds our mandate. ILO" in text


def test_a_proposals_page_has_one_solid_button(room: Any, client: Client) -> None:
    proposal = room.proposes().result

    def solid(who: Any) -> list[str]:
        page = who.signs_in(Client()).get(PROPOSAL).content.decode()
        return re.findall(r'class="button" href="([^"]+)"', page)

    assert solid(room.icat.osce) == [f"/icat/do/call-for-objections/{proposal.pk}"]
    assert solid(room.icat.ilo) == []
    room.calls(proposal)
    assert solid(room.icat.osce) == [f"/icat/do/declare-adopted/{proposal.pk}"]


def test_an_adopted_proposal_leads_to_its_decision(room: Any, adopted: Any, client: Client) -> None:
    page = room.icat.ilo.signs_in(client).get(PROPOSAL)
    assert DECISION in page.content.decode()
    assert f"No member objected. The text is a decision of the body. Decision {YEAR}/1" in main_of(page)


def test_the_list_of_proposals_is_for_the_group(room: Any, client: Client) -> None:
    room.proposes(title="Secret plan")
    assert client.get("/icat/proposals").status_code == 404
    text = main_of(room.icat.ilo.signs_in(client).get("/icat/proposals"))
    assert f"P/{YEAR}/1 Secret plan Tabled Principals UNICEF" in text


def test_what_somebody_typed_cannot_turn_the_page(room: Any, client: Client) -> None:
    bad = "<b>bold</b> \u202eevil"
    proposal = room.proposes(title=bad, text=bad).result
    room.icat.ilo.does(room.room.Object, proposal, reason=bad)
    page = room.icat.osce.signs_in(client).get(PROPOSAL).content.decode()
    assert "<b>bold" not in page
    assert "\u202e" not in page


# --- the feed --------------------------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_has_lasting_ids_in_each_language(adopted: Any, client: Client) -> None:
    english, french = (
        ElementTree.fromstring(client.get(f"{p}/icat/decisions.atom").content) for p in ("", "/fr")
    )
    ids = [one.findtext(f"{ATOM}entry/{ATOM}id") for one in (english, french)]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", str(one)) for one in ids)
    assert ids[0] != ids[1]
    again = ElementTree.fromstring(client.get("/icat/decisions.atom").content)
    assert again.findtext(f"{ATOM}entry/{ATOM}id") == ids[0]
    assert english.findtext(f"{ATOM}entry/{ATOM}title") == f"{YEAR}/1: Plan endorsed"
    link = english.find(f"{ATOM}entry/{ATOM}link")
    assert link is not None and link.get("href") == "http://testserver/icat/decisions/2026-1"


# --- what is owed ----------------------------------------------------------------------------------------------------


def owed(who: Any) -> list[str]:
    from onevoice.enact.owed import everything_owed
    from onevoice.enact.perform import database_clock

    return [one.subject for one in everything_owed(who.viewer, who.actor, now=database_clock())]


def test_members_owe_an_answer_to_what_is_open_and_come_to_what_is_convened(room: Any) -> None:
    meeting, proposal = (
        "meetings.meeting:icat/2049-01-14-meeting-of-principals",
        f"decisions.proposal:icat/p-{YEAR}-1",
    )
    assert owed(room.icat.ilo) == [meeting]
    made = room.proposes().result
    assert owed(room.icat.ilo) == [meeting, proposal]
    assert owed(room.icat.neighbour.mallory) == []
    room.icat.ilo.does(room.room.Object, made, reason="No.")
    assert owed(room.icat.ilo) == [meeting]
    room.icat.osce.does(room.convening.CancelMeeting, room.meeting)
    assert owed(room.icat.icmpd) == [proposal]


def test_what_is_owed_takes_as_many_statements_for_many_as_for_one(
    room: Any, django_assert_num_queries: Any
) -> None:
    from onevoice.enact.owed import everything_owed
    from onevoice.enact.perform import database_clock

    viewer, actor, now = room.icat.ilo.viewer, room.icat.ilo.actor, database_clock()
    for _ in range(3):
        room.proposes()
        with django_assert_num_queries(6):
            everything_owed(viewer, actor, now=now)


# --- how much it asks of the database --------------------------------------------------------------------------------


def many(icat: Any) -> None:
    """A thousand decisions and proposals."""
    from django.utils.timezone import now

    from onevoice.decisions.models import Decision, Proposal
    from onevoice.meetings.models import ProposedUnder, TakenAt

    body, meeting = icat.bodies["principals"], icat.group.meetings.get()
    decisions = Decision.objects.bulk_create(
        Decision(
            group=icat.group, body=body, slug=f"d-{n}", title={"en": f"D {n}"}, adopted_written="2019",
            visibility="public",
        )
        for n in range(1000)
    )  # fmt: skip
    TakenAt.objects.bulk_create(TakenAt(meeting=meeting, decision=one) for one in decisions)
    proposals = Proposal.objects.bulk_create(
        Proposal(
            group=icat.group, body=body, number=f"X/{n}", slug=f"x-{n}", title={"en": f"X {n}"}, text=[], text_hash="",
            proposed_by=icat.ilo.organisation, proposer=icat.ilo.person, proposed_at=now(),
        )
        for n in range(1000)
    )  # fmt: skip
    ProposedUnder.objects.bulk_create(
        ProposedUnder(item=meeting.agenda.first(), proposal=one) for one in proposals
    )


@pytest.mark.parametrize(
    ("path", "public", "inside"),
    [
        ("/icat/decisions", 8, 15),
        (DECISION, 9, 21),
        ("/icat/decisions.atom", 2, 2),
        ("/icat/proposals", None, 12),
        (PROPOSAL, None, 18),
    ],
)
def test_pages_ask_as_much_of_many_rows_as_of_few(
    path: str, public: int | None, inside: int, room: Any, adopted: Any, settings: Any
) -> None:
    settings.ROWS_A_PAGE = 5000
    everybody, member = Client(), room.icat.ilo.signs_in(Client())
    for _ in range(2):
        if public is not None:
            assert queries(lambda: everybody.get(path)) == public
        assert queries(lambda: member.get(path)) == inside
        if not room.icat.group.decisions.filter(slug="d-1").exists():
            many(room.icat)
