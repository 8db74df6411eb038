"""One organisation becomes part of another: what it held passes, is held once, and goes back if it was wrong."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from onevoice.claims.models import Supersession
from onevoice.decisions.owed import proposals_open
from onevoice.enact.act import Refusal
from onevoice.enact.form import ActForm
from onevoice.enact.perform import Done, Incomplete, Sending, database_clock, perform
from onevoice.groups.acts.memberships import AdmitMember
from onevoice.groups.acts.people import HandOverFocalPoint
from onevoice.groups.acts.successions import CorrectSuccession, RecordSuccession
from onevoice.groups.identity import identity_of_person
from onevoice.groups.models import Appointment, EnteredAppointment, Membership, OfficeHolding, Passage
from onevoice.groups.standing import focal_point, members_now
from onevoice.groups.steps import today
from onevoice.meetings.acts import convening, room
from onevoice.parties.models import Succession
from world import in_session

WHY = {"why": "Resolution 64/289 says so."}


@pytest.fixture
def committed(fresh_icat: Any) -> Any:
    return fresh_icat


@pytest.fixture
def with_wfp(icat: Any) -> Any:
    """WFP sits in no body and sends nobody: it can take everything."""
    icat.organisation("wfp", name="World Food Programme")
    return icat


def done(answer: Any) -> Any:
    assert isinstance(answer, Done), getattr(getattr(answer, "form", None), "errors", answer)
    return answer


def refused(answer: Any) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.kind


def became(icat: Any, predecessor: str, successor: str, when: str) -> Any:
    given = {"predecessor": predecessor, "successor": successor, "when": when}
    return icat.unodc.does(RecordSuccession, icat.group, **given, **WHY)


def corrected(icat: Any, who: Any = None, **given: Any) -> Any:
    row = Succession.objects.get(predecessor__slug=given.pop("of"), standing=True)
    return (who or icat.unodc).does(CorrectSuccession, icat.group, fact=str(row.pk), **given, **WHY)


def held(icat: Any, slug: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that stands of an organisation in the group, as written."""
    its = {"organisation__slug": slug, "standing": True, "basis": "stated"}
    dates = ("since_written", "until_written")
    return {
        "memberships": sorted(Membership.objects.filter(**its).values_list("body__slug", "kind", *dates)),
        "offices": sorted(OfficeHolding.objects.filter(**its).values_list("office__kind", *dates)),
        "appointments": sorted(
            Appointment.objects.filter(**its).values_list("person__name", "capacity", *dates)
        ),
    }


def periods(icat: Any, *slugs: str) -> set[tuple[Any, ...]]:
    """What stands of some organisations, to the instant."""
    its = {"organisation__slug__in": slugs, "standing": True}
    return {
        ("membership", *row)
        for row in Membership.objects.filter(**its).values_list(
            "organisation__slug", "body__slug", "kind", "period", "since_written", "until_written", "record_id"
        )
    } | {
        ("appointment", *row)
        for row in Appointment.objects.filter(**its).values_list(
            "organisation__slug", "person__slug", "capacity", "period", "since_written", "until_written"
        )
    } | {
        ("office", *row)
        for row in OfficeHolding.objects.filter(**its).values_list(
            "organisation__slug", "office__kind", "period", "since_written", "until_written"
        )
    }  # fmt: skip


# --- what passes ---------------------------------------------------------------------------------------------
def test_membership_office_and_people_pass_on_the_day(with_wfp: Any) -> None:
    icat = with_wfp
    person = icat.osce.person
    answer = done(became(icat, "osce", "wfp", "2024-03-01"))
    assert answer.performed.facts["passed"] == {"memberships": 1, "offices": 1, "appointments": 1}
    assert held(icat, "wfp") == {
        "memberships": [("principals", "member", "2024-03-01", "")],
        "offices": [("co_chair", "2024-03-01", "")],
        "appointments": [("Focal point, OSCE", "focal_point", "2024-03-01", "")],
    }
    old = held(icat, "osce")
    assert old["memberships"] == [("principals", "member", "2020", "2024-02-29")]
    assert old["offices"] == [("co_chair", "2019", "2019"), ("co_chair", "2020", "2024-02-29")]
    actor = identity_of_person(person.pk, now=database_clock()).actor_in(icat.group.pk)
    assert (actor.organisation_key, actor.capacity) == ("wfp", "focal_point")
    assert actor.offices[icat.bodies["principals"].pk] == {"co_chair"}


def test_as_of_the_day_before_it_is_the_predecessor_and_from_the_day_the_successor(with_wfp: Any) -> None:
    icat, body = with_wfp, with_wfp.bodies["principals"]
    done(became(icat, "osce", "wfp", "2024-03-01"))
    turn = Membership.objects.get(organisation__slug="wfp").period.lower
    slugs = [
        {o.slug for o in members_now(body, at=turn + timedelta(seconds=s))} & {"osce", "wfp"} for s in (-1, 0)
    ]
    assert slugs == [{"osce"}, {"wfp"}]


