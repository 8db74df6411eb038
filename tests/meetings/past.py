"""The two meetings of 2018 as the record has them: London, 2 May, and the briefing in Vienna on 14 June."""

from __future__ import annotations

from typing import Any

from onevoice.decisions.models import Decision
from onevoice.groups.models import Appointment
from onevoice.meetings.models import Intervention, Meeting, Participation, TakenAt
from onevoice.parties.models import Person, State
from world import claim, dated

SOURCE = "http://icat.network/events/icat-briefing-member-states"
FEDOTOV = (
    "In recent years, coordination of anti-trafficking action is desperately needed, now more than ever. "
    "I am proud to say that ICAT has been able to step up."
)
JARBUSSYNOVA = "The very existence of ICAT platform is a goal in itself to which we attach great importance."
GEHRKE = "ICAT provides the perfect environment"


def official(
    slug: str,
    name: str,
    title: str,
    honorific: str = "",
    since: str = "2018-06-14",
    until: str = "2018-06-14",
    **post: Any,
) -> Appointment:
    """A person in a post, as a source shows it."""
    person, _ = Person.objects.get_or_create(slug=slug, defaults={"name": name})
    return Appointment.objects.create(
        person=person,
        capacity="official",
        title={"en": title},
        honorific={"en": honorific} if honorific else {},
        **dated(since, until, "attested"),
        **post,
    )


def a_state(slug: str, number: int, **names: str) -> State:
    """A State; the codes are made up."""
    letters = f"{chr(65 + number)}X"
    made, _ = State.objects.get_or_create(
        slug=slug,
        defaults={
            "kind": "member",
            "m49": f"{900 + number}",
            "alpha2": letters,
            "alpha3": letters + "X",
            "names": names,
            "source": "test",
        },
    )
    return made


def london(icat: Any) -> Meeting:
    """The first meeting of Principals, with ten decisions of which the texts are not known."""
    meeting = Meeting.objects.create(
        group=icat.group,
        body=icat.bodies["principals"],
        slug="2018-05-02-first-meeting-of-principals",
        kind="meeting",
        title={"en": "First high-level meeting of Principals"},
        when_written="2018-05-02",
        zone="Europe/London",
        place={"en": "London"},
        ordinal=1,
        present=21,
        present_of=23,
        visibility="public",
        outcome={"en": "Ten decisions were adopted by consensus."},
    )
    decision = Decision.objects.create(
        group=icat.group,
        body=icat.bodies["principals"],
        slug="ten-decisions",
        title={"en": "Ten strategic decisions"},
        adopted_written="2018-05-02",
        how="consensus",
        count=10,
        visibility="public",
    )
    TakenAt.objects.create(meeting=meeting, decision=decision)
    claim(meeting, SOURCE)
    return meeting


def briefing(icat: Any, reports_on: Meeting | None = None) -> Meeting:
    """The briefing of Member States on 14 June 2018, with everybody whom the report names."""
    meeting = Meeting.objects.create(
        group=icat.group,
        slug="2018-06-14-briefing-to-member-states",
        kind="briefing",
        title={
            "en": "ICAT Briefing to Member States",
            "ar": {"text": "إحاطة مقدمة إلى الدول الأعضاء", "basis": "draft"},
        },
        when_written="2018-06-14",
        zone="Europe/Vienna",
        place={"en": "United Nations Office at Vienna"},
        subject={"en": "Outcomes of the first high-level meeting"},
        lede={"en": "Three organisations told Member States what had been decided."},
        series={"en": "Briefings to Member States"},
        reports_on=reports_on,
        visibility="public",
        report=[
            {
                "id": "p1",
                "text": {"en": "On 14 June 2018 the group briefed Member States."},
                "margin": {"en": "21 of 23 were in London."},
            },
            {"id": "p2", "text": {"en": "Mr Fedotov spoke of coordination."}},
            {"id": "p3", "text": {"en": "Ms Jarbussynova recalled partnerships."}},
        ],
    )
    meeting.answers.add(icat.group.instruments.get(slug="ga-72-195"))
    _voices(icat, meeting)
    claim(meeting, SOURCE)
    claim(meeting, SOURCE, "place", "United Nations Office at Vienna")
    claim(meeting, "https://example.org/other", "place", "Vienna International Centre", preferred=False)
    return meeting


def _voices(icat: Any, meeting: Meeting) -> None:
    belarus = a_state("belarus", 1, en="Belarus", ar="بيلاروس")
    bolivia = a_state("bolivia", 2, en="Bolivia (Plurinational State of)")
    rows = [
        (
            "chair",
            {"state": belarus},
            official(
                "kupchyna",
                "Alena Kupchyna",
                "Permanent Representative of Belarus in Vienna",
                "H.E. Ambassador",
                state=belarus,
            ),
            "",
            "",
        ),
        (
            "briefed",
            {"organisation": icat.unodc.organisation},
            official(
                "fedotov",
                "Yury Fedotov",
                "Executive Director, UNODC, and ICAT Coordinator",
                organisation=icat.unodc.organisation,
            ),
            FEDOTOV,
            "He stressed coordination.",
        ),
        (
            "briefed",
            {"organisation": icat.osce.organisation},
            official(
                "jarbussynova",
                "Madina Jarbussynova",
                "Special Representative for Combating Trafficking in Human Beings",
                "Ambassador",
                organisation=icat.osce.organisation,
            ),
            JARBUSSYNOVA,
            "",
        ),
        (
            "briefed",
            {"organisation": icat.icmpd.organisation},
            official(
                "gehrke",
                "Mr. Gehrke",
                "Director for Policy, Research and Strategy",
                organisation=icat.icmpd.organisation,
            ),
            GEHRKE,
            "",
        ),
        ("present", {"organisation": icat.unhcr.organisation}, None, "", ""),
        ("present", {"organisation": icat.ilo.organisation}, None, "", ""),
        ("floor", {"state": bolivia}, None, "", "The Ambassador congratulated the group."),
        ("audience", {"other": {"en": "Member States"}}, None, "", ""),
    ]
    for order, (part, who, appointment, quotation, summary) in enumerate(rows):
        made = Participation.objects.create(
            meeting=meeting, part=part, order=order, appointment=appointment, **who
        )
        if quotation or summary:
            Intervention.objects.create(
                participation=made,
                quotation={"en": quotation} if quotation else {},
                summary={"en": summary} if summary else {},
            )


def event(icat: Any, slug: str, when: str, **fields: Any) -> Meeting:
    """One more event."""
    given = {
        "kind": "event",
        "title": {"en": f"Event {slug}"},
        "zone": "Europe/Vienna",
        "visibility": "public",
    } | fields
    return Meeting.objects.create(group=icat.group, slug=slug, when_written=when, **given)
