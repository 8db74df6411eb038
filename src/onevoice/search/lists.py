"""What was found, as a list: by how well it matches, or by title or date, on the page and in files."""

from __future__ import annotations

from html import unescape

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.languages.partial import PartialDate
from onevoice.look.lists import Column, Listing
from onevoice.look.templatetags.look import partial
from onevoice.notices.outbox import absolute

from .finding import Hit, Place


def _title_shown(hit: Hit) -> SafeString:
    return format_html('<a class="title" href="{}">{}</a>', hit.address, hit.name)


def _date(found: Hit | Place) -> PartialDate | None:
    return PartialDate(found.when_written) if found.when_written else None


def _text_shown(hit: Hit) -> SafeString:
    """The piece of text in its own language and direction; another than the reader's says so."""
    if hit.is_asked_language:
        return hit.snippet
    lang = hit.language
    said = format_html('<span lang="{}" dir="{}">{}</span> ', lang.html, lang.direction, hit.snippet)
    return format_html('{}<span class="told">{}</span>', said if hit.snippet else "", hit.told)


FOUND = Listing(
    name="found",
    label=_("Search results"),
    columns=(
        Column("rank", _("Rank"), lambda found: found.place, sort=True, only_file=True, figure=True),
        Column("title", _("Title"), lambda found: found.title, sort=True, heading=True, show=_title_shown),
        Column("text", _("Text"), lambda hit: unescape(strip_tags(hit.snippet)), show=_text_shown),
        Column("kind", _("Kind"), lambda hit: hit.kind),
        Column("date", _("Date"), _date, sort=True, show=lambda hit: partial(hit.when_written)),
        Column("address", _("Address"), lambda hit: absolute(hit.address), only_file=True),
    ),
    sort="rank",
    keep=("q", "kind"),
    note=_("The best matches first."),
    rows_a_page=20,
)
