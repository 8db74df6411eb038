"""Who acts for an organisation in a group: appointed, handed over, ended; always from the instant of the act."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.claims.models import Reason
from onevoice.enact.act import Act, Facts, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, LongText, OwnChoice, ShortText, YesNo
from onevoice.enact.models import Performed
from onevoice.enact.perform import database_clock
from onevoice.groups import visible, wording
from onevoice.groups.models import Appointment, Capacity, Group, Membership
from onevoice.groups.roles import ORGANISATION, SECRETARIAT
from onevoice.groups.standing import focal_point, in_force
from onevoice.groups.steps import (
    ADMINISTRATORS,
    appoint,
    end_at,
    enter,
    hand_over,
    has_two_administrators,
    still_there,
    today,
)
from onevoice.languages.collation import in_order
from onevoice.languages.names import CODES, LANGUAGES
from onevoice.notices.outbox import post
from onevoice.parties.accounts import invitations, leaving, second_factor
from onevoice.parties.accounts.inputs import Address
from onevoice.parties.models import Organisation, Person

LANGUAGE_CHOICES = [(code, LANGUAGES[code].own_name) for code in CODES]
OWN = (Capacity.ALTERNATE, Capacity.CONTRIBUTOR)
SUCCESSOR_FORBIDS = {
    "one_focal_point_at_a_time": wording.focal_point_overlaps,
    "one_capacity_at_a_time": wording.capacity_overlaps,
    "one_open_invitation_an_address": wording.invited_meanwhile,
}
MESSAGE = _("The organisation's message that asks for this")
MESSAGE_HELP = _("It is kept with the act, as what justifies acting for another organisation.")


def appointments(group: Group, **among: Any) -> list[Any]:
    """Everybody who acts in the group now, under the name of each organisation; `among` narrows it down."""
    rows = in_force(group.appointments.filter(organisation__isnull=False, **among), at=database_clock())
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows.select_related("person", "organisation").prefetch_related("organisation__names"):
        label = f"{row.person.called}, {wording.CAPACITIES[Capacity(row.capacity)]}"
        found[wording.short(row.organisation)].append((str(row.pk), label))
    return [("", "—"), *in_order(found.items(), lambda pair: pair[0], get_language() or "en")]


def own(group: Group, actor: Actor | None) -> list[Any]:
    """Those whom the actor may end: alternates and contributors of the own organisation."""
    return appointments(group, organisation=actor.organisation if actor else None, capacity__in=OWN)


def organisations(group: Group) -> list[tuple[str, str]]:
    """The organisations that sit in any body of the group now and are not part of another."""
    now = database_clock()
    rows = in_force(Membership.objects.filter(body__group=group), at=now).values("organisation")
    among = still_there(Organisation.objects.filter(pk__in=rows), group, now).prefetch_related("names")
    choices = [(o.slug, wording.full(o)) for o in among]
    return [("", "—"), *in_order(choices, lambda pair: pair[1], get_language() or "en")]


FULL_NAME = ShortText(_("Full name"), limit=200)
ADDRESS = _("E-mail address")
LANGUAGE = _("Language of the letter")


def the_appointed(performed: Performed, subject: Group, happened: Facts) -> None:
    """The person gets a letter: the invitation, or that a new appointment began."""
    row: Appointment = happened.result
    context = {"organisation": row.organisation, "capacity": wording.CAPACITIES[Capacity(row.capacity)]}
    about = f"groups.group:{subject.slug}"
    invitations.tell(row.person, context, about=about, group=subject, now=performed.received_at)


def the_one_who_left(performed: Performed, subject: Group, happened: Facts) -> None:
    """Whoever no longer acts is told, so that nobody finds out by a refusal."""
    row: Appointment = happened.result
    context = {"organisation": row.organisation, "capacity": wording.CAPACITIES[Capacity(row.capacity)]}
    if recipient := invitations.recipient_of(row.person):
        about = f"groups.group:{subject.slug}"
        post(recipient, "appointment", "parties/letters/ended.txt", context, about, group=subject)


def the_person(performed: Performed, subject: Group, happened: Facts) -> None:
    """Whose second factor it is learns of each confirmation: a false one is noticed at once."""
    if recipient := invitations.recipient_of(happened.result.person):
        post(
            recipient,
            "security",
            "parties/letters/factor_lost.txt",
            {"taken": happened.values["taken"]},
            f"groups.group:{subject.slug}",
            group=subject,
        )


def _named(doing: Act) -> Person:
    given = doing.inputs
    return invitations.person_at(
        given["full_name"], given["address"], language=given["language"], by=doing.actor.key
    )


def _begun(doing: Act, group: Group, organisation: Organisation) -> Facts:
    """One more person acts for the organisation; never a third administrator."""
    capacity, at = doing.inputs["capacity"], doing.received_at
    if capacity in ADMINISTRATORS and has_two_administrators(group, organisation, at=at):
        raise (
            wording.two_administrators
            if organisation.pk == doing.actor.organisation
            else wording.they_have_two
        )
    person = _named(doing)
    row = appoint(group, organisation, person, capacity, at=at, by=doing.actor.key)
    return facts(row, personal={"person": person.slug}, organisation=organisation.slug, capacity=capacity)


def _handed_over(doing: Act, group: Group, organisation: Organisation) -> Facts:
    old = focal_point(group, organisation, at=doing.received_at)
    if old is None:
        raise wording.no_focal_point
    row = hand_over(
        old, _named(doing), at=doing.received_at, why=doing.inputs["why"] or Reason.HANDED_OVER, by=doing.actor.key
    )
    personal = {"from": old.person.slug, "to": row.person.slug, **_why(doing)}
    return facts(row, personal=personal, organisation=organisation.slug, capacity=row.capacity)


def _why(doing: Act) -> dict[str, str]:
    """The reason, where one was given; in words about a person, so outside the leaf."""
    return {"why": doing.inputs["why"]} if doing.inputs["why"] else {}


def _ended(doing: Act, group: Group, row: Appointment) -> Facts:
    at = doing.received_at
    gone = end_at(row, at, today(group, at), why=doing.inputs["why"] or Reason.ENDED, by=doing.actor.key)
    personal = {"person": row.person.slug, **_why(doing)}
    return facts(gone, personal=personal, organisation=row.organisation.slug, capacity=row.capacity)


def _chosen(group: Group, pk: str) -> Appointment:
    return group.appointments.select_related("person", "organisation").get(pk=pk)


class Appoint(Act):
    """Name an alternate or a contributor for one's own organisation."""

    on, by = visible.groups, (ORGANISATION,)
    label = _("Appoint a person for my organisation")
    lede = _(
        "The person may act for your organisation at once, and is invited by mail when there is no account yet."
    )
    done = _("The person is appointed.")
    creates, forbids, tells = True, SUCCESSOR_FORBIDS, (the_appointed,)
    capacity = Choice(_("As"), [(c, wording.CAPACITIES[c]) for c in OWN])
    full_name, address, language = FULL_NAME, Address(ADDRESS), Choice(LANGUAGE, LANGUAGE_CHOICES)

    def happen(self, subject: Any) -> Facts:
        return _begun(self, subject, Organisation.objects.get(pk=self.actor.organisation))


