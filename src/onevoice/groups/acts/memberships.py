"""Who sits in a body, and who holds its offices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Day, LongText
from onevoice.enact.perform import database_clock
from onevoice.groups import letters, visible, wording
from onevoice.groups.acts.sourced import SOURCE, sourced
from onevoice.groups.models import Body, Membership, MembershipKind, Office, OfficeHolding, OfficeKind
from onevoice.groups.roles import CHAIR, SECRETARIAT
from onevoice.groups.standing import in_force
from onevoice.groups.steps import (
    chosen_by,
    decisions_of,
    end_on,
    enter_membership,
    period,
    still_there,
    today,
)
from onevoice.languages.collation import in_order
from onevoice.parties.models import Organisation

OFFICES_FORBID = {
    "holds_an_office_once": wording.office_overlaps,
    "one_holder_at_a_time": wording.one_holder,
    "chosen_before_it_begins": wording.begins_first.say,
}


def by_name(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices in the order of the reader's language, after an empty one."""
    return [("", "—"), *in_order(rows, lambda row: row[1], get_language() or "en")]


def outside(body: Body) -> list[tuple[str, str]]:
    """Organisations that are not in the body now and not part of another; invented ones only in a demonstration."""
    now = database_clock()
    inside = in_force(body.memberships.all(), at=now).values("organisation")
    rows = still_there(Organisation.objects.exclude(pk__in=inside), body.group, now).prefetch_related("names")
    rows = rows if body.group.demonstration else rows.exclude(invented=True)
    return by_name((o.slug, wording.full(o)) for o in rows)


def inside(body: Body) -> list[tuple[str, str]]:
    """Organisations that are in the body now, in any way, and not part of another."""
    now = database_clock()
    rows = in_force(body.memberships.all(), at=now).values("organisation")
    among = still_there(Organisation.objects.filter(pk__in=rows), body.group, now).prefetch_related("names")
    return by_name((each.slug, wording.full(each)) for each in among)


def memberships(body: Body) -> list[tuple[str, str]]:
    """The memberships in force, each with its kind."""
    return by_name(
        (str(m.pk), f"{wording.full(m.organisation)}, {wording.MEMBERSHIPS[MembershipKind(m.kind)]}")
        for m in _memberships(body)
    )


def holdings(body: Body) -> list[tuple[str, str]]:
    """Who holds which office of the body now."""
    rows = in_force(OfficeHolding.objects.filter(office__body=body), at=database_clock())
    return by_name(
        (str(h.pk), f"{wording.OFFICES[OfficeKind(h.office.kind)]}: {wording.short(h.organisation)}")
        for h in rows.select_related("office", "organisation").prefetch_related("organisation__names")
    )


def _memberships(body: Body) -> Iterable[Membership]:
    rows = in_force(body.memberships.all(), at=database_clock())
    return rows.select_related("organisation").prefetch_related("organisation__names")


class AdmitMember(Act):
    """Admit an organisation to a body."""

    on, by = visible.bodies, (SECRETARIAT, CHAIR)
    label = _("Admit an organisation")
    lede = _(
        "The organisation sits in the body from the first moment of the day you give, at the group's seat."
    )
    done = _("The organisation is admitted.")
    creates, tells = True, (letters.admitted,)
    forbids = {"one_membership_at_a_time": wording.membership_overlaps}
    organisation = Choice(_("Organisation"), outside)
    kind = Choice(_("As"), tuple(wording.MEMBERSHIPS.items()))
    since = Day(_("From"))
    decision = Choice(_("By which decision"), decisions_of, required=False)
    source = SOURCE

    @classmethod
    def initial(cls, subject: Body) -> dict[str, Any]:
        return {"since": today(subject.group, database_clock())}

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        organisation = Organisation.objects.get(slug=given["organisation"])
        seat = Membership.objects.create(
            body=subject,
            organisation=organisation,
            kind=given["kind"],
            decision=given["decision"],
            claimed_by=self.actor.key,
            **period(subject.group, given["since"]),
        )
        enter_membership(subject, organisation, by=self.actor.organisation, at=self.received_at)
        return facts(
            subject,
            public=True,
            organisation=organisation.slug,
            kind=given["kind"],
            since=given["since"],
            decision=given["decision"],
            **sourced(self, seat),
        )


