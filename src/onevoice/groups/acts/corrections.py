"""What is known is corrected: a new fact stands in the place of the old one, which stays in the history.

Who made a fact by an act may correct it: memberships and offices the secretariat and the chairs of the body,
appointments the secretariat and, of its own alternates and contributors, the organisation; names the secretariat.
What was frozen from a fact (who was present, who was asked) stays as it was frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Choices, PartialDay, ShortText
from onevoice.enact.models import Performed
from onevoice.groups import known, visible, wording
from onevoice.groups.acts import sixfold
from onevoice.groups.acts.correcting import (
    AS_FAR,
    FIRST,
    FIRST_ANEW,
    LAST,
    LAST_ANEW,
    LEDE,
    NEVER,
    TITLES,
    WHY,
    OfTheGroup,
    begun_with,
    corrected,
    dates_anew,
    differs,
    on_the_record,
    those_of,
)
from onevoice.groups.acts.memberships import OFFICES_FORBID, refuse_a_chair
from onevoice.groups.acts.organisations import ACRONYMS, NAMES, among_renamable, filled_in, refuse_taken
from onevoice.groups.acts.people import OWN, the_appointed, the_one_who_left
from onevoice.groups.acts.sourced import SOURCE, WRONG, FactChoice, wrong_of
from onevoice.groups.models import Capacity, Group
from onevoice.groups.on_record import AppointmentOnRecord, MembershipOnRecord, OfficeOnRecord
from onevoice.groups.roles import CHAIR, ORGANISATION, SECRETARIAT
from onevoice.groups.standing import is_in_force
from onevoice.groups.steps import ADMINISTRATORS, chosen_by, enter, has_two_administrators, refuse_corrected
from onevoice.languages.names import CODES
from onevoice.parties.models import OrganisationName


class CorrectMembership(Act):
    """Correct what is known of a membership: as what, its first and last day, or that it never was."""

    on, by = visible.memberships, (SECRETARIAT, CHAIR)
    label, lede = _("Correct a membership"), LEDE
    done = _("The membership is corrected.")
    forbids = {
        "one_membership_at_a_time": wording.membership_overlaps,
        "superseded_once": wording.corrected_at_once,
    }
    kind = Choice(_("As"), tuple(wording.MEMBERSHIPS.items()))
    since, until, never, why, wrong, source = FIRST, LAST, NEVER, WHY, WRONG, SOURCE

    @classmethod
    def may(cls, actor: Actor, subject: MembershipOnRecord, *, now: datetime) -> Refusal | None:
        return refuse_corrected(subject, subject.group)

    @classmethod
    def initial(cls, subject: MembershipOnRecord) -> dict[str, Any]:
        return {"kind": subject.kind, **begun_with(subject)}

    def happen(self, subject: Any) -> Facts:
        new = corrected(self, subject, subject.group.zone, kind=self.inputs["kind"])
        return on_the_record(
            self, subject, new, ("kind", "since_written", "until_written"),
            organisation=subject.organisation.slug, body=subject.body.slug,
        )  # fmt: skip


class CorrectOffice(Act):
    """Correct what is known of an office held: its first and last day, when it was given, or that it never was."""

    on, by = visible.offices, (SECRETARIAT, CHAIR)
    label, lede = _("Correct an office held"), LEDE
    done = _("The office held is corrected.")
    forbids = {**OFFICES_FORBID, "superseded_once": wording.corrected_at_once}
    since, until = FIRST, LAST
    chosen = PartialDay(_("Chosen on"), help=AS_FAR, required=False)
    never, why, wrong, source = NEVER, WHY, WRONG, SOURCE

    @classmethod
    def may(cls, actor: Actor, subject: OfficeOnRecord, *, now: datetime) -> Refusal | None:
        by_a_chair = refuse_a_chair(actor, subject, subject.office.kind)
        return by_a_chair or refuse_corrected(subject, subject.group)

    @classmethod
    def initial(cls, subject: OfficeOnRecord) -> dict[str, Any]:
        return {**begun_with(subject), "chosen": subject.chosen_written}

    def happen(self, subject: Any) -> Facts:
        chosen = chosen_by(self.inputs["chosen"], self.inputs["since"])
        new = corrected(self, subject, subject.group.zone, chosen_written=chosen)
        return on_the_record(
            self, subject, new, ("since_written", "until_written", "chosen_written"),
            organisation=subject.organisation.slug, body=subject.body.slug, office=subject.office.kind,
        )  # fmt: skip


def whoever_is_concerned(performed: Performed, subject: Any, happened: Facts) -> None:
    """Who acts no longer is told, and who begins to."""
    row, at = happened.result, performed.received_at
    was, acts = subject.was_in_force, row.pk != subject.pk and is_in_force(row, at=at)
    if was and not acts:
        the_one_who_left(performed, subject.group, facts(subject))
    elif acts and not was:
        the_appointed(performed, subject.group, happened)


class CorrectAppointment(Act):
    """Correct what is known of an appointment: the capacity, title, first and last day, or that it never was."""

    on, by = visible.appointments_on_record, (SECRETARIAT, ORGANISATION)
    label, lede = _("Correct an appointment"), LEDE
    done = _("The appointment is corrected.")
    forbids = {
        "one_focal_point_at_a_time": wording.focal_point_overlaps,
        "one_capacity_at_a_time": wording.capacity_overlaps,
        "superseded_once": wording.corrected_at_once,
    }
    tells = (whoever_is_concerned,)
    capacity = Choice(
        _("As"),
        [(c, wording.CAPACITIES[c]) for c in (Capacity.FOCAL_POINT, Capacity.PRINCIPAL, *OWN)],
    )
    since, until = FIRST, LAST
    title_en, title_fr, title_es, title_ar, title_ru, title_zh = TITLES
    never, why, wrong, source = NEVER, WHY, WRONG, SOURCE

    @classmethod
    def may(cls, actor: Actor, subject: AppointmentOnRecord, *, now: datetime) -> Refusal | None:
        own = subject.organisation_id == actor.organisation and subject.capacity in OWN
        if not own and not SECRETARIAT.allows(actor, subject):
            return wording.only_own_people
        return refuse_corrected(subject, subject.group)

    @classmethod
    def initial(cls, subject: AppointmentOnRecord) -> dict[str, Any]:
        titles = sixfold.filled_in(subject.title, "title")
        return {"capacity": subject.capacity, **begun_with(subject), **titles}

    def happen(self, subject: Any) -> Facts:
        capacity, group, at = self.inputs["capacity"], subject.group, self.received_at
        if capacity not in OWN and not SECRETARIAT.allows(self.actor, subject):
            raise wording.only_own_people
        subject.was_in_force = is_in_force(subject, at=at)
        title = sixfold.as_shown(subject.title, self.inputs, "title")
        new = corrected(self, subject, group.zone, capacity=capacity, title=title)
        if new is not None:
            self._keep_to_two(subject, new)
            enter(new, by=self.actor.organisation, at=at)
        return on_the_record(
            self, subject, new, ("capacity", "since_written", "until_written"), public=False,
            personal={"person": subject.person.slug, **sixfold.anew(subject, new, "title")},
            organisation=subject.organisation.slug,
        )  # fmt: skip

    def _keep_to_two(self, old: Any, new: Any) -> None:
        """A correction does not make a third administrator."""
        at = self.received_at
        acts = new.capacity in ADMINISTRATORS and (new.period.upper is None or new.period.upper > at)
        acted = old.capacity in ADMINISTRATORS and (old.period.upper is None or old.period.upper > at)
        if acts and not acted and has_two_administrators(new.group, new.organisation, at=at, besides=new):
            mine = new.organisation_id == self.actor.organisation
            raise wording.two_administrators if mine else wording.they_have_two


# --- names ---------------------------------------------------------------------------------------------------
def names_in(group: Group) -> Any:
    """What the group's organisations are and were called, as was believed at any time."""
    rows = OrganisationName.objects.filter(organisation__in=among_renamable(group))
    return rows.select_related("organisation").prefetch_related("organisation__names")