class EnterAppointment(Act):
    """Enter who heads or represents an organisation, as the organisation announced it."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Enter an appointment for another organisation")
    lede = _(
        "You enter what an organisation announced. The person may act for it at once, and is told by mail."
    )
    done = _("The appointment is entered.")
    creates, for_others, forbids, tells = True, True, SUCCESSOR_FORBIDS, (the_appointed,)
    organisation = Choice(_("Organisation"), organisations)
    capacity = Choice(
        _("As"), [(c, wording.CAPACITIES[c]) for c in (Capacity.FOCAL_POINT, Capacity.PRINCIPAL, *OWN)]
    )
    full_name, address, language = FULL_NAME, Address(ADDRESS), Choice(LANGUAGE, LANGUAGE_CHOICES)
    message = LongText(MESSAGE, help=MESSAGE_HELP, limit=5000)

    def happen(self, subject: Any) -> Facts:
        organisation = Organisation.objects.get(slug=self.inputs["organisation"])
        return _justified(self, _entered(self, _begun(self, subject, organisation)))


class HandOverFocalPoint(Act):
    """Hand the focal point of one's own organisation to a successor."""

    on, by = visible.groups, (ORGANISATION,)
    label = _("Hand over my organisation’s focal point")
    lede = _(
        "The successor may act at once and sees everything your organisation owes. The present focal point no longer "
        "acts from the same instant."
    )
    done = _("The focal point is handed over.")
    grave, creates, forbids, tells = True, True, SUCCESSOR_FORBIDS, (the_appointed,)
    full_name, address, language = FULL_NAME, Address(ADDRESS), Choice(LANGUAGE, LANGUAGE_CHOICES)
    why = LongText(_("Why"), required=False, limit=2000)

    @classmethod
    def initial(cls, subject: Group) -> dict[str, Any]:
        return {"language": "en"}

    def happen(self, subject: Any) -> Facts:
        return _handed_over(self, subject, Organisation.objects.get(pk=self.actor.organisation))


