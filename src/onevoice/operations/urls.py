"""Every address of the house: bare ones first, then pages in the reader's language.

A room's urls.py holds `urlpatterns` (pages; each language has its own address) and, where it serves what is
not read by people in a language (tiles, feeds of machines), a list `bare` (one address, no language).
"""

from importlib import import_module
from types import ModuleType

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from onevoice.look import errors
from onevoice.operations import away
from onevoice.operations.health import health
from onevoice.operations.rooms import has

# `site` answers the widest patterns (/<group>/…), so it comes last.
_with_urls = sorted((room for room in settings.ROOMS if has(room, "urls")), key=lambda room: room == "site")
_modules: dict[str, ModuleType] = {room: import_module(f"onevoice.{room}.urls") for room in _with_urls}

urlpatterns: list[URLPattern | URLResolver] = [path("healthz", health, name="healthz")]
for _module in _modules.values():
    urlpatterns += getattr(_module, "bare", [])
_pages: list[URLPattern | URLResolver] = [path("accounts/", include("onevoice.parties.accounts.urls"))]
if settings.DEMONSTRATION:
    _pages.append(path("", include("onevoice.operations.demonstration.urls")))
_pages += [path("", include(_module)) for _module in _modules.values() if getattr(_module, "urlpatterns", [])]

if has("languages", "web", "def language_patterns"):
    from onevoice.languages.web import language_patterns  # type: ignore[import-not-found, unused-ignore]

    urlpatterns += language_patterns(*_pages)
else:
    urlpatterns += i18n_patterns(*_pages, prefix_default_language=False)

handler400 = errors.bad_request
handler403 = errors.not_open
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = away.server_error
