"""The frame of a page: what stands around its content, computed from the request and the group.

Upper rooms add to it by `add_section`; the rest follows from the address and from who reads.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, cached_property

from onevoice.languages.names import LANGUAGES, Language, language_of
from onevoice.languages.times import hour_in_words, instant_in_words, place_of
from onevoice.languages.web import active_language, url_in
from onevoice.languages.words import Said, Words, plain, said
from onevoice.look import wording


class Group(Protocol):
    """What the frame asks of a group."""

    slug: str
    acronym: str
    names: Words
    seat: Words  # the place of its seat in words; empty: the place of its zone
    zone: str
    demonstration: bool
    colour: str
    colour_on_dark: str
    logo: Mapping[str, Any]  # address, width and height in pixels; empty for none


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a group's site; `key` is the first part of its addresses."""

    key: str
    label: str | Promise
    path: str
    signed_in: bool = False  # only for people who are signed in


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame; `current` says that the reader is there."""

    address: str
    label: str | Promise
    current: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """The same page in one of the six languages."""

    language: Language
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """The time at a place, in words."""

    place: str
    shown: str
    instant: datetime


@dataclass(frozen=True, slots=True)
class Acting:
    """For whom the reader acts in this group."""

    organisation: Said
    organisation_id: int | None
    capacity: str | Promise


_sections: list[Section] = [
    Section("desk", wording.SECTIONS["desk"], "desk", signed_in=True),
    *(
        Section(key, wording.SECTIONS[key], key)
        for key in ("members", "events", "decisions", "outputs", "mandates", "about")
    ),
]
# Addresses whose section has another name.
BELONGS = {"proposals": "decisions", "meetings": "events", "do": "desk", "receipts": "desk", "house": "desk"}
DEFAULT_COLOURS = ("#0b4f71", "#93c8e6")


def add_section(section: Section, *, after: str = "") -> None:
    """A room above adds its section, once, when it starts."""
    if section.key not in [known.key for known in _sections]:
        keys = [known.key for known in _sections]
        _sections.insert(keys.index(after) + 1 if after in keys else len(keys), section)


ReaderLinks = Callable[[HttpRequest, Group | None], Iterable[Link]]
_reader_links: list[ReaderLinks] = []


def add_reader_links(links: ReaderLinks) -> None:
    """A room above adds links beside whom the reader acts for: 'Act for another', 'Your profile'."""
    if links not in _reader_links:
        _reader_links.append(links)


class Frame:
    """Everything around the content; each part is computed when the template asks for it."""

    def __init__(self, request: HttpRequest | None, group: Group | None = None, *, section: str = "") -> None:
        self.request, self.group, self._section = request, group, section
        self.session_sent = False  # on a page that does not ask who reads: whether they may well be signed in
        self.language = active_language()
        self.path = request.get_full_path() if request else url_in("/", self.language.code)

    @cached_property
    def signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return bool(user is not None and user.is_authenticated)

    @property
    def home(self) -> str:
        return self.address(f"{self.group.slug}/" if self.group else "")

    @property
    def name(self) -> Said | None:
        return said(self.group.names, self.language.code) if self.group else None

    @property
    def short_name(self) -> str:
        """What stands at the end of every title."""
        return self.group.acronym if self.group else "OneVoice"

    @property
    def demonstration(self) -> tuple[Promise, Promise]:
        """The banner of a demonstration: the word, and what it means."""
        return wording.demonstration, wording.demonstration_means

    @property
    def moved_on(self) -> str:
        """That the demonstration's clock was moved on, and what it and the clocks outside show; empty otherwise."""
        moved: timedelta = getattr(getattr(self.request, "standing", None), "moved_on", timedelta(0))
        if abs(moved) < timedelta(seconds=1):
            return ""
        now, code = now_of(self.request), self.language.code
        zone = self.group.zone if self.group else zone_of(self.request) or "UTC"
        shown, outside = (instant_in_words(one, zone, code, "short") for one in (now, now - moved))
        return str(wording.moved_on).format(shown=shown, outside=outside)

    @property
    def sections(self) -> list[Link]:
        """The sections of the group, with the one that this page belongs to."""
        if self.group is None:
            return []
        slug, here = self.group.slug, self._here()
        found = [Link(self.home, wording.SECTIONS["home"], here == "")]
        for section in _sections:
            if self.signed_in or not section.signed_in:
                link = Link(self.address(f"{slug}/{section.path}"), section.label, section.key == here)
                found.insert(0, link) if section.key == "desk" else found.append(link)
        return found

    @property
    def languages(self) -> list[Switch]:
        """This very page in each language, in the order of the United Nations."""
        return [
            Switch(language, url_in(self.path, code), language == self.language)
            for code, language in LANGUAGES.items()
        ]

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """hreflang and absolute address of this page in each language, and for everybody else in English."""
        bare = self.path.split("?", 1)[0]
        found = [(language.html, self.absolute(url_in(bare, code))) for code, language in LANGUAGES.items()]
        return [*found, ("x-default", self.absolute(url_in(bare, "en")))]

    @property
    def canonical(self) -> str:
        return self.absolute(self.path.split("?", 1)[0])

    @property
    def colours(self) -> str:
        """The address of the group's colours; empty when they are the house's."""
        chosen = (self.group.colour, self.group.colour_on_dark) if self.group else DEFAULT_COLOURS
        if chosen == DEFAULT_COLOURS:
            return ""
        return reverse("look-colours", args=["-".join(colour.lstrip("#") for colour in chosen)])

    @cached_property
    def acting(self) -> Acting | None:
        """Whom the reader acts for: in the group, else if it is one only; nobody without an appointment."""
        standing = getattr(self.request, "standing", None)
        if not self.signed_in or standing is None:
            return None
        if self.group is None:
            actor = self._actors[0] if len(self._actors) == 1 else None
        else:
            actor = standing.actor(getattr(self.group, "pk", None))
        if actor is None:
            return None
        words = said(actor.organisation_words, self.language.code)
        return Acting(words, actor.organisation, wording.CAPACITIES.get(actor.capacity, actor.capacity))

    @cached_property
    def _actors(self) -> Sequence[Any]:
        """For whom the reader acts in any group."""
        standing = getattr(self.request, "standing", None)
        return standing.actors_to_show() if self.signed_in and hasattr(standing, "actors_to_show") else ()

    @property
    def clocks(self) -> list[Clock]:
        """The seat's clock, then the reader's when it shows another time; outside a group the reader's alone."""
        zone = self.group.zone if self.group else zone_of(self.request) or "UTC"
        now, code = now_of(self.request), self.language.code
        place = plain(self.group.seat, code) if self.group else ""
        seat = Clock(place or place_of(zone, code), instant_in_words(now, zone, code, "short"), now)
        own = zone_of(self.request)
        if not own or hour_in_words(now, own) == hour_in_words(now, zone):
            return [seat]
        return [seat, Clock(place_of(own, code), hour_in_words(now, own), now)]

    @property
    def reader_links(self) -> list[Link]:
        """What a signed-in reader may do about being here; signing out comes last."""
        if self.request is None:
            return []
        found = [link for links in _reader_links for link in links(self.request, self.group)]
        return [*found, Link(self.address("accounts/logout/"), wording.sign_out)]

    @property
    def colophon(self) -> list[Link]:
        """What stands at the foot of every page."""
        slug = f"{self.group.slug}/" if self.group else ""
        found = [
            Link(self.address("accessibility"), wording.accessibility),
            Link(self.address("privacy"), wording.privacy),
        ]
        if slug:
            found = [
                Link(self.address(f"{slug}search"), wording.SECTIONS["search"]),
                Link(self.address(f"{slug}record"), wording.record),
                *found,
            ]
        if self.signed_in or self.session_sent:
            return found
        return [*found, Link(self.address("accounts/login/"), wording.sign_in)]

    def address(self, rest: str) -> str:
        """An address of this language."""
        return url_in(f"/{rest}", self.language.code)

    def absolute(self, path: str) -> str:
        """The whole address: from the setting, else as the reader came."""
        known: str = getattr(settings, "PUBLIC_ADDRESS", "")
        if known:
            return known.rstrip("/") + path
        return self.request.build_absolute_uri(path) if self.request else path

    def _here(self) -> str:
        if self._section:
            return self._section
        parts = url_in(self.path.split("?", 1)[0], "en").strip("/").split("/")
        if self.group is None or parts[0] != self.group.slug:
            return "-"
        return BELONGS.get(parts[1], parts[1]) if len(parts) > 1 else ""


def frame_of(context: Mapping[str, Any]) -> Frame:
    """The frame for a template's context: its `request`, `group` and, if given, `section`."""
    request = None if context.get("without_reader") else context.get("request")
    frame = Frame(request, context.get("group"), section=context.get("section", ""))
    if request is None and context.get("request") is not None:
        frame.path = context["request"].get_full_path()
        frame.session_sent = settings.SESSION_COOKIE_NAME in context["request"].COOKIES
    return frame


def now_of(request: HttpRequest | None) -> datetime:
    """The database's clock as this request read it; the machine's where there is none."""
    now = getattr(request, "now", None) or getattr(getattr(request, "standing", None), "now", None)
    return now or datetime.now(UTC)


def zone_of(request: HttpRequest | None) -> str:
    """The zone that the reader chose; empty for nobody in particular."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return str(getattr(user, "zone", ""))


def language_name(code: str) -> str:
    """A language as its readers write it."""
    return language_of(code).own_name