class EnterHandOver(Act):
    """Enter that another organisation has a new focal point, as it announced."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Enter another organisation’s hand-over")
    lede = _(
        "You enter what an organisation announced. Its present focal point no longer acts from the same instant."
    )
    done = _("The new focal point is entered.")
    grave, creates, for_others, forbids, tells = True, True, True, SUCCESSOR_FORBIDS, (the_appointed,)
    organisation = Choice(_("Organisation"), organisations)
    full_name, address, language = FULL_NAME, Address(ADDRESS), Choice(LANGUAGE, LANGUAGE_CHOICES)
    why = LongText(_("Why"), required=False, limit=2000)
    message = LongText(MESSAGE, help=MESSAGE_HELP, limit=5000)

    def happen(self, subject: Any) -> Facts:
        organisation = Organisation.objects.get(slug=self.inputs["organisation"])
        return _justified(self, _entered(self, _handed_over(self, subject, organisation)))


def _entered(doing: Act, happened: Facts) -> Facts:
    """What was entered for another organisation waits on that one's desk until it confirms it."""
    enter(happened.result, by=doing.actor.organisation, at=doing.received_at)
    return happened


def _justified(doing: Act, happened: Facts) -> Facts:
    """The organisation's message is kept with the act; personal, so it stands outside the leaf."""
    return facts(
        happened.result, personal={**happened.personal, "message": doing.inputs["message"]}, **happened.values
    )


class EndAppointment(Act):
    """End the appointment of an alternate or contributor of one's own organisation."""

    on, by = visible.groups, (ORGANISATION,)
    label = _("End an appointment of my organisation")
    lede = _("The person no longer acts for your organisation from this instant. What the person did stays.")
    done = _("The appointment is ended.")
    grave, creates, tells = True, True, (the_one_who_left,)  # others' acts on the group don't make it stale
    appointment = OwnChoice(
        _("Whose"),
        own,
        help=_("A focal point is handed over instead; the secretariat enters who heads your organisation."),
    )
    why = LongText(_("Why"), required=False, limit=2000)

    def happen(self, subject: Any) -> Facts:
        return _ended(self, subject, _chosen(subject, self.inputs["appointment"]))