def test_what_is_owed_is_owed_by_the_successor(with_wfp: Any) -> None:
    icat = with_wfp
    given = {"title": "Meeting", "day": "2027-01-14", "begins": "15:00", "ends": "17:00", "zone": "Europe/Vienna",
             "agenda": "First"}  # fmt: skip
    meeting = in_session(
        done(icat.osce.does(convening.ConveneMeeting, icat.bodies["principals"], **given)).result
    )
    item = meeting.agenda.get(number="1")
    done(icat.osce.does(convening.RecordParticipation, meeting, present=["unodc", "osce", "unicef", "ilo"]))
    proposal = done(icat.unicef.does(room.ProposeText, item, title="Plan", text="We agree.")).result
    person = icat.ilo.person
    done(became(icat, "ilo", "wfp", str(today(icat.group, database_clock()))))
    now = database_clock()
    identity = identity_of_person(person.pk, now=now)
    owed = proposals_open(identity.viewer, identity.actor_in(icat.group.pk), now=now)
    assert [one.subject for one in owed] == [f"decisions.proposal:icat/{proposal.slug}"]


def test_what_both_held_is_held_once(committed: Any) -> None:
    """Both sit in the Principals and co-chair them; the successor's own stays, the rest is filled in."""
    icat = committed
    icat.member(icat.osce.organisation, "2020", body=icat.bodies["working-group"])
    icat.member(icat.un_women.organisation, "2025", "2025", body=icat.bodies["working-group"])
    done(became(icat, "osce", "un-women", "2024-03-01"))
    assert held(icat, "un-women")["memberships"] == [
        ("principals", "member", "2020", ""),
        ("working-group", "member", "2024-03-01", "2024-12-31"),
        ("working-group", "member", "2025", "2025"),
        ("working-group", "member", "2026-01-01", ""),
    ]
    assert held(icat, "un-women")["offices"] == [("co_chair", "2019", "2019"), ("co_chair", "2020", "")]


def test_a_membership_outweighs_the_successors_seat_as_observer(committed: Any) -> None:
    icat = committed
    icat.member(icat.unhcr.organisation, "2020", body=icat.bodies["principals"], kind="observer")
    done(became(icat, "ilo", "unhcr", "2024-03-01"))
    assert held(icat, "unhcr")["memberships"][1:] == [
        ("principals", "member", "2024-03-01", ""),
        ("principals", "observer", "2020", "2024-02-29"),
    ]


def test_people_find_the_place_that_is_left(committed: Any) -> None:
    """The successor's own focal point stays; the other becomes alternate; there are two administrators at most."""
    icat = committed
    osce, women = icat.osce.organisation, icat.un_women.organisation
    icat.sends(osce, "Alternate of OSCE", "alternate")
    icat.sends(osce, "Principal of OSCE", "principal")
    icat.sends(women, "Principal of UN Women", "principal")
    done(became(icat, "osce", "un-women", "2024-03-01"))
    assert held(icat, "un-women")["appointments"] == [
        ("Alternate of OSCE", "contributor", "2024-03-01", ""),
        ("Focal point, OSCE", "alternate", "2024-03-01", ""),
        ("Focal point, UN Women", "focal_point", "2020", ""),
        ("Principal of OSCE", "contributor", "2024-03-01", ""),
        ("Principal of UN Women", "principal", "2020", ""),
    ]
    waiting = EnteredAppointment.objects.filter(appointment__organisation=women)
    assert (waiting.count(), {one.by for one in waiting}) == (3, {icat.unodc.organisation})


def test_a_month_of_the_past_will_do_and_is_kept_as_written(committed: Any) -> None:
    icat = committed
    icat.organisation("wfp")
    done(became(icat, "osce", "wfp", "2024-03"))
    assert held(icat, "wfp")["memberships"] == [("principals", "member", "2024-03", "")]
    assert held(icat, "osce")["memberships"] == [("principals", "member", "2020", "2024-03")]
    assert Succession.objects.get(successor__slug="wfp").when_written == "2024-03"


def test_what_begins_after_the_day_is_never_the_predecessors(committed: Any) -> None:
    icat = committed
    icat.organisation("wfp")
    done(became(icat, "osce", "wfp", "2019-07-01"))
    assert held(icat, "osce") == {"memberships": [], "offices": [("co_chair", "2019", "2019-06-30")],
                                  "appointments": []}  # fmt: skip
    assert held(icat, "wfp")["memberships"] == [("principals", "member", "2020", "")]
    assert held(icat, "wfp")["offices"] == [("co_chair", "2019-07-01", "2019"), ("co_chair", "2020", "")]


