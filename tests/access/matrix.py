"""Reads matrix.csv and says what an answer amounts to, in the words of the matrix. docs/permissions.md explains it."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

FILE = Path(__file__).with_name("matrix.csv")
HOW = ("reads", "sends", "opens the form", "sends the form", "calls")
RESULTS = {
    "sees": "the page, and in it what the column 'secret' names",
    "sees the public part": "the page, without what the column 'secret' names",
    "signs in": "is asked to sign in first; nothing else is told",
    "second factor": "is led to set up a second factor first",
    "is led on": "is sent to another page",
    "asked again": "what was typed is not accepted; the form says why (422)",
    "hidden": "404: nothing tells that it is there",
    "refused": "403, with a sentence that says why",
    "not so": "this can only be read, or only be sent",
    "done": "it happens",
}


@dataclass(frozen=True)
class Row:
    """One line of the matrix."""

    line: int
    in_words: str
    what: str
    how: str
    where: str
    typed: str
    secret: str
    results: dict[str, str]

    @property
    def is_act(self) -> bool:
        return self.how in HOW[2:]

    @property
    def name(self) -> str:
        return f"{self.what}-{self.how}-{self.where}".replace(" ", "_")

    def may_change(self, result: str) -> bool:
        """An act that is done, or a form of accounts that took what was typed."""
        return result == "done" or (self.how == "sends" and result in ("sees", "is led on"))

    def data(self, names: dict[str, Any]) -> dict[str, list[str]]:
        return parse_qs(self.typed.format_map(names), keep_blank_values=True)


def rows(roles: list[str]) -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                number, line["in words"], line["what"], line["how"], line["where"], line["typed"], line["secret"],
                {role: line[role] for role in roles},
            )
            for number, line in enumerate(csv.DictReader(file), start=2)
        ]  # fmt: skip


def result_of(answer: Any, secret: str, *, what: str) -> str:
    """The word of the matrix for an answer; a status that the matrix has no word for is its number."""
    path = urlsplit(answer.headers.get("Location", "")).path
    match answer.status_code:
        case 200 if secret and secret not in words_of(answer):
            return "sees the public part"
        case 200:
            return "sees"
        case 301 | 302 | 303 if path.endswith("/accounts/login/"):
            return "signs in"
        case 301 | 302 | 303 if path.endswith("/accounts/2fa/") and not what.startswith("mfa_"):
            return "second factor"
        case 301 | 302 | 303:
            return "done" if "/receipts/" in path else "is led on"
        case status:
            known = {201: "done", 401: "signs in", 403: "refused", 404: "hidden", 405: "not so", 422: "asked again"}
            return known.get(status, str(status))


def words_of(answer: Any) -> str:
    """All that an answer says, in whatever wrapping: entities, marks and archives do not hide a secret."""
    if not hasattr(answer, "words"):
        answer.words = _words_of(answer)
    return str(answer.words)


def _words_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    said = content.decode("utf-8", "replace")
    said = html.unescape(re.sub(r"</?mark>", "", said))
    return said + "\n" + "\n".join(f"{key}: {value}" for key, value in answer.headers.items())