def names_of(group: Group) -> list[tuple[str, str]]:
    """The names that stand, each with its period where one is known."""
    return those_of(names_in(group), _name_said)


def _name_said(name: OrganisationName) -> str:
    return wording.named(name, known.name_period(name))


ENGLISH = ShortText(_("Name in English"), limit=300, required=False)
ENGLISH_ACRONYM = ShortText(_("Acronym in English"), limit=40, required=False)


class CorrectName(OfTheGroup):
    """Correct what an organisation is called: its names and acronyms, since when, or that it never was called so."""

    label = _("Correct a name")
    lede = _(
        "Write only what is wrong: what you leave empty stays. What was known before stays in the history, with who "
        "corrected it, when and why. Where the organisation took a new name, rename it instead."
    )
    done = _("The name is corrected.")
    among, nothing = staticmethod(names_in), wording.nothing_to_rename
    forbids = {"one_name_at_a_time": wording.name_overlaps, "superseded_once": wording.corrected_at_once}
    fact = FactChoice(_("Which name"), names_of)
    name, acronym = ENGLISH, ENGLISH_ACRONYM
    name_fr, name_es, name_ar, name_ru, name_zh = NAMES
    acronym_fr, acronym_es, acronym_ar, acronym_ru, acronym_zh = ACRONYMS
    since, until = FIRST_ANEW, LAST_ANEW
    without = Choices(_("To be taken out"), lambda group: list(TAKEN_OUT.items()))
    never, why, wrong, source = NEVER, WHY, wrong_of(names_in, _name_said), SOURCE

    def taken_back(self, old: Any) -> None:
        super().taken_back(old)
        if not old.organisation.names.filter(standing=True).exists():
            raise wording.last_name

    def changes(self, group: Group, old: Any) -> Mapping[str, Any]:
        changes = said_anew(old, self.inputs) | dates_anew(old, self.inputs, group.zone)
        if differs(old, changes):
            refuse_taken(group, changes["names"], changes["acronyms"], besides=old.organisation)
        return changes

    def said_of(self, old: Any, new: Any) -> Facts:
        return on_the_record(
            self, old, new, ("names", "acronyms", "since_written", "until_written"),
            organisation=old.organisation.slug,
        )  # fmt: skip


TAKEN_OUT: Mapping[str, Any] = {
    "since": _("First day"),
    "until": _("Last day"),
    **{
        field: declared.label
        for field, declared in CorrectName.fields.items()
        if field.startswith(("name_", "acronym"))
    },
}


def said_anew(old: OrganisationName, given: Mapping[str, Any]) -> dict[str, Any]:
    """Names and acronyms with what was written anew and without what is to be taken out."""
    names, acronyms = filled_in(old.names, given, "name"), filled_in(old.acronyms, given, "acronym")
    for code in CODES:
        if f"name_{code}" in given["without"]:
            names.pop(code, None)
        if ("acronym" if code == "en" else f"acronym_{code}") in given["without"]:
            acronyms.pop(code, None)
    return {"names": names, "acronyms": acronyms}
