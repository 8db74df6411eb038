"""The world in which tests happen: ICAT as the public record has it, a working life, and a neighbour with a secret.

Take the fixture `icat` (a room's conftest gives it). Its organisations answer by name:
`icat.osce.organisation`, `icat.osce.does(Act, subject, reason="…")`, `icat.osce.signs_in(client)`.
`icat.mallory` has the same post in another group, and nothing in this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from psycopg.types.range import TimestamptzRange

from onevoice.claims.models import Basis, Claim, Source
from onevoice.enact.subjects import key_of
from onevoice.groups.models import Appointment, Body, Group, Membership, Office, OfficeHolding, PublishedCount
from onevoice.languages.partial import PartialDate
from onevoice.mandates.models import Instrument, Paragraph
from onevoice.outputs.models import Output, OutputVersion
from onevoice.parties.models import Account, Organisation, OrganisationName, Person, Succession
from onevoice.record.append import open_log

BY = "importer"
ORGANISATIONS: Mapping[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "icmpd": (
        "intergovernmental",
        {"en": "International Centre for Migration Policy Development"},
        {"en": "ICMPD"},
    ),
    "ilo": (
        "un",
        {
            "en": "International Labour Organization",
            "fr": {"text": "Organisation internationale du Travail", "basis": "label"},
            "ar": {"text": "منظمة العمل الدولية", "basis": "label"},
        },
        {"en": "ILO", "fr": "OIT", "es": "OIT", "ru": "МОТ"},
    ),
    "osce": (
        "regional",
        {
            "en": "Organization for Security and Co-operation in Europe",
            "ru": "Организация по безопасности и сотрудничеству в Европе",
        },
        {"en": "OSCE", "ru": "ОБСЕ"},
    ),
    "un-women": (
        "un",
        {"en": "United Nations Entity for Gender Equality and the Empowerment of Women"},
        {"en": "UN Women"},
    ),
    "undaw": ("un", {"en": "United Nations Division for the Advancement of Women"}, {"en": "UNDAW"}),
    "unhcr": ("un", {"en": "Office of the United Nations High Commissioner for Refugees"}, {"en": "UNHCR"}),
    "unicef": (
        "un",
        {
            "en": "United Nations Children’s Fund",
            "ar": {"text": "منظمة الأمم المتحدة للطفولة", "basis": "label"},
        },
        {"en": "UNICEF"},
    ),
    "unifem": ("un", {"en": "United Nations Development Fund for Women"}, {"en": "UNIFEM"}),
    "unodc": (
        "un",
        {
            "en": "United Nations Office on Drugs and Crime",
            "fr": {"text": "Office des Nations Unies contre la drogue et le crime", "basis": "label"},
            "ar": {"text": "مكتب الأمم المتحدة المعني بالمخدرات والجريمة", "basis": "label"},
        },
        {"en": "UNODC", "fr": "ONUDC"},
    ),
}
# organisation, since, until, basis, what the note says
MEMBERSHIPS = (
    ("ilo", "2006-09", "", Basis.STATED, "founding meeting"),
    ("unicef", "2006-09", "", Basis.STATED, "founding meeting"),
    ("unhcr", "2006-09", "", Basis.STATED, "founding meeting"),
    ("unodc", "2006-09", "", Basis.STATED, "founding meeting"),
    ("unifem", "2006-09", "2011", Basis.STATED, "founding meeting"),
    ("undaw", "2006-09", "2011", Basis.STATED, "founding meeting"),
    ("icmpd", "2016", "", Basis.STATED, ""),
    ("osce", "2018-06-14", "2018-06-14", Basis.ATTESTED, ""),
    ("un-women", "2011", "2011", Basis.ATTESTED, ""),
    ("un-women", "2018-10-05", "2018-10-05", Basis.ATTESTED, ""),
)
# office, organisation, since, until, chosen
OFFICES = (
    ("coordinator", "unodc", "2007", "", ""),
    ("chair", "unicef", "2012", "2012", ""),
    ("chair", "unicef", "2018", "2018", ""),
    ("co_chair", "osce", "2019", "2019", ""),
    ("co_chair", "un-women", "2019", "2019", ""),
    ("co_chair", "unhcr", "2021", "2021", ""),
    ("co_chair", "unodc", "2021", "2021", ""),
    ("co_chair", "icmpd", "2022", "2022", "2021-11-15"),
    ("co_chair", "unodc", "2022", "2022", "2021-11-15"),
)
FOUNDING = "https://icat.un.org/about"
BRIEFING = "http://icat.network/events/icat-briefing-member-states"


def period(since: str, until: str, zone: str = "Europe/Vienna") -> TimestamptzRange:
    """All that dates as written allow; an empty one is an open end."""
    lower = PartialDate.parse(since).bounds(zone)[0] if since else None
    upper = PartialDate.parse(until).bounds(zone)[1] if until else None
    return TimestamptzRange(lower, upper)


def dated(
    since: str = "", until: str = "", basis: str = Basis.STATED, zone: str = "Europe/Vienna"
) -> dict[str, Any]:
    """The fields of a dated fact."""
    return {
        "period": period(since, until, zone),
        "since_written": since,
        "until_written": until,
        "basis": basis,
        "claimed_by": BY,
    }


def claim(subject: Any, address: str, point: str = "", says: str | None = None, **fields: Any) -> Claim:
    """A source says so (or says something else) about a point of a subject."""
    source, _ = Source.objects.get_or_create(address=address)
    words = None if says is None else {"en": says}
    return Claim.objects.create(
        about=key_of(subject),
        point=point,
        says=words,
        source=source,
        claimed_by=BY,
        **{"confidence": "full"} | fields,
    )


def in_session(
    meeting: Any, *, begins: timedelta = timedelta(minutes=-30), lasts: timedelta = timedelta(hours=2)
) -> Any:
    """The meeting as if time had gone on: it began half an hour ago by the database's clock (or `begins` from now)."""
    from onevoice.enact.perform import database_clock

    starts = database_clock() + begins
    type(meeting).objects.filter(pk=meeting.pk).update(starts_at=starts, ends_at=starts + lasts)
    meeting.starts_at, meeting.ends_at = starts, starts + lasts
    return meeting


