"""Rules as pages: every value in words, with its source and what it means; versions; two rules side by side."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from meetings.reading import main_of, queries
from onevoice.procedure import loading
from onevoice.procedure.rules import PARAMETERS

PREFIXES = {"en": "", "fr": "/fr", "es": "/es", "ar": "/ar", "ru": "/ru", "zh-hans": "/zh"}
OWN = "/icat/rules/principals/own"


@pytest.fixture
def ruled(icat: Any) -> Any:
    """ICAT, whose Principals adopted rules of silence, and later others under the same name."""
    from onevoice.decisions.acts.rules import AdoptRules
    from silence import rules_of_three_days

    body = icat.bodies["principals"]
    icat.unodc.does(AdoptRules, body, own=rules_of_three_days())
    longer = {
        "minimum = { working_days = 3 }": "minimum = { hours = 96 }",
        "total = { working_days = 4 }": "total = { hours = 120 }",
    }
    icat.unodc.does(AdoptRules, body, own=rules_of_three_days(longer))
    return icat


@pytest.mark.parametrize("name", loading.known())
def test_every_parameter_of_every_body_is_said_in_words(name: str) -> None:
    from onevoice.decisions.rules_shown import parts

    rules = loading.shipped(name)
    for code in PREFIXES:
        with override(code):
            rows = [row for part in parts(rules, loading.text_of(name)) for row in part.rows]
        assert {row.parameter for row in rows} == set(range(1, PARAMETERS + 1))
        for row in rows:
            assert row.label and row.value and row.means, row
            assert not re.search(r"\{|_|unset|working days = |Silent|Fraction", f"{row.value} {row.means}"), (
                row
            )


def test_a_value_stands_with_its_source_and_what_it_means(icat: Any, client: Client) -> None:
    text = main_of(client.get("/docs/rules/osce-silence"))
    for fact in (
        "The text goes round in writing, with a deadline. Objections are made before it.",
        "Whether other wording is an objection Yes If you offer other wording, you object. C5: objection or amendment",
        "What silence means agreement If your organisation says nothing by the deadline, it counts as agreement. C5",
        "The shortest clock The source is silent. No shortest time is laid down: look at the deadline of each",
        "C8 norway.no",
    ):
        assert fact in text, fact


def test_a_proposal_says_that_it_is_nobodys_rule(icat: Any, client: Client) -> None:
    says = "A proposal that a group may adopt. It is nobody’s rule yet"
    assert says in main_of(client.get("/docs/rules/icat-principals"))
    assert says not in main_of(client.get("/docs/rules/unga"))
    listed = main_of(client.get("/docs/rules"))
    assert listed.count("a proposal to be adopted, nobody’s rule yet") == 2
    assert all(loading.shipped(name).title in listed for name in loading.known())


def test_what_cannot_run_says_what_is_open(icat: Any, client: Client) -> None:
    says = "Nothing can start under these rules while they leave this open: "
    text = main_of(client.get("/docs/rules/nato"))
    assert "whether other wording is an objection" in text.partition(says)[2][:200]


def test_rules_that_are_not_there_are_not_found(ruled: Any, client: Client) -> None:
    ruled.osce.signs_in(client)
    for path in (
        "/docs/rules/none",
        "/icat/rules/principals/none",
        "/icat/rules/none/own",
        f"{OWN}?version=0000",
    ):
        assert client.get(path).status_code == 404, path


def test_a_bodys_own_rules_are_for_its_group(ruled: Any, client: Client) -> None:
    assert client.get(OWN).status_code == 404
    text = main_of(ruled.osce.signs_in(client).get(OWN))
    assert "The shortest clock 96 hours You have at least 96 hours to answer." in text
    assert "No decision is linked to them." in text


def test_an_earlier_version_is_linked_and_says_that_it_is_over(ruled: Any, client: Client) -> None:
    from onevoice.decisions.models import AdoptedRules

    first = AdoptedRules.objects.order_by("pk").first()
    page = ruled.osce.signs_in(client).get(OWN)
    address = f"{OWN}?version={first.hash[:12]}"
    assert f'href="{address}"' in page.content.decode()
    text = main_of(client.get(address))
    assert "The shortest clock 72 hours" in text
    assert "These rules are no longer in force. What started under them runs by them to its end." in text


def test_as_of_a_day_the_rules_of_that_day_are_shown(ruled: Any, client: Client) -> None:
    ruled.osce.signs_in(client)
    assert "These rules were not in force yet on that day." in main_of(client.get(f"{OWN}?as-of=2019-06-01"))
    tomorrow = ruled.now.date() + timedelta(days=1) if hasattr(ruled, "now") else None
    if tomorrow:
        assert "96 hours" in main_of(client.get(f"{OWN}?as-of={tomorrow}"))
    assert client.get(f"{OWN}?as-of=soon").status_code == 400


def test_two_rules_stand_side_by_side_and_what_differs_first(ruled: Any, client: Client) -> None:
    text = main_of(client.get("/docs/rules/unga?with=osce-silence"))
    differ, same = text.split("Where they say the same")
    assert "The shortest clock 72 hours The source is silent." in differ
    assert "How many objections block 1 1" in same
    assert "They differ in" in differ
    own = main_of(ruled.osce.signs_in(client).get(f"{OWN}?with=icat-working-group"))
    assert "The shortest clock 96 hours 3 working days" in own.split("Where they say the same")[0]


def test_what_cannot_be_compared_is_said(icat: Any, client: Client) -> None:
    page = client.get("/docs/rules/unga?with=principals/own")
    assert page.status_code == 400
    assert "There are no rules of that name to compare with. Choose from the list." in page.content.decode()


def test_a_file_of_the_group_brings_no_address_but_one_of_the_web(ruled: Any, client: Client) -> None:
    from onevoice.decisions.acts.rules import AdoptRules
    from silence import rules_of_three_days

    harmful = {"[sources]": '[sources]\nX = "javascript:alert(1)"\nY = "<b>Rules</b>"'}
    ruled.unodc.does(AdoptRules, ruled.bodies["principals"], own=rules_of_three_days(harmful))
    page = ruled.osce.signs_in(client).get(OWN).content.decode()
    assert "&lt;b&gt;Rules&lt;/b&gt;" in page
    assert not re.search(r"href=.javascript", page)


def test_the_pages_ask_the_same_whatever_there_is_and_stay_small(ruled: Any, client: Client) -> None:
    assert queries(lambda: client.get("/docs/rules")) <= 2
    assert queries(lambda: client.get("/docs/rules/wto")) <= 2
    ruled.osce.signs_in(client)
    once = queries(lambda: client.get(OWN))
    from onevoice.decisions.acts.rules import AdoptRules

    for name in ("unga", "wto", "w3c"):
        ruled.unodc.does(AdoptRules, ruled.bodies["principals"], shipped=name)
    assert queries(lambda: client.get(OWN)) == once
    for path in (OWN, f"{OWN}?with=w3c", "/docs/rules/w3c", "/ar/docs/rules/w3c"):
        assert len(gzip.compress(client.get(path).content)) < 40_000, path


def test_rules_are_found_from_the_group_the_proposal_and_the_forms(ruled: Any, client: Client) -> None:
    from onevoice.decisions.acts.proposals import ProposeInWriting

    body, simulation = ruled.bodies["principals"], f'href="{OWN}/simulation"'
    given = {"title": "Plan", "text": "We agree.", "public": "on"}
    proposal = ruled.unicef.does(ProposeInWriting, body, **given).result
    ruled.unodc.signs_in(client)
    assert f'href="{OWN}"' in client.get("/icat/house").content.decode()
    page = client.get(f"/icat/proposals/{proposal.slug}").content.decode()
    assert f'href="{OWN}"' in page and simulation in page
    assert simulation in client.get(f"/icat/do/start-silence/{proposal.pk}").content.decode()
    assert 'href="/docs/rules"' in client.get(f"/icat/do/adopt-rules/{body.pk}").content.decode()
    assert 'href="/fr/docs/rules"' in client.get(f"/fr/icat/do/adopt-rules/{body.pk}").content.decode()


def test_a_proposal_under_its_procedure_leads_to_the_very_rules_that_govern_it(
    ruled: Any, client: Client
) -> None:
    from decisions.test_silence import Silence

    proposal = Silence(ruled).starts()
    page = ruled.osce.signs_in(client).get(f"/icat/proposals/{proposal.slug}").content.decode()
    assert f'href="{OWN}?version={proposal.procedure.rules.hash[:12]}"' in page


def test_each_day_until_an_exact_end_is_shown_with_why(ruled: Any, client: Client) -> None:
    from decisions.test_silence import Silence
    from onevoice.enact.perform import database_clock

    until = (database_clock() + timedelta(days=9)).date().isoformat()
    proposal = Silence(ruled).starts(until_day=until, until_time="17:00")
    text = main_of(ruled.osce.signs_in(client).get(f"/icat/proposals/{proposal.slug}"))
    shown = text.partition("The end was given as an exact time: every day until then counts, days off too.")[
        2
    ]
    assert "The clock starts" in shown and " 9 " in shown.partition("Ends")[0]
