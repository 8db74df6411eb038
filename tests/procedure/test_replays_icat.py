"""Replays under the rules proposed for ICAT: what happens around a clock (domain record, sections 3.4 and 3.5)."""

from __future__ import annotations

from typing import Any

import pytest

from procedure.replaying import Holds, Replay, changed, text

AGENCIES = ("ICAO", "IOM", "ITU", "OSCE", "UNHCR", "UNICEF", "UNODC")
FULL = {
    "reasons": "Paragraph 3 exceeds our mandate.",
    "paragraphs": ["3"],
    "wording": "within their mandates",
}


def principals(start: str = "2026-12-07T10:00", rules: Any = "icat-principals", **fields: Any) -> Replay:
    """Five working days by Vienna's calendar, ending at 17:00: from Monday 7 to Monday 14 December 2026."""
    case = Replay(rules, AGENCIES, zone="Europe/Vienna", calendar="vienna")
    given = {
        "length": {"working_days": 5},
        "languages": ["en"],
        "complete": True,
        "consulted": True,
        "agreed": True,
    }
    return case.starts(start, kind="joint statement", **(given | fields))


def test_principals_endorse_by_silence() -> None:
    case = principals()
    assert case.end("2026-12-07T10:00") == "2026-12-14T17:00"
    assert case.at("2026-12-14T17:00") == Holds("adopted", "2026-12-14T17:00")
    assert case.outcome("2026-12-14T17:00").verb == "endorsed"


def test_objection_holds_the_clock_and_its_withdrawal_lets_it_run_on() -> None:
    case = principals().happens("o", "objected", "2026-12-14T16:00", member="OSCE", text="draft", **FULL)
    assert case.at("2026-12-20T00:00") == Holds("held up", standing={"o": "OSCE"})
    case.happens("w", "withdrew", "2026-12-21T10:00", member="OSCE", objection="o")
    assert case.end("2026-12-21T10:00") == "2026-12-21T11:00"  # one hour was left of it
    assert case.at("2026-12-21T11:00") == Holds("adopted", "2026-12-21T11:00")


def test_extension_asked_in_the_last_minute_is_granted_in_time_and_late_at_the_end() -> None:
    case = principals().happens("asked", "asked", "2026-12-14T16:59:59.999999", member="ITU")
    assert case.end("2026-12-14T16:59:59.999999") == "2026-12-16T17:00"
    assert case.at("2026-12-16T16:59:59.999999") == Holds("running")
    assert case.at("2026-12-16T17:00") == Holds("adopted", "2026-12-16T17:00")
    late = principals().happens("asked", "asked", "2026-12-14T17:00", member="ITU")
    assert late.at("2026-12-14T17:00") == Holds("adopted", "2026-12-14T17:00", but={"asked": "late"})


def test_one_extension_is_all_that_the_rule_allows() -> None:
    case = principals().happens("first", "extended", "2026-12-14T16:59", by="chair")
    case.happens("second", "extended", "2026-12-16T16:59", by="chair")
    case.happens(
        "member", "asked", "2026-12-16T16:59", member="ITU"
    )  # it counts as asked, and changes nothing
    case.happens("role", "extended", "2026-12-16T16:59", by="secretariat")
    assert case.at("2026-12-16T17:00") == Holds(
        "adopted", "2026-12-16T17:00", but={"second": "without effect: limit", "role": "without effect: role"}
    )


def test_two_revisions_and_a_third_objection_takes_it_to_a_meeting() -> None:
    case = principals().happens("o1", "objected", "2026-12-08T10:00", member="OSCE", text="draft", **FULL)
    case.happens("r1", "revised", "2026-12-09T10:00", by="chair", text=text("second"))
    assert case.at("2026-12-09T10:00") == Holds("running", answered="o1")
    assert case.end("2026-12-09T10:00") == "2026-12-10T17:00"  # 24 hours, then the closing time
    case.happens("o2", "objected", "2026-12-10T16:00", member="IOM", text="second", **FULL)
    case.happens("r2", "revised", "2026-12-11T10:00", by="chair", text=text("third"))
    assert case.end("2026-12-11T10:00") == "2026-12-14T17:00"  # not on Saturday
    assert case.at("2026-12-14T17:00") == Holds("adopted", "2026-12-14T17:00", answered="o1 o2")
    case.happens("o3", "objected", "2026-12-14T16:59", member="OSCE", text="third", **FULL)
    case.happens("r3", "revised", "2026-12-14T18:00", by="chair", text=text("fourth"))
    assert case.at("2026-12-14T18:00") == Holds(
        "to a meeting", standing={"o3": "OSCE"}, answered="o1 o2", but={"r3": "late"}
    )


