"""A form of an act that holds more than can be read: the page comes back with the beginning of each text.

1. While the body is read, its texts' beginnings are kept (beginnings.py); nothing of it is held whole.
2. When it proves too large, the request gets these beginnings for its form, and says so in `request.too_much`.
3. CSRF, session and standing are then asked as ever; the page of the act only shows the form again, with 413.
   Rooms register other pages that do the same (`keeps_beginnings`): none of them may take what was cut for the whole.
Every other address answers with the sentence alone (look/errors.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from onevoice.look.errors import read_away, size_of

from .beginnings import Passing, passing

WATCHED: Final = 25_000_000  # bytes; what comes after them is read away only


@dataclass(slots=True)
class TooMuch:
    """What did not fit: its bytes, how many do, the characters of each text, and the files that were not kept."""

    size: int
    limit: int
    characters: dict[str, int]
    files: frozenset[str]


_keeping: list[Callable[[str], bool]] = [lambda page: page == "enact:act"]


def keeps_beginnings(pages: Callable[[str], bool]) -> Callable[[str], bool]:
    """Register pages, by their names, that show a form again when what was sent to it was too much."""
    _keeping.append(pages)
    return pages


class _Watched:
    """A stream of which each piece is shown to a watcher."""

    def __init__(self, stream: Any, watcher: Passing) -> None:
        self.stream, self.watcher, self.read_so_far = stream, watcher, 0

    def read(self, *size: Any) -> bytes:
        return self._seen(self.stream.read(*size))

    def readline(self, *size: Any) -> bytes:
        return self._seen(self.stream.readline(*size))

    def _seen(self, piece: bytes) -> bytes:
        self.read_so_far += len(piece)
        if self.read_so_far <= WATCHED:
            self.watcher.feed(piece)
        return piece

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class LargeFormMiddleware:
    """Stands before the check of CSRF, which is the first to read a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        page = request.resolver_match.view_name  # type: ignore[union-attr]
        if request.method != "POST" or not any(keeps(page) for keeps in _keeping):
            return
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if size_of(request) <= most or not (watcher := passing(request.content_type, request.content_params)):
            return
        request._stream = _Watched(request._stream, watcher)  # type: ignore[attr-defined]
        try:
            _ = request.POST
        except RequestDataTooBig as error:
            read_away(request)
            request._post, request._files = _form(watcher), MultiValueDict()  # type: ignore[attr-defined]
            limit = getattr(error, "limit", most)
            whole = limit != most or request.content_type != "multipart/form-data"
            request.too_much = TooMuch(  # type: ignore[attr-defined]
                size_of(request) if whole else watcher.size,
                limit,
                {one.name: one.characters for one in watcher.beginnings},
                frozenset(watcher.files),
            )


def _form(watcher: Passing) -> QueryDict:
    form = QueryDict(mutable=True)
    for one in watcher.beginnings:
        form.appendlist(one.name, one.text)
    form._mutable = False
    return form
