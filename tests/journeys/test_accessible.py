"""No page has a fault that axe-core knows: WCAG 2.0 to 2.2, A and AA, and its best practice.

Every address of the house is looked at in its richest, its empty and its erring state, signed out and, where it is
for the group, signed in; in English and Arabic, at 1280 and at 360 px. Of examples of one kind at one address, the
third and further ones (forms of acts, most of all) are looked at in one of these four ways, neighbours in another.
Contrast, two thirds of the time and decided by the same style sheet everywhere, is measured in one of a page's ways.
With ONEVOICE_EVERY_WAY set, everything is looked at in all four.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
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
LANGUAGES, WIDTHS = ("en", "ar"), (1280, 360)
WAYS = [(language, width) for language in LANGUAGES for width in WIDTHS]
EVERY_WAY = bool(os.environ.get("ONEVOICE_EVERY_WAY"))
IN_EVERY_WAY = 2  # of each kind of example at an address: shown, erring, sent empty
ALL = [(route, example) for route, examples in EXAMPLES.items() for example in examples]
# Routes with many examples in several tests, which workers share out: `[first, beyond)` of the places in ALL.
AT_ONCE = 4


def parts() -> Iterator[Any]:
    """Every place in ALL, once: a route and which of its examples a test looks at."""
    for route, examples in EXAMPLES.items():
        start = next(place for place, (of, _) in enumerate(ALL) if of == route)
        for number, first in enumerate(range(0, len(examples), AT_ONCE)):
            places = range(start + first, start + min(first + AT_ONCE, len(examples)))
            yield pytest.param(places, id=f"{route} {number + 1}" if len(examples) > AT_ONCE else route)


@pytest.fixture(scope="module")
def looker(filled: Any, chromium: Any) -> Iterator[Any]:
    """Opens an example for its reader: `looker(example, "ar", 1280)` is the page."""
    address, names, cookies = filled
    pages: dict[str, Any] = {}
    shown: dict[str, tuple[Example, str]] = {}

    def opens(example: Example, language: str, width: int) -> Any:
        if example.who not in pages:
            context = chromium.new_context()
            context.set_default_timeout(10_000)
            context.add_init_script(path=AXE)
            if example.who:
                context.add_cookies([{"name": "onevoice", "value": cookies[example.who], "url": address}])
            pages[example.who] = watched(context.new_page())
        page = pages[example.who]
        page.set_viewport_size({"width": width, "height": 800})
        if shown.get(example.who) == (example, language):  # it is open already: only the window changes
            return page
        shown[example.who] = example, language
        page.complaints.clear()
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


def test_every_example_is_looked_at_once() -> None:
    assert [place for part in parts() for place in part.values[0]] == list(range(len(ALL)))


def ways_of(place: int) -> list[tuple[str, int]]:
    """In which languages and widths the example at a place in ALL is looked at."""
    kinds = [(route, example.sends, example.status) for route, example in ALL[: place + 1]]
    often = kinds.count(kinds[-1]) > IN_EVERY_WAY
    return [WAYS[place % len(WAYS)]] if often and not EVERY_WAY else WAYS


@pytest.mark.parametrize("places", list(parts()))
def test_page_has_no_fault(looker: Any, places: range) -> None:
    found = []
    for place in places:
        example = ALL[place][1]
        for language, width in ways_of(place):
            page = looker(example, language, width)
            if folder := os.environ.get("ONEVOICE_PICTURES"):  # what was seen, to look at
                page.screenshot(path=f"{folder}/{place:03}-{language}-{width}.png", full_page=True)
            contrast = EVERY_WAY or (language, width) == WAYS[place % len(WAYS)]
            found += [f"{example}, {language} at {width}: {fault}" for fault in faults_of(page, contrast)]
    assert found == []


def faults_of(page: Any, contrast: bool) -> list[str]:
    faults = page.evaluate(RUN, [RULES, contrast]) + page.evaluate(TOO_WIDE)
    return faults + [said for said in page.complaints if "Failed to load resource" not in said]


@pytest.mark.parametrize(("language", "width"), WAYS)
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
