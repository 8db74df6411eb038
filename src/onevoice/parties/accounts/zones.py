"""Time zones as one chooses them: by region, each by the name of its city, with what its clocks show now.

Names and regions come from CLDR, by Babel, in the reader's language. Likely ones stand first and once: the seats of
the reader's groups, the zone that is chosen already, and those of the countries that the browser names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header

from onevoice.languages.collation import in_order
from onevoice.languages.names import language_of
from onevoice.languages.times import place_of

LIKELY = _("Likely ones")
MOST_OF_A_COUNTRY: Final = 4  # zones; of a country that has more, none is likelier than the others
# Areas of the zones' names, as CLDR's regions (UN M49, and Antarctica by its code).
REGIONS: Final[Mapping[str, str]] = {
    "Africa": "002", "America": "019", "Antarctica": "AQ", "Asia": "142", "Europe": "150", "Arctic": "150",
    "Australia": "009", "Pacific": "009",
}  # fmt: skip
# Islands of the two oceans, by country.
OF_ISLANDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("CV", "KM", "MG", "MU", "RE", "SC", "SH", "TF", "YT"), "002"),
    **dict.fromkeys(("BM", "FK", "GS"), "019"),
    **dict.fromkeys(("IO", "MV"), "142"),
    **dict.fromkeys(("CC", "CX"), "009"),
    **dict.fromkeys(("ES", "FO", "IS", "PT"), "150"),
}
Options = list[tuple[str, Any]]


def choices(language: str, *, at: datetime, likely: Iterable[str] = ()) -> Options:
    """Likely zones under a heading of their own, then all others by region; `at` says which clocks are meant."""
    first = list(dict.fromkeys(zone for zone in likely if zone))
    rest = [
        (region, [(zone, name) for zone, name in zones if zone not in first])
        for region, zones in _by_region(language, at.replace(minute=0, second=0, microsecond=0))
    ]
    return [(LIKELY, [(zone, named(zone, language, at=at)) for zone in first]), *rest] if first else rest


def named(zone: str, language: str, *, at: datetime) -> str:
    """'Vienna (UTC+1)'; half hours as 'UTC+5:30'."""
    return f"{place_of(zone, language)} ({_offset(zone, at)})"


def _offset(zone: str, at: datetime) -> str:
    apart = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    minutes = abs(apart) // timedelta(minutes=1)
    if not minutes:
        return "UTC"
    sign = "-" if apart < timedelta() else "+"
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


@lru_cache(maxsize=16)
def _by_region(language: str, at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every zone that people live in, by region, both in the order of the language; of one hour, which is kept."""
    regions: dict[str, list[str]] = defaultdict(list)
    for zone, territory in get_global("zone_territories").items():
        area, _, city = zone.partition("/")
        if city and area != "Etc":
            regions[REGIONS.get(area) or OF_ISLANDS[territory]].append(zone)
    names = Locale.parse(language_of(language).locale).territories
    found = [(names[region], _in_order(zones, language, at)) for region, zones in regions.items()]
    return in_order(found, lambda pair: pair[0], language)


def _in_order(zones: Iterable[str], language: str, at: datetime) -> list[tuple[str, str]]:
    return in_order([(zone, named(zone, language, at=at)) for zone in zones], lambda pair: pair[1], language)


def of_browser(request: HttpRequest) -> list[str]:
    """The zones of the countries that the browser names among its languages: of 'fr-CH' that of Zurich."""
    zones: list[str] = []
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        for part in tag.split("-")[1:]:
            there = get_global("territory_zones").get(part.upper(), []) if len(part) == 2 else []
            zones += there if len(there) <= MOST_OF_A_COUNTRY else []
    return zones[: 2 * MOST_OF_A_COUNTRY]
