"""What the page of parts shows: invented values, one list and one form with an error."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from onevoice.languages.partial import PartialDate
from onevoice.languages.words import Words as Several
from onevoice.look.frame import now_of
from onevoice.look.lists import Choice, Column, Day, Listing, Words


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of the list that is shown."""

    date: PartialDate
    titles: Several
    kind: str
    organisations: int


@dataclass(frozen=True, slots=True)
class Acronym:
    """Stands for an organisation."""

    slug: str
    acronym: str


ROWS = (
    Sample(PartialDate("2026-09"), {"en": "Issue brief 2", "ar": "موجز المسائل 2"}, "brief", 31),
    Sample(PartialDate("2026-11-20"), {"en": "Issue brief 12"}, "brief", 7),
    Sample(
        PartialDate("2025"),
        {"en": "Joint statement", "ar": {"text": "بيان مشترك", "basis": "draft"}},
        "statement",
        23,
    ),
)
LISTING = Listing(
    name="samples",
    label=_("Samples"),
    columns=(
        Column("date", _("Date"), lambda row: row.date, sort=True),
        Column(
            "title", _("Title"), lambda row: row.titles, sort=True, heading=True, href=lambda row: "#list"
        ),
        Column("organisations", _("Organisations"), lambda row: row.organisations, sort=True, figure=True),
    ),
    filters=(
        Words(
            "q", _("Words"), lambda rows, words: [r for r in rows if words.lower() in str(r.titles).lower()]
        ),
        Choice(
            "kind",
            _("Kind"),
            [("brief", _("Issue brief")), ("statement", _("Joint statement"))],
            lambda rows, kind: [row for row in rows if row.kind == kind],
        ),
        Day("from", _("From"), lambda rows, day: [row for row in rows if row.date.last_day >= day]),
    ),
    sort="-date",
    note=_("Newest first."),
)


class SampleForm(forms.Form):
    """Every kind of field."""

    reason = forms.CharField(
        label=_("What your organisation cannot accept, and why"),
        help_text=_("It goes on the record as you write it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    day = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    cover = forms.ChoiceField(
        label=_("What does it cover?"),
        choices=[("whole", _("The whole text")), ("one", _("One paragraph"))],
        widget=forms.RadioSelect,
    )
    organisation = forms.ChoiceField(label=_("Organisation"), choices=[("", "—"), ("p", "P"), ("q", "Q")])
    joint = forms.BooleanField(label=_("Others asked us to say so too"), required=False)


def samples(request: HttpRequest) -> dict[str, Any]:
    """The context of the page."""
    now = now_of(request)
    return {
        "listing": LISTING.view(request, ROWS),
        "sample_form": SampleForm({"reason": "", "organisation": "p"}, auto_id="%s"),
        "due": now + timedelta(days=3, hours=1),
        "past": datetime(2026, 12, 7, 9, 40, 12, tzinfo=UTC),
        "organisations": [Acronym("p", "P"), Acronym("q", "Q"), Acronym("undp", "UNDP")],
        "only_english": {"en": "The Gender Dimensions of Human Trafficking"},
        "listed_name": {
            "ar": {"text": "النمسا", "basis": "label"},
            "en": {"text": "Austria", "basis": "label"},
        },
        "event": {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": "A </script> & more",
            "startDate": "2018-06-14",
        },
    }
