"""Every list can be filtered, sorted, linked and taken away: what a page repeats is a `Listing`, or stands here with
the reason why it is none; and of every `Listing` the permission matrix tries the page and the file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import onevoice
from access.matrix import FILE
from onevoice.look.lists import Listing

SOURCE = Path(onevoice.__file__).parent
OPEN = "what can be done here: acts, as links or buttons"
PART = "parts of the one thing that the page is about, read in their order"
NEWEST = "a few of a list, which the page links to, or what happened lately"
WAS = "what was said or known before, closed until it is asked for"
CHOICE = "one of a few is chosen, in a form"
FRAME = "the frame of every page, its forms and its lists"
FAULTS = "what was wrong with what was asked"
CHART = "a chart; the list under it has the same facts"

# Template, then what it goes through. A new line needs a reason of these, or a list declared in look/lists.py.
NO_LISTS = {
    "decisions/course.html": {"course": PART},
    "decisions/decision.html": {"acts": OPEN, "lasting.supersedes": PART, "mandates": PART},
    "decisions/follow_up.html": {"lasting.follow_ups": PART, "one.acts": OPEN, "one.steps": PART},
    "decisions/procedure.html": {
        "notices": PART, "one.by": PART, "one.owes": PART, "one.paragraphs": PART, "procedure.course": PART,
        "procedure.days": PART, "procedure.standing": PART,
    },
    "decisions/proposal.html": {"acts": OPEN, "objections": PART, "there": OPEN},
    "decisions/rules.html": {
        "part.rows": PART, "parts": PART, "row.sources": PART, "sources": PART, "versions": WAS,
    },
    "decisions/rules_compare.html": {"carried": FRAME, "others": CHOICE},
    "decisions/rules_list.html": {"rules": CHOICE},
    "decisions/rules_pairs.html": {"pairs": PART},
    "decisions/since.html": {"one.pieces": WAS, "procedure.since.changed": WAS},
    "decisions/simulation.html": {
        "carried": FRAME, "found.outcomes": PART, "found.points": PART, "one.more": PART, "one.says": PART,
    },
    "decisions/stances.html": {
        "one.paragraphs": PART, "procedure.awaited": PART, "procedure.ballot.count": PART,
        "procedure.ballot.votes": PART, "procedure.conditions": PART, "procedure.findings": PART,
        "procedure.offered": PART,
    },
    "decisions/reviews.html": {"lasting.reviews": PART},
    "decisions/text.html": {"text.paragraphs": PART},
    "decisions/ways.html": {"acts": OPEN},
    "desk/desk.html": {"changes": NEWEST, "convene": OPEN},
    "desk/desks.html": {"groups": CHOICE},
    "enact/act.html": {"one.changes": WAS, "since": WAS},
    "enact/by_mail.html": {"short.paragraphs": PART, "since": WAS},
    "enact/change.html": {"change.pieces": WAS},
    "enact/receipt.html": {"next": OPEN, "told.changes": PART, "told.facts": PART},
    "enact/typed.html": {"carried": FRAME, "typed": WAS},
    "groups/day.html": {"asked.faults": FAULTS},
    "groups/history.html": {"changes": WAS},
    "groups/house.html": {
        "acts.group": OPEN, "acts.organisations": OPEN, "acts.people": OPEN, "bodies": OPEN, "run.acts": OPEN,
        "run.pages": OPEN,
    },
    "groups/member.html": {
        "after": PART, "before": PART, "each.lines": PART, "line.quotations": PART, "names": PART,
        "names_before": WAS, "offices": PART, "seat.facts": PART, "seats": PART, "traces": PART,
    },
    "groups/members.html": {
        "bar.organisations": CHART, "bar.years": CHART, "chart.lines": CHART, "chart.years": CHART, "line.bars": CHART,
        "in_office": PART, "meanings": PART,
    },
    "groups/sources.html": {"point.claims": PART, "sources.claims": PART, "sources.disputes": PART},
    "look/field.html": {"errors": FRAME, "field": FRAME},
    "look/form.html": {"form": FRAME},
    "look/form_errors.html": {
        "field|in_our_words": FRAME, "form": FRAME, "form.non_field_errors|in_our_words": FRAME,
    },
    "look/list.html": {
        "field.choices": FRAME, "list.exports": FRAME, "list.faults": FRAME, "list.fields": FRAME,
        "list.headers": FRAME, "list.hidden": FRAME, "list.pages": FRAME, "list.rows": FRAME, "row": FRAME,
    },
    "look/page.html": {
        "frame.alternates": FRAME, "frame.clocks": FRAME, "frame.colophon": FRAME, "frame.languages": FRAME,
        "frame.reader_links": FRAME, "frame.sections": FRAME,
    },
    "mandates/answered.html": {"paragraphs": PART},
    "mandates/mandate.html": {
        "acts": OPEN, "row.acts": OPEN, "answers": PART, "row.answers": PART, "paragraphs": PART,
        "kin.came_from": PART, "kin.leads_to": PART, "kin.reports": PART, "kin.responds_to": PART,
        "earlier": WAS, "gone": WAS, "gone.answers": WAS, "once.changes": WAS, "row.earlier": WAS, "row.gone": WAS,
        "withdrawn": WAS,
    },
    "mandates/mandates.html": {"acts": OPEN},
    "mandates/read_as.html": {"reading.paragraphs": PART},
    "meetings/event.html": {
        "audience": PART, "beside": NEWEST, "block.lines": NEWEST, "chairs": PART, "course": PART, "decisions": PART,
        "hosts": PART, "live.acts": OPEN, "mandates": PART, "paragraph.quotations": PART, "report.others": PART,
        "report.paragraphs": PART, "row.voices": PART, "step.decisions": PART, "voice.interventions": PART, "who": PART,
    },
    "meetings/events.html": {"to_come": NEWEST},
    "meetings/item.html": {"item.acts": OPEN, "item.inside": PART, "item.proposals": PART},
    "meetings/live.html": {"live.agenda": PART},
    "meetings/papers.html": {"paper.acts": OPEN, "papers": PART},
    "mfa/recovery_codes/index.html": {"unused_codes": PART},
    "mfa/webauthn/authenticator_list.html": {"authenticators": CHOICE},
    "outputs/output.html": {
        "contributors": PART, "derived": PART, "mandates": PART, "others": NEWEST, "versions": PART,
    },
    "parties/acting.html": {"posts": CHOICE},
    "parties/close.html": {"first": PART, "then": PART},
    "parties/identities.html": {"leading": CHOICE, "others": CHOICE, "role.posts": PART},
    "parties/other_ways.html": {"reauthentication_alternatives": CHOICE},
    "parties/profile.html": {"posts": PART},
    "search/search.html": {"kinds": FRAME, "list.faults": FAULTS},
    "site/about.html": {
        "group.functions": PART, "in_office": PART, "mandates": NEWEST, "point.claims": PART, "web_sites": PART,
    },
    "site/about_record.html": {
        "disputes": PART, "each.point.claims": PART, "group.gaps": PART, "loaded": PART, "point.claims": PART,
        "stated": PART,
    },
    "site/bodies.html": {"branches": PART},
    "site/home.html": {
        "decisions": NEWEST, "events.past": NEWEST, "events.to_come": NEWEST, "group.functions": PART, "leaders": PART,
        "origins": NEWEST, "outputs": NEWEST,
    },
}  # fmt: skip

# Where each list stands.
PAGES = {
    "acts": "enact:acts", "at-other-times": "groups:members", "decisions": "decisions:register",
    "entries": "site:record", "events": "meetings:events", "found": "search:search", "groups": "site:groups",
    "letters": "demonstration-mail", "mandates": "mandates:mandates", "members": "groups:members",
    "names": "site:about-record", "offices": "groups:members", "outputs": "outputs:outputs", "owed": "desk:desk",
    "people": "groups:house", "permissions": "enact:permissions", "proposals": "decisions:proposals",
    "sessions": "usersessions_list", "sizes": "groups:members", "sources": "site:about-record",
}  # fmt: skip


def repeated() -> Iterator[tuple[str, str]]:
    """Each template with each thing that it goes through."""
    for file in sorted(SOURCE.glob("*/templates/**/*.html")):
        name = file.relative_to(next(each for each in file.parents if each.name == "templates")).as_posix()
        if not name.startswith("look/sample"):
            for through in re.findall(r"\{% for .+? in (.+?) %\}", file.read_text(encoding="utf-8")):
                yield name, through


def declared() -> dict[str, Listing]:
    """Every list of the house, by its name."""
    found = {}
    for module in walk_packages([str(SOURCE)], "onevoice."):
        file = Path(SOURCE.parent, *module.name.split(".")).with_suffix(".py")
        if file.exists() and "Listing(" in file.read_text(encoding="utf-8") and ".look." not in module.name:
            here = vars(import_module(module.name)).values()
            found |= {one.name: one for one in here if isinstance(one, Listing)}
    from onevoice.enact.reference import permissions_listing

    return found | {"permissions": permissions_listing()}


def test_what_a_page_repeats_is_a_list_or_says_why_it_is_none() -> None:
    found = {*repeated()}
    known = {(template, through) for template, said in NO_LISTS.items() for through in said}
    assert sorted(found - known) == [], (
        "Rows drawn from data are a Listing (docs/add-a-page.md, 5): filtered, sorted, linked and exported. "
        "If this is none, name it in NO_LISTS with its reason."
    )
    assert sorted(known - found) == [], "These are gone: take them out of NO_LISTS."


def test_every_list_has_a_page() -> None:
    assert set(declared()) == set(PAGES)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_matrix_tries_the_file_of_every_list(name: str) -> None:
    asked = f"{declared()[name].prefix}format=csv"
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["what"] == PAGES[name]]
    assert [row for row in rows if re.search(f"[?&]{asked}(&|$)", row["where"])], f"Add a row with ?{asked}."


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_list_can_be_sorted_and_filtered(name: str) -> None:
    listing = declared()[name]
    assert any(column.sort for column in listing.columns)
    assert listing.filters or name == "found"  # search has a form of its own
    assert len([column for column in listing.columns if column.heading]) == 1
