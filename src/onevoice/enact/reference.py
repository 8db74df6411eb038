"""The reference of acts and who may do them: two lists, from the declarations that the program itself follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from onevoice.languages.collation import in_order
from onevoice.languages.normal import finder
from onevoice.languages.web import active_language
from onevoice.look.columns import Choices
from onevoice.look.lists import Choice, Column, Listing, Words

from .act import Act, Sentence, all_acts

Declared = type[Act]


def roles() -> Mapping[str, Sentence]:
    """The standings that any act names, by their keys."""
    found = {who.key: who.name for act in all_acts() for who in act.by}
    return dict(sorted(found.items()))


def _roles(request: HttpRequest) -> Choices:
    return in_order(roles().items(), lambda role: str(role[1]), active_language().code)


def _may(key: str) -> Callable[[Declared], Sentence]:
    return lambda act: _("may") if any(who.key == key for who in act.by) else ""


def _by(rows: Iterable[Declared], key: str) -> list[Declared]:
    return [act for act in rows if any(who.key == key for who in act.by)]


def _with_words(rows: Iterable[Declared], typed: str) -> list[Declared]:
    """By the act's label, what it says of itself, its name and what it asks."""
    finds = finder(typed)
    return [act for act in rows if finds([str(act.label), str(act.lede), *act.name.split("."), *_asks(act)])]


def _asks(act: Declared) -> list[str]:
    return [str(field.label) for field in act.fields.values()]


def _asked_shown(act: Declared) -> SafeString:
    """What it asks, with the names that a program sends."""
    fields = ((field.label, name) for name, field in act.fields.items())
    return format_html_join(SafeString("<br>"), '{} <code dir="ltr">{}</code>', fields)


def _act_shown(act: Declared) -> SafeString:
    """With the name under which a program calls it; the page of who may leads here."""
    return format_html('<span id="{}">{}</span><br><code dir="ltr">{}</code>', act.slug, act.label, act.name)


WORDS = Words("q", _("Words"), _with_words)
WHO = Choice("who", _("Who may"), _roles, _by)
NAME = Column("name", _("Name"), lambda act: act.name, only_file=True)
ACTS = Listing(
    name="acts",
    label=_("Acts"),
    columns=(
        Column("act", _("Act"), lambda act: act.label, sort=True, heading=True, show=_act_shown),
        NAME,
        Column("lede", _("What it does"), lambda act: act.lede),
        Column("who", _("Who may"), lambda act: [who.name for who in act.by]),
        Column("asks", _("What it asks"), _asks, show=_asked_shown),
        Column("formal", _("On the record"), lambda act: act.formal, sort=True),
    ),
    filters=(
        WORDS,
        WHO,
        Choice(
            "formal",
            _("On the record"),
            (("yes", _("yes")), ("no", _("no"))),
            lambda rows, formal: [act for act in rows if act.formal == (formal == "yes")],
        ),
    ),
    sort="act",
    rows_a_page=1_000,  # each act has its place on this page
)


@cache
def permissions_listing() -> Listing:
    """One column for each standing; made once every act is declared."""
    marks = (Column(key, name, _may(key)) for key, name in roles().items())
    act = Column(
        "act",
        _("Act"),
        lambda act: act.label,
        sort=True,
        heading=True,
        href=lambda act: f"{reverse('enact:acts')}#{act.slug}",
    )
    return Listing(
        name="permissions",
        label=_("Acts by standing"),
        columns=(act, NAME, *marks),
        filters=(WORDS, WHO),
        sort="act",
        rows_a_page=1_000,
    )


@require_GET
@cache_control(private=True, no_cache=True)
def acts(request: HttpRequest) -> HttpResponseBase:
    """Every act with who may, what it asks and whether it is on the record."""
    listing = ACTS.view(request, all_acts())
    return listing.file(None) or render(request, "enact/acts.html", {"list": listing})


@require_GET
@cache_control(private=True, no_cache=True)
def permissions(request: HttpRequest) -> HttpResponseBase:
    """The permission matrix: acts by who may do them."""
    listing = permissions_listing().view(request, all_acts())
    return listing.file(None) or render(request, "enact/permissions.html", {"list": listing})


@require_GET
@cache_control(private=True, no_cache=True)
def permissions_csv(request: HttpRequest) -> HttpResponseBase:
    """The same matrix as a file, under its address of before."""
    return HttpResponseRedirect(f"{reverse('enact:permissions')}?format=csv")
