"""What would happen, before anything is sent: a form that changes nothing, and the timeline that follows from it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from onevoice.enact.inputs import instant
from onevoice.groups import visible as groups
from onevoice.groups.standing import in_force
from onevoice.languages.bidi import isolated
from onevoice.languages.times import place_of
from onevoice.languages.web import active_language
from onevoice.procedure import calendars
from onevoice.procedure.calendars import Calendar
from onevoice.procedure.clock import Length, Unit
from onevoice.procedure.events import Member
from onevoice.procedure.instants import Announced
from onevoice.procedure.rules import Basis, Class, Mode, Moment, Role, Rules

from . import rules_in_force, rules_words, simulated, visible, wording
from .pages import shown
from .procedures import calendar_of
from .rules_in_force import Readable
from .rules_pages import lacking, readable

MOST_MEMBERS: Final = 60  # each is asked whether its voice counts: more would take a second
YEARS: Final = range(2000, 2101)
UNITS: Final = [("working_days", _("working days")), ("days", _("days")), ("hours", _("hours"))]
MARKS: Final = frozenset(Basis) - {Basis.ALL}


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _time(**more: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


class Supposed(forms.Form):
    """What is supposed of a start; a Length and instants in `cleaned_data`, whatever was typed."""

    day = _day(label=_("Start: day"))
    at = _time(label=_("Start: time"))
    zone = forms.ChoiceField(label=_("In the time zone of"))
    number = forms.IntegerField(label=_("How long"), min_value=1, max_value=366, required=False)
    unit = forms.ChoiceField(label=_("Counted in"), choices=UNITS, required=False)
    until_day = _day(label=_("Or until: day"), required=False)
    until_time = _time(label=_("Or until: time"), required=False)
    calendar = forms.ChoiceField(label=_("Whose working days"), required=False)
    members = forms.IntegerField(label=_("How many members"), min_value=1, max_value=MOST_MEMBERS)
    kind = forms.ChoiceField(label=_("Kind of decision"), required=False)
    by = forms.ChoiceField(label=_("Who starts it"), required=False)
    effective = _day(label=_("The decision holds from"), required=False)

    def __init__(
        self, rules: Rules, zones: list[str], known: dict[str, str], *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        code = active_language().code
        self.fields["zone"].choices = [(zone, place_of(zone, code)) for zone in zones]
        self.fields["calendar"].choices = [("", "—"), *known.items()]
        kinds, by = rules.scope.kinds, rules.start.by
        roles = by if isinstance(by, tuple) and by else (Role.CHAIR,)
        self.fields["by"].choices = [(role.value, rules_words.value(role)) for role in roles]
        if isinstance(kinds, tuple) and kinds:
            self.fields["kind"].choices = [(one, isolated(one)) for one in kinds]
        gone = [] if isinstance(kinds, tuple) and len(kinds) > 1 else ["kind"]
        gone += [] if len(roles) > 1 else ["by"]
        gone += [] if rules.outcome.effective is Moment.LATER else ["effective"]
        gone += ["number", "unit", "until_day", "until_time"] if rules.mode is Mode.MEETING else []
        gone += ["zone"] if len(zones) < 2 else []
        for name in gone:
            del self.fields[name]
        kind = kinds[0] if isinstance(kinds, tuple) and kinds else "any"
        self.rules, self.usual = rules, {"by": roles[0].value, "zone": zones[0], "kind": kind}

    def clean(self) -> dict[str, Any]:
        """One start with one length or end."""
        given = {
            **self.usual,
            **{name: value for name, value in super().clean().items() if value not in (None, "")},
        }
        if self.errors:
            return given
        if ("until_day" in given) != ("until_time" in given):
            self.add_error("until_day", wording.half_an_instant)
        for day, at, name in (("day", "at", "start"), ("until_day", "until_time", "until")):
            if day in given and at in given:
                given[name] = self._instant(day, given[day], given[at], given["zone"])
        return given

    def _instant(self, name: str, day: date, at: time, zone: str) -> Announced | None:
        if day.year not in YEARS:
            self.add_error(name, _("Give a year from 2000 to 2100. What you typed is kept."))
            return None
        try:
            return Announced(instant(day, at, zone), ZoneInfo(zone))
        except ValidationError as error:
            self.add_error(name, error)
            return None

    def length(self) -> Length | None:
        """What was given; else the shortest that the rules allow, where there is no end."""
        given, minimum = self.cleaned_data, self.rules.clock.minimum
        if given.get("until") or self.rules.mode is Mode.MEETING:
            return None
        if given.get("number"):
            return Length(given["number"], Unit(given.get("unit") or "working_days"))
        return minimum if isinstance(minimum, Length) else None


@require_safe
def shipped(request: HttpRequest, name: str) -> HttpResponse:
    """Of rules that the product ships, for everybody, with a roster of so many."""
    there = readable(name)
    known = {one: calendars.shipped(one) for one in calendars.known()}
    zones = list(
        dict.fromkeys(
            [calendars.shipped("vienna").zone.key, *(one.zone.key for one in known.values()), "UTC"]
        )
    )
    return _page(
        request, there, zones, known, {}, names={one: calendar.place for one, calendar in known.items()}
    )


@require_safe
def adopted(request: HttpRequest, group: str, body: str, name: str) -> HttpResponse:
    """Of a body's rules in force, or one version of them, with its members of today; for the group."""
    house = get_object_or_404(groups.groups(request.viewer).filter(pk__in=request.viewer.groups), slug=group)
    rows = rules_in_force.adopted_rules(request.viewer).filter(body__group=house, body__slug=body, slug=name)
    version, now = request.GET.get("version", ""), request.standing.now
    if (one := rules_in_force.chosen(list(rows), version=version, at=now)) is None:
        raise Http404
    there = rules_in_force.of_body(one, version=bool(version))
    held = list(visible.calendars_in_force(house.pk))
    known = {each.slug: calendar for each in held if (calendar := calendar_of(each))}
    seats = in_force(one.body.memberships.all(), at=now).select_related("organisation")
    roster = [Member(name=seat.organisation.slug, membership=Class(seat.kind), marks=MARKS) for seat in seats]
    context = {"group": house, "body": one.body, "roster": len(roster)}
    names = {each.slug: each.title for each in held}
    return _page(request, there, [house.zone], known, context, names=names, roster=roster)


