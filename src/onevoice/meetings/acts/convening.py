"""Convening a meeting, its agenda, its postponement or cancellation, and who took part."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.decisions.models import Visibility
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Choices, Day, LongText, ShortText, TimeOfDay, YesNo, instant
from onevoice.enact.perform import database_clock
from onevoice.groups import visible as groups
from onevoice.groups.models import Body
from onevoice.groups.roles import CHAIR, SECRETARIAT
from onevoice.groups.standing import members_now
from onevoice.languages.slugs import free_slug
from onevoice.look.errors import in_numbers
from onevoice.meetings import letters, visible, wording
from onevoice.meetings.hours import ON_THE_SPOT
from onevoice.meetings.models import AgendaItem, Meeting, MeetingKind, MeetingState, Part, Participation
from onevoice.parties.accounts.zones import choices
from onevoice.parties.models import Organisation

ZONES = (
    "Europe/Vienna",
    "America/New_York",
    "Europe/Zurich",
    "Africa/Nairobi",
    "Asia/Bangkok",
    "Europe/London",
    "Europe/Rome",
    "Europe/Paris",
    "Asia/Beirut",
    "America/Santiago",
    "Africa/Addis_Ababa",
    "UTC",
)


def zones(body: Body) -> list[tuple[str, Any]]:
    """The seat's zone and those of the duty stations first, then every one that people live in, by region."""
    return choices(get_language() or "en", at=database_clock(), likely=[body.group.zone, *ZONES])


class ConveneMeeting(Act):
    """Call a meeting of a body."""

    on, by = groups.bodies, (SECRETARIAT, CHAIR)
    label = _("Convene a meeting")
    lede = _("Every member of the body finds the meeting on its desk as soon as you have convened it.")
    done = _("The meeting is convened.")
    creates, tells = True, (letters.convened,)
    forbids = {
        "ends_after_it_starts": _(
            "The meeting would end before it begins. Nothing has changed: correct the times."
        )
    }
    title = ShortText(_("Title"), limit=200)
    day = Day(_("Date"))
    begins = TimeOfDay(_("Begins at"))
    ends = TimeOfDay(_("Ends at"))
    zone = Choice(_("Time zone"), zones)
    place = ShortText(_("Place"), required=False, limit=200)
    agenda = LongText(
        _("Agenda"),
        required=False,
        limit=10_000,
        help=_("One item a line. Begin a line with two spaces to put it under the item before it."),
    )
    public = YesNo(_("Announce the meeting on the public site"))

    @classmethod
    def initial(cls, subject: Body) -> dict[str, Any]:
        return {"zone": subject.group.zone}

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        starts = to_come(given["day"], given["begins"], given["zone"], now=self.received_at)
        meeting = Meeting.objects.create(
            group=subject.group,
            body=subject,
            kind=MeetingKind.MEETING,
            title={"en": given["title"]},
            slug=address_of(subject.group, f"{given['day']:%Y-%m-%d} {given['title']}"),
            when_written=given["day"].isoformat(),
            zone=given["zone"],
            starts_at=starts,
            ends_at=instant(given["day"], given["ends"], given["zone"]),
            place={"en": given["place"]} if given["place"] else {},
            visibility=Visibility.PUBLIC if given["public"] else Visibility.GROUP,
        )
        lay_agenda(meeting, given["agenda"])
        said = {"title": meeting.title, "slug": meeting.slug, "body": subject.slug}
        return facts(meeting, public=given["public"], **said, starts_at=starts, zone=given["zone"])


def to_come(day: date, at: time, zone: str, *, now: datetime) -> datetime:
    """When a meeting begins; a time that has passed is said at the field of the day."""
    starts = instant(day, at, zone)
    if starts < now - ON_THE_SPOT:
        say = str(wording.begins_in_the_past).format(begins=wording.in_words(starts, zone))
        raise ValidationError({"day": ValidationError(say, code="past")})
    return starts


def address_of(group: Any, wanted: str) -> str:
    """A readable address not yet taken in the group."""
    return free_slug(wanted, lambda slug: Meeting.objects.filter(group=group, slug=slug).exists())


LONGEST_ITEM = 300  # characters, as for an item that is added later


def lay_agenda(meeting: Meeting, text: str) -> None:
    """Agenda items from lines; an indented line is an item under the last one that is not."""
    top: AgendaItem | None = None
    count = {"": 0}
    for order, line in enumerate(line for line in text.splitlines() if line.strip()):
        if len(line.strip()) > LONGEST_ITEM:
            say = in_numbers(wording.item_too_long, size=len(line.strip()), limit=LONGEST_ITEM)
            raise ValidationError(say, code="too_long")
        parent = top if line.startswith((" ", "\t")) and top else None
        stem = f"{parent.number}." if parent else ""
        count[stem] = count.get(stem, 0) + 1
        item = AgendaItem.objects.create(
            meeting=meeting,
            parent=parent,
            number=f"{stem}{count[stem]}",
            title={"en": line.strip()},
            order=order,
        )
        top = top if parent else item


