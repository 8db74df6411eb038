"""Addresses by language: none for English, /fr, /es, /ar, /ru and /zh for the others.

The address alone decides the language, never a cookie or a header: a link shows everybody the same page. Calls
(/api) have one address for all programs; there the header Accept-Language decides.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from onevoice.languages.names import DEFAULT, LANGUAGES, Language, language_of

PREFIXES: Final = {language.prefix: language for language in LANGUAGES.values() if language.prefix}


class LanguageMiddleware:
    """Activates the language that the address names, and says it in `request.language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = asked_in(request) if is_call(request) else language_in(request.path_info)
        if request.path_info == f"/{language.prefix}" and language.prefix:
            return HttpResponsePermanentRedirect(f"/{language.prefix}/")
        translation.activate(language.django)
        request.LANGUAGE_CODE = language.django
        request.language = language  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language.html)
        if is_call(request):
            patch_vary_headers(response, ["Accept-Language"])
        return response


class _Prefix(LocalePrefixPattern):
    """Django's language prefix, with 'zh' where Django would write 'zh-hans'."""

    @property
    def language_prefix(self) -> str:
        prefix = active_language().prefix
        return f"{prefix}/" if prefix else ""


def language_patterns(*patterns: URLPattern | URLResolver) -> list[URLResolver]:
    """The addresses of pages, each there in six languages; for ROOT_URLCONF only."""
    return [URLResolver(_Prefix(prefix_default_language=False), list(patterns))]


def active_language() -> Language:
    """The language in which the page is being written."""
    return language_of(translation.get_language() or DEFAULT.django)


def is_call(request: HttpRequest) -> bool:
    """Whether a program calls, so that the answer is data and never a page."""
    return request.path_info == "/api" or request.path_info.startswith("/api/")


def asked_in(request: HttpRequest) -> Language:
    """The best of the six languages for whoever sent this header: 'fr-CA, de;q=0.5' is French."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    wanted = (tag.partition("-")[0] for tag, weight in asked if weight > 0)
    return next((LANGUAGES[code] for code in wanted if code in LANGUAGES), DEFAULT)


def language_in(path: str) -> Language:
    """The language that a path belongs to."""
    return PREFIXES.get(path.lstrip("/").split("/", 1)[0].split("?", 1)[0], DEFAULT)


def url_in(path: str, language: str) -> str:
    """The very same page in another language: '/fr/icat?as-of=2019' in 'ar' is '/ar/icat?as-of=2019'."""
    present, wanted = language_in(path), language_of(language)
    bare = path[len(present.prefix) + 1 :] if present.prefix else path
    bare = "/" + bare.lstrip("/")
    return f"/{wanted.prefix}{bare}" if wanted.prefix else bare