@dataclass
class Delegation:
    """An organisation in a group, with the person who acts for it (none for history)."""

    world: World
    group: Group
    organisation: Organisation
    person: Person | None = None
    appointment: Appointment | None = None

    @property
    def account(self) -> Account:
        assert self.person is not None, f"nobody acts for {self.organisation} in this world"
        return self.person.account

    @property
    def actor(self) -> Any:
        """Who the door takes this person for, now."""
        from onevoice.enact.perform import database_clock
        from onevoice.groups.identity import identity_of_person

        assert self.person is not None
        return identity_of_person(self.person.pk, now=database_clock()).actor_in(self.group.pk)

    @property
    def viewer(self) -> Any:
        from onevoice.enact.perform import database_clock
        from onevoice.groups.identity import identity_of_person

        assert self.person is not None
        return identity_of_person(self.person.pk, now=database_clock()).viewer

    def does(self, act: Any, subject: Any, **inputs: Any) -> Any:
        """Through the door, as a form would: the answer of `perform`."""
        from onevoice.enact.perform import Sending, perform

        return perform(act, subject, Sending(inputs, uuid4().hex), actor=self.actor)

    def signs_in(self, client: Client) -> Client:
        """By one click and with a second factor, as in the demonstration: offices act with nothing less."""
        from onevoice.parties.accounts import second_factor

        client.force_login(self.account)
        session = client.session
        session[second_factor.KEY] = self.account.pk
        session.save()
        return client


