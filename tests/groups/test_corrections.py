"""What is known is corrected by acts: the old stays in the history, who, when and why beside it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from onevoice.claims.models import Supersession
from onevoice.claims.steps import taken_back
from onevoice.decisions.models import CallForObjections
from onevoice.enact.act import Refusal
from onevoice.enact.after import acts_on
from onevoice.enact.form import ActForm
from onevoice.enact.models import Performed
from onevoice.enact.perform import Done, Incomplete, Sending, Stale, database_clock, last_seen, perform
from onevoice.groups.acts.corrections import CorrectAppointment, CorrectMembership, CorrectName, CorrectOffice
from onevoice.groups.acts.memberships import ElectOfficer, WithdrawMember
from onevoice.groups.models import Appointment, EnteredAppointment, Membership, OfficeHolding
from onevoice.groups.on_record import on_record
from onevoice.groups.standing import members_now, officers
from onevoice.meetings.acts import convening, room
from onevoice.notices.models import Letter
from onevoice.parties.models import Organisation, OrganisationName
from world import in_session

WHY = {"why": "The minutes say otherwise."}
MEMBER = {"kind": "member", "since": "2020", "until": ""}


@pytest.fixture
def committed(fresh_icat: Any) -> Any:
    """What the database forbids is told when an act commits."""
    return fresh_icat


def seat(icat: Any, slug: str = "ilo", body: str = "principals") -> Any:
    return on_record(Membership.objects.get(body=icat.bodies[body], organisation__slug=slug, standing=True))


def office(icat: Any, slug: str = "un-women", since: str = "2020") -> Any:
    return on_record(OfficeHolding.objects.get(organisation__slug=slug, since_written=since, standing=True))


def appointment(icat: Any, slug: str, capacity: str = "focal_point") -> Any:
    rows = Appointment.objects.filter(group=icat.group, capacity=capacity, standing=True)
    return on_record(rows.get(organisation__slug=slug))


def done(answer: Any) -> Any:
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    return answer


def refused(answer: Any) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.kind


# --- memberships ---------------------------------------------------------------------------------------------
def test_a_corrected_membership_is_a_new_fact_and_the_old_one_stays(icat: Any) -> None:
    old = seat(icat)
    answer = done(
        icat.unodc.does(CorrectMembership, old, kind="observer", since="2006-09", until="2011", **WHY)
    )
    new = seat(icat)
    assert (new.kind, new.since_written, new.until_written) == ("observer", "2006-09", "2011")
    assert (new.period.lower.isoformat(), new.period.upper.isoformat()) == (
        "2006-08-31T22:00:00+00:00", "2011-12-31T23:00:00+00:00",
    )  # fmt: skip
    was = Membership.objects.get(pk=old.pk)
    assert (was.standing, was.kind, was.since_written) == (False, "member", "2020")
    gone = Supersession.objects.get(fact_table="groups_membership", fact_id=old.pk)
    assert (gone.by_fact_id, gone.why, gone.by) == (new.pk, WHY["why"], icat.unodc.actor.key)
    assert answer.performed.facts["was"] == {"kind": "member", "since_written": "2020", "until_written": ""}
    assert answer.performed.facts["became"]["kind"] == "observer"
    assert answer.performed.result == f"groups.membershiponrecord:icat/{new.pk}"
    assert WHY["why"] not in str(answer.performed.facts) and answer.performed.entry.public is True


def test_the_form_begins_with_what_stands(icat: Any) -> None:
    assert CorrectMembership.initial(seat(icat)) == MEMBER
    assert CorrectOffice.initial(office(icat)) == {"since": "2020", "until": "", "chosen": ""}


@pytest.mark.parametrize("changed", [{"since": "2021"}, {"until": "2030"}, {"kind": "observer"}])
def test_what_never_was_is_not_changed_as_well(icat: Any, changed: dict[str, str]) -> None:
    old = seat(icat)
    answer = icat.unodc.does(CorrectMembership, old, **MEMBER | changed, never="on", **WHY)
    assert (refused(answer), str(answer)) == (
        "never_and_changed",
        "You say that it never was, and change what is known of it as well. Nothing has changed: do one or the other.",
    )
    given = {"since": "2020", "until": "2025", "chosen": "", "never": "on"}
    assert refused(icat.unodc.does(CorrectOffice, office(icat), **given, **WHY)) == "never_and_changed"
    assert Membership.objects.filter(pk=old.pk, standing=True).exists()


def test_a_membership_recorded_by_mistake_stands_no_longer_and_nothing_in_its_place(icat: Any) -> None:
    old = seat(icat)
    answer = done(icat.unodc.does(CorrectMembership, old, **MEMBER, never="on", **WHY))
    assert not Membership.objects.filter(body=old.body, organisation=old.organisation, standing=True).exists()
    assert Membership.objects.filter(pk=old.pk, standing=False).exists()
    assert Supersession.objects.get(fact_id=old.pk, fact_table="groups_membership").by_fact_id is None
    assert answer.performed.facts["became"] is None


def test_a_date_that_is_not_changed_keeps_its_instant(icat: Any) -> None:
    row = appointment(icat, "ilo")
    person = row.person
    from onevoice.groups.steps import end_at

    at = database_clock() - timedelta(hours=3)
    end_at(Appointment.objects.get(pk=row.pk), at, at.date(), why="ends", by="x")
    ended = appointment(icat, "ilo")
    given = {"capacity": "focal_point", "since": "2021-02", "until": ended.until_written}
    done(icat.unodc.does(CorrectAppointment, ended, **given, **WHY))
    new = appointment(icat, "ilo")
    assert (new.period.upper, new.since_written, new.person) == (at, "2021-02", person)


@pytest.mark.parametrize(
    "wrong", ["yesterday", "2006-13", "2006-9", "14.9.2006", "2006-09-31", "0999", "9999"]
)
def test_what_is_no_date_is_a_sentence(icat: Any, wrong: str) -> None:
    answer = icat.unodc.does(CorrectMembership, seat(icat), **MEMBER | {"since": wrong}, **WHY)
    assert isinstance(answer, Incomplete)
    said = "Write the date as far as it is known: 2006, 2006-09 or 2006-09-14."
    assert answer.form.errors == {"since": [said]}


def test_what_is_wrong_is_a_sentence_and_changes_nothing(icat: Any) -> None:
    row, before = seat(icat), Membership.objects.count()
    does = icat.unodc.does
    assert refused(does(CorrectMembership, row, **MEMBER | {"until": "2019"}, **WHY)) == "ends_first"
    assert refused(does(CorrectMembership, row, **MEMBER, **WHY)) == "same_as_before"
    assert isinstance(does(CorrectMembership, row, **MEMBER | {"kind": "emperor"}, **WHY), Incomplete)
    assert isinstance(does(CorrectMembership, row, **MEMBER | {"until": "2024"}), Incomplete)  # without why
    seen = on_record(Membership.objects.get(organisation__slug="osce", basis="attested"))
    attested = {"kind": "member", "since": "2018-06-14", "until": ""}
    assert refused(does(CorrectMembership, seen, **attested, **WHY)) == "both_dates"
    assert Membership.objects.count() == before


def test_a_correction_does_not_make_two_hold_at_once(committed: Any) -> None:
    icat = committed
    icat.member(icat.ilo.organisation, "2010", "2012", body=icat.bodies["principals"])
    first = on_record(Membership.objects.get(organisation__slug="ilo", since_written="2010"))
    answer = icat.unodc.does(CorrectMembership, first, **MEMBER | {"since": "2010", "until": "2021"}, **WHY)
    assert refused(answer) == "one_membership_at_a_time"
    given = {"since": "2018", "until": "2020-06", "chosen": ""}
    icat.holds("co_chair", icat.osce.organisation, "2018", "2018", body=icat.bodies["principals"])
    answer = icat.unodc.does(CorrectOffice, office(icat, "osce", "2018"), **given, **WHY)
    assert refused(answer) == "holds_an_office_once"
    assert Supersession.objects.count() == 0


def test_who_corrects_a_membership_is_who_could_have_made_it(icat: Any) -> None:
    row, now = seat(icat), database_clock()
    for who in (icat.unicef, icat.ilo, icat.neighbour.mallory):
        assert (
            refused(who.does(CorrectMembership, row, **MEMBER | {"kind": "observer"}, **WHY)) == "not_for_you"
        )
    assert CorrectMembership not in {link.act for link in acts_on(row, icat.ilo.actor, now=now)}
    assert CorrectMembership in {link.act for link in acts_on(row, icat.unodc.actor, now=now)}
    done(
        icat.osce.does(CorrectMembership, row, **MEMBER | {"kind": "observer"}, **WHY)
    )  # a co-chair of the body


def test_a_roster_that_was_frozen_is_not_changed(icat: Any) -> None:
    given = {"title": "Meeting", "day": "2027-01-14", "begins": "15:00", "ends": "17:00", "zone": "Europe/Vienna",
             "agenda": "First"}  # fmt: skip
    meeting = in_session(
        done(icat.osce.does(convening.ConveneMeeting, icat.bodies["principals"], **given)).result
    )
    present = ["unodc", "osce", "unicef", "ilo"]
    done(icat.osce.does(convening.RecordParticipation, meeting, present=present))
    item = meeting.agenda.get(number="1")
    proposal = done(icat.unicef.does(room.ProposeText, item, title="Plan", text="We agree.")).result
    done(icat.osce.does(room.CallForObjections, proposal))
    frozen = CallForObjections.objects.get().present
    done(icat.unodc.does(CorrectMembership, seat(icat), **MEMBER, never="on", **WHY))
    adopted = done(icat.osce.does(room.DeclareAdopted, proposal))
    assert (CallForObjections.objects.get().present, "ilo" in frozen) == (frozen, True)
    assert isinstance(adopted, Done)
    assert icat.ilo.organisation not in members_now(icat.bodies["principals"], at=database_clock())


# --- two at once ---------------------------------------------------------------------------------------------
def sent(who: Any, act: Any, subject: Any, seen: int, **inputs: Any) -> Any:
    return perform(act, subject, Sending(inputs, uuid4().hex, seen), actor=who.actor)


def test_a_form_older_than_anothers_correction_is_told_who_did_what(icat: Any) -> None:
    row = seat(icat)
    seen = last_seen(row)
    first = done(icat.osce.does(CorrectMembership, row, **MEMBER | {"kind": "observer"}, **WHY))
    answer = sent(icat.unodc, CorrectMembership, row, seen, **MEMBER | {"kind": "partner"}, **WHY)
    assert isinstance(answer, Stale) and answer.since == [first.performed]
    again = sent(icat.unodc, CorrectMembership, row, last_seen(row), **MEMBER | {"kind": "partner"}, **WHY)
    assert refused(again) == "corrected_meanwhile"
    assert str(again).startswith("OSCE has corrected this meanwhile, on ") and "in Vienna" in str(again)


def test_a_form_older_than_a_withdrawal_is_told_too(icat: Any) -> None:
    row = seat(icat)
    given = {"membership": str(row.pk), "until": "2024-06-30", "why": "Left."}
    done(icat.osce.does(WithdrawMember, row.body, **given))
    answer = sent(icat.unodc, CorrectMembership, row, 0, **MEMBER | {"kind": "observer"}, **WHY)
    assert refused(answer) == "corrected_meanwhile" and str(answer).startswith("OSCE ")


def test_a_form_older_than_anothers_correction_of_a_name_is_told(icat: Any) -> None:
    name = OrganisationName.objects.get(organisation__slug="ilo")
    given = {"fact": str(name.pk), "acronym": "ILOrg", **WHY}
    done(icat.unodc.does(CorrectName, icat.group, **given))
    answer = sent(icat.unodc, CorrectName, icat.group, last_seen(icat.group), **given | {"acronym": "ILLO"})
    assert refused(answer) == "corrected_meanwhile" and str(answer).startswith("UNODC ")
    assert OrganisationName.objects.get(organisation__slug="ilo", standing=True).acronyms["en"] == "ILOrg"


def test_of_two_corrections_at_one_moment_the_second_is_told(committed: Any, monkeypatch: Any) -> None:
    """The other one commits between the look at the fact and the writing of its correction."""
    from onevoice.groups.acts import corrections

    icat = committed
    row = seat(icat)
    old = Membership.objects.get(pk=row.pk)

    def late(fact: Any, group: Any) -> None:
        if old.standing:
            old.standing = False
            taken_back(old, why="first", by="importer")

    monkeypatch.setattr(corrections, "refuse_corrected", late)
    answer = icat.unodc.does(CorrectMembership, row, **MEMBER | {"kind": "observer"}, **WHY)
    assert refused(answer) == "superseded_once"


# --- offices -------------------------------------------------------------------------------------------------
def test_a_corrected_office_gives_its_rights_as_corrected(icat: Any) -> None:
    given = {"since": "2020", "until": "2024", "chosen": "2019-11"}
    done(icat.unodc.does(CorrectOffice, office(icat), **given, **WHY))
    new = office(icat)
    assert (new.until_written, new.chosen_written) == ("2024", "2019-11")
    assert icat.un_women.actor.offices == {}


@pytest.mark.parametrize(
    ("since", "chosen", "refuses"),
    [
        ("2026-02-01", "2026-03", True), ("2026-02-01", "2026-02-02", True), ("2026-02", "2027", True),
        ("2026-02-01", "2026-02-01", False), ("2026-02-01", "2026", False), ("2026-02-01", "2026-02", False),
        ("2026", "2026-03", False), ("", "2026-03", False),
    ],
)  # fmt: skip
def test_an_office_is_chosen_before_it_begins_as_far_as_both_are_known(
    icat: Any, since: str, chosen: str, refuses: bool
) -> None:
    given = {"since": since, "until": "2027", "chosen": chosen}
    answer = icat.unodc.does(CorrectOffice, office(icat), **given, **WHY)
    assert (getattr(answer, "kind", None) == "begins_first") is refuses, answer
    if refuses:
        assert str(answer) == "It would begin before it was chosen. Nothing has changed: correct the dates."


def test_an_election_after_the_term_began_is_refused(icat: Any) -> None:
    given = {"office": "chair", "organisation": "ilo", "since": "2026-01-01", "until": "2026-06-30"}
    body = icat.bodies["principals"]
    assert refused(icat.unodc.does(ElectOfficer, body, **given, chosen="2026-01-02")) == "begins_first"
    done(icat.unodc.does(ElectOfficer, body, **given, chosen="2026-01-01"))


def test_the_database_too_forbids_that_an_office_begins_before_it_was_chosen(icat: Any) -> None:
    held = OfficeHolding.objects.get(pk=office(icat).pk)
    held.pk, held.since_written, held.chosen_written = None, "2026-02-01", "2026-03"
    with pytest.raises(IntegrityError, match="chosen_before_it_begins"), transaction.atomic():
        held.save(force_insert=True)


def test_a_chair_corrects_chairs_only(icat: Any) -> None:
    given = {"since": "2020-02", "until": "", "chosen": ""}
    coordinator = office(icat, "unodc")
    assert refused(icat.osce.does(CorrectOffice, coordinator, **given, **WHY)) == "not_by_a_chair"
    done(icat.osce.does(CorrectOffice, office(icat), **given, **WHY))
    assert (
        refused(icat.unicef.does(CorrectOffice, office(icat, since="2020-02"), **given, **WHY))
        == "not_for_you"
    )


def test_known_on_a_day_gives_what_was_believed_and_as_of_what_held(icat: Any) -> None:
    before = database_clock()
    done(icat.unodc.does(CorrectOffice, office(icat), since="2020", until="2024", chosen="", **WHY))
    women = icat.un_women.organisation

    def co_chairs(**asked: Any) -> list[str]:
        found = officers(icat.group, **asked)
        rows = [fact for each in found if each.organisation == women for fact in each.facts]
        return sorted(fact.until_written for fact in rows if fact.since_written == "2020")

    now = database_clock()
    assert co_chairs(at=now) == ["2024"]
    assert co_chairs(at=now, known_on=before) == [""]
    answers = {
        known: {e.answer.name for e in officers(icat.group, at=now, known_on=known)
                if e.organisation == women and e.office == "co_chair"}
        for known in (None, before)
    }  # fmt: skip
    assert answers == {None: {"NO"}, before: {"HOLDS"}}


# --- appointments --------------------------------------------------------------------------------------------
def test_a_corrected_appointment_gives_its_rights_as_corrected_and_waits_to_be_confirmed(icat: Any) -> None:
    row = appointment(icat, "ilo")
    given = {"capacity": "focal_point", "since": "2020", "until": "2024-06-30"}
    answer = done(icat.unodc.does(CorrectAppointment, row, **given, **WHY))
    assert icat.ilo.actor is None
    assert answer.performed.entry.public is False
    assert EnteredAppointment.objects.get(appointment__organisation__slug="ilo").by == icat.unodc.organisation
    assert Letter.objects.filter(kind="appointment", person=row.person_id).count() == 1


def test_an_organisation_corrects_its_own_alternates_and_contributors(icat: Any) -> None:
    unicef = icat.unicef.organisation
    icat.sends(unicef, "Alternate", "alternate")
    given = {"capacity": "contributor", "since": "2020", "until": ""}
    row = appointment(icat, "unicef", "alternate")
    for who in (icat.osce, icat.ilo):
        assert refused(who.does(CorrectAppointment, row, **given, **WHY)) == "only_own_people"
    raised = icat.unicef.does(CorrectAppointment, row, **given | {"capacity": "principal"}, **WHY)
    assert refused(raised) == "only_own_people"
    own = icat.unicef.does(CorrectAppointment, appointment(icat, "unicef"), **given, **WHY)
    assert refused(own) == "only_own_people"
    done(icat.unicef.does(CorrectAppointment, row, **given, **WHY))
    assert appointment(icat, "unicef", "contributor").person == row.person
    assert not EnteredAppointment.objects.exists()
    assert refused(icat.neighbour.mallory.does(CorrectAppointment, row, **given, **WHY)) == "not_for_you"


def test_a_correction_makes_no_third_administrator(icat: Any) -> None:
    unicef = icat.unicef.organisation
    icat.sends(unicef, "Alternate", "alternate")
    icat.sends(unicef, "Contributor", "contributor")
    row = appointment(icat, "unicef", "contributor")
    given = {"capacity": "alternate", "since": "2020", "until": ""}
    for who in (icat.unicef, icat.unodc):
        assert refused(who.does(CorrectAppointment, row, **given, **WHY)) == "two_administrators"


def test_two_focal_points_do_not_come_of_a_correction(committed: Any) -> None:
    icat = committed
    icat.sends(icat.unicef.organisation, "Alternate", "alternate")
    given = {"capacity": "focal_point", "since": "2020", "until": ""}
    answer = icat.unodc.does(CorrectAppointment, appointment(icat, "unicef", "alternate"), **given, **WHY)
    assert refused(answer) == "one_focal_point_at_a_time"


# --- names ---------------------------------------------------------------------------------------------------
def name_of(slug: str) -> OrganisationName:
    return OrganisationName.objects.get(organisation__slug=slug, standing=True)


def test_a_name_is_corrected_in_one_language_and_stays_in_the_others(icat: Any) -> None:
    old = name_of("ilo")
    given = {"fact": str(old.pk), "name_fr": "Organisation internationale du travail", "acronym_es": "O.I.T."}
    answer = done(
        icat.unodc.does(CorrectName, icat.group, **given, since="1919", without=["acronym_ru"], **WHY)
    )
    new = name_of("ilo")
    assert new.names == old.names | {"fr": "Organisation internationale du travail"}
    assert new.acronyms == {"en": "ILO", "fr": "OIT", "es": "O.I.T."}
    assert (new.since_written, new.period.upper) == ("1919", None)
    assert answer.performed.facts["was"]["acronyms"]["ru"] == "МОТ"
    assert OrganisationName.objects.filter(pk=old.pk, standing=False).exists()
    done(icat.unodc.does(CorrectName, icat.group, fact=str(new.pk), without=["since"], **WHY))
    assert (name_of("ilo").since_written, name_of("ilo").period.lower) == ("", None)


def test_a_wrong_name_is_a_sentence(icat: Any) -> None:
    fact = {"fact": str(name_of("ilo").pk)}
    does = icat.unodc.does
    assert refused(does(CorrectName, icat.group, **fact, **WHY)) == "same_as_before"
    assert refused(does(CorrectName, icat.group, **fact, acronym="UNICEF", **WHY)) == "organisation_taken"
    assert refused(does(CorrectName, icat.group, **fact, never="on", **WHY)) == "last_name"
    assert refused(does(CorrectName, icat.group, **fact, since="2012", until="2011", **WHY)) == "ends_first"
    theirs = {"fact": str(name_of("mallory").pk)}
    assert refused(does(CorrectName, icat.group, **theirs, acronym="M", **WHY)) == "not_among_these"
    assert isinstance(does(CorrectName, icat.group, fact="nonsense", acronym="M", **WHY), Incomplete)
    for who in (icat.unicef, icat.osce, icat.neighbour.mallory):
        assert refused(who.does(CorrectName, icat.group, **fact, acronym="X", **WHY)) == "not_for_you"


def test_a_name_it_never_had_is_taken_back(icat: Any) -> None:
    from world import dated

    ilo = icat.ilo.organisation
    OrganisationName.objects.filter(organisation=ilo)
    wrong = OrganisationName.objects.create(
        organisation=Organisation.objects.get(pk=ilo.pk),
        names={"en": "Wrong"},
        **dated("", "1900", "attested"),
    )
    done(icat.unodc.does(CorrectName, icat.group, fact=str(wrong.pk), never="on", **WHY))
    assert name_of("ilo").names["en"] == "International Labour Organization"


def test_a_name_is_offered_with_its_period(icat: Any) -> None:
    offered = dict(ActForm(CorrectName, icat.group).fields["fact"].choices)  # type: ignore[attr-defined]
    assert offered[str(name_of("ilo").pk)] == "ILO (International Labour Organization)"
    assert str(name_of("mallory").pk) not in offered
    assert Performed.objects.count() == 0