def test_objection_to_the_text_before_stands_as_stale() -> None:
    case = principals().happens("o1", "objected", "2026-12-08T10:00", member="OSCE", text="draft", **FULL)
    case.happens("r1", "revised", "2026-12-09T10:00", by="chair", text=text("second"))
    case.happens("o2", "objected", "2026-12-09T10:01", member="IOM", text="draft", **FULL)
    assert case.at("2026-12-15T00:00") == Holds("held up", standing={"o2": "IOM"}, answered="o1")
    assert [one.stale for one in case.outcome("2026-12-15T00:00").standing] == [True]


def test_silence_may_not_end_on_a_day_off_where_the_rule_forbids_it() -> None:
    saturday = principals(length=None, until="2026-12-19T17:00")
    saturday.events[0].pop("length")
    assert saturday.at("2026-12-20T00:00") == Holds("not started", but={"start": "without effect: day off"})
    # From Friday 18 December, five working days pass Christmas and St. Stephen's Day, kept on Monday the 28th.
    assert principals("2026-12-18T10:00").end("2026-12-18T10:00") == "2026-12-29T17:00"
    allowed = principals(
        rules=changed("icat-principals", clock__ends_on_day_off=True), until="2026-12-19T17:00", length=None
    )
    allowed.events[0].pop("length")
    assert allowed.at("2026-12-19T17:00") == Holds("adopted", "2026-12-19T17:00")


def test_clock_that_reaches_a_year_without_a_calendar_is_refused_at_its_start() -> None:
    case = principals("2028-12-27T10:00")
    assert case.at("2028-12-27T10:00") == Holds("not started", but={"start": "without effect: calendar"})


def test_member_admitted_while_the_clock_runs_is_not_entitled() -> None:
    case = principals().happens("new", "admitted", "2026-12-08T10:00", member="UNESCO")
    case.happens("o", "objected", "2026-12-09T10:00", member="UNESCO", text="draft", **FULL)
    assert case.at("2026-12-14T17:00") == Holds(
        "adopted", "2026-12-14T17:00", but={"o": "without effect: not on the roster"}
    )
    assert case.outcome("2026-12-14T17:00").entitled == set(AGENCIES)


def test_position_is_the_organisations_and_stands_when_its_focal_point_changed_in_between() -> None:
    """Events know organisations, not persons: the next focal point finds the objection and may take it back."""
    bare = {"text": "draft", "capacity": "focal point", "reasons": "Our mandate."}
    case = principals().happens("first", "objected", "2026-12-08T10:00", member="OSCE", **bare)
    case.happens("second", "completed", "2026-12-08T18:00", member="OSCE", objection="first",
                 paragraphs=["3"], wording="within their mandates", capacity="focal point")  # fmt: skip
    assert case.at("2026-12-15T00:00") == Holds("held up", standing={"first": "OSCE"})
    assert [sorted(one.owes) for one in case.outcome("2026-12-15T00:00").standing] == [[]]
    case.happens(
        "third", "withdrew", "2026-12-15T10:00", member="OSCE", objection="first", capacity="principal"
    )
    assert case.at("2026-12-15T10:00") == Holds("running")


def test_objection_is_for_a_focal_point_or_higher_to_make() -> None:
    case = principals()
    for capacity in ("principal", "focal point", "alternate", "delegate"):
        case.happens(capacity, "objected", "2026-12-08T10:00", member="OSCE", capacity=capacity, **FULL)
    assert case.at("2026-12-08T10:00") == Holds(
        "held up", standing={"principal": "OSCE", "focal point": "OSCE"},
        but={"alternate": "without effect: capacity", "delegate": "without effect: capacity"},
    )  # fmt: skip