@dataclass
class World:
    """A group with all that is in it; organisations by slug, with '_' for '-': `icat.un_women`."""

    group: Group
    bodies: dict[str, Body] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Delegation:
        try:
            return self.__dict__["delegations"][name.replace("_", "-")]
        except KeyError:
            raise AttributeError(f"{name} is not in this world") from None

    @property
    def members(self) -> Body:
        """The body in which all its organisations sit."""
        return self.bodies["members"]

    def organisation(
        self, slug: str, kind: str = "un", name: str = "", acronym: str = "", **fields: Any
    ) -> Organisation:
        """One more organisation, with its English name and acronym."""
        made = Organisation.objects.create(slug=slug, kind=kind, **fields)
        short = acronym or slug.upper()
        OrganisationName.objects.create(
            organisation=made, names={"en": name or short}, acronyms={"en": short}, **dated()
        )
        self.delegations[slug] = Delegation(self, self.group, made)
        return made

    def member(
        self, organisation: Organisation, since: str = "2020", until: str = "", **fields: Any
    ) -> Membership:
        """It sits in the group over a period."""
        basis = fields.pop("basis", Basis.STATED)
        fields = {"body": self.members, "kind": "member"} | fields
        return Membership.objects.create(organisation=organisation, **dated(since, until, basis) | fields)

    def holds(
        self, office: str, organisation: Organisation, since: str = "", until: str = "", **fields: Any
    ) -> OfficeHolding:
        """It holds an office over a period."""
        seat, _ = Office.objects.get_or_create(body=fields.pop("body", self.members), kind=office)
        return OfficeHolding.objects.create(
            office=seat, organisation=organisation, **dated(since, until) | fields
        )

    def sends(self, organisation: Organisation, name: str = "", capacity: str = "focal_point") -> Delegation:
        """A person with an account acts for the organisation from 2020 on: a role, as in the demonstration."""
        name = name or f"Focal point, {organisation.acronym()['en']}"
        slug = f"{self.group.slug}-{organisation.slug}-{capacity}".replace("_", "-")
        person = Person.objects.create(slug=slug, name=name, role_only=True)
        Account.objects.create_user(f"{slug}@example.org", person=person)
        appointment = Appointment.objects.create(
            person=person, organisation=organisation, group=self.group, capacity=capacity, **dated("2020")
        )
        made = Delegation(self, self.group, organisation, person, appointment)
        self.delegations.setdefault(organisation.slug, made)
        if self.delegations[organisation.slug].person is None:
            self.delegations[organisation.slug] = made
        return made

    def instrument(self, slug: str, **fields: Any) -> Instrument:
        """A resolution with two paragraphs."""
        fields = {
            "symbol": slug.upper(),
            "organ": {"en": "General Assembly"},
            "title": {"en": f"Resolution {slug}"},
        } | fields
        made = Instrument.objects.create(group=self.group, slug=slug, **fields)
        for number, text in (("1", "Invites the group to meet."), ("2", "Requests a report.")):
            Paragraph.objects.create(instrument=made, number=number, text={"en": text}, order=int(number))
        return made

    def output(self, slug: str, **fields: Any) -> Output:
        """Something published, in English."""
        fields = {"kind": "issue brief", "title": {"en": f"On {slug}"}, "when_written": "2019"} | fields
        made = Output.objects.create(group=self.group, slug=slug, **fields)
        OutputVersion.objects.create(output=made, language="en", web=f"https://example.org/{slug}")
        return made


def a_group(slug: str, name: str, **fields: Any) -> World:
    """An empty group with three bodies."""
    group = Group.objects.create(
        slug=slug,
        acronym=slug.upper(),
        names={"en": name},
        seat={"en": "Vienna"},
        zone="Europe/Vienna",
        languages=["en", "fr"],
        **fields,
    )
    open_log(slug, f"record.example.org/{slug}")
    world = World(group)
    for order, (body, words, parent) in enumerate(
        (
            ("members", "All organisations", ""),
            ("principals", "Principals", "members"),
            ("working-group", "Working Group", "members"),
        )
    ):
        world.bodies[body] = Body.objects.create(
            group=group,
            slug=body,
            names={"en": words},
            order=order,
            parent=world.bodies.get(parent),
            quorum_numerator=1,
            quorum_denominator=2,
            decision_pattern="{year}/{number}",
        )
    return world


def the_icat_world() -> World:
    """ICAT: nine organisations with their history, mandates, outputs, sources; focal points who can act today."""
    world = a_group(
        "icat",
        "Inter-Agency Coordination Group against Trafficking in Persons",
        purpose={"en": "A policy forum mandated by the General Assembly of the United Nations."},
        functions=[
            {"en": "To exchange information, experience and good practice"},
            {"en": "To use existing resources well"},
        ],
        gaps=[{"en": "The full list of 31 members"}, {"en": "The co-chairs of 2020"}],
        web="https://icat.un.org",
    )
    _organisations(world)
    _history(world)
    _works(world)
    _working_life(world)
    world.neighbour = _neighbour()  # type: ignore[attr-defined]
    return world


def _organisations(world: World) -> None:
    for slug, (kind, names, acronyms) in ORGANISATIONS.items():
        made = Organisation.objects.create(slug=slug, kind=kind, web=f"https://www.{slug}.org")
        OrganisationName.objects.create(organisation=made, names=names, acronyms=acronyms, **dated())
        world.delegations[slug] = Delegation(world, world.group, made)
    for old in ("unifem", "undaw"):
        Succession.objects.create(
            predecessor=world.delegations[old].organisation,
            successor=world.un_women.organisation,
            claimed_by=BY,
        )


