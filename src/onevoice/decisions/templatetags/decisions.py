"""Tags of decisions: `{% load decisions %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from onevoice.decisions import shapes
from onevoice.decisions.rules_in_force import Readable, of_bodies
from onevoice.languages.bidi import shown
from onevoice.languages.web import active_language, url_in

register = template.Library()


@register.filter
def without_controls(typed: str) -> str:
    """`{{ objection.reason|without_controls }}`: what somebody typed, unable to turn the reading order of the page."""
    return shown(typed)


@register.simple_tag
def move_on(proposal: Any) -> str:
    """`{% move_on proposal as address %}`: where the demonstration's clock is moved on; empty anywhere else."""
    return reverse("demonstration-move-on", args=[proposal.pk]) if settings.DEMONSTRATION else ""


@register.simple_tag
def record_entry(group: Any, place: int) -> str:
    """`{% record_entry group done.place %}`: the page of an entry of the group's record, by its place."""
    return url_in(f"/{group.slug}/record/entries/{place}", active_language().code)


@register.simple_tag
def rules_of(body: Any) -> list[Readable]:
    """`{% rules_of proposal.body as there %}`: the rules in force in a body, with their pages; one query."""
    return of_bodies([body]).get(body.pk, [])


@register.simple_tag
def members_named(slugs: list[str]) -> list[str]:
    """`{% members_named names as them %}`: organisations as the active language calls them, by permanent name."""
    return [name for _slug, name in shapes.named(slugs)]
