"""What ends between opening and sending, what acts may not do, and what the database forbids."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import translation

from enact.scenes import Scene, done, notice
from onevoice.decisions.models import Objection
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.models import Performed
from onevoice.enact.perform import Sending, perform
from onevoice.groups import visible as groups
from onevoice.groups.acts.memberships import AdmitMember, ElectOfficer
from onevoice.groups.acts.people import Appoint, EndAppointment, EnterAppointment, HandOverFocalPoint
from onevoice.groups.models import Appointment, OfficeHolding
from onevoice.groups.roles import ORGANISATION
from onevoice.meetings.acts.convening import AddAgendaItem, CancelMeeting, RecordParticipation
from onevoice.meetings.acts.room import CallForObjections, DeclareAdopted, Object, RecordObjection
from onevoice.meetings.models import Meeting
from onevoice.parties.models import Person
from onevoice.record.models import Entry
from today import YEAR
from world import dated, in_session

ENDED = (
    "This was not done The appointment under which this form was opened has ended or is not yours. Nothing has "
    "changed, and what you typed is kept. Choose for whom you act, then send it again."
)
TYPED = "Paragraph 3 exceeds our mandate.\n\nSo does the fourth."
SUCCESSOR = {"full_name": "Successor", "address": "successor@example.org", "language": "en"}


def end(scene: Scene, alternate: Any) -> None:
    given = {"appointment": str(alternate.appointment.pk), "why": "Left."}
    done(scene.icat.unicef.does(EndAppointment, scene.icat.group, **given))


def all_kept(page: Any) -> list[str]:
    import html

    return [
        html.unescape(found)
        for found in re.findall(r"<textarea[^>]*readonly[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)
    ]


def kept(page: Any) -> str:
    (only,) = all_kept(page)
    return only


def test_an_appointment_that_ended_between_opening_and_sending_is_told_and_what_was_typed_is_kept(
    committed: Scene,
) -> None:
    alternate = committed.icat.sends(committed.icat.unicef.organisation, "Alternate", "alternate")
    form = committed.opens(alternate, HandOverFocalPoint, committed.icat.group)  # the group itself is public
    end(committed, alternate)
    page = form.sends(**SUCCESSOR, why=TYPED)
    assert (page.status_code, notice(page)) == (403, ENDED)
    assert [*SUCCESSOR.values()][:2] + [TYPED] == all_kept(page)
    assert not Person.objects.filter(name="Successor").exists()


def test_the_same_when_one_acts_for_another_organisation_too(committed: Scene) -> None:
    """The form of the one is never sent for the other: who is asked chooses, and sends again."""
    icat = committed.icat
    alternate = icat.sends(icat.unicef.organisation, "Alternate", "alternate")
    Appointment.objects.create(
        person=alternate.person, organisation=icat.ilo.organisation, group=icat.group, capacity="alternate",
        **dated("2020"),
    )  # fmt: skip
    form = committed.opens(alternate, Object, committed.proposal)
    end(committed, alternate)
    page = form.sends(reason=TYPED)
    assert (page.status_code, notice(page), kept(page)) == (403, ENDED, TYPED)
    assert Objection.objects.count() == 0


@pytest.fixture
def double(scene: Scene) -> Any:
    """UNICEF's alternate, who is ILO's alternate too."""
    icat = scene.icat
    made = icat.sends(icat.unicef.organisation, "Double", "alternate")
    Appointment.objects.create(
        person=made.person, organisation=icat.ilo.organisation, group=icat.group, capacity="alternate", **dated("2020")
    )
    return made


def test_a_call_by_who_acts_for_several_says_for_whom(scene: Scene, double: Any) -> None:
    said = scene.calls(double, Object, scene.proposal, inputs={"reason": TYPED})
    assert (said.status_code, said.json()["kind"]) == (403, "several")
    ilo = double.person.appointments.get(organisation=scene.icat.ilo.organisation)
    done_ = scene.calls(double, Object, scene.proposal, inputs={"reason": TYPED}, **{"as": ilo.pk})
    assert (done_.status_code, Objection.objects.get().organisation.slug) == (201, "ilo")


def test_a_call_never_falls_to_another_organisation_when_the_chosen_appointment_has_ended(committed: Scene) -> None:
    icat = committed.icat
    both = icat.sends(icat.unicef.organisation, "Double", "alternate")
    Appointment.objects.create(
        person=both.person, organisation=icat.ilo.organisation, group=icat.group, capacity="alternate", **dated("2020")
    )
    client = both.signs_in(Client())
    chosen = client.post("/accounts/acting", {"appointment": both.appointment.pk})
    assert chosen.status_code == 303
    end(committed, both)
    body = {"inputs": {"reason": TYPED}, "once": "after"}
    answer = client.post(f"/api/icat/do/object/{committed.proposal.pk}", body, content_type="application/json")
    assert (answer.status_code, answer.json()["kind"], Objection.objects.count()) == (403, "ended", 0)


@pytest.mark.parametrize("as_", ["1", -1, True, [1], 2**64])
def test_a_call_under_an_appointment_that_is_none_is_told_so(scene: Scene, as_: Any) -> None:
    answer = scene.calls(scene.icat.ilo, Object, scene.proposal, inputs={"reason": TYPED}, **{"as": as_})
    assert (answer.status_code, answer.json()["kind"]) == (400, "not_json")


def test_whose_only_appointment_ended_no_longer_sees_what_is_the_groups(committed: Scene) -> None:
    alternate = committed.icat.sends(committed.icat.unicef.organisation, "Alternate", "alternate")
    form = committed.opens(alternate, Object, committed.proposal)
    end(committed, alternate)
    assert form.sends(reason=TYPED).status_code == 404
    assert Objection.objects.count() == 0


def test_a_handed_over_focal_point_no_longer_acts_from_that_instant(committed: Scene) -> None:
    form = committed.opens(committed.icat.ilo, Appoint, committed.icat.group)
    done(committed.icat.ilo.does(HandOverFocalPoint, committed.icat.group, **SUCCESSOR))
    assert form.sends(capacity="contributor", **SUCCESSOR).status_code == 403
    assert committed.calls(committed.icat.ilo, Appoint, committed.icat.group).json()["kind"] == "no_standing"


def test_an_office_that_ended_gives_no_act_any_more(scene: Scene) -> None:
    from onevoice.groups.acts.memberships import EndOffice

    form = scene.opens(scene.icat.osce, AddAgendaItem, scene.meeting)
    holding = OfficeHolding.objects.get(
        office__body=scene.body, organisation=scene.icat.osce.organisation, standing=True
    )
    given = {"holding": str(holding.pk), "until": "2026-01-01", "why": "Rotation"}
    done(scene.icat.unodc.does(EndOffice, scene.body, **given))
    page = form.sends(title="One more item")
    assert page.status_code == 403
    assert "This act is for the secretariat or a chair or co-chair of the body. Nothing has changed." in notice(page)
    assert 'value="One more item"' in page.text


def test_a_session_that_ended_is_told_and_what_was_typed_is_kept(scene: Scene) -> None:
    form = scene.opens(scene.icat.ilo, Object, scene.proposal)
    form.client.logout()
    page = form.sends(reason=TYPED)
    assert page.status_code == 401
    assert notice(page) == (
        "This was not done Sign in to act for your organisation. Nothing has changed. Sign in"
    )
    assert kept(page) == TYPED
    assert f"/accounts/login/?next=%2Ficat%2Fdo%2Fobject%2F{scene.proposal.pk}" in page.text
    assert "Plan of work" not in page.text


def test_a_signed_out_sender_learns_nothing_of_what_is_there(scene: Scene) -> None:
    there, not_there = (
        Client().post(f"/icat/do/object/{pk}", {"reason": TYPED, "once": "x"}) for pk in (scene.proposal.pk, 10**6)
    )
    differs = r'do(/|%2F)object(/|%2F)\d+|name="csrfmiddlewaretoken" value="\w+"'
    same = {re.sub(differs, "", page.text) for page in (there, not_there)}
    assert (there.status_code, not_there.status_code, len(same)) == (401, 401, 1)


def test_an_office_in_another_group_asks_for_no_second_factor_here(scene: Scene) -> None:
    other: Any = scene.icat.neighbour
    plain = other.organisation("plain")
    other.member(plain)
    Appointment.objects.create(
        person=scene.icat.osce.person, organisation=plain, group=other.group, capacity="alternate", **dated("2020")
    )
    client = Client()
    client.force_login(scene.icat.osce.account)
    page = client.get(f"/neighbour/do/appoint/{other.group.pk}")
    assert page.status_code == 200
    assert "Set up a second factor to act" not in page.text


def test_an_office_here_asks_for_the_second_factor_whatever_one_may_do_in_another_group(scene: Scene) -> None:
    client = Client()
    client.force_login(scene.icat.osce.account)
    for address in (scene.address(AddAgendaItem, scene.meeting), "/icat/desk"):
        page = client.get(address)
        assert (page.status_code, page["Location"]) == (303, "/accounts/2fa/")
    answer = client.post(
        f"/api/icat/do/add-agenda-item/{scene.meeting.pk}", {"inputs": {"title": "x"}}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["kind"]) == (403, "no_second_factor")


def test_numbers_in_a_sentence_are_grouped_as_the_language_groups_them() -> None:
    refusal = Refusal("too_large", "{size} of {limit}, {number}", size=1_234_567, limit=65_536, number="2026/1")
    assert str(refusal) == "1,234,567 of 65,536, 2026/1"
    with translation.override("fr"):
        assert str(refusal) == "1\u202f234\u202f567 of 65\u202f536, 2026/1"


# Acts inside acts -------------------------------------------------------------------------------------------


@pytest.fixture
def made_up() -> Any:
    """Acts of a test, taken out of the register afterwards: no page and no matrix may find them."""
    from onevoice.enact import act

    known = dict(act._acts)
    yield
    act._acts.clear()
    act._acts.update(known)


def test_an_act_inside_an_act_raises_and_nothing_is_done(scene: Scene, made_up: None) -> None:
    class Nested(Act):
        """Calls another act, which acts never do."""

        on, by, label = groups.groups, (ORGANISATION,), "Nested"

        def happen(self, subject: Any) -> Facts:
            perform(CallForObjections, scene.proposal, Sending({}, "inner"), actor=scene.icat.osce.actor)
            return facts(subject)

    before = Performed.objects.count()
    with pytest.raises(RuntimeError, match="Acts never call acts"):
        perform(Nested, scene.icat.group, Sending({}, "outer"), actor=scene.icat.ilo.actor)
    scene.proposal.refresh_from_db()
    assert (scene.proposal.state, Performed.objects.count()) == ("tabled", before)
    done(scene.icat.osce.does(CallForObjections, scene.proposal))  # the door is open again


def test_an_act_that_fails_leaves_nothing_and_the_door_open(scene: Scene, made_up: None) -> None:
    class Fails(Act):
        """Changes something, then meets a defect of its own."""

        on, by, label = groups.groups, (ORGANISATION,), "Fails"

        def happen(self, subject: Any) -> Facts:
            Meeting.objects.update(state="cancelled")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        perform(Fails, scene.icat.group, Sending({}, "fails"), actor=scene.icat.ilo.actor)
    scene.meeting.refresh_from_db()
    assert scene.meeting.state == "convened"
    done(scene.icat.ilo.does(Object, scene.proposal, reason="No."))


def test_a_refusal_after_changes_takes_them_back(scene: Scene, made_up: None) -> None:
    class Regrets(Act):
        """Changes something, then refuses."""

        on, by, label = groups.groups, (ORGANISATION,), "Regrets"

        def happen(self, subject: Any) -> Facts:
            Meeting.objects.update(state="cancelled")
            raise Refusal("regrets", "It is not done. Nothing has changed.")

    answer = perform(Regrets, scene.icat.group, Sending({}, "regrets"), actor=scene.icat.ilo.actor)
    scene.meeting.refresh_from_db()
    assert (answer.kind, scene.meeting.state) == ("regrets", "convened")


def test_two_acts_of_one_name_are_refused_when_declared(made_up: None) -> None:
    with pytest.raises(RuntimeError, match="Two acts are called object"):
        type("Object", (Act,), {"__module__": "onevoice.groups.acts.people"})


# What the database forbids -----------------------------------------------------------------------------------


def test_a_declared_constraint_becomes_its_sentence(scene: Scene) -> None:
    done(scene.icat.ilo.does(Object, scene.proposal, reason="No."))
    answer = scene.icat.ilo.does(Object, scene.proposal, reason="No, again.")
    assert (answer.kind, str(answer)) == (
        "objects_once", "Your organisation has objected already. Nothing has changed.",
    )  # fmt: skip


def test_a_constraint_that_is_asked_at_the_commit_becomes_its_sentence_too(committed: Scene) -> None:
    office = {"office": "co_chair", "organisation": "osce", "since": "2026-01-01"}
    before = Entry.objects.count()
    answer = committed.icat.unodc.does(ElectOfficer, committed.body, **office)
    assert answer.kind == "holds_an_office_once"
    assert str(answer).startswith("This organisation holds this office already for part of that time.")
    assert Entry.objects.count() == before


def test_an_overlapping_membership_is_told_on_the_page_and_what_was_typed_is_kept(committed: Scene) -> None:
    form = committed.opens(committed.icat.unodc, AdmitMember, committed.body)
    # Admitted from 2049 on by somebody else, before the form is sent for a period that reaches into it.
    other = {"organisation": "unhcr", "kind": "member", "since": "2049-06-01"}
    done(committed.icat.osce.does(AdmitMember, committed.body, **other))
    page = form.sends(**other | {"since": "2026-01-01"})
    assert page.status_code == 403
    assert "This organisation is in this body already for part of that time." in notice(page)
    assert 'value="2026-01-01"' in page.text


def test_a_second_focal_point_is_refused_by_the_database(committed: Scene) -> None:
    given = {"organisation": "ilo", "capacity": "focal_point", "message": "Their letter."} | SUCCESSOR
    answer = committed.icat.unodc.does(EnterAppointment, committed.icat.group, **given)
    assert answer.kind == "one_focal_point_at_a_time"


def test_a_constraint_that_no_act_declared_is_a_defect_and_rises(scene: Scene, made_up: None) -> None:
    class Doubles(Act):
        """Breaks a rule that it does not know."""

        on, by, label = groups.groups, (ORGANISATION,), "Doubles"

        def happen(self, subject: Any) -> Facts:
            for _ in range(2):
                Objection.objects.create(
                    proposal=scene.proposal, organisation_id=self.actor.organisation, person_id=self.actor.person,
                    reason="No.", at=self.received_at,
                )  # fmt: skip
            return facts(subject)

    with pytest.raises(IntegrityError, match="objects_once"):
        perform(Doubles, scene.icat.group, Sending({}, "doubles"), actor=scene.icat.ilo.actor)
    assert Objection.objects.count() == 0


def test_every_constraint_that_an_act_names_is_one_of_the_database(scene: Scene) -> None:
    from onevoice.enact.act import all_acts

    with connection.cursor() as cursor:
        cursor.execute("select conname from pg_constraint union select indexname from pg_indexes")
        known = {name for (name,) in cursor.fetchall()}
    named = {f"{act.name}: {name}" for act in all_acts() for name in act.forbids if name not in known}
    assert named == set()


# What the room may not decide ---------------------------------------------------------------------------------


def test_nothing_is_decided_in_a_meeting_called_off(scene: Scene) -> None:
    proposal = scene.called()
    done(scene.icat.osce.does(CancelMeeting, scene.meeting))
    assert scene.icat.osce.does(DeclareAdopted, proposal).kind == "cancelled"


def test_objections_are_not_called_for_in_a_meeting_called_off(scene: Scene) -> None:
    done(scene.icat.osce.does(CancelMeeting, scene.meeting))
    assert scene.icat.osce.does(CallForObjections, scene.proposal).kind == "cancelled"


def test_two_bodies_with_one_pattern_never_give_one_number_twice(scene: Scene) -> None:
    from onevoice.meetings.acts import convening, room

    numbers = []
    for name in ("principals", "working-group"):
        body = scene.icat.bodies[name]
        if name == "working-group":
            for slug in ("osce", "unicef"):
                scene.icat.member(scene.icat.delegations[slug].organisation, "2020", body=body)
            scene.icat.holds("co_chair", scene.icat.osce.organisation, "2020", body=body)
        given = {"title": name, "day": "2049-01-14", "begins": "15:00", "ends": "17:00", "zone": "UTC", "agenda": "One"}
        meeting = done(scene.icat.osce.does(convening.ConveneMeeting, body, **given)).result
        in_session(meeting)
        present = ["osce", "unicef"] + (["unodc"] if name == "principals" else [])
        done(scene.icat.osce.does(RecordParticipation, meeting, present=present))
        proposal = done(
            scene.icat.unicef.does(room.ProposeText, meeting.agenda.get(), title=name, text="Words.")
        ).result
        done(scene.icat.osce.does(CallForObjections, proposal))
        proposal.refresh_from_db()
        numbers.append(done(scene.icat.osce.does(DeclareAdopted, proposal)).result.number)
    assert numbers == [f"{YEAR}/1", f"{YEAR}/2"]


def test_a_pattern_without_a_year_goes_on_and_one_in_another_script_has_an_address(scene: Scene) -> None:
    from onevoice.decisions.steps import adopt

    scene.body.decision_pattern = "قرار {number}"
    scene.body.save()
    decisions = [adopt(scene.proposed(), at=scene.meeting.starts_at.replace(year=year)) for year in (2026, 2049)]
    assert [decision.number for decision in decisions] == ["قرار 1", "قرار 2"]
    assert all(decision.slug.isascii() and decision.slug for decision in decisions)
    assert len({decision.slug for decision in decisions}) == 2


def test_a_chair_of_one_body_does_not_declare_for_another(scene: Scene) -> None:
    ilo = scene.icat.ilo
    scene.icat.holds("chair", ilo.organisation, "2020", body=scene.icat.bodies["working-group"])
    proposal = scene.called()
    answer = ilo.does(DeclareAdopted, proposal)
    assert isinstance(answer, Refusal) and answer.kind == "not_for_you"


def test_a_recorded_objection_is_of_a_member_that_is_present(scene: Scene) -> None:
    form = scene.opens(scene.icat.unodc, RecordObjection, scene.proposal)
    page = form.sends(organisation="icmpd", reason="Not there.")
    assert page.status_code == 422
    assert Objection.objects.count() == 0
