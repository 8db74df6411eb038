"""What dated facts answer for an instant: surely, perhaps, attested, between attestations, not known, no."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from psycopg.types.range import TimestamptzRange

from onevoice.claims.asof import Answer
from onevoice.claims.models import Basis
from onevoice.groups.models import Group, OfficeHolding
from onevoice.groups.standing import held
from onevoice.languages.partial import PartialDate

VIENNA = Group(slug="g", zone="Europe/Vienna")


def fact(since: str, until: str = "", basis: Basis = Basis.STATED) -> OfficeHolding:
    """A fact with the period that its dates as written allow."""
    lower = PartialDate.parse(since).bounds(VIENNA.zone)[0] if since else None
    upper = PartialDate.parse(until).bounds(VIENNA.zone)[1] if until else None
    return OfficeHolding(
        since_written=since, until_written=until, basis=basis, period=TimestamptzRange(lower, upper)
    )


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "day", "answer"),
    [
        ([("2019", "2019")], "2019-06-01", Answer.HOLDS),  # a chair of that year
        ([("2019", "2019")], "2020-06-01", Answer.NO),
        ([("2006-09", "")], "2006-09-14", Answer.PERHAPS),  # since some day of that month
        ([("2006-09", "")], "2006-09-30", Answer.HOLDS),
        ([("2006-09", "")], "2006-08-31", Answer.NO),
        ([("2006-09", "2011")], "2010-12-31", Answer.HOLDS),
        ([("2006-09", "2011")], "2011-03-01", Answer.PERHAPS),  # until some day of that year
        ([("2018-05-02", "2018-05-04")], "2018-05-04", Answer.HOLDS),
        ([("2018-05-02", "2018-05-04")], "2018-05-05", Answer.NO),
        ([("", "2011")], "1990-01-01", Answer.HOLDS),
    ],
)
def test_stated_dates_answer_as_finely_as_they_are_written(facts: Any, day: str, answer: Answer) -> None:
    assert held([fact(*dates) for dates in facts], VIENNA, at=on(day)) == answer


@pytest.mark.parametrize(
    ("days", "day", "answer"),
    [
        (["2011"], "2011-08-01", Answer.ATTESTED),
        (["2011"], "2012-08-01", Answer.NOT_KNOWN),
        (["2011"], "2010-08-01", Answer.NOT_KNOWN),
        (["2011", "2018-06-14"], "2015-01-01", Answer.BETWEEN),
        (["2011", "2018-06-14"], "2018-06-14", Answer.ATTESTED),
        (["2011", "2018-06-14"], "2018-06-16", Answer.NOT_KNOWN),
    ],
)
def test_an_attestation_is_a_point_never_an_open_range(days: list[str], day: str, answer: Answer) -> None:
    facts = [fact(each, each, Basis.ATTESTED) for each in days]
    assert held(facts, VIENNA, at=on(day)) == answer


def test_a_statement_outweighs_an_attestation() -> None:
    facts = [fact("2011", "2011", Basis.ATTESTED), fact("2016", "")]
    assert held(facts, VIENNA, at=on("2020-01-01")) == Answer.HOLDS
