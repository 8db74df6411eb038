"""Addresses for the tests of this room alone: the page of parts, a page of a group, and all error pages."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from onevoice.languages.web import language_patterns
from onevoice.languages.words import Words
from onevoice.look import errors, pages
from onevoice.look.urls import bare

handler400 = errors.bad_request
handler403 = errors.not_open
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.server_error


@dataclass
class Group:
    """Stands for a group."""

    slug: str = "icat"
    acronym: str = "ICAT"
    names: Words = field(
        default_factory=lambda: {
            "en": "Inter-Agency Coordination Group against Trafficking in Persons",
            "ar": "فريق التنسيق المشترك بين الوكالات لمكافحة الاتجار بالأشخاص",
        }
    )
    seat: Words = field(default_factory=lambda: {"en": "Vienna", "ar": "فيينا"})
    zone: str = "Europe/Vienna"
    demonstration: bool = True
    colour: str = "#0b4f71"
    colour_on_dark: str = "#93c8e6"
    pk: int = 1


def members(request: HttpRequest) -> HttpResponse:
    return render(request, "look/error.html", {"group": Group(), "heading": "Members", "say": "All of them."})


def coloured(request: HttpRequest) -> HttpResponse:
    group = Group(colour="#5b1a1a", colour_on_dark="#f0b0b0")
    return render(request, "look/error.html", {"group": group, "heading": "Colours"})


def failing(request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "away":
        return errors.unavailable(request)
    if kind == "many":
        return errors.too_many(request)
    if kind == "large":
        return errors.error_page(request, 413)
    raise {
        "bad": SuspiciousOperation("x"),
        "closed": PermissionDenied("Only the secretariat may read this."),
        "none": Http404(),
        "broken": ZeroDivisionError("x"),
    }[kind]


urlpatterns = [
    *bare,
    *language_patterns(
        path("look", pages.parts),
        path("icat/members", members),
        path("icat/coloured", coloured),
        path("failing/<kind>", failing),
    ),
]
