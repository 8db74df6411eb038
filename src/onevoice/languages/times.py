"""Dates and times in words, in six languages: always with a place, never with a bare offset."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta, get_timezone_location

from onevoice.languages.names import language_of

Grain = Literal["year", "month", "day", "weekday", "short"]

# CLDR's patterns, without the comma after the weekday that the United Nations does not write in English.
_PATTERNS: Final[Mapping[str, Mapping[Grain, str]]] = {
    "en": {
        "year": "y",
        "month": "MMMM y",
        "day": "d MMMM y",
        "weekday": "EEEE d MMMM y",
        "short": "EEE d MMM y",
    },
    "fr": {
        "year": "y",
        "month": "MMMM y",
        "day": "d MMMM y",
        "weekday": "EEEE d MMMM y",
        "short": "EEE d MMM y",
    },
    "es": {
        "year": "y",
        "month": "MMMM 'de' y",
        "day": "d 'de' MMMM 'de' y",
        "weekday": "EEEE d 'de' MMMM 'de' y",
        "short": "EEE d MMM y",
    },
    "ar": {
        "year": "y",
        "month": "{month} y",
        "day": "d {month} y",
        "weekday": "EEEE d {month} y",
        "short": "EEE d {month} y",
    },
    "ru": {
        "year": "y 'г'.",
        "month": "LLLL y 'г'.",
        "day": "d MMMM y 'г'.",
        "weekday": "EEEE, d MMMM y 'г'.",
        "short": "EEE, d MMM y 'г'.",
    },
    "zh": {
        "year": "y年",
        "month": "y年M月",
        "day": "y年M月d日",
        "weekday": "y年M月d日EEEE",
        "short": "y年M月d日EEE",
    },
}
# The United Nations writes each month in Arabic by both of its names.
_ARABIC_MONTHS: Final = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
# A place after a time. French, Russian: the name would change with the preposition, so it stands in brackets.
_IN_PLACE: Final[Mapping[str, str]] = {
    "en": "{time} in {place}",
    "fr": "{time} ({place})",
    "es": "{time} en {place}",
    "ar": "{time} بتوقيت {place}",
    "ru": "{time} ({place})",
    "zh": "{place}时间{time}",
}
_DAY_AND_HOUR: Final[Mapping[str, str]] = {
    "en": "{day}, {hour}",
    "fr": "{day}, {hour}",
    "es": "{day}, {hour}",
    "ar": "{day}، الساعة {hour}",
    "ru": "{day}, {hour}",
    "zh": "{day} {hour}",
}
# Until this long, in this unit of this length.
_UNITS: Final[
    tuple[tuple[timedelta, Literal["minute", "hour", "day", "week", "month", "year"], timedelta], ...]
] = (
    (timedelta(hours=1), "minute", timedelta(minutes=1)),
    (timedelta(days=1), "hour", timedelta(hours=1)),
    (timedelta(days=14), "day", timedelta(days=1)),
    (timedelta(days=60), "week", timedelta(days=7)),
    (timedelta(days=730), "month", timedelta(days=30)),
    (timedelta.max, "year", timedelta(days=365)),
)


def date_in_words(day: date, language: str, grain: Grain = "day") -> str:
    """'14 June 2018', 'June 2018', '2018', 'Thursday 14 June 2018' or, short, 'Thu 14 Jun 2018'."""
    known = language_of(language)
    pattern = _PATTERNS[known.code][grain]
    if known.code == "ar":
        pattern = pattern.replace("{month}", f"'{_ARABIC_MONTHS[day.month - 1]}'")
    return format_date(date(day.year, day.month, day.day), pattern, locale=_locale(known.locale))


def hour_in_words(instant: datetime, zone: str, seconds: bool = False) -> str:
    """'17:00' as the clocks of the zone show it, in 24 hours in every language."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S" if seconds else "%H:%M")


def instant_in_words(
    instant: datetime, zone: str, language: str, grain: Grain = "weekday", seconds: bool = False
) -> str:
    """'Friday 11 December 2026, 17:00' on the clocks of a zone; say the place with `in_place`."""
    local = instant.astimezone(ZoneInfo(zone))
    day = date_in_words(local.date(), language, grain)
    return _DAY_AND_HOUR[language_of(language).code].format(
        day=day, hour=hour_in_words(instant, zone, seconds)
    )


def in_place(time: str, place: str, language: str) -> str:
    """A time with its place in words: '17:00 in Vienna'."""
    return _IN_PLACE[language_of(language).code].format(time=time, place=place)


def moment(instant: datetime, zone: str, language: str, place: str = "", seconds: bool = False) -> str:
    """The whole of it in one line of text: 'Friday 11 December 2026, 17:00 in Vienna'."""
    shown = instant_in_words(instant, zone, language, seconds=seconds)
    return in_place(shown, place or place_of(zone, language), language)


@lru_cache(maxsize=4096)
def place_of(zone: str, language: str) -> str:
    """The zone as a place in words, from CLDR: 'Europe/Vienna' is 'Вена' in Russian."""
    if zone in ("UTC", "Etc/UTC", "GMT"):
        return "UTC"
    found: str = get_timezone_location(zone, locale=_locale(language_of(language).locale), return_city=True)
    return found.rsplit("/", 1)[-1]


def distance(moment: datetime, now: datetime, language: str) -> str:
    """How far off it is, in whole units of a size that fits: 'in 3 days', '2 hours ago'."""
    apart = max(abs(moment - now), timedelta(minutes=1))
    unit, length = next((unit, length) for until, unit, length in _UNITS if apart < until)
    whole = apart // length * length
    return format_timedelta(
        whole if moment >= now else -whole,
        granularity=unit,
        threshold=float("inf"),
        add_direction=True,
        locale=_locale(language_of(language).locale),
    )


@lru_cache(maxsize=16)
def _locale(name: str) -> Locale:
    return Locale.parse(name)
