"""How tests read a page: its words, and how much it asked of the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def main_of(page: Any) -> str:
    """What stands in the page's main part, as text."""
    assert page.status_code == 200, page.status_code
    found = re.search(r"<main.*</main>", page.content.decode(), re.S)
    assert found
    inline = re.sub(r"</?(a|b|bdi|code|i|span|time)\b[^>]*>", "", found[0])
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())


def queries(get: Callable[[], Any]) -> int:
    """How many statements a page takes, the clock's included."""
    with CaptureQueriesContext(connection) as caught:
        page = get()
        if page.streaming:
            b"".join(page)
    assert page.status_code == 200, page.status_code
    return len([one for one in caught if "SAVEPOINT" not in one["sql"]])
