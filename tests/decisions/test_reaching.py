"""Who is reached by notices of a procedure, what follows where one is not, and links by mail that act once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from decisions.test_silence import Silence, again, notices_taken, objects
from onevoice.decisions.reaching import WARNING, follow, follow_late
from onevoice.decisions.visible import holding
from onevoice.enact.subjects import key_of
from onevoice.notices import links
from onevoice.notices.delivery import note
from onevoice.notices.models import Delivery, Letter, Step


@pytest.fixture
def silence(icat: Any) -> Silence:
    cache.clear()
    return Silence(icat)


@pytest.fixture
def two(icat: Any) -> Any:
    """ILO has an alternate and a principal besides its focal point."""
    return (
        icat.sends(icat.ilo.organisation, "Alternate", "alternate"),
        icat.sends(icat.ilo.organisation, "Head", "principal"),
    )


def notices(proposal: Any, who: Any, **found: Any) -> list[Letter]:
    found = {"turn__isnull": False} | found
    rows = Letter.objects.filter(about=key_of(proposal), address=who.account.email, **found)
    return list(rows.order_by("pk"))


def unreached(proposal: Any) -> set[str]:
    return set(holding(again(proposal)).unreached)


def happens(proposal: Any, step: Step, *whose: Any) -> None:
    for who in whose:
        for letter in notices(proposal, who):
            note(letter, step)
    follow(again(proposal))


def ended(proposal: Any) -> str:
    """What holds a second after the end."""
    from onevoice.decisions.procedures import outcome_of

    procedure = again(proposal).procedure
    return outcome_of(procedure, at=procedure.ends_at + timedelta(seconds=1)).state.value


def every_member(icat: Any) -> list[Any]:
    return [getattr(icat, name) for name in ("unodc", "osce", "un_women", "unicef", "ilo", "icmpd")]


# --- who is reached --------------------------------------------------------------------------------------------------


def test_silence_counts_for_nobody_until_a_mail_server_has_taken_the_notice(silence: Silence) -> None:
    proposal = silence.starts(told=False)
    assert len(unreached(proposal)) == 6
    assert ended(proposal) == "waiting"
    happens(proposal, Step.ACCEPTED, *every_member(silence.icat)[1:])
    assert unreached(proposal) == {"unodc"}
    assert ended(proposal) == "waiting"
    happens(proposal, Step.ACCEPTED, silence.icat.unodc)
    assert (unreached(proposal), ended(proposal)) == (set(), "adopted")


def test_following_the_ledger_twice_changes_nothing_more(silence: Silence) -> None:
    proposal = silence.starts()
    before = proposal.procedure.received.count()
    follow(again(proposal))
    notices_taken(proposal)
    assert proposal.procedure.received.count() == before


def test_who_has_acted_is_waited_for_no_more(silence: Silence) -> None:
    from onevoice.decisions.acts.positions import AgreeNow

    proposal = silence.starts(told=False)
    happens(proposal, Step.ACCEPTED, *every_member(silence.icat)[1:])
    silence.icat.unodc.does(AgreeNow, again(proposal))
    assert (unreached(proposal), ended(proposal)) == (set(), "adopted")


def test_a_notice_that_comes_back_keeps_silence_from_counting(silence: Silence) -> None:
    proposal = silence.starts()
    assert ended(proposal) == "adopted"
    happens(proposal, Step.BOUNCED, silence.icat.ilo)
    assert (unreached(proposal), ended(proposal)) == ({"ilo"}, "waiting")


def test_who_opens_the_page_is_reached_whatever_came_back(silence: Silence, client: Client) -> None:
    proposal = silence.starts()
    happens(proposal, Step.BOUNCED, silence.icat.ilo)
    silence.icat.ilo.signs_in(client).get(proposal.get_absolute_url())
    follow(again(proposal))
    assert unreached(proposal) == set()


def test_where_the_rules_do_not_say_so_silence_counts_all_the_same(icat: Any) -> None:
    counts = Silence(icat, **{"undelivered_counts = false": "undelivered_counts = true"})
    proposal = counts.starts(told=False)
    happens(proposal, Step.BOUNCED, icat.ilo)
    assert ended(proposal) == "adopted"


def test_a_new_text_is_told_anew(silence: Silence) -> None:
    from onevoice.decisions.acts.clock import ReviseText

    proposal = silence.starts()
    silence.icat.osce.does(ReviseText, again(proposal), text="They meet in June.")
    assert len(unreached(proposal)) == 6
    notices_taken(proposal)
    assert unreached(proposal) == set()


# --- who is told in another's place ----------------------------------------------------------------------------------


def raised(proposal: Any) -> list[str]:
    rows = Letter.objects.filter(about=key_of(proposal), kind="raised")
    return list(rows.order_by("pk").values_list("address", flat=True))


def test_the_alternate_is_told_when_the_focal_points_notice_comes_back_then_the_principal(
    silence: Silence, two: Any
) -> None:
    alternate, principal = two
    proposal = silence.starts()
    assert notices(proposal, principal) == []
    happens(proposal, Step.BOUNCED, silence.icat.ilo)
    assert raised(proposal) == [alternate.account.email]
    follow(again(proposal))
    assert raised(proposal) == [alternate.account.email]
    assert unreached(proposal) == set()
    happens(proposal, Step.BOUNCED, alternate)
    assert raised(proposal) == [alternate.account.email, principal.account.email]
    assert unreached(proposal) == {"ilo"}
    happens(proposal, Step.ACCEPTED, principal)
    assert unreached(proposal) == set()


def test_where_the_rules_name_principals_they_are_told_first(icat: Any, two: Any) -> None:
    alternate, principal = two
    levels = 'levels = ["focal point", "alternate"]'
    proposal = Silence(icat, **{levels: 'levels = ["principal", "focal point"]'}).starts()
    assert len(notices(proposal, principal)) == len(notices(proposal, icat.ilo)) == 1
    assert notices(proposal, alternate) == []
    happens(proposal, Step.BOUNCED, icat.ilo)
    assert raised(proposal) == [principal.account.email]


# --- the chair is warned ---------------------------------------------------------------------------------------------


def warned(proposal: Any) -> list[str]:
    return sorted(
        Letter.objects.filter(about=key_of(proposal), kind=WARNING).values_list("address", flat=True)
    )


def leaders(icat: Any) -> list[str]:
    return sorted(one.account.email for one in (icat.unodc, icat.osce, icat.un_women))


def test_the_chair_and_the_secretariat_are_warned_once_of_a_member_that_no_notice_reached(
    silence: Silence,
) -> None:
    proposal = silence.starts()
    happens(proposal, Step.BOUNCED, silence.icat.ilo)
    follow(again(proposal))
    assert warned(proposal) == leaders(silence.icat)
    letter = Letter.objects.filter(kind=WARNING).first()
    assert letter is not None and "\nILO\n" in letter.body


def test_what_no_mail_server_takes_warns_the_chair_after_hours_on_the_desk_too(silence: Silence) -> None:
    from onevoice.decisions.reaching import not_reached
    from onevoice.enact.perform import database_clock

    osce = silence.icat.osce
    proposal = silence.starts(told=False)
    follow_late()
    assert warned(proposal) == []
    Letter.objects.filter(turn=0).update(queued_at=database_clock() - timedelta(hours=4, minutes=1))
    follow_late()
    follow_late()
    assert warned(proposal) == leaders(silence.icat)
    (owed,) = not_reached(osce.viewer, osce.actor, now=database_clock())
    assert owed.address == f"{proposal.get_absolute_url()}#notices"
    ilo = silence.icat.ilo
    assert not_reached(ilo.viewer, ilo.actor, now=database_clock()) == []


def test_a_warning_that_a_chair_opens_reaches_no_member(silence: Silence, client: Client) -> None:
    proposal = silence.starts()
    happens(proposal, Step.BOUNCED, silence.icat.ilo)
    silence.icat.osce.signs_in(client).get(proposal.get_absolute_url())
    follow(again(proposal))
    assert unreached(proposal) == {"ilo"}


def test_the_board_shows_those_who_lead_who_is_reached_and_has_opened(
    silence: Silence, client: Client
) -> None:
    proposal = silence.starts()
    happens(proposal, Step.BOUNCED, silence.icat.ilo)
    silence.icat.unicef.signs_in(Client()).get(proposal.get_absolute_url())
    page = silence.icat.osce.signs_in(client).get(proposal.get_absolute_url()).content.decode()
    board = re.search(r'<caption id="notices">.*?</table>', page, re.DOTALL)[0]  # type: ignore[index]
    rows = {
        re.sub(r"<[^>]*>|\s+", " ", row).strip()
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", board)
    }
    words = {row.split()[0]: " ".join(row.split()[1:]) for row in rows}
    assert (words["ILO"], words["UNICEF"], words["ICMPD"]) == (
        "Not reached not yet",
        "Reached yes",
        "Reached not yet",
    )
    member = silence.icat.ilo.signs_in(client).get(proposal.get_absolute_url()).content.decode()
    assert 'id="notices"' not in member


# --- links by mail ---------------------------------------------------------------------------------------------------


def link(proposal: Any, who: Any, which: int = 0) -> str:
    """The address that a letter carries, as it leaves: to object, or (1) to agree."""
    (letter,) = notices(proposal, who, turn=0)[:1]
    return re.findall(r"http://testserver(\S*/by-mail/\S+)", links.sealed(letter.body))[which]


def test_two_taps_object_without_an_account_and_the_record_says_how_it_came(
    silence: Silence, client: Client
) -> None:
    proposal = silence.starts()
    address = link(proposal, silence.icat.ilo)
    page = client.get(address)
    assert page.status_code == 200
    for words in (
        "Plan endorsed",
        "The text is adopted when the clock ends",
        "Object, and break the silence",
    ):
        assert words in page.content.decode()
    assert page.headers["Cache-Control"].find("no-store") >= 0
    assert client.post(address, {}).headers["Location"] == address
    outcome = holding(again(proposal))
    assert (outcome.state.value, set(outcome.standing[0].members)) == ("held up", {"ilo"})
    from onevoice.enact.models import Performed

    done = Performed.objects.get(act="decisions.break_silence")
    assert (done.facts["came_by"], done.person) == ("mailed_link", silence.icat.ilo.person.pk)
    shown = client.get(address)
    assert "Your objection counts." in shown.content.decode()


def test_a_second_use_shows_the_receipt_and_does_nothing(silence: Silence, client: Client) -> None:
    proposal = silence.starts()
    address = link(proposal, silence.icat.ilo)
    client.post(address, {"reason": "One."})
    again_sent = client.post(address, {"reason": "Two."})
    assert (again_sent.status_code, "used, once" in again_sent.content.decode()) == (200, True)
    assert again(proposal).procedure.received.filter(what="objected").count() == 1


def test_programs_that_look_into_mail_change_nothing(silence: Silence, client: Client) -> None:
    proposal = silence.starts()
    received, ledger = proposal.procedure.received.count(), Delivery.objects.count()
    for which in (0, 1):
        for method in (client.get, client.head):
            assert method(link(proposal, silence.icat.ilo, which)).status_code == 200
    assert (proposal.procedure.received.count(), Delivery.objects.count()) == (received, ledger)


def test_agreeing_by_link_spares_the_reminder(silence: Silence, client: Client) -> None:
    proposal = silence.starts()
    client.post(link(proposal, silence.icat.ilo, 1), {})
    assert holding(again(proposal)).took_part == {"ilo"}


def test_nothing_in_the_database_opens_a_link(silence: Silence, client: Client) -> None:
    from onevoice.enact.models import MailedLink

    proposal = silence.starts()
    (letter,) = notices(proposal, silence.icat.ilo, turn=0)
    stored = re.findall(r"http://testserver(\S*/by-mail/\S+)", letter.body)
    assert len(stored) == 2
    true = link(proposal, silence.icat.ilo)
    forged = [
        *stored,
        true[:-1] + ("A" if true[-1] != "A" else "B"),
        true + "A",
        f"{stored[0]}{'A' * links.SEAL}",
    ]
    other = link(proposal, silence.icat.icmpd)
    forged.append(true[: -links.SEAL] + other[-links.SEAL :])
    assert [client.get(one).status_code for one in forged] == [404] * 6
    assert MailedLink.objects.count() == 12


def test_a_link_ends_with_the_appointment(silence: Silence, client: Client) -> None:
    from onevoice.groups.acts.people import EndAppointment

    icat = silence.icat
    alternate = icat.sends(icat.ilo.organisation, "Alternate", "alternate")
    proposal = silence.starts()
    address = link(proposal, alternate)
    done = icat.ilo.does(EndAppointment, icat.group, appointment=str(alternate.appointment.pk))
    assert hasattr(done, "performed"), done
    page = client.post(address, {})
    assert page.status_code == 410
    assert "Plan endorsed" not in page.content.decode()
    assert not again(proposal).procedure.received.filter(what="objected").exists()


def test_a_link_expires(silence: Silence, client: Client) -> None:
    from onevoice.enact.models import MailedLink
    from onevoice.enact.perform import database_clock

    proposal = silence.starts()
    address = link(proposal, silence.icat.ilo)
    row = MailedLink.objects.get(number=links.opened(address.rpartition("/")[2]))
    assert timedelta(days=9) < row.expires_at - database_clock() < timedelta(days=11)
    row.expires_at = database_clock()
    row.number = links.new()
    row.pk = None
    row.save()
    late = address.rpartition("/")[0] + "/" + links.seal(row.number)
    assert [client.get(late).status_code, client.post(late, {}).status_code] == [410, 410]


def test_whose_organisation_holds_an_office_signs_in(silence: Silence, client: Client) -> None:
    proposal = silence.starts()
    address = link(proposal, silence.icat.osce)
    page = client.get(address)
    assert (page.status_code, "Sign in to do it" in page.content.decode()) == (200, True)
    assert client.post(address, {}).status_code == 403
    assert not again(proposal).procedure.received.filter(what="objected").exists()


def test_where_the_rules_ask_for_a_letter_there_is_no_link(icat: Any) -> None:
    proposal = Silence(icat, **{'form = "written"': 'form = "letter"'}).starts()
    (letter,) = notices(proposal, icat.ilo, turn=0)
    assert "/by-mail/" not in letter.body


def test_a_link_is_not_for_another_act_or_group(silence: Silence, client: Client) -> None:
    proposal = silence.starts()
    address = link(proposal, silence.icat.ilo)
    assert client.get(address.replace("/icat/", "/neighbour/")).status_code == 404


def test_links_are_opened_so_often_and_no_more(silence: Silence, client: Client) -> None:
    proposal = silence.starts()
    address = link(proposal, silence.icat.ilo)
    answers = [client.get(address).status_code for _ in range(62)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_an_objection_by_link_after_the_end_is_kept_as_late(silence: Silence, client: Client) -> None:
    from onevoice.decisions.acts.silence import BreakSilence
    from onevoice.enact import mailed

    proposal, ilo = silence.ran_out(timedelta(minutes=1)), silence.icat.ilo
    from onevoice.enact.perform import database_clock

    seat = (ilo.person.pk, ilo.appointment.pk)
    numbers = mailed.make(BreakSilence, proposal, [seat], expires_at=database_clock() + timedelta(days=6))
    address = f"/icat/by-mail/{links.seal(numbers[seat])}"
    assert "It counts if it is received" not in client.get(address).content.decode()
    client.post(address, {"reason": "Too late."})
    shown = client.get(address).content.decode()
    assert "It came too late" in shown
    assert again(proposal).procedure.received.get(what="objected").data["reasons"] == "Too late."


# --- the deadline in calendars ---------------------------------------------------------------------------------------


def entries(proposal: Any, who: Any) -> list[Any]:
    rows = Letter.objects.filter(about=key_of(proposal), address=who.account.email).exclude(calendar="")
    return [Calendar.from_ical(letter.calendar) for letter in rows.order_by("pk")]


def test_the_deadline_is_one_entry_that_moves_and_is_taken_away(silence: Silence) -> None:
    from onevoice.decisions.acts.clock import ExtendSilence

    proposal, icat = silence.starts(), silence.icat
    end = again(proposal).procedure.ends_at
    icat.osce.does(ExtendSilence, again(proposal))
    objects(silence, again(proposal))
    found = entries(proposal, icat.ilo)
    events = [one.walk("VEVENT")[0] for one in found]
    assert [str(one["METHOD"]) for one in found] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert len({str(one["UID"]) for one in events}) == 1
    assert [one["SEQUENCE"] for one in events] == sorted({one["SEQUENCE"] for one in events})
    assert events[0]["DTSTART"].dt == end.replace(microsecond=0)
    assert events[1]["DTSTART"].dt == end.replace(microsecond=0) + timedelta(hours=24)
    assert str(events[2]["STATUS"]) == "CANCELLED"


# --- what may be switched off ----------------------------------------------------------------------------------------


def test_a_notice_comes_whatever_the_profile_says_and_a_reminder_does_not(silence: Silence) -> None:
    from onevoice.decisions.letters import reminded
    from onevoice.enact.perform import database_clock
    from onevoice.parties.models import Account

    icat = silence.icat
    Account.objects.filter(person=icat.ilo.person).update(notices=False)
    proposal = silence.starts()
    reminded(again(proposal), ["ilo", "icmpd"], at=database_clock())
    assert [letter.kind for letter in notices(proposal, icat.ilo)] == ["procedure"]
    assert [(letter.kind, bool(letter.off)) for letter in notices(proposal, icat.icmpd)] == [
        ("procedure", False),
        ("work", True),
    ]


# --- letters that end, and the calendar that follows -----------------------------------------------------------------


def test_letters_about_work_are_switched_off_by_one_click_and_not_by_looking(silence: Silence) -> None:
    from onevoice.decisions.letters import reminded
    from onevoice.enact.perform import database_clock
    from onevoice.parties.models import Account

    proposal, ilo = silence.starts(), silence.icat.ilo
    reminded(again(proposal), ["ilo"], at=database_clock())
    address = notices(proposal, ilo)[1].off.removeprefix("http://testserver")
    strict = Client(enforce_csrf_checks=True)
    on = Account.objects.filter(person=ilo.person, notices=True)
    assert (strict.get(address).status_code, on.exists()) == (200, True)
    sent = strict.post(
        address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert (sent.status_code, on.exists()) == (200, False)
    assert strict.post(f"{address}x").status_code == 404


def test_the_feed_shows_what_is_owed_and_ends_with_its_address(silence: Silence, client: Client) -> None:
    from onevoice.decisions.acts.clock import ExtendSilence
    from onevoice.parties.accounts.calendar import address_of
    from onevoice.parties.models import Account

    icat, ilo = silence.icat, silence.icat.ilo
    proposal = silence.starts()
    ilo.signs_in(client).post("/accounts/calendar", {"calendar": "new"})
    account = Account.objects.get(person=ilo.person)
    address = address_of(account).removeprefix("http://testserver")
    assert address in client.get("/accounts/profile").content.decode()

    def events(where: str) -> list[Any]:
        return Calendar.from_ical(Client().get(where).content).walk("VEVENT")

    (event,) = events(address)
    end = again(proposal).procedure.ends_at
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == ("Plan endorsed", end.replace(microsecond=0))
    letters = entries(proposal, ilo)
    assert str(letters[0].walk("VEVENT")[0]["UID"]) == str(event["UID"])
    icat.osce.does(ExtendSilence, again(proposal))
    assert events(address)[0]["DTSTART"].dt == end.replace(microsecond=0) + timedelta(hours=24)
    objects(silence, again(proposal), who=ilo)
    assert events(address) == []
    stored = f"/accounts/calendar/{account.calendar}.ics"
    assert Client().get(stored).status_code == 404
    client.post("/accounts/calendar", {"calendar": ""})
    assert Client().get(address).status_code == 404


# --- reminders -------------------------------------------------------------------------------------------------------


def reminders(proposal: Any, who: Any) -> int:
    return len(notices(proposal, who, kind="work"))


def steps_pass(proposal: Any) -> None:
    """The next step of the clock comes."""
    from onevoice.decisions.models import Procedure
    from onevoice.decisions.reminding import remind_due
    from onevoice.enact.perform import database_clock

    Procedure.objects.filter(pk=proposal.pk, reminds_at__isnull=False).update(reminds_at=database_clock())
    remind_due()


def test_reminders_stop_at_once_for_whoever_acts_and_come_anew_with_a_new_text(silence: Silence) -> None:
    from onevoice.decisions.acts.clock import ReviseText
    from onevoice.decisions.acts.positions import AgreeNow

    proposal, icat = silence.starts(), silence.icat
    steps_pass(proposal)
    assert (reminders(proposal, icat.ilo), reminders(proposal, icat.icmpd)) == (1, 1)
    icat.ilo.does(AgreeNow, again(proposal))
    steps_pass(proposal)
    assert (reminders(proposal, icat.ilo), reminders(proposal, icat.icmpd)) == (1, 2)
    icat.osce.does(ReviseText, again(proposal), text="They meet in June.")
    notices_taken(proposal)
    steps_pass(proposal)
    assert sum(letter.turn == 1 for letter in notices(proposal, icat.ilo, kind="work")) == 1


def test_while_the_clock_stands_still_nobody_is_reminded(silence: Silence) -> None:
    proposal = silence.starts()
    objects(silence, proposal)
    before = Letter.objects.count()
    steps_pass(proposal)
    assert Letter.objects.count() == before


def test_a_reminder_carries_links_and_says_what_silence_means(silence: Silence) -> None:
    proposal = silence.starts()
    steps_pass(proposal)
    (letter,) = notices(proposal, silence.icat.ilo, kind="work")
    assert len(re.findall(r"/by-mail/\S+", letter.body)) == 2
    assert "The text is adopted when the clock ends, unless a member objects" in letter.body
