"""How a dated fact is known, in words: 'member since September 2006', 'seen as a member on 14 June 2018'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onevoice.claims.asof import Answer
from onevoice.claims.models import Basis, Confidence, DatedFact
from onevoice.languages.partial import PartialDate
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.parties.models import Succession

from .models import Membership, OfficeHolding

Sayings = Mapping[str, str | Promise]
_MEMBERS: Final[Mapping[str, Sayings]] = {
    "member": {
        "since": _("member since {since}"),
        "ahead": _("member from {since}"),
        "from": _("member from {since} to {until}"),
        "until": _("member until {until}"),
        "open": _("member, since when is not known"),
        "seen on": _("seen as a member on {since}"),
        "seen in": _("seen as a member in {since}"),
        "seen from": _("seen as a member from {since} to {until}"),
    },
    "observer": {
        "since": _("observer since {since}"),
        "ahead": _("observer from {since}"),
        "from": _("observer from {since} to {until}"),
        "until": _("observer until {until}"),
        "open": _("observer, since when is not known"),
        "seen on": _("seen as an observer on {since}"),
        "seen in": _("seen as an observer in {since}"),
        "seen from": _("seen as an observer from {since} to {until}"),
    },
    "partner": {
        "since": _("partner since {since}"),
        "ahead": _("partner from {since}"),
        "from": _("partner from {since} to {until}"),
        "until": _("partner until {until}"),
        "open": _("partner, since when is not known"),
        "seen on": _("seen as a partner on {since}"),
        "seen in": _("seen as a partner in {since}"),
        "seen from": _("seen as a partner from {since} to {until}"),
    },
}
_IN_BODY: Final = _("{body}: {line}")
_HELD: Final[Sayings] = {
    "since": _("since {since}"),
    "ahead": _("from {since}"),
    "from": _("{since} to {until}"),
    "until": _("until {until}"),
    "open": _("since when is not known"),
    "seen on": _("seen on {since}"),
    "seen in": _("seen in {since}"),
    "seen from": _("seen from {since} to {until}"),
}
# For an answer: the state's look, and its word.
STATES: Final[Mapping[Answer, str]] = {
    Answer.HOLDS: "done",
    Answer.ATTESTED: "done",
    Answer.PERHAPS: "partly",
    Answer.BETWEEN: "partly",
    Answer.NOT_KNOWN: "waiting",
    Answer.NO: "stopped",
}
ANSWERS: Final[Mapping[Answer, Promise]] = {
    Answer.HOLDS: _("yes"),
    Answer.ATTESTED: _("seen"),
    Answer.PERHAPS: _("perhaps"),
    Answer.BETWEEN: _("between attestations"),
    Answer.NOT_KNOWN: _("not known"),
    Answer.NO: _("no"),
}
MEANINGS: Final[Mapping[Answer, Promise]] = {
    Answer.HOLDS: _("A source gives the period, and the day is in it."),
    Answer.ATTESTED: _("A source shows it at this time, without saying since when or until when."),
    Answer.PERHAPS: _("The date as written is coarser than a day, so it may have been just before or after."),
    Answer.BETWEEN: _("Sources show it before and after this day, not on it."),
    Answer.NOT_KNOWN: _("Sources show it at other times only. Whether it held on this day was not found."),
    Answer.NO: _("It had not begun, or it had ended."),
}
# Of what happens once (a mandate, an event), as a sentence; nothing where it was there.
THERE: Final[Mapping[Answer, Promise]] = {
    Answer.NO: _("On that day it was still to come."),
    Answer.PERHAPS: _(
        "Its date is not known to the day. On that day it was there already, or still to come."
    ),
}
ORGANISATION_KINDS: Final[Mapping[str, Promise]] = {
    "un": _("UN entity"),
    "intergovernmental": _("Intergovernmental organisation"),
    "regional": _("Regional organisation"),
    "partner": _("Partner organisation"),
}
CONFIDENCE: Final[Mapping[str, Promise]] = {
    Confidence.FULL: _("the page states it"),
    Confidence.OPENING: _("only the opening of the page was read"),
    Confidence.SECONDARY: _("reported by another"),
    Confidence.SYMBOL: _("known by its symbol or title; its text was not read"),
    Confidence.MADE: _("entered here, by an act"),
}
# What a source says something about, as record files write it; other points are shown as written.
POINTS: Final[Mapping[str, Promise]] = {
    "date": _("date"),
    "place": _("place"),
    "month": _("month"),
    "text": _("text"),
    "chosen": _("choice"),
    "ordinal": _("number in the series"),
    "listing": _("listing"),
    "actions": _("number of actions"),
    "functions": _("functions"),
    "attendance": _("attendance"),
    "consensus": _("adoption by consensus"),
    "contributors": _("contributors"),
    "web site": _("web sites"),
    "social media": _("social media"),
    "official name": _("official name"),
    "size in 2019": _("size in 2019"),
    "name in English": _("name in English"),
    "names in other languages": _("names in other languages"),
    "short names and acronyms in other languages": _("short names and acronyms in other languages"),
    "adoption by the Third Committee": _("adoption by the Third Committee"),
    "renewal of the co-chairs": _("renewal of the co-chairs"),
    "session of the Conference of the Parties": _("session of the Conference of the Parties"),
    "first regional organisation to lead the group": _("first regional organisation to lead the group"),
    "authority record in the United Nations library": _("authority record in the United Nations library"),
}
no_such_day: Final = _("“{written}” is not a day, so this page shows today. Write the day as 2019-06-01.")


def membership(fact: Membership, *, now: datetime | None = None) -> str:
    """One attested or stated membership; what is still to come at `now` is not said to hold since then."""
    return _said(fact, _MEMBERS[fact.kind], now)


def memberships(facts: Sequence[Membership], *, now: datetime, body: str = "") -> list[str]:
    """Each fact of one organisation, the earliest first; with the body where it is named."""
    lines = [membership(fact, now=now) for fact in in_time(facts)]
    return [str(_IN_BODY).format(body=body, line=line) for line in lines] if body else lines


def holding(fact: OfficeHolding, *, now: datetime | None = None) -> str:
    """The period of an office held: '2019', 'since 2007', '2021 to 2022'; from a day that is to come at `now`."""
    return _said(fact, _HELD, now)


def appointed(fact: DatedFact, *, now: datetime | None = None) -> str:
    """Since when, until when somebody was appointed."""
    return _said(fact, _HELD, now)


def in_time[F: DatedFact](facts: Sequence[F]) -> list[F]:
    """By when they began, as written; what has no beginning stands first."""
    return sorted(facts, key=lambda fact: fact.since_written)


def _said(fact: DatedFact, sayings: Sayings, now: datetime | None) -> str:
    since, until, how = shown(fact.since_written), shown(fact.until_written), _how(fact, now)
    return str(sayings[how]).format(since=since, until=until) if how != "during" else since


def _how(fact: DatedFact, now: datetime | None) -> str:
    since, until = fact.since_written, fact.until_written
    if fact.basis == Basis.ATTESTED:
        if since != until:
            return "seen from"
        return "seen on" if len(since) == len("2018-06-14") else "seen in"
    if since and since == until and isinstance(fact, OfficeHolding):
        return "during"
    if since and not until:
        return "ahead" if now and fact.period.lower and fact.period.lower > now else "since"
    if since:
        return "from"
    return "until" if until else "open"


def shown(written: str) -> str:
    """A partial date in the reader's language; empty for none."""
    return PartialDate.parse(written).shown(active_language().code) if written else ""


