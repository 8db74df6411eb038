"""Receipts and desks say what was done, to whoever may see it; every signed-in page says for whom one acts."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enact.scenes import Scene, done
from onevoice.enact.models import Performed
from onevoice.groups.acts.memberships import AdmitMember, ElectOfficer, EndOffice, WithdrawMember
from onevoice.groups.acts.people import EnterAppointment, HandOverFocalPoint
from onevoice.groups.acts.successions import RecordSuccession
from onevoice.groups.models import Membership, OfficeHolding
from onevoice.meetings.acts.room import Object
from onevoice.record.append import erase

pytestmark = pytest.mark.django_db
PERSON = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def facts_on(performed: Performed, who: Any, prefix: str = "") -> dict[str, str]:
    """What the receipt page says, by its labels."""
    page = who.signs_in(Client()).get(f"{prefix}/icat/receipts/{performed.key}")
    assert page.status_code == 200
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.text, re.DOTALL)
    return {plain(label): plain(value) for label, value in rows}


def admitted(scene: Scene, slug: str = "wto") -> Performed:
    """An organisation that sits nowhere yet is admitted to the Principals."""
    scene.icat.organisation(slug, name=f"Name of {slug}")
    given = {"organisation": slug, "kind": "member", "since": "2026-01-31"}
    return done(scene.icat.unodc.does(AdmitMember, scene.body, **given)).performed


def test_a_receipt_says_whom_an_admission_admitted_and_from_when(scene: Scene) -> None:
    told = facts_on(admitted(scene), scene.icat.unodc)
    assert (told["Organisation"], told["As"], told["From"]) == ("WTO (Name of wto)", "Member", "31 January 2026")


def test_a_receipt_says_its_days_in_the_readers_language(scene: Scene) -> None:
    assert "31 janvier 2026" in facts_on(admitted(scene), scene.icat.unodc, "/fr").values()


def test_a_receipt_says_who_was_elected_to_what(scene: Scene) -> None:
    given = {"office": "co_chair", "organisation": "ilo", "since": "2049-01-01", "until": "2049-12-31"}
    told = facts_on(done(scene.icat.unodc.does(ElectOfficer, scene.body, **given)).performed, scene.icat.unodc)
    assert told["Office"] == "Co-chair" and told["Organisation"].startswith("ILO")
    assert (told["First day"], told["Last day"]) == ("1 January 2049", "31 December 2049")


def test_a_receipt_says_which_office_of_whom_ended_when_and_why(scene: Scene) -> None:
    holding = OfficeHolding.objects.filter(
        office__body=scene.body, office__kind="co_chair", organisation__slug="osce", standing=True
    ).latest("pk")
    given = {"holding": holding.pk, "until": "2049-01-31", "why": "It asked to be relieved."}
    told = facts_on(done(scene.icat.unodc.does(EndOffice, scene.body, **given)).performed, scene.icat.unodc)
    assert (told["Office"], told["Last day"], told["Why"]) == ("Co-chair", "31 January 2049", given["why"])
    assert told["Organisation"].startswith("OSCE")


def test_a_receipt_says_who_withdrew_as_what_when_and_why_until_that_is_erased(scene: Scene) -> None:
    seat = Membership.objects.get(body=scene.body, organisation__slug="ilo", standing=True)
    given = {"membership": seat.pk, "until": "2049-01-31", "why": "Its board decided so."}
    performed = done(scene.icat.unodc.does(WithdrawMember, scene.body, **given)).performed
    told = facts_on(performed, scene.icat.unodc)
    assert (told["As"], told["Last day"], told["Why"]) == ("Member", "31 January 2049", given["why"])
    assert told["Organisation"].startswith("ILO")
    assert given["why"] not in bytes(performed.entry.leaf).decode()  # type: ignore[union-attr]
    erase(performed.entry, ["why"])
    assert "Why" not in facts_on(performed, scene.icat.unodc)


def test_a_receipt_says_why_somebody_handed_over(scene: Scene) -> None:
    given = PERSON | {"why": "A new post."}
    performed = done(scene.icat.ilo.does(HandOverFocalPoint, scene.icat.group, **given)).performed
    colleague = scene.icat.sends(scene.icat.ilo.organisation, "Contributor", "contributor")
    assert facts_on(performed, colleague)["Why"] == "A new post."


def test_a_receipt_says_what_became_part_of_what_and_when(scene: Scene) -> None:
    given = {"predecessor": "ilo", "successor": "unicef", "when": "2020-09", "why": "They merged."}
    performed = done(scene.icat.unodc.does(RecordSuccession, scene.icat.group, **given)).performed
    told = facts_on(performed, scene.icat.unodc)
    assert told["Which organisation"].startswith("ILO") and told["Became part of"].startswith("UNICEF")
    assert (told["Date"], told["Why"]) == ("September 2020", "They merged.")


def test_a_receipt_names_the_person_until_the_name_is_erased(scene: Scene) -> None:
    performed = done(scene.icat.ilo.does(HandOverFocalPoint, scene.icat.group, **PERSON)).performed
    colleague = scene.icat.sends(scene.icat.ilo.organisation, "Contributor", "contributor")
    told = facts_on(performed, colleague)
    assert (told["Person"], told["As"]) == ("Ada Lovelace", "focal point")
    assert PERSON["address"] not in told.values()
    erase(performed.entry, ["to"])
    assert "Person" not in facts_on(performed, colleague)


def test_a_receipt_says_the_reason_until_it_is_erased(scene: Scene) -> None:
    performed = done(scene.icat.ilo.does(Object, scene.proposal, reason="Too long.")).performed
    assert "Too long." in facts_on(performed, scene.icat.ilo).values()
    erase(performed.entry, ["reason"])
    assert "Too long." not in facts_on(performed, scene.icat.ilo).values()


def happened(client: Client) -> list[str]:
    page = client.get("/icat/desk").text
    return [plain(one) for one in re.findall(r'<li class="done">(.*?)</li>', page, re.DOTALL)]


def test_the_desk_tells_like_acts_apart(scene: Scene) -> None:
    for slug in ("wto", "fao"):
        admitted(scene, slug)
    newest, before = happened(scene.icat.osce.signs_in(Client()))[:2]
    assert newest.endswith(", FAO") and before.endswith(", WTO")


def test_the_desk_does_not_name_again_who_acted(scene: Scene) -> None:
    done(scene.icat.ilo.does(HandOverFocalPoint, scene.icat.group, **PERSON))
    (newest, *_) = happened(scene.icat.osce.signs_in(Client()))
    assert newest.count("ILO") == 1


def test_the_desk_asks_as_much_for_many_acts_as_for_one(scene: Scene) -> None:
    def asked(client: Client) -> int:
        client.get("/icat/desk")
        with CaptureQueriesContext(connection) as queries:
            client.get("/icat/desk")
        return len(queries)

    admitted(scene)
    client = scene.icat.osce.signs_in(Client())
    few = asked(client)
    for slug in ("fao", "who"):
        admitted(scene, slug)
    assert asked(client) == few


# For whom one acts, on pages without a group ------------------------------------------------------------------


def bar(client: Client, path: str = "/docs/acts") -> str:
    found = re.search(r'<div class="acting">\s*<div class="page">\s*<p>(.*?)</p>', client.get(path).text, re.DOTALL)
    assert found
    return plain(found[1])


@pytest.mark.parametrize("path", ["/", "/docs/acts", "/docs/permissions", "/accounts/profile", "/privacy"])
def test_a_page_without_a_group_says_for_whom_one_acts(scene: Scene, path: str) -> None:
    assert bar(scene.icat.ilo.signs_in(Client()), path).startswith("You act for ILO as focal point.")


def test_who_acts_for_several_is_led_to_where_they_are_told(scene: Scene) -> None:
    entered = {"organisation": "unicef", "capacity": "contributor", "message": "As announced."}
    ilo = scene.icat.ilo
    person = {"full_name": ilo.person.name, "address": ilo.account.email, "language": "en"}
    done(scene.icat.unodc.does(EnterAppointment, scene.icat.group, **entered, **person))
    said = bar(ilo.signs_in(Client()))
    assert said.startswith("You are signed in. For whom you act")


def test_who_holds_an_office_without_a_second_factor_acts_for_nobody(scene: Scene) -> None:
    client = Client()
    client.force_login(scene.icat.unodc.account)
    assert bar(client).startswith("You are signed in.")


def test_it_takes_one_query_more(scene: Scene) -> None:
    client = scene.icat.ilo.signs_in(Client())
    client.get("/docs/acts")
    with CaptureQueriesContext(connection) as queries:
        client.get("/docs/acts")
    assert len([one for one in queries if "groups_appointment" in one["sql"]]) == 1
    assert not [one for one in queries if 'FROM "parties_organisationname"' in one["sql"].split("WHERE")[0][:200]]