def _history(world: World) -> None:
    for slug, since, until, basis, note in MEMBERSHIPS:
        row = world.member(
            world.delegations[slug].organisation, since, until, basis=basis, note={"en": note} if note else {}
        )
        claim(row, FOUNDING if since == "2006-09" else BRIEFING)
    for office, slug, since, until, chosen in OFFICES:
        row = world.holds(office, world.delegations[slug].organisation, since, until, chosen_written=chosen)
        claim(row, FOUNDING)
    for when, count, counted in (
        ("2006-09", 7, "organisations"),
        ("2019", 23, "22 organisations and one partner"),
        ("2019-12-06", 24, "entities"),
    ):
        row = PublishedCount.objects.create(
            group=world.group, when_written=when, count=count, counted={"en": counted}
        )
        claim(row, FOUNDING)
    claim(world.group, FOUNDING, "size in 2019", "22 organisations and one partner")
    claim(world.group, "https://osce.org/cthb/441317", "size in 2019", "24 entities", preferred=False)


def _works(world: World) -> None:
    claim(
        world.instrument("ga-72-195", symbol="A/RES/72/195", session=72, when_written="2017", order=1),
        FOUNDING,
    )
    world.instrument(
        "ga-61-180",
        symbol="A/RES/61/180",
        when_written="2006-12-20",
        order=0,
        effect={"en": "The group is set up under it."},
    )
    brief = world.output(
        "issue-brief-4",
        number=4,
        title={"en": "The Gender Dimensions of Human Trafficking"},
        when_written="2017-09",
    )
    brief.contributors.add(world.unodc.organisation, world.unhcr.organisation)
    claim(brief, FOUNDING)
    OutputVersion.objects.create(output=brief, language="fr", web="https://example.org/fr")
    world.output(
        "toolkit",
        kind="toolkit",
        title={"en": "A Toolkit for Guidance"},
        when_written="",
        known_by_written="2017-06",
    )
    world.output(
        "statement",
        kind="joint statement",
        title={"en": "A joint statement"},
        cleared_by=world.bodies["principals"],
        derived_from=brief,
    )
    world.output("secret-draft", title={"en": "Secret draft of ICAT"}, visibility="group")


def _working_life(world: World) -> None:
    """From 2020 on, in the Principals: two co-chairs, a Coordinator and others, each with a focal point."""
    for slug in ("unodc", "osce", "un-women", "unicef", "ilo", "icmpd"):
        organisation = world.delegations[slug].organisation
        world.member(organisation, "2020", body=world.bodies["principals"])
        world.sends(organisation)
    world.holds("coordinator", world.unodc.organisation, "2020", body=world.bodies["principals"])
    for slug in ("osce", "un-women"):
        world.holds("co_chair", world.delegations[slug].organisation, "2020", body=world.bodies["principals"])


def _neighbour() -> World:
    """Another group, in which Mallory is co-chair; it has something to find."""
    other = a_group("neighbour", "Another Coordination Group")
    organisation = other.organisation("mallory", name="Mallory’s Organisation")
    other.member(organisation)
    other.holds("co_chair", organisation, "2020")
    other.sends(organisation, "Mallory")
    other.output("neighbours-secret", title={"en": "Secret of the neighbour"}, visibility="group")
    other.output("neighbours-brief", title={"en": "Brief of the neighbour"})
    return other


def many_organisations(world: World, count: int, since: str, until: str = "") -> list[Organisation]:
    """That many more with a name, a seat with its source, and a post as co-chair; written together, as by an import."""
    made = Organisation.objects.bulk_create(Organisation(slug=f"org-{n}", kind="un") for n in range(count))
    OrganisationName.objects.bulk_create(
        OrganisationName(
            organisation=each, names={"en": each.slug.upper()}, acronyms={"en": each.slug.upper()}, **dated()
        )
        for each in made
    )
    seats = Membership.objects.bulk_create(
        Membership(organisation=each, body=world.members, kind="member", **dated("2020")) for each in made
    )
    sources = Source.objects.bulk_create(Source(address=f"https://example.org/{each.slug}") for each in made)
    Claim.objects.bulk_create(
        Claim(about=key_of(seat), source=source, claimed_by=BY, confidence="full")
        for seat, source in zip(seats, sources, strict=True)
    )
    office, _ = Office.objects.get_or_create(body=world.members, kind="co_chair")
    OfficeHolding.objects.bulk_create(
        OfficeHolding(office=office, organisation=each, **dated(since, until)) for each in made
    )
    return made


def instant(written: str, zone: str = "Europe/Vienna") -> datetime:
    """'2018-06-14' is the end of that day in the zone, as pages mean it."""
    from datetime import timedelta

    return PartialDate.parse(written).bounds(zone)[1] - timedelta(microseconds=1)