class WithdrawMember(Act):
    """Record that an organisation leaves a body."""

    on, by = visible.bodies, (SECRETARIAT, CHAIR)
    label = _("Record a withdrawal")
    lede = _(
        "The membership stays in the history with its last day. Nothing that the organisation did is changed."
    )
    done = _("The withdrawal is recorded.")
    grave = True
    membership = Choice(_("Which organisation"), memberships)
    until = Day(_("Last day"))
    why = LongText(_("Why"), limit=2000)
    source = SOURCE

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        seat = subject.memberships.select_related("organisation").get(pk=given["membership"])
        ended = end_on(seat, given["until"], subject.group, why=given["why"], by=self.actor.key)
        return facts(
            subject,
            public=True,
            organisation=seat.organisation.slug,
            personal={"why": given["why"]},
            kind=seat.kind,
            until=given["until"],
            **sourced(self, ended),
        )


def refuse_a_chair(actor: Actor, of_body: Any, office: str) -> Refusal | None:
    """A chair gives and ends chairs; who serves a body as its secretariat is for the secretariat over it to say."""
    serving = office in (OfficeKind.COORDINATOR, OfficeKind.SECRETARIAT)
    return wording.not_by_a_chair if serving and not SECRETARIAT.allows(actor, of_body) else None


def only_by_the_secretariat(actor: Actor, body: Body, office: str) -> None:
    if refusal := refuse_a_chair(actor, body, office):
        raise refusal


class ElectOfficer(Act):
    """Give an office of a body to an organisation."""

    on, by = visible.bodies, (SECRETARIAT, CHAIR)
    label = _("Record an election")
    lede = _("The organisation holds the office over the days you give. Two co-chairs may hold it together.")
    done = _("The office is given.")
    creates = True
    forbids = OFFICES_FORBID
    office = Choice(_("Office"), tuple(wording.OFFICES.items()))
    organisation = Choice(_("Organisation"), inside)
    since = Day(_("First day"))
    until = Day(_("Last day"), required=False, help=_("Leave it empty when the term has no set end."))
    chosen = Day(_("Chosen on"), required=False)
    decision = Choice(_("By which decision"), decisions_of, required=False)
    source = SOURCE

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        only_by_the_secretariat(self.actor, subject, given["office"])
        organisation = Organisation.objects.get(slug=given["organisation"])
        chosen = chosen_by(given["chosen"].isoformat() if given["chosen"] else "", given["since"].isoformat())
        office, _made = Office.objects.get_or_create(body=subject, kind=given["office"])
        holding = OfficeHolding.objects.create(
            office=office,
            organisation=organisation,
            decision=given["decision"],
            claimed_by=self.actor.key,
            chosen_written=chosen,
            **period(subject.group, given["since"], given["until"]),
        )
        return facts(
            subject,
            public=True,
            organisation=organisation.slug,
            office=given["office"],
            since=given["since"],
            until=given["until"],
            decision=given["decision"],
            **sourced(self, holding),
        )


class EndOffice(Act):
    """Record that an organisation gives up an office."""

    on, by = visible.bodies, (SECRETARIAT, CHAIR)
    label = _("End an office")
    lede = _("The office stays in the history with its last day.")
    done = _("The end of the office is recorded.")
    grave, forbids = True, OFFICES_FORBID
    holding = Choice(_("Which office"), holdings)
    until = Day(_("Last day"))
    why = LongText(_("Why"), limit=2000)
    source = SOURCE

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        holding = OfficeHolding.objects.select_related("office", "organisation").get(pk=given["holding"])
        only_by_the_secretariat(self.actor, subject, holding.office.kind)
        ended = end_on(holding, given["until"], subject.group, why=given["why"], by=self.actor.key)
        return facts(
            subject,
            public=True,
            organisation=holding.organisation.slug,
            personal={"why": given["why"]},
            office=holding.office.kind,
            until=given["until"],
            **sourced(self, ended),
        )
