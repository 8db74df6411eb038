"""Takes the pictures of docs/decide-in-the-room.md from a demonstration that is running and in which nobody acted yet.

    ./onevoice demo --port 8123 --data DIR      (in another window)
    ./onevoice python tests/journeys/pictures.py http://127.0.0.1:8123
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
TEXT = "Joint statement on the online recruitment of children"
STEPS = (
    ("desk", "", ""),
    ("proposal", "link", TEXT),
    ("call", "link", "Call for objections"),
    ("called", "button", "Call for objections"),
    ("declare", "link", "Declare adopted"),
    ("declared", "button", "Declare adopted"),
    ("decision", "link", TEXT),
    ("entry", "last link", "Entry"),
)


def main(address: str) -> None:
    """Walk the journey as UNICEF's focal point, a co-chair, and keep each page as it is first seen."""
    with sync_playwright() as driver:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=options)
        page = browser.new_page(viewport={"width": 960, "height": 720})
        page.goto(f"{address}/demonstration")
        page.get_by_role("button", name="Focal point, UNICEF").click()
        for name, kind, words in STEPS:
            step(page, kind, words)
            page.screenshot(path=FOLDER / f"{name}.png")
            print(name, page.url)
        browser.close()


def step(page: Page, kind: str, words: str) -> None:
    """Follow a link or press a button by its visible name; of several links the first, unless the last is said."""
    if kind:
        found = page.get_by_role("button" if kind == "button" else "link", name=words)
        (found.last if kind == "last link" else found.first).click()


if __name__ == "__main__":
    main(sys.argv[1])
