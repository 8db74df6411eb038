"""The register: how each decision stands, or stood on a day; what is to be done; the same in files."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from decisions.test_silence import Silence
from reading import queries, words


def past(icat: Any, slug: str, day: str, **fields: Any) -> Any:
    from onevoice.decisions.models import Decision

    return Decision.objects.create(
        group=icat.group, body=icat.bodies["principals"], slug=slug, number=slug.upper(), title={"en": f"On {slug}"},
        adopted_written=day, visibility="public", **fields,
    )  # fmt: skip


@pytest.fixture
def register(icat: Any) -> Any:
    """A decision of 2019 that one of 2021 superseded, one of 2020 that was to take effect in 2022."""
    from onevoice.decisions.lasting import supersede

    now = datetime.now(UTC)
    icat.old, icat.new = past(icat, "old", "2019-05-02"), past(icat, "new", "2021")
    icat.later = past(icat, "later", "2020-06", effective_at=datetime(2022, 1, 1, tzinfo=UTC))
    supersede(icat.old, icat.new, since="2021-03", why="", at=now)
    return icat


def rows(client: Client, asked: str) -> list[tuple[str, str]]:
    """Number and status of each row of the file."""
    page = client.get(f"/icat/decisions{asked}{'&' if asked else '?'}format=csv")
    found = csv.DictReader(StringIO(b"".join(page).decode().lstrip("\ufeff")))
    return [(row["Number"], row["Status"]) for row in found]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [("NEW", "In force"), ("LATER", "In force"), ("OLD", "Superseded")]),
        ("?as-of=2019-05-01", []),
        ("?as-of=2020-12-31", [("LATER", "Not in force yet"), ("OLD", "In force")]),
        ("?as-of=2021-02-28", [("NEW", "In force"), ("LATER", "Not in force yet"), ("OLD", "In force")]),
        ("?as-of=2021-03-01", [("NEW", "In force"), ("LATER", "Not in force yet"), ("OLD", "Superseded")]),
        ("?as-of=2022-06-01&standing=in+force", [("NEW", "In force"), ("LATER", "In force")]),
        ("?standing=superseded", [("OLD", "Superseded")]),
        ("?sort=standing", [("LATER", "In force"), ("NEW", "In force"), ("OLD", "Superseded")]),
    ],
)
def test_the_register_says_what_was_in_force_on_a_day(
    register: Any, client: Client, asked: str, found: list[tuple[str, str]]
) -> None:
    got = rows(client, asked)
    assert (sorted(got) if "sort" in asked else got) == (sorted(found) if "sort" in asked else found)
    assert got[-1:] == found[-1:]


def test_a_day_that_is_none_is_said_and_the_register_shown(register: Any, client: Client) -> None:
    page = client.get("/icat/decisions?as-of=2019-13-01")
    assert (page.status_code, "On new" in page.text) == (400, True)


def test_what_took_its_place_is_named_only_to_who_may_see_it(register: Any, client: Client) -> None:
    from onevoice.decisions.acts.register import UnpublishDecision

    assert "Superseded NEW" in words(client.get("/icat/decisions"))
    register.unodc.does(UnpublishDecision, register.new, why="Too early.")
    outside = words(client.get("/icat/decisions"))
    assert "Superseded" in outside and "NEW" not in outside
    assert "Superseded NEW" in words(register.unicef.signs_in(Client()).get("/icat/decisions"))


def test_the_group_reads_whether_a_decision_was_public_on_a_day(register: Any) -> None:
    from onevoice.decisions.acts.register import UnpublishDecision

    register.unodc.does(UnpublishDecision, register.old, why="Too early.")
    yesterday = datetime.now(register.group.tz).date() - timedelta(days=1)
    inside = register.unicef.signs_in(Client())
    hidden = [
        "On old Not public" in words(inside.get(f"/icat/decisions{asked}"))
        for asked in ("", f"?as-of={yesterday}", f"?as-of={yesterday + timedelta(days=2)}")
    ]
    assert hidden == [True, False, True]


def test_follow_up_is_for_the_group_on_the_page_and_in_its_files(register: Any, client: Client) -> None:
    from onevoice.decisions.acts.follow_up import AddFollowUp, CompleteFollowUp

    for until in ("2020", "2099", "2099"):
        what = {"what": "Write.", "organisation": "unicef", "until": until}
        made = register.osce.does(AddFollowUp, register.new, **what).result
    register.unicef.does(CompleteFollowUp, made, words="Done.")
    inside = register.unicef.signs_in(Client())
    assert "2 of 3 open, 1 overdue" in words(inside.get("/icat/decisions"))
    file = b"".join(inside.get("/icat/decisions?format=csv")).decode()
    assert "2 of 3 open, 1 overdue" in file and "Follow-up" in file.splitlines()[0]
    assert "Follow-up" not in client.get("/icat/decisions").text
    assert "Follow-up" not in b"".join(client.get("/icat/decisions?format=csv")).decode()


def test_the_review_is_shown_as_it_was_known_on_the_day(icat: Any, client: Client) -> None:
    from onevoice.decisions.lasting import review

    decision = past(icat, "old", "2019-05-02")
    review(decision, due="2021-05", at=datetime(2020, 1, 1, tzinfo=UTC))
    review(decision, due="2025-05", found="confirmed", at=datetime(2021, 5, 1, tzinfo=UTC))
    shown = [
        [said for said in ("May 2021", "May 2025") if said in words(client.get(f"/icat/decisions{asked}"))]
        for asked in ("?as-of=2019-12-31", "?as-of=2020-12-31", "")
    ]
    assert shown == [[], ["May 2021"], ["May 2025"]]


def test_as_many_queries_for_a_thousand_superseded_as_for_three(icat: Any, settings: Any) -> None:
    from onevoice.decisions.models import Decision

    settings.ROWS_A_PAGE = 5000
    new = past(icat, "new", "2021")
    inside = icat.unicef.signs_in(Client())
    taken = []
    for count in (3, 1000):
        Decision.objects.bulk_create(
            Decision(
                group=icat.group, body=icat.bodies["principals"], slug=f"d-{count}-{n}", title={"en": f"D {n}"},
                adopted_written="2019", visibility="public", superseded_by=new, superseded_written="2021",
            )
            for n in range(count)
        )  # fmt: skip
        taken.append([queries(who, "/icat/decisions?as-of=2024-01-01") for who in (Client(), inside)])
    assert taken[0] == taken[1]


def test_a_decision_that_the_rules_keep_waiting_is_not_in_force_yet(icat: Any, client: Client) -> None:
    from onevoice.decisions.closing import close_due

    silence = Silence(icat, **{'effective = "expiry"': 'effective = "announcement"'})
    silence.ran_out(timedelta(hours=1))
    close_due()
    page = client.get("/icat/decisions").text
    assert re.search(r"Not in force yet", page)