def test_other_groups_are_left_to_themselves(committed: Any) -> None:
    icat, other = committed, committed.neighbour
    other.member(icat.osce.organisation)
    wfp = icat.organisation("wfp")
    other.holds("coordinator", other.mallory.organisation, "2020")
    other.member(wfp, "2030")
    done(became(icat, "osce", "wfp", "2024-03-01"))
    seat = Membership.objects.filter(body__group=other.group, organisation=icat.osce.organisation)
    assert [row.until_written for row in seat] == [""]
    given = {"predecessor": "osce", "successor": "wfp", "when": "2024-03-01"}
    done(other.mallory.does(RecordSuccession, other.group, **given, **WHY))
    assert seat.get(standing=True).until_written == "2024-02-29"
    assert Succession.objects.filter(predecessor__slug="osce").count() == 1


# --- what is refused -----------------------------------------------------------------------------------------
def test_what_cannot_be_is_a_sentence(with_wfp: Any) -> None:
    icat = with_wfp
    year = today(icat.group, database_clock()).year
    assert refused(became(icat, "ilo", "ilo", "2024-03-01")) == "same_organisation"
    assert refused(became(icat, "ilo", "wfp", str(year))) == "still_to_come"
    assert refused(became(icat, "unifem", "wfp", "2011")) == "part_of"
    assert refused(became(icat, "un-women", "unifem", "2024-03-01")) == "in_a_circle"
    assert isinstance(became(icat, "ilo", "wfp", "next year"), Incomplete)
    assert isinstance(became(icat, "ilo", "nobody", "2024"), Incomplete)
    for who in (icat.unicef, icat.osce, icat.neighbour.mallory):
        given = {"predecessor": "ilo", "successor": "wfp", "when": "2024-03-01"}
        assert refused(who.does(RecordSuccession, icat.group, **given, **WHY)) == "not_for_you"
        assert refused(corrected(icat, who, of="unifem", never="on")) == "not_for_you"
    done(became(icat, "ilo", "wfp", "2024-03-01"))
    assert refused(became(icat, "ilo", "wfp", "2024-03-01")) == "part_of"
    assert Succession.objects.count() == 3


def test_no_organisation_became_part_of_another_before_it_is_known(with_wfp: Any) -> None:
    icat = with_wfp
    answer = became(icat, "ilo", "wfp", "2006-08-31")
    assert (refused(answer), str(answer)) == (
        "before_it_is_known",
        "ILO is known from September 2006 on, so it cannot have become part of another before then. Nothing has "
        "changed: choose a later date, or correct what is known of it first.",
    )
    assert refused(became(icat, "ilo", "wfp", "2005")) == "before_it_is_known"
    done(became(icat, "ilo", "wfp", "2006"))
    assert refused(corrected(icat, of="ilo", successor="wfp", when="2001")) == "before_it_is_known"


def test_no_organisation_ended_before_another_became_part_of_it(with_wfp: Any) -> None:
    icat = with_wfp
    done(became(icat, "osce", "icmpd", "2024-03-01"))
    assert refused(became(icat, "icmpd", "wfp", "2024-02-29")) == "before_it_is_known"
    done(became(icat, "icmpd", "wfp", "2025-02-01"))
    assert refused(corrected(icat, of="icmpd", successor="wfp", when="2023")) == "before_it_is_known"


def test_a_demonstration_says_nothing_of_real_organisations(icat: Any) -> None:
    icat.group.demonstration = True
    icat.group.save()
    assert refused(became(icat, "ilo", "unicef", "2024-03-01")) == "nothing_to_succeed"
    assert refused(icat.unodc.does(CorrectSuccession, icat.group)) == "no_succession"


# --- a wrong succession --------------------------------------------------------------------------------------
def test_a_succession_that_never_was_gives_everything_back(committed: Any) -> None:
    icat = committed
    icat.organisation("wfp")
    icat.member(icat.un_women.organisation, "2020", body=icat.bodies["working-group"], kind="observer")
    icat.member(icat.osce.organisation, "2020", body=icat.bodies["working-group"])
    before = periods(icat, "osce", "un-women", "wfp")
    claims = Membership.objects.count()
    done(became(icat, "osce", "un-women", "2024-03-01"))
    assert periods(icat, "osce", "un-women", "wfp") != before
    answer = done(corrected(icat, of="osce", never="on"))
    assert (answer.performed.facts["became"], answer.performed.facts["left"]) == (None, 0)
    assert periods(icat, "osce", "un-women", "wfp") == before
    assert Membership.objects.count() > claims  # nothing is overwritten
    old = Succession.objects.get(predecessor__slug="osce")
    assert (old.standing, Supersession.objects.get(fact_table="parties_succession").why) == (
        False,
        WHY["why"],
    )
    assert focal_point(icat.group, icat.osce.organisation, at=database_clock()).person == icat.osce.person


