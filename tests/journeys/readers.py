"""A person before a browser, who knows nothing but what the page shows: names of links, buttons and fields.

Names are given in English, as the source has them, and looked up in the catalogue of the reader's language: the
journeys follow the translations, and a name that is not translated is not found.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.utils import translation

from browser import watched
from journeys.house import code, session_of
from onevoice.languages.names import language_of
from onevoice.languages.web import url_in


class Reader:
    """One person, one browser, one language."""

    def __init__(self, context: Any, house: str, language: str) -> None:
        self.context, self.house, self.language = context, house, language
        self.page = watched(context.new_page())
        self.seen: list[
            str
        ] = []  # the pages, in order; a form that leads on to a receipt counts as the receipt
        self.page.on("response", self._answered)

    def _answered(self, response: Any) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.seen.append(url_in(response.url.removeprefix(self.house), "en").partition("?")[0])

    def says(self, name: str, **values: Any) -> str:
        """A name in the reader's language, as it is read on the page."""
        with translation.override(language_of(self.language).django):
            said = translation.gettext(name)
        return re.sub(r"<[^>]+>", "", said % values if values else said)

    # -- moving -----------------------------------------------------------------------------------------------
    def opens(self, path: str) -> Reader:
        """A first address, as one types it or is sent it."""
        self.page.goto(self.house + url_in(path, self.language), wait_until="domcontentloaded")
        return self

    def is_signed_in_as(self, role: str) -> Reader:
        """Somebody who signed in before the journey begins."""
        self.context.add_cookies([{"name": "onevoice", "value": session_of(role), "url": self.house}])
        return self

    def follows(self, name: str, *, within: str = "main", at: int = 0, **values: Any) -> None:
        """The link of this name: the first, or the one `at`; in the main part of the page or another, by its role."""
        self._goes_by(self.link(name, within=within, **values).nth(at))

    def follows_what_says(self, text: str) -> None:
        """The link that has these words anywhere in its name."""
        self._goes_by(self.page.get_by_role("main").get_by_role("link").filter(has_text=text))

    def follows_in_row(self, text: str) -> None:
        """The link in the row of a table that has these words."""
        self._goes_by(self.page.get_by_role("row").filter(has_text=text).get_by_role("link"))

    def presses(self, name: str) -> None:
        """The button of this name."""
        self._goes_by(self.page.get_by_role("main").get_by_role("button", name=self.says(name), exact=True))

    def _goes_by(self, found: Any) -> None:
        """Whoever broke a journey reads what there was instead."""
        if not found.count():
            there = self.page.get_by_role("link").or_(self.page.get_by_role("button")).all_inner_texts()
            raise AssertionError(f"{self.page.url} has no {found}, but {there}")
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            found.first.click()

    def link(self, name: str, *, within: str = "main", **values: Any) -> Any:
        """A link by what its name begins with: the language of a title may stand after it."""
        begins = re.escape(self.says(name, **values).strip()).replace("/", r"\/")
        said = re.compile(rf"^\W*{begins}(?!\w)")
        return self.page.get_by_role(within).get_by_role("link", name=said)

    def keeps(self, name: str, folder: Path) -> Path:
        """The file that a link gives."""
        with self.page.expect_download() as download:
            self.link(name).first.click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file

    # -- typing -----------------------------------------------------------------------------------------------
    def types(self, label: str, text: str) -> None:
        self._field(label).fill(text)

    def chooses(self, label: str, option: str) -> None:
        self._field(label).select_option(label=option)

    def ticks(self, *labels: str) -> None:
        for label in labels:
            self._field(label).check()

    def _field(self, label: str) -> Any:
        said = f"^{re.escape(self.says(label))}( {re.escape(self.says('(optional)'))})?$"
        return self.page.get_by_role("main").get_by_label(re.compile(said))

    def signs_in(self, address: str, password: str) -> None:
        """By the visible forms: e-mail and password, then the code of the app."""
        self.follows("Sign in", within="contentinfo")
        self.types("E-mail address", address)
        self.types("Password", password)
        self.presses("Sign in")
        self.types("Code", code())
        self.presses("Sign in")

    # -- reading ----------------------------------------------------------------------------------------------
    @property
    def heading(self) -> str:
        return _in_one_line(self.page.get_by_role("heading", level=1).inner_text())

    @property
    def text(self) -> str:
        """What the page says, its frame apart."""
        return _in_one_line(self.page.get_by_role("main").inner_text())

    def reads(self, text: str, **values: Any) -> bool:
        return self.says(text, **values) in self.text

    @property
    def path(self) -> str:
        """Where the reader is, without host and language."""
        return url_in(self.page.url.removeprefix(self.house), "en")


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