class AddAgendaItem(Act):
    """Put one more item on the agenda."""

    on, by = visible.meetings, (SECRETARIAT, CHAIR)
    label = _("Add an agenda item")
    done = _("The item is on the agenda.")
    creates, tells = True, (letters.item_added,)
    title = ShortText(_("Title"), limit=300)
    note = LongText(_("Note"), required=False, limit=5000)

    @classmethod
    def may(cls, actor: Actor, subject: Meeting, *, now: datetime) -> Refusal | None:
        return wording.not_held(subject)

    def happen(self, subject: Any) -> Facts:
        counted = subject.agenda.aggregate(top=Count("pk"))["top"]
        number = str(subject.agenda.filter(parent__isnull=True).count() + 1)
        title = {"en": self.inputs["title"]}
        AgendaItem.objects.create(
            meeting=subject,
            number=number,
            title=title,
            order=counted,
            note={"en": self.inputs["note"]} if self.inputs["note"] else {},
        )
        return facts(subject, public=subject.visibility == Visibility.PUBLIC, item=number, title=title)


class RecordParticipation(Act):
    """Say which members are in the room."""

    on, by = visible.meetings, (SECRETARIAT, CHAIR)
    leads = True
    label = _("Record who is present")
    lede = _("The quorum is counted from this. You can record again when somebody comes or goes.")
    done = _("Participation is recorded.")
    present = Choices(_("Present"), lambda meeting: member_choices(meeting))

    @classmethod
    def initial(cls, subject: Meeting) -> dict[str, Any]:
        here = subject.participations.filter(part=Part.PRESENT, organisation__isnull=False)
        return {"present": list(here.values_list("organisation__slug", flat=True))}

    @classmethod
    def may(cls, actor: Actor, subject: Meeting, *, now: datetime) -> Refusal | None:
        return wording.no_body if subject.body_id is None else wording.not_arriving(subject, now=now)

    def happen(self, subject: Any) -> Facts:
        chosen = set(self.inputs["present"])
        here = subject.participations.filter(part=Part.PRESENT, organisation__isnull=False)
        here.exclude(organisation__slug__in=chosen).delete()
        known = set(here.values_list("organisation__slug", flat=True))
        Participation.objects.bulk_create(
            Participation(
                meeting=subject,
                part=Part.PRESENT,
                organisation=organisation,
                recorded_by_id=self.actor.person,
            )
            for organisation in Organisation.objects.filter(slug__in=chosen - known)
        )
        return facts(subject, present=sorted(chosen))


def member_choices(meeting: Any) -> list[tuple[str, str]]:
    """The members of the body on the day of the meeting, by acronym."""
    if meeting.body_id is None or meeting.starts_at is None:
        return []  # an event of the past: the act is refused, and its page says why
    rows = members_now(meeting.body, at=meeting.starts_at)
    return sorted(((o.slug, wording.short(o)) for o in rows), key=lambda pair: pair[1].casefold())


class PostponeMeeting(Act):
    """Put a meeting off to another time."""

    on, by = visible.meetings, (SECRETARIAT, CHAIR)
    label = _("Postpone the meeting")
    done = _("The meeting is postponed.")
    grave, tells = True, (letters.postponed,)
    forbids = ConveneMeeting.forbids
    day = Day(_("New date"))
    begins = TimeOfDay(_("Begins at"))
    ends = TimeOfDay(_("Ends at"))
    why = LongText(_("Why"), required=False, limit=2000)

    @classmethod
    def initial(cls, subject: Meeting) -> dict[str, Any]:
        if subject.starts_at is None or subject.ends_at is None:
            return {}
        zone = ZoneInfo(subject.zone)
        held = (subject.starts_at, subject.ends_at)
        begins, ends = (at.astimezone(zone).replace(second=0, microsecond=0) for at in held)
        return {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}

    @classmethod
    def may(cls, actor: Actor, subject: Meeting, *, now: datetime) -> Refusal | None:
        return wording.not_held(subject)

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        starts = to_come(given["day"], given["begins"], subject.zone, now=self.received_at)
        before = subject.starts_at
        Meeting.objects.filter(pk=subject.pk).update(
            when_written=given["day"].isoformat(),
            starts_at=starts,
            ends_at=instant(given["day"], given["ends"], subject.zone),
            state=MeetingState.POSTPONED,
        )
        return facts(
            subject,
            public=subject.visibility == Visibility.PUBLIC,
            personal={"why": given["why"]},
            before=before,
            starts_at=starts,
        )


class CancelMeeting(Act):
    """Call a meeting off."""

    on, by = visible.meetings, (SECRETARIAT, CHAIR)
    label = _("Cancel the meeting")
    lede = _("The meeting stays readable, marked as cancelled. Its open proposals stay open.")
    done = _("The meeting is cancelled.")
    grave, tells = True, (letters.cancelled,)
    why = LongText(_("Why"), required=False, limit=2000)

    @classmethod
    def may(cls, actor: Actor, subject: Meeting, *, now: datetime) -> Refusal | None:
        return wording.not_held(subject)

    def happen(self, subject: Any) -> Facts:
        Meeting.objects.filter(pk=subject.pk).update(state=MeetingState.CANCELLED)
        public = subject.visibility == Visibility.PUBLIC
        return facts(subject, public=public, personal={"why": self.inputs["why"]})