class EnterEndOfAppointment(Act):
    """Enter that a person no longer acts for an organisation, as it announced."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Enter the end of another organisation’s appointment")
    lede = _("You enter what an organisation announced. The person no longer acts for it from this instant.")
    done = _("The end of the appointment is entered.")
    grave, creates, for_others, tells = True, True, True, (the_one_who_left,)
    appointment = Choice(_("Whose"), appointments)
    why = LongText(_("Why"), required=False, limit=2000)
    message = LongText(MESSAGE, help=MESSAGE_HELP, limit=5000)

    def happen(self, subject: Any) -> Facts:
        return _justified(self, _ended(self, subject, _chosen(subject, self.inputs["appointment"])))


def invited(group: Group, actor: Actor | None) -> list[Any]:
    """Who has no account yet: of the own organisation; for the secretariat, of all."""
    if actor is None:
        return []
    theirs = {} if SECRETARIAT.allows(actor, group) else {"organisation": actor.organisation}
    return appointments(group, person__account=None, **theirs)


class InviteAgain(Act):
    """Send somebody's invitation again, with a new link; the old one no longer works."""

    on, by = visible.groups, (ORGANISATION, SECRETARIAT)
    label = _("Send an invitation again")
    done = _("The invitation is sent again. The link sent before no longer works.")
    formal, creates, tells = False, True, (the_appointed,)
    appointment = OwnChoice(_("To whom"), invited)

    def happen(self, subject: Any) -> Facts:
        return facts(_chosen(subject, self.inputs["appointment"]))


class ConfirmFactorLost(Act):
    """Confirm that a person has lost the second factor; when a second administrator confirms, it is taken away."""

    on, by = visible.groups, (ORGANISATION, SECRETARIAT)
    label = _("Confirm a lost second factor")
    lede = _(
        "Confirm only after you have spoken with the person. When a second administrator has confirmed too, the second "
        "factor is taken away, all sessions end, and the person sets up a new one."
    )
    done = _(
        "Your confirmation is kept for seven days. The second factor is taken away when two have confirmed."
    )
    grave, creates, tells = True, True, (the_person,)
    appointment = Choice(_("Who has lost it"), appointments)

    def happen(self, subject: Any) -> Facts:
        row = _chosen(subject, self.inputs["appointment"])
        if row.person_id == self.actor.person:
            raise wording.not_about_oneself
        _administers(self.actor, row, subject)
        if second_factor.is_new(self.actor.person, at=self.received_at):
            raise wording.account_too_new
        account = second_factor.account_of(row.person)
        if account is None:
            raise wording.no_account
        confirmed = second_factor.confirm_lost(account, by=self.actor.person, at=self.received_at)
        if confirmed is None:
            raise wording.confirmed_already
        return facts(
            row, personal={"person": row.person.slug}, organisation=row.organisation.slug, taken=confirmed
        )


def _administers(actor: Actor, row: Appointment, group: Group) -> None:
    own = row.organisation_id == actor.organisation and actor.capacity in ADMINISTRATORS
    if not own and not SECRETARIAT.allows(actor, group):
        raise wording.not_their_administrator


def gone(group: Group) -> list[Any]:
    """Those who acted in the group and act nowhere now, by organisation; not roles, nor those who are forgotten."""
    now = database_clock()
    acting = in_force(Appointment.objects.filter(group__isnull=False), at=now).values("person")
    rows = group.appointments.filter(organisation__isnull=False, standing=True, person__left_at=None)
    rows = rows.exclude(person__in=acting).exclude(person__role_only=True)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows.select_related("person", "organisation").prefetch_related("organisation__names"):
        found[wording.short(row.organisation)][str(row.person_id)] = row.person.name
    options = [(name, list(people.items())) for name, people in found.items()]
    return [("", "—"), *in_order(options, lambda pair: pair[0], get_language() or "en")]


class ForgetPerson(Act):
    """Erase the name of somebody who no longer acts anywhere, as that person asks."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Erase the name of somebody who has left")
    lede = _(
        "Do it when the person asks. The account is closed, and the name is erased from pages, letters and what opens "
        "the record, in every group. What was done for the organisation stays. This cannot be undone."
    )
    done = _("The name is erased. Pages say that somebody has left.")
    grave, creates = True, True
    person = Choice(
        _("Whose"), gone, help=_("Whoever still acts for an organisation closes the account instead.")
    )
    asked = YesNo(_("The person has asked for it"), required=True)

    def happen(self, subject: Any) -> Facts:
        leaving.forget(Person.objects.get(pk=self.inputs["person"]), now=self.received_at)
        return facts(subject)
