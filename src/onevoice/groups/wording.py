"""The sentences and names of groups, in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Refusal
from onevoice.languages.lists import number
from onevoice.languages.web import active_language
from onevoice.languages.words import plain
from onevoice.parties.models import Organisation, OrganisationName

from .models import Appointment, Capacity, MembershipKind, OfficeKind, PublishedCount

CAPACITIES = {
    Capacity.PRINCIPAL: _("Principal"),
    Capacity.FOCAL_POINT: _("Focal point"),
    Capacity.ALTERNATE: _("Alternate focal point"),
    Capacity.CONTRIBUTOR: _("Contributor"),
    Capacity.DELEGATE: _("Delegate"),
    Capacity.OFFICIAL: _("Official"),
}
MEMBERSHIPS = {
    MembershipKind.MEMBER: _("Member"),
    MembershipKind.OBSERVER: _("Observer"),
    MembershipKind.PARTNER: _("Partner"),
}
OFFICES = {
    OfficeKind.COORDINATOR: _("Coordinator"),
    OfficeKind.CHAIR: _("Chair"),
    OfficeKind.CO_CHAIR: _("Co-chair"),
    OfficeKind.SECRETARIAT: _("Secretariat"),
}

membership_overlaps = _(
    "This organisation is in this body already for part of that time. Nothing has changed: end the other membership "
    "first, or choose another date."
)
office_overlaps = _(
    "This organisation holds this office already for part of that time. Nothing has changed: end it first, or choose "
    "other dates."
)
one_holder = _(
    "Another organisation holds this office for part of that time, and it has one holder at a time. Nothing has "
    "changed: end the other’s term first, or choose other dates."
)
focal_point_overlaps = _(
    "This organisation has a focal point. Nothing has changed: hand the focal point over instead, so that what the "
    "organisation owes passes to the successor at once."
)
capacity_overlaps = _(
    "This person has an appointment for this organisation already. Nothing has changed: end that appointment first."
)
invited_meanwhile = _(
    "Somebody else invited this address at the same moment. Nothing has changed: send the form again."
)

_until_before_since = _(
    "This would end on {until}, before it began on {since}. Nothing has changed: choose a later date."
)
_until_after_end = _("This ends on {end} already. Nothing has changed: choose an earlier date.")
ends_first = Refusal(
    "ends_first", _("It would end before it begins. Nothing has changed: correct the dates.")
)
begins_first = Refusal(
    "begins_first", _("It would begin before it was chosen. Nothing has changed: correct the dates.")
)
not_by_a_chair = Refusal(
    "not_by_a_chair",
    _("A chair gives and ends chairs only. Nothing has changed: ask the secretariat for its own offices."),
)
two_administrators = Refusal(
    "two_administrators",
    _(
        "An organisation has two administrators at most, and yours has two. Nothing has changed: end one appointment "
        "first."
    ),
)
they_have_two = Refusal(
    "two_administrators",
    _(
        "An organisation has two administrators at most, and this one has two. Nothing has changed: end one "
        "appointment first."
    ),
)
not_yours_to_confirm = Refusal(
    "not_yours",
    _("This appointment is of another organisation, which confirms it itself. Nothing has changed."),
)
appointment_confirmed = Refusal(
    "confirmed", _("Your organisation has confirmed this appointment already. Nothing has changed.")
)
appointment_over = Refusal(
    "over", _("This appointment has ended, so there is nothing to confirm. Nothing has changed.")
)
membership_not_yours = Refusal(
    "not_yours",
    _("This membership is of another organisation, which confirms it itself. Nothing has changed."),
)
membership_over = Refusal(
    "over", _("This membership has ended, so there is nothing to confirm. Nothing has changed.")
)
membership_confirmed = Refusal(
    "confirmed", _("Your organisation has confirmed this membership already. Nothing has changed.")
)
membership_disputed = Refusal(
    "disputed",
    _(
        "Your organisation has said already that this membership is wrong. Nothing has changed: the secretariat is "
        "told, and you confirm what it corrects."
    ),
)
membership_to_confirm = _(
    "A membership that was entered for your organisation, to confirm or to say what is wrong."
)
membership_to_correct = _("The organisation says that this membership is wrong: {why}")
to_confirm = _("An appointment that the secretariat entered for your organisation, to confirm.")
no_focal_point = Refusal(
    "no_focal_point",
    _("There is no focal point to replace. Nothing has changed: the secretariat enters the first one."),
)
same_person = Refusal(
    "same_person", _("This is the focal point already. Nothing has changed: give the successor's address.")
)
not_about_oneself = Refusal(
    "oneself",
    _(
        "Somebody else confirms that you have lost your second factor. Nothing has changed: ask an administrator."
    ),
)
not_their_administrator = Refusal(
    "not_their_administrator",
    _(
        "Administrators of the person's own organisation and the secretariat confirm this. Nothing has changed."
    ),
)
account_too_new = Refusal(
    "account_too_new",
    _("Your account is less than seven days old, so somebody else confirms this. Nothing has changed."),
)
confirmed_already = Refusal(
    "confirmed_already",
    _(
        "You have confirmed this already. Nothing has changed: a second administrator confirms it within seven days."
    ),
)
no_account = Refusal(
    "no_account",
    _("This person has no second factor to take away. Nothing has changed: send the invitation again."),
)

seat_title = _("{organisation} in {body}")
office_title = _("{office}, {organisation}")
became = _("{predecessor} became part of {successor}")
became_when = _("{predecessor} became part of {successor}, {when}")
capacity_held = _("{capacity}, {period}")
title_held = _("{title}, {period}")
capacity_with_title = _("{capacity}, {title}, {period}")
appointment_title = _("{person}, {capacity}, {organisation}")

# `{organisation}` did it, `{when}` is an instant in words, with its place.
_changed_by = _(
    "{organisation} has corrected this meanwhile, on {when}. Nothing has changed now: go back to its page, where you "
    "find what stands today, and correct that if it is still wrong."
)
_changed_by_import = _(
    "An import has corrected this meanwhile, on {when}. Nothing has changed now: go back to its page, where you find "
    "what stands today, and correct that if it is still wrong."
)
corrected_at_once = _(
    "Somebody else corrected this at the same moment. Nothing has changed by your form: go back to the page, where "
    "you find what stands now."
)
same_as_before = Refusal(
    "same_as_before", _("This says the same as before. Nothing has changed: write what is different.")
)
never_and_changed = Refusal(
    "never_and_changed",
    _(
        "You say that it never was, and change what is known of it as well. Nothing has changed: do one or the other."
    ),
)
both_dates = Refusal(
    "both_dates",
    _(
        "A source shows this at that time only, so both dates are needed. Nothing has changed: write when it is seen, "
        "twice the same date where it is one."
    ),
)
only_own_people = Refusal(
    "only_own_people",
    _(
        "You correct appointments of your own organisation’s alternates and contributors. Nothing has changed: ask the "
        "secretariat for others."
    ),
)
name_overlaps = _(
    "Another name of this organisation holds for part of that time. Nothing has changed: correct that one first, or "
    "choose other dates."
)
last_name = Refusal(
    "last_name",
    _("An organisation has a name. Nothing has changed: write the right one instead of taking it back."),
)
not_among_these = Refusal(
    "not_among_these",
    _("This is not one of those that this group may correct. Nothing has changed: choose from the list."),
)
not_its_source = Refusal(
    "not_its_source",
    _(
        "This source is not one of this fact. Nothing has changed: choose the fact and a source that stands beside it."
    ),
)
nothing_to_rename = Refusal(
    "nothing_to_rename", _("There is no organisation that this group may rename. Nothing has changed.")
)
still_to_come = Refusal(
    "still_to_come",
    _(
        "That month or year is not over yet, so the day is needed. Nothing has changed: write the day as 2026-09-14."
    ),
)
day_to_pass = Refusal(
    "day_to_pass",
    _(
        "Memberships have passed by this succession, so a date is needed. Nothing has changed: write it, or say that "
        "it never was."
    ),
)
_part_of = _(
    "{predecessor} is known to have become part of {successor}. Nothing has changed: correct that if it is wrong."
)
_before_it_is_known = _(
    "{organisation} is known from {day} on, so it cannot have become part of another before then. Nothing has "
    "changed: choose a later date, or correct what is known of it first."
)
same_organisation = Refusal(
    "same_organisation",
    _("An organisation does not become part of itself. Nothing has changed: choose the other organisation."),
)
_in_a_circle = _(
    "{successor} became part of {predecessor}, as the record has it. Nothing has changed: correct that first if it is "
    "wrong."
)
nothing_to_succeed = Refusal(
    "nothing_to_succeed",
    _("There is no organisation here of which this group may say so. Nothing has changed."),
)
no_official = Refusal(
    "no_official",
    _("The record of this group names no official who could be corrected. Nothing has changed."),
)
no_count = Refusal(
    "no_count", _("No published size is known here that could be corrected. Nothing has changed.")
)
no_succession = Refusal(
    "no_succession", _("No succession is known here that this group may correct. Nothing has changed.")
)
part_of_another = _(
    "Another group recorded at the same moment what this organisation became part of. Nothing has changed: look at "
    "its page and send the form again."
)

bad_colour = _("Write the colour as # and six digits or letters a to f, as #0b4f71.")
faint = _(
    "This colour is too faint to read: its contrast is {ratio} to 1, and 4.5 to 1 is needed. Choose a stronger one."
)
bad_pattern = _(
    "Write the pattern with {number}, and {year} where numbers begin anew each year, as D/{year}/{number}."
)


def part_of(predecessor: Organisation, successor: Organisation) -> Refusal:
    return Refusal("part_of", _part_of, predecessor=short(predecessor), successor=short(successor))


def in_a_circle(predecessor: Organisation, successor: Organisation) -> Refusal:
    return Refusal("in_a_circle", _in_a_circle, predecessor=short(predecessor), successor=short(successor))


def before_it_is_known(organisation: Organisation, day: str) -> Refusal:
    return Refusal("before_it_is_known", _before_it_is_known, organisation=short(organisation), day=day)


def corrected_meanwhile(organisation: str, when: str) -> Refusal:
    """`organisation` is empty where an import did it."""
    say = _changed_by if organisation else _changed_by_import
    return Refusal("corrected_meanwhile", say, organisation=organisation, when=when)


def until_before_since(until: str, since: str) -> Refusal:
    return Refusal("until_before_since", _until_before_since, until=until, since=since)


def until_after_end(end: str) -> Refusal:
    return Refusal("until_after_end", _until_after_end, end=end)


def short(organisation: Organisation | None) -> str:
    """The acronym in the reader's language."""
    return plain(organisation.acronym(), get_language() or "en") if organisation else ""


