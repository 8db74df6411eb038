"""Keeps what everybody may read, as it went out, until something happens.

1. Only for readers who send no cookie, and only answers that say `no-cache` and nothing more: public pages.
2. An answer stands while no act was performed, no head of a record was signed, and the minute is the same
   (what is 'to come' or 'today' is told by the clock). One query asks the database for all of it.
3. It is kept compressed, with its ETag: most answers cost that one query.
Each server's process keeps its own, and forgets the oldest when it holds more than `ROOM` bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

ROOM: Final = 8_000_000  # bytes of answers a process keeps
LARGEST: Final = 400_000
# Of the last acts, not the last alone: one with a smaller number may commit after it, and changes the sum.
STATE: Final = """
select count(id), sum(id), (select max(id) from record_checkpoint), date_trunc('minute', onevoice_now())
from (select id from enact_performed order by id desc limit 200) as last
"""

Key = tuple[str, ...]
State = tuple[object, ...]


class Kept:
    """The answers of this process, the least used first."""

    def __init__(self, room: int = ROOM) -> None:
        self.room, self.bytes = room, 0
        self.lock = Lock()
        self.answers: OrderedDict[Key, tuple[State, HttpResponse]] = OrderedDict()

    def find(self, key: Key, state: State) -> HttpResponse | None:
        with self.lock:
            known = self.answers.get(key)
            if known is None or known[0] != state:
                return None
            self.answers.move_to_end(key)
            return known[1]

    def keep(self, key: Key, state: State, answer: HttpResponse) -> None:
        with self.lock:
            self._drop(key)
            self.answers[key] = (state, answer)
            self.bytes += len(answer.content)
            while self.bytes > self.room:
                self._drop(next(iter(self.answers)))

    def _drop(self, key: Key) -> None:
        if key in self.answers:
            self.bytes -= len(self.answers.pop(key)[1].content)


def kept_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Outside of everything that makes a page, inside of what judges the connection."""
    kept = Kept()

    def middleware(request: HttpRequest) -> HttpResponse:
        if not may_be_kept(request) or (state := state_now()) is None:
            return get_response(request)
        key = key_of(request)
        if (known := kept.find(key, state)) is not None:
            return copied(request, known)
        answer = get_response(request)
        if is_public(answer):
            # The state was asked before the page was made: what happened meanwhile is seen at the next request.
            kept.keep(key, state, copied(request, answer))
        return answer

    return middleware


def may_be_kept(request: HttpRequest) -> bool:
    """Whether the reader is nobody in particular, and the address one that may be a page."""
    return request.method == "GET" and not request.META.get("HTTP_COOKIE") and "Authorization" not in request.headers


def key_of(request: HttpRequest) -> Key:
    """All that an answer depends on but the state of the house."""
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    return (request.scheme, request.get_host(), request.get_full_path(), str(compressed))


def state_now() -> State | None:
    """What a kept answer must have been made under; None while the database is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            return tuple(cursor.fetchone())
    except Error:
        return None


def is_public(answer: HttpResponse) -> bool:
    """Whether the page itself says that anybody may have it, and that a change must be seen at once."""
    return (
        answer.status_code == 200
        and not answer.streaming
        and answer.headers.get("Cache-Control") == "no-cache"
        and not answer.cookies
        and len(answer.content) <= LARGEST
    )


def copied(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The same answer for another request; without its body when the reader has it already."""
    tag = answer.headers.get("ETag")
    if tag and tag in request.headers.get("If-None-Match", ""):
        same: HttpResponse = HttpResponseNotModified()
    else:
        same = HttpResponse(answer.content, status=answer.status_code)
    for name, value in answer.headers.items():
        if not isinstance(same, HttpResponseNotModified) or not name.startswith("Content-"):
            same.headers[name] = value
    return same