def _page(
    request: HttpRequest, there: Readable, zones: list[str], known: dict[str, Calendar], context: dict[str, Any],
    *, names: dict[str, str], roster: list[Member] | None = None,
) -> HttpResponse:  # fmt: skip
    rules, zone = there.rules, ZoneInfo(zones[0])
    first = _usual(rules, request.standing.now.astimezone(zone), names)
    asked = any(key in request.GET for key in Supposed.base_fields)
    form = Supposed(rules, zones, names, {**first, **request.GET.dict()} if asked else first)
    if roster is not None:
        del form.fields["members"]
    context |= {
        "there": there, "rules": rules, "form": form, "zone": zones[0], "lacking": lacking(there),
        "carried": [("version", request.GET["version"])] if request.GET.get("version") else [],
    }  # fmt: skip
    if context["lacking"]:
        return shown(request, "decisions/simulation.html", context)
    if not form.is_valid():
        return shown(request, "decisions/simulation.html", context, status=400)
    given = form.cleaned_data
    start = simulated.started(
        rules, given["start"], by=given["by"], kind=given["kind"], length=form.length(),
        until=given.get("until"), effective=given.get("effective"),
    )  # fmt: skip
    voices = roster if roster is not None else [
        Member(name=f"M{one}", marks=MARKS) for one in range(1, given["members"] + 1)
    ]  # fmt: skip
    found = simulated.shown(rules, voices, known.get(given.get("calendar", "")), start)
    context |= {"found": found, "zone": given["zone"]}
    return shown(request, "decisions/simulation.html", context, status=422 if found.fault else 200)


def _usual(rules: Rules, now: datetime, names: dict[str, str]) -> dict[str, Any]:
    """What is supposed where nobody said: the next full hour, the shortest clock, the calendar of the rules."""
    start = (now + timedelta(hours=1)).replace(minute=0)
    minimum, calendar = rules.clock.minimum, rules.clock.calendar
    length = minimum if isinstance(minimum, Length) else Length(5, Unit.WORKING_DAYS)
    named = calendar if calendar in names else next(iter(names), "")
    named = "vienna" if calendar not in names and "vienna" in names else named
    effective = (start + timedelta(days=60)).date().isoformat()
    return {
        "day": start.date().isoformat(), "at": f"{start:%H:%M}", "number": length.number, "unit": length.unit.value,
        "calendar": named, "members": 30, "effective": effective, "zone": str(now.tzinfo),
    }  # fmt: skip
