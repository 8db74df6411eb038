"""No page has a fault that axe-core knows: WCAG 2.0 to 2.2, A and AA, and its best practice.

Every address of the house is looked at in its richest, its empty and its erring state, signed out and, where it is
for the group, signed in; in English at 1280 px and in Arabic at 360 px. The other two ways (English at 360, Arabic
at 1280) are looked at too for a seventh of the pages each day, so that in a week all were seen in all four.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from access.test_coverage import addresses
from browser import AXE, watched
from journeys.examples import EXAMPLES, NO_PAGE, Example

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => (await axe.run(document, {
    runOnly: tags, resultTypes: ['violations'], elementRef: false, ancestry: false, preload: false,
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
    without = addresses() - set(EXAMPLES) - set(NO_PAGE)
    assert without == set(), (
        f"Add an example (or a reason why it is no page) to examples.py for {sorted(without)}."
    )
    assert (set(EXAMPLES) | set(NO_PAGE)) - addresses() == set(), "examples.py names what is not there."


@pytest.mark.parametrize("route", list(EXAMPLES))
def test_page_has_no_fault(looker: Any, route: str) -> None:
    found = []
    for number, example in enumerate(ALL):
        if example[0] != route:
            continue
        turn = (number + datetime.now(UTC).toordinal()) % 7 == 0
        for language, width in ALWAYS + IN_TURN * turn:
            page = looker(example[1], language, width)
            if folder := os.environ.get("ONEVOICE_PICTURES"):  # what was seen, to look at
                page.screenshot(path=f"{folder}/{number:03}-{language}-{width}.png", full_page=True)
            faults = page.evaluate(RUN, RULES)
            faults += page.evaluate(TOO_WIDE)
            found += [f"{example[1]}, {language} at {width}: {fault}" for fault in faults]
            found += [
                f"{example[1]}: {said}" for said in page.complaints if "Failed to load resource" not in said
            ]
    assert found == []
