"""The page of all parts in a browser: both directions, both widths, light and dark.

With ONEVOICE_PICTURES naming a folder, what was seen is kept there to look at.
"""

import os

import pytest

from browser import AXE, watched

SMALLEST = 24  # px, WCAG 2.2 success criterion 2.5.8

pytestmark = pytest.mark.urls("look.house")


@pytest.fixture
def opened(chromium, served):
    """Opens pages of the house, and closes them before its server ends."""
    contexts = []

    def opens(path, *, width=1280, scheme="light"):
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = watched(context.new_page())
        page.goto(served + path)
        return page

    yield opens
    for context in contexts:
        context.close()


def _keep(page, name):
    if folder := os.environ.get("ONEVOICE_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


SMALL_TARGETS = """(smallest) => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter(one => one.checkVisibility() && !one.closest('.skip, .hidden') && getComputedStyle(one).display !== 'inline')
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && Math.min(box.height, box.width) < smallest - .5 && one.type !== 'hidden')
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/look", "/ar/look"])
def test_every_part_holds_in_both_directions_and_widths(opened, path, width):
    name = f"{'ar' if path.startswith('/ar') else 'en'}-{width}"
    for scheme in ("light", "dark"):
        page = opened(path, width=width, scheme=scheme)
        _keep(page, f"{name}-{scheme}")
        page.evaluate(AXE.read_text())
        found = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        assert [(one["id"], node["html"][:120]) for one in found["violations"] for node in one["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate(SMALL_TARGETS, SMALLEST) == []
        assert page.complaints == []


def test_data_for_machines_breaks_no_content_policy(opened):
    page = opened("/look")
    assert (
        page.evaluate("JSON.parse(document.querySelector('script').textContent).name") == "A </script> & more"
    )
    assert page.complaints == []


def test_the_keyboard_reaches_the_content_first(opened):
    page = opened("/icat/members")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**/icat/members#content")
    assert page.complaints == []


def test_a_reader_switches_language_by_its_name(opened):
    page = opened("/icat/members?as-of=2019-06-01", width=360)
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/ar/icat/members?as-of=2019-06-01")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    _keep(page, "members-ar-360")


def test_print_is_black_on_white_without_the_frame(opened):
    page = opened("/look", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("nav.languages").is_visible()
    assert page.locator(".only-print").inner_text().endswith("/look")
    _keep(page, "print")