def test_a_wrong_successor_hands_on_to_the_right_one(committed: Any) -> None:
    icat = committed
    icat.organisation("wfp")
    before = periods(icat, "un-women")
    done(became(icat, "osce", "un-women", "2024-03-01"))
    assert refused(corrected(icat, of="osce", successor="un-women", when="2024-03-01")) == "same_as_before"
    assert refused(corrected(icat, of="osce", successor="wfp")) == "day_to_pass"
    assert isinstance(corrected(icat, of="osce", when="2024"), Incomplete)
    done(corrected(icat, of="osce", successor="wfp", when="2024-04-01"))
    assert periods(icat, "un-women") == before
    assert held(icat, "wfp")["memberships"] == [("principals", "member", "2024-04-01", "")]
    assert held(icat, "osce")["memberships"] == [("principals", "member", "2020", "2024-03-31")]
    rows = Succession.objects.filter(predecessor__slug="osce").order_by("pk")
    assert [(r.successor.slug, r.when_written, r.standing) for r in rows] == [
        ("un-women", "2024-03-01", False), ("wfp", "2024-04-01", True),
    ]  # fmt: skip
    done(corrected(icat, of="osce", never="on"))
    assert held(icat, "wfp")["memberships"] == []


def test_what_was_changed_since_is_left_and_said(committed: Any) -> None:
    icat = committed
    wfp = icat.organisation("wfp")
    done(became(icat, "osce", "wfp", "2024-03-01"))
    actor = identity_of_person(icat.osce.person.pk, now=database_clock()).actor_in(icat.group.pk)
    somebody = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}
    done(perform(HandOverFocalPoint, icat.group, Sending(somebody, uuid4().hex), actor=actor))
    answer = done(corrected(icat, of="osce", never="on"))
    assert answer.performed.facts["left"] == 1
    assert focal_point(icat.group, wfp, at=database_clock()).person.name == "Ada Lovelace"


def test_a_succession_of_the_past_is_corrected_without_touching_memberships(icat: Any) -> None:
    before = held(icat, "unifem"), held(icat, "un-women")
    done(corrected(icat, of="unifem", successor="un-women", when="2010-07"))
    assert Succession.objects.get(predecessor__slug="unifem", standing=True).when_written == "2010-07"
    assert (held(icat, "unifem"), held(icat, "un-women")) == before
    assert not Passage.objects.exists()


def test_a_form_older_than_anothers_correction_is_told(icat: Any) -> None:
    row = Succession.objects.get(predecessor__slug="unifem")
    done(corrected(icat, of="unifem", successor="un-women", when="2010-07"))
    given = {"fact": str(row.pk), "successor": "un-women", "when": "2011", **WHY}
    answer = icat.unodc.does(CorrectSuccession, icat.group, **given)
    assert refused(answer) == "corrected_meanwhile" and str(answer).startswith("UNODC has corrected this")


def test_what_stands_is_offered(icat: Any) -> None:
    offered = dict(ActForm(CorrectSuccession, icat.group).fields["fact"].choices)  # type: ignore[attr-defined]
    assert sorted(offered.values()) == sorted(
        ["—", "UNDAW became part of UN Women", "UNIFEM became part of UN Women"]
    )


# --- who has left --------------------------------------------------------------------------------------------
def test_whose_organisation_left_every_body_acts_for_it_no_longer_and_goes_on_reading(icat: Any) -> None:
    from onevoice.groups.acts.memberships import WithdrawMember

    seats = Membership.objects.filter(organisation__slug="ilo", standing=True, basis="stated")
    for seat in seats:
        given = {"membership": str(seat.pk), "until": "2024-06-30", **WHY}
        done(icat.unodc.does(WithdrawMember, seat.body, **given))
    somebody = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}
    answer = icat.ilo.does(HandOverFocalPoint, icat.group, **somebody)
    assert str(answer) == (
        "This act is for an organisation in the group for itself, through its focal point or alternate. Nothing has "
        "changed. You can read the page, or act for another organisation."
    )
    assert icat.ilo.viewer.is_in(icat.group.pk)
    given = {"organisation": "ilo", "kind": "observer", "since": "2025-01-01"}
    done(icat.unodc.does(AdmitMember, icat.bodies["working-group"], **given))
    done(icat.ilo.does(HandOverFocalPoint, icat.group, **somebody))


def test_an_office_keeps_its_organisation_in_the_group(icat: Any) -> None:
    """The Coordinator need not be a member to say who acts for it."""
    for seat in Membership.objects.filter(organisation__slug="unodc", standing=True):
        from onevoice.claims.steps import taken_back

        taken_back(seat, why="not a member", by="x")
    somebody = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}
    done(icat.unodc.does(HandOverFocalPoint, icat.group, **somebody))
