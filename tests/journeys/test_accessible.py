"""No page has a fault that axe-core knows: WCAG 2.0 to 2.2, A and AA, and its best practice.

Every address of the house is looked at in its richest, its empty and its erring state, signed out and, where it is
for the group, signed in; in English at 1280 px and in Arabic at 360 px. What takes long takes turns by the day:
- the other two ways (English at 360, Arabic at 1280) are looked at for a seventh of the pages, all within a week;
- contrast, two thirds of the time and decided by the same style sheet, is measured in one of a page's two ways.
With ONEVOICE_EVERY_WAY set, every page is looked at in all four ways with all rules.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from access.test_coverage import addresses
from browser import AXE, watched
from journeys.examples import EXAMPLES, NO_PAGE, WALKED_TO, Example
from journeys.house import PASSWORD, SECRETARIAT, account_of
from journeys.readers import Reader

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async ([tags, contrast]) => (await axe.run(document, {
    runOnly: tags, rules: {'color-contrast': {enabled: contrast}}, resultTypes: ['violations'],
    elementRef: false, ancestry: false, preload: false,
})).violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)}`))"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
    [...document.querySelectorAll('body *')].filter(one => {
        const box = one.getBoundingClientRect();
        return !one.closest('.wide, pre, .hidden') && (box.right > window.innerWidth + 1 || box.left < -1)
    }).slice(-1).map(one => `wider than the window: ${one.outerHTML.slice(0, 200)}`)"""
ALWAYS, IN_TURN = [("en", 1280), ("ar", 360)], [("en", 360), ("ar", 1280)]
ALL = [(route, example) for route, examples in EXAMPLES.items() for example in examples]


@pytest.fixture(scope="module")
def looker(filled: Any, chromium: Any) -> Iterator[Any]:
    """Opens an example for its reader: `looker(example, "ar", 360)` is the page."""
    address, names, cookies = filled
    pages: dict[str, Any] = {}

    def opens(example: Example, language: str, width: int) -> Any:
        if example.who not in pages:
            context = chromium.new_context()
            context.set_default_timeout(10_000)
            context.add_init_script(path=AXE)
            if example.who:
                context.add_cookies([{"name": "onevoice", "value": cookies[example.who], "url": address}])
            pages[example.who] = watched(context.new_page())
        page = pages[example.who]
        page.complaints.clear()
        page.set_viewport_size({"width": width, "height": 800})
        prefix = "" if language == "en" else f"/{language}"
        page.goto(f"{address}{prefix}{example.path.format_map(names)}", wait_until="load")
        if example.sends:
            with page.expect_navigation(wait_until="load"):
                page.locator("main form[method=post] button[type=submit]").first.click()
        return page

    yield opens
    for page in pages.values():
        page.context.close()


def test_every_address_has_an_example() -> None:
    known = set(EXAMPLES) | set(NO_PAGE) | set(WALKED_TO)
    without = addresses() - known
    assert without == set(), (
        f"Add an example (or a reason why it is no page) to examples.py for {sorted(without)}."
    )
    assert known - addresses() == set(), "examples.py names what is not there."


def ways(number: int) -> list[tuple[str, int, bool]]:
    """Language, width, and whether contrast is measured, for one page today."""
    if os.environ.get("ONEVOICE_EVERY_WAY"):
        return [(language, width, True) for language, width in ALWAYS + IN_TURN]
    turn = number + datetime.now(UTC).toordinal()
    chosen = ALWAYS + IN_TURN * (turn % 7 == 0)
    return [(language, width, way % 2 == turn % 2) for way, (language, width) in enumerate(chosen)]


@pytest.mark.parametrize("route", list(EXAMPLES))
def test_page_has_no_fault(looker: Any, route: str) -> None:
    found = []
    for number, (of, example) in enumerate(ALL):
        if of != route:
            continue
        for language, width, contrast in ways(number):
            page = looker(example, language, width)
            if folder := os.environ.get("ONEVOICE_PICTURES"):  # what was seen, to look at
                page.screenshot(path=f"{folder}/{number:03}-{language}-{width}.png", full_page=True)
            found += [f"{example}, {language} at {width}: {fault}" for fault in faults_of(page, contrast)]
    assert found == []


def faults_of(page: Any, contrast: bool) -> list[str]:
    faults = page.evaluate(RUN, [RULES, contrast]) + page.evaluate(TOO_WIDE)
    return faults + [said for said in page.complaints if "Failed to load resource" not in said]


@pytest.mark.parametrize(("language", "width"), ALWAYS)
def test_the_page_of_the_second_factor_has_no_fault(
    filled: Any, chromium: Any, language: str, width: int
) -> None:
    address = filled[0]
    context = chromium.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(path=AXE)
    reader = Reader(context, address, language).opens("/accounts/login/")
    reader.types("E-mail address", account_of(SECRETARIAT).email)
    reader.types("Password", PASSWORD)
    reader.presses("Sign in")
    assert (reader.path, faults_of(reader.page, True)) == ("/accounts/2fa/authenticate/", [])
    reader.presses("Sign in")
    assert (reader.path, faults_of(reader.page, True)) == ("/accounts/2fa/authenticate/", [])
    context.close()