_named = _("{name}, {period}")


def named(name: OrganisationName, period: str) -> str:
    """A name as one choice of a list: acronym, name and, where it is known, when."""
    language = get_language() or "en"
    acronym, words = plain(name.acronyms, language), plain(name.names, language)
    both = f"{acronym} ({words})" if acronym and acronym != words else words
    return str(_named).format(name=both, period=period) if period else both


_official = _("{person}: {title}, {whose}")
_counted = _("{count} {counted}, {when}")


def official(fact: Appointment) -> str:
    """An official as one choice of a list: who, as what, for whom."""
    language = get_language() or "en"
    whose = short(fact.organisation) if fact.organisation else plain(fact.state.names, language)
    title = plain(fact.title, language) or str(CAPACITIES[Capacity(fact.capacity)])
    return str(_official).format(person=fact.person.called, title=title, whose=whose)


_cited = _("{fact}: {source}")


def cited(fact: str, source: str) -> str:
    """A source of a fact as one choice of a list."""
    return str(_cited).format(fact=fact, source=source)


def counted(fact: PublishedCount, when: str) -> str:
    """What a source counted: '23 organisations, 2019'."""
    language = get_language() or "en"
    said = plain(fact.counted, language)
    return str(_counted).format(count=number(fact.count, active_language().code), counted=said, when=when)


def full(organisation: Organisation) -> str:
    """Acronym and name as one choice of a list."""
    acronym, name = short(organisation), plain(organisation.words(), get_language() or "en")
    return name if acronym == name else f"{acronym} ({name})"