def test_objection_on_behalf_of_six_is_confirmed_by_each() -> None:
    others = [one for one in AGENCIES if one != "OSCE"]
    case = principals().happens("o", "objected", "2026-12-08T10:00", member="OSCE", for_=others, **FULL)
    assert case.at("2026-12-08T10:00") == Holds("held up", standing={"o": "OSCE"})
    for name in others[:2]:
        case.happens(name, "joined", "2026-12-08T11:00", member=name, objection="o")
    assert case.at("2026-12-08T11:00") == Holds("held up", standing={"o": "ICAO IOM OSCE"})
    case.happens("w", "withdrew", "2026-12-08T12:00", member="OSCE", objection="o")
    assert case.at("2026-12-08T12:00") == Holds("held up", standing={"o": "ICAO IOM"})


def unreached() -> Replay:
    case = principals()
    for name in AGENCIES:
        case.happens(
            f"to {name}", "unreached" if name == "ITU" else "reached", "2026-12-07T10:01", member=name
        )
    return case


def test_undelivered_notice_keeps_silence_from_counting_until_it_arrives() -> None:
    case = unreached()
    assert case.at("2026-12-14T17:00") == Holds("waiting")
    case.happens("again", "reached", "2026-12-15T10:00", member="ITU")
    case.happens("other", "objected", "2026-12-16T10:00", member="OSCE", **FULL)
    but = {"other": "late"}
    assert case.at("2026-12-21T00:00") == Holds("waiting", but=but)
    assert case.at("2026-12-22T10:00") == Holds(
        "adopted", "2026-12-22T10:00", but=but
    )  # five working days later
    case.happens("its own", "objected", "2026-12-22T09:59:59", member="ITU", **FULL)
    assert case.at("2026-12-22T10:00") == Holds("held up", standing={"its own": "ITU"}, but=but)


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("reached", {"member": "ITU"}),
        ("absent", {"by": "chair", "members": ["ITU"]}),
        ("stated", {"member": "ITU", "position": "no logo"}),
        ("left", {"member": "ITU", "how": "withdrew"}),
    ],
)
def test_undelivered_notice_is_nothing_to_wait_for_once(what: str, fields: dict[str, Any]) -> None:
    """It arrived before the end, the chair reported the member absent, the member acted, or it left."""
    case = unreached().happens("then", what, "2026-12-10T10:00", **fields)
    assert case.at("2026-12-14T17:00") == Holds("adopted", "2026-12-14T17:00")


def test_outage_in_the_last_hours_lengthens_the_clock() -> None:
    case = principals().happens(
        "down", "outage", "2026-12-14T12:00:01", since="2026-12-14T11:00", until="2026-12-14T12:00:01"
    )
    case.happens("o", "objected", "2026-12-15T16:59:59", member="OSCE", **FULL)
    assert case.end("2026-12-14T12:00:01") == "2026-12-15T17:00"
    assert case.at("2026-12-15T17:00") == Holds("held up", standing={"o": "OSCE"})
    hour = principals().happens(
        "down", "outage", "2026-12-14T12:00", since="2026-12-14T11:00", until="2026-12-14T12:00"
    )
    assert hour.at("2026-12-14T17:00") == Holds("adopted", "2026-12-14T17:00")  # for no longer than one hour


@pytest.mark.parametrize(("how", "standing"), [("withdrew", {}), ("suspended", {}), ("merged", {"o": "IOM"})])
def test_voice_of_a_member_that_leaves_while_the_clock_runs(how: str, standing: dict[str, str]) -> None:
    case = principals().happens("o", "objected", "2026-12-08T10:00", member="OSCE", **FULL)
    into = {"into": "IOM"} if how == "merged" else {}
    case.happens("gone", "left", "2026-12-09T10:00", member="OSCE", how=how, **into)
    case.happens("after", "objected", "2026-12-09T11:00", member="OSCE", **FULL)
    assert case.at("2026-12-09T12:00") == Holds(
        "held up" if standing else "running", standing=standing, but={"after": "without effect: left"}
    )