def years_of(fact: DatedFact, *, last: int) -> range:
    """The years in which a fact held, as far as its dates say; an open end runs to the year `last`."""
    first = PartialDate.parse(fact.since_written).year if fact.since_written else None
    end = PartialDate.parse(fact.until_written).year if fact.until_written else last
    return range(end if first is None else first, end + 1)


OFFICES: Final[Mapping[str, Promise]] = {
    "coordinator": _("Coordinator"),
    "chair": _("Chair"),
    "co_chair": _("Co-chair"),
    "secretariat": _("Secretariat"),
}
_HOLDING: Final = _("{office}, {period}")


def office_held(kind: str, fact: OfficeHolding, *, now: datetime | None = None) -> str:
    """'Co-chair, 2019'."""
    return str(_HOLDING).format(office=OFFICES[kind], period=holding(fact, now=now))


CO_CHAIRS: Final = _("Co-chairs")


def office_label(kind: str, holders: int) -> Promise:
    """'Co-chair', or 'Co-chairs' where there are several."""
    return CO_CHAIRS if kind == "co_chair" and holders > 1 else OFFICES[kind]


def name_period(name: DatedFact, *, now: datetime | None = None) -> str:
    """When an organisation was called so; empty where no date is known."""
    return _said(name, _HELD, now) if name.since_written or name.until_written else ""


_became_part: Final = _("became part of {successor}; the date is not known")
_became_part_when: Final = _("became part of {successor}, {when}")


def became_part(row: Succession) -> str:
    """What is known of an organisation that is no more: 'became part of UN Women; the date is not known'."""
    say = _became_part_when if row.when_written else _became_part
    successor = plain(row.successor.acronym(), active_language().code)
    return str(say).format(successor=successor, when=shown(row.when_written))


successor_of: Final = _("Successor of {before}")
LANGUAGES: Final[Mapping[str, Promise]] = {
    "en": _("English"),
    "fr": _("French"),
    "es": _("Spanish"),
    "ar": _("Arabic"),
    "ru": _("Russian"),
    "zh": _("Chinese"),
}
