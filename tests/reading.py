"""Helpers for tests of pages: what a page says, and how many queries it takes."""

import re
from html import unescape

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext


def words(response: HttpResponse) -> str:
    """What a page says, without mark-up, in one line."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    inline = re.sub(r"</?(?:a|b|bdi|code|q|span|time|wbr)\b[^>]*>", "", f"<main{main}")
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inline)).split())


def queries(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    return len(taken)
