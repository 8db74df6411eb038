"""Where the body's rules hide whose an objection, a vote or another word of a member is, nothing names it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from decisions.test_entered import came
from decisions.test_silence import Silence, again, objects
from decisions.test_stances import HIDDEN, page_of, until


@pytest.fixture
def hidden(icat: Any) -> Any:
    """A text under rules that name objectors to the chair (OSCE) alone."""
    silence = Silence(icat, **HIDDEN)
    proposal = silence.starts()
    return silence, proposal


def main_of(client: Any, address: str, who: Any, data: dict[str, str] | None = None) -> str:
    who.signs_in(client)
    answer = client.get(address) if data is None else client.post(address, data)
    page = " ".join(answer.content.decode().split())
    return page.partition("<main")[2].partition("</main>")[0]


def names(text: str) -> bool:
    """Whether ILO is named."""
    return "ILO" in text or "International Labour" in text


def stale_form(client: Any, proposal: Any, who: Any) -> str:
    """Somebody who had opened a form before others acted sends it."""
    given = {"as": str(who.actor.appointment), "once": "opened-before", "seen": "0", "reason": "Not so."}
    return main_of(client, f"/icat/do/ask-for-time/{proposal.pk}", who, given)


def test_a_form_that_is_stale_names_no_objector(hidden: Any, client: Any) -> None:
    silence, proposal = hidden
    icat = silence.icat
    objects(silence, proposal, icat.ilo)
    page = stale_form(client, proposal, icat.unicef)
    assert "This has changed since you opened the form" in page
    assert "A member, Object, and break the silence" in page and not names(page)


def test_the_chair_reads_in_a_stale_form_who_objected(hidden: Any, client: Any) -> None:
    silence, proposal = hidden
    objects(silence, proposal, silence.icat.ilo)
    assert names(stale_form(client, proposal, silence.icat.osce))


def test_where_the_rules_show_it_a_stale_form_names_the_objector(icat: Any, client: Any) -> None:
    silence = Silence(icat)
    proposal = silence.starts()
    objects(silence, proposal, icat.ilo)
    assert names(stale_form(client, proposal, icat.unicef))


def test_a_stale_form_does_not_say_for_whom_an_objection_was_entered(hidden: Any, client: Any) -> None:
    from onevoice.decisions.acts.silence import EnterObjection

    silence, proposal = hidden
    icat = silence.icat
    icat.unodc.does(
        EnterObjection, proposal, organisation="ilo", message="By mail.", reason="Not in May.", **came()
    )
    assert again(proposal).procedure.received.filter(what="objected").exists()
    page = stale_form(client, proposal, icat.unicef)
    assert "UNODC" in page and not names(page)


def test_a_stale_call_names_no_objector_nor_its_person(hidden: Any, client: Any) -> None:
    silence, proposal = hidden
    icat = silence.icat
    objects(silence, proposal, icat.ilo)
    icat.unicef.signs_in(client)
    call = {"once": "a-call", "seen": 0, "inputs": {"reason": "Not so."}}
    answer = client.post(
        f"/api/icat/do/ask-for-time/{proposal.pk}", json.dumps(call), content_type="application/json"
    )
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "break_silence" in said and not names(said) and icat.ilo.person.name not in said


def test_the_desk_names_no_objector(hidden: Any, client: Any) -> None:
    silence, proposal = hidden
    objects(silence, proposal, silence.icat.ilo)
    page = main_of(client, "/icat/desk", silence.icat.unicef)
    assert "A member: Object, and break the silence" in page.replace(" : ", ": ")
    assert not names(page.partition("break the silence")[0][-200:])
    assert names(main_of(client, "/icat/desk", silence.icat.osce))


def test_whoever_objected_reads_its_own_name_on_its_desk(hidden: Any, client: Any) -> None:
    silence, proposal = hidden
    objects(silence, proposal, silence.icat.ilo)
    page = main_of(client, "/icat/desk", silence.icat.ilo)
    assert names(page.partition("break the silence")[0][-200:])


def test_the_form_to_join_an_objection_names_no_objector(hidden: Any, client: Any) -> None:
    silence, proposal = hidden
    objects(silence, proposal, silence.icat.ilo)
    page = main_of(client, f"/icat/do/join-objection/{proposal.pk}", silence.icat.unicef)
    assert "A member: Not in May." in page and not names(page)


def test_who_joined_is_not_named_to_the_objector_by_its_own_forms(hidden: Any, client: Any) -> None:
    from onevoice.decisions.acts.silence import JoinObjection

    silence, proposal = hidden
    icat = silence.icat
    objects(silence, proposal, icat.unicef)
    from onevoice.decisions.visible import holding

    (one,) = holding(again(proposal)).standing
    assert hasattr(icat.ilo.does(JoinObjection, again(proposal), objection=one.objection), "performed")
    page = main_of(client, f"/icat/do/withdraw-objection/{proposal.pk}", icat.unicef)
    assert "UNICEF" in page and not names(page)


def test_who_agreed_ad_referendum_is_not_named_on_the_page(hidden: Any, client: Any) -> None:
    from onevoice.decisions.acts.confirmations import AgreeAdReferendum

    silence, proposal = hidden
    icat = silence.icat
    icat.ilo.does(AgreeAdReferendum, proposal, **until(timedelta(days=6)))
    awaited = page_of(proposal, icat.unicef, client).partition('id="awaited"')[2].partition("</section>")[0]
    assert "A member" in awaited and not names(awaited)
    assert names(page_of(proposal, icat.osce, client).partition('id="awaited"')[2].partition("</section>")[0])


def test_the_notice_asks_the_database_as_often_however_many_acted(hidden: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from onevoice.enact.after import told
    from onevoice.enact.models import Performed

    silence, proposal = hidden
    icat = silence.icat
    counts = []
    for who in (icat.ilo, icat.osce):
        objects(silence, again(proposal), who)
        rows = list(Performed.objects.filter(act="decisions.break_silence"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            told(icat.unicef.viewer, rows)
        counts.append(len(asked))
    assert counts[0] == counts[1]
