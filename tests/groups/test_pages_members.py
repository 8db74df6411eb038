"""The members of a group on a day, and the page of one organisation."""

import csv
import json
import re
from datetime import timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from onevoice.claims.models import Supersession
from onevoice.enact.perform import database_clock
from onevoice.groups.models import Body, Membership, OfficeHolding
from onevoice.parties.models import Succession
from reading import queries, words
from world import BY, World, claim, dated, many_organisations


def _rows(client: Client, address: str) -> dict[str, dict[str, str]]:
    """The list as its CSV gives it, by acronym."""
    content = client.get(address).getvalue().decode("utf-8-sig")
    return {row["Organisation"]: row for row in csv.DictReader(StringIO(content))}


def test_members_say_how_each_is_known(icat: World, client: Client) -> None:
    rows = _rows(client, "/icat/members?format=csv&as-of=2018-06-14&body=members")
    assert {acronym: (row["On this day"], row["How it is known"]) for acronym, row in rows.items()} == {
        "ICMPD": ("yes", "member since 2016"),
        "ILO": ("yes", "member since September 2006"),
        "OSCE": ("seen", "seen as a member on 14 June 2018"),
        "UN Women": ("between attestations", "seen as a member in 2011; seen as a member on 5 October 2018"),
        "UNHCR": ("yes", "member since September 2006"),
        "UNICEF": ("yes", "member since September 2006"),
        "UNODC": ("yes", "member since September 2006"),
    }


def test_a_member_of_a_month_is_perhaps_there_within_that_month(icat: World, client: Client) -> None:
    rows = _rows(client, "/icat/members?format=csv&as-of=2006-09-15")
    assert {row["On this day"] for acronym, row in rows.items() if acronym != "UN Women"} - {"not known"} == {
        "perhaps"
    }


def test_a_predecessor_stands_under_other_times_with_its_successor(icat: World, client: Client) -> None:
    said = words(client.get("/icat/members?as-of=2018-06-14&body=members"))
    assert "United Nations Development Fund for Women UN entity member from September 2006 to 2011" in said
    rows = _rows(client, "/icat/members?as-of=2018-06-14&other-format=csv")
    assert rows["UNIFEM"]["Became part of"] == "UN Women"
    assert "Successor of UNDAW, UNIFEM" in said or "Successor of UNIFEM, UNDAW" in said


def test_the_page_says_the_day_it_shows(icat: World, client: Client) -> None:
    said = words(client.get("/icat/members?as-of=2019-06-01"))
    assert "As of 1 June 2019: what held at the end of that day in Vienna, as it is known now." in said
    assert "In office on 1 June 2019: Coordinator UNODC Co-chairs OSCE and UN Women" in said


@pytest.mark.parametrize(
    "wrong", ["nonsense", "2019", "2019-02-30", "20190601", "9999-01-01", "2019-06-01T00:00", "\x00"]
)
def test_a_wrong_day_is_a_sentence_and_the_page_of_today(icat: World, client: Client, wrong: str) -> None:
    page = client.get("/icat/members", {"as-of": wrong})
    assert page.status_code == 400
    assert words(page).count("is not a day, so this page shows today. Write the day as 2019-06-01.") == 1
    assert "Organisations: 1 to 7 of 7" in words(page)


def test_what_was_known_on_a_day_leaves_out_what_was_learnt_later(icat: World, client: Client) -> None:
    assert "Chair, 2018" in words(client.get("/icat/members"))
    past = words(client.get("/icat/members?known-on=2019-06-01"))
    assert ("Chair, 2018" in past, "as it was known on 1 June 2019." in past) == (False, True)
    assert "No organisation is known in this group on this day." in past or "Nothing matches." in past


def test_memberships_are_shown_as_they_were_known_on_a_day(icat: World, client: Client) -> None:
    """Until yesterday the ILO was believed to be a partner since 2010; UN Women is known to be a member since today."""
    yesterday = database_clock() - timedelta(days=1)
    row = Membership.objects.get(organisation__slug="ilo", body=icat.members)
    wrong = icat.member(
        icat.ilo.organisation, "2010", kind="partner", claimed_at=yesterday - timedelta(days=9)
    )
    Supersession.objects.create(
        fact_table="groups_membership", fact_id=wrong.pk, by_fact_id=row.pk, why="misread", by=BY,
        at=yesterday + timedelta(days=1),
    )  # fmt: skip
    day = yesterday.date().isoformat()
    then = _rows(client, f"/icat/members?format=csv&body=members&known-on={day}")
    assert {name: row["How it is known"] for name, row in then.items()} == {"ILO": "partner since 2010"}
    assert (
        _rows(client, "/icat/members?format=csv&body=members")["ILO"]["How it is known"]
        == "member since September 2006"
    )


def test_a_superseded_office_is_shown_as_taken_back_alone(icat: World, client: Client) -> None:
    wrong = OfficeHolding.objects.get(office__kind="chair", since_written="2012")
    Supersession.objects.create(
        fact_table="groups_officeholding", fact_id=wrong.pk, why="another source", by=BY
    )
    said = words(client.get("/icat/members"))
    assert said.count("Chair, 2012") == said.count("What was taken back Chair, 2012") == 1


def test_neighbouring_years_of_one_holder_are_one_bar(icat: World, client: Client) -> None:
    content = client.get("/icat/members?as-of=2022-06-01").content.decode()
    table = content.partition('<table class="years">')[2].partition("</table>")[0]
    bars = re.findall(r'<td class="held" colspan="(\d+)">(.*?)</td>', table)
    assert bars[0] == (str(years_since(2007)), "<bdi>UNODC</bdi>")
    assert bars[-1] == (str(years_since(2023)), "<bdi>OSCE</bdi><br><bdi>UN Women</bdi>")


def years_since(first: int) -> int:
    """How many from a year to the one it is at the seat."""
    return database_clock().astimezone(ZoneInfo("Europe/Vienna")).year - first + 1


def test_sources_that_disagree_are_one_click_away(icat: World, client: Client) -> None:
    content = client.get("/icat/members").content.decode()
    details = content.partition("<summary>Sources disagree: size in 2019</summary>")[2].partition(
        "</details>"
    )[0]
    said = " ".join(re.sub(r"<[^>]+>", " ", details.replace("<wbr>", "")).split())
    assert said == (
        "22 organisations and one partner shown here icat.un.org/ about 24 entities osce.org/ cthb/ 441317"
    ).replace("/ ", "/")


def test_members_are_in_the_order_of_the_readers_language(icat: World, client: Client) -> None:
    for slug, name in (("aa", "Ångström"), ("zz", "Zeta"), ("cc", "čas"), ("c", "Cb")):
        icat.member(icat.organisation(slug, acronym=name))
    assert list(_rows(client, "/icat/members?format=csv"))[:3] == ["Ångström", "čas", "Cb"]


def test_kinds_filter_the_list_and_the_file(icat: World, client: Client) -> None:
    assert list(_rows(client, "/icat/members?format=csv&kind=regional")) == ["OSCE"]


def test_an_organisation_shows_its_names_offices_and_outputs(icat: World, client: Client) -> None:
    page = client.get("/icat/members/unodc")
    said = words(page)
    assert "Member since September 2006 founding meeting" in said
    assert (
        "French Office des Nations Unies contre la drogue et le crime (ONUDC) name from a label list" in said
    )
    assert "Outputs it contributed to The Gender Dimensions of Human Trafficking" in said
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode())
    assert json.loads(data)["@type"] == "Organization"
    assert json.loads(data)["memberOf"]["alternateName"] == "ICAT"


def test_what_lies_ahead_is_said_to_hold_from_its_day(icat: World, client: Client) -> None:
    icat.member(icat.organisation("later", acronym="LATER"), "2127-01-01")
    icat.holds("chair", icat.later.organisation, "2127-03")
    said = words(client.get("/icat/members/later"))
    assert ("Member from 1 January 2127" in said, "Chair, from March 2127" in said) == (True, True)
    said = words(client.get("/icat/members"))
    assert ("member from 1 January 2127" in said, "since 1 January 2127" in said) == (True, False)
    assert "Chair LATER from March 2127" in said


def test_an_organisation_of_another_group_is_not_found(icat: World, client: Client) -> None:
    for address in (
        "/icat/members/mallory",
        "/icat/members/nobody",
        "/nowhere/members",
        "/nowhere/members/unodc",
    ):
        assert client.get(address).status_code == 404
    assert client.get("/neighbour/members/mallory").status_code == 200


def test_mark_up_in_a_name_is_text(icat: World, client: Client) -> None:
    evil = icat.organisation("evil", acronym="<script>alert(1)</script>", name="<b>bold</b>\u202e")
    claim(icat.member(evil), "https://example.org/?a=<script>")
    for address in ("/icat/members", "/icat/members/evil"):
        content = client.get(address).content.decode()
        assert ("<script>alert" in content, "<b>bold" in content, "\u202e" in content) == (
            False,
            False,
            False,
        )


def test_a_page_is_fresh_and_spares_the_sending(icat: World, client: Client) -> None:
    first = client.get("/icat/members?as-of=2019-06-01")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/icat/members?as-of=2019-06-01", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_members_take_the_same_queries_for_few_and_for_many(
    icat: World, client: Client, settings: Any
) -> None:
    settings.ROWS_A_PAGE = 2_000
    assert queries(client, "/icat/members") == 13
    many_organisations(icat, 1_000, "2020")
    assert queries(client, "/icat/members") == 13


def test_an_organisation_takes_the_same_queries_for_few_and_for_many(icat: World, client: Client) -> None:
    assert queries(client, "/icat/members/unodc") == 10
    for number in range(100):
        icat.output(f"output-{number}").contributors.add(icat.unodc.organisation)
        claim(
            icat.member(icat.unodc.organisation, "2001", "2001", basis="attested"),
            f"https://example.org/{number}",
        )
    assert queries(client, "/icat/members/unodc") == 10


def test_offices_that_begin_later_are_not_listed_on_a_day(icat: World, client: Client) -> None:
    offices = {day: _rows(client, f"/icat/members?format=csv&as-of={day}")["OSCE"]["Offices held"] for day in
               ("2018-12-31", "2019-06-01")}  # fmt: skip
    assert offices == {"2018-12-31": "", "2019-06-01": "Co-chair, 2019"}


def test_an_office_of_several_bodies_names_its_body(icat: World, client: Client) -> None:
    said = words(client.get("/icat/members/osce"))
    body = icat.bodies["principals"].names["en"]
    assert f"Co-chair, since 2020 {body}" in said
    assert "Chair, 2018 Members" not in words(client.get("/icat/members/unicef"))  # no other body has a chair


def test_what_has_no_page_in_the_group_is_named_without_a_link(icat: World, client: Client) -> None:
    icat.organisation("elsewhere", acronym="ELSE")
    ilo, other = icat.ilo.organisation, icat.elsewhere.organisation
    Succession.objects.create(predecessor=other, successor=ilo, when_written="2001", claimed_by=BY)
    page = client.get("/icat/members/ilo")
    assert "Successor of ELSE 2001" in words(page) and "members/elsewhere" not in page.content.decode()
    assert client.get("/icat/members/elsewhere").status_code == 404
    assert "/icat/members/unifem" in client.get("/icat/members/un-women").content.decode()
    Succession.objects.create(predecessor=icat.unhcr.organisation, successor=other, claimed_by=BY)
    for address in ("/icat/members/unhcr", "/icat/members?as-of=1990-01-01"):
        page = client.get(address)
        assert "ELSE" in words(page) and "members/elsewhere" not in page.content.decode()


# --- what became part of another -------------------------------------------------------------------------------
def _seen_once(icat: World, when: str = "") -> None:
    """The Fund is seen as a member in 2006 only, and became part of UN Women."""
    fund = icat.organisation("fund", acronym="FUND")
    icat.member(fund, "2006", "2006", basis="attested")
    Succession.objects.create(
        predecessor=fund, successor=icat.un_women.organisation, when_written=when, claimed_by=BY
    )


def test_what_became_part_of_another_says_so_where_the_date_is_not_known(icat: World, client: Client) -> None:
    _seen_once(icat)
    said = words(client.get("/icat/members/fund"))
    assert "All organisations became part of UN Women; the date is not known" in said
    assert "not known on" not in said
    assert "not known on 1 June 2008" in words(client.get("/icat/members/fund?as-of=2008-06-01"))
    before = _rows(client, "/icat/members?other-format=csv&body=members")["FUND"]
    assert (before["How it is known"], before["Became part of"]) == ("seen as a member in 2006", "UN Women")
    assert "FUND" not in _rows(client, "/icat/members?format=csv")
    assert _rows(client, "/icat/members?format=csv&as-of=2008-06-01")["FUND"]["On this day"] == "not known"


def test_what_became_part_of_another_says_when(icat: World, client: Client) -> None:
    _seen_once(icat, "2010-07-02")
    assert "became part of UN Women, 2 July 2010" in words(client.get("/icat/members/fund"))
    then = words(client.get("/icat/members/fund?as-of=2010-07-01"))
    assert "not known on 1 July 2010" in then
    assert "became part of UN Women, 2 July 2010" in words(client.get("/icat/members/fund?as-of=2010-07-02"))


# --- in several bodies -----------------------------------------------------------------------------------------
def _only_elsewhere(icat: World) -> None:
    """NEW sits in the Working Group alone; its seat among the Principals begins in a hundred years."""
    new = icat.organisation("new", acronym="NEW")
    icat.member(new, "2020", body=icat.bodies["working-group"])
    icat.member(new, "2127-01-01", body=icat.bodies["principals"])


def test_whoever_is_in_any_body_of_the_group_is_a_member_and_the_bodies_are_named(
    icat: World, client: Client
) -> None:
    _only_elsewhere(icat)
    row = _rows(client, "/icat/members?format=csv")["NEW"]
    assert (row["On this day"], row["Bodies"]) == ("yes", "Working Group")
    assert row["How it is known"] == (
        "Principals: member from 1 January 2127; Working Group: member since 2020"
    )
    assert "NEW" not in _rows(client, "/icat/members?other-format=csv")
    said = words(client.get("/icat/members"))
    assert "yes Working Group" in said
    assert "Whoever is in any body of the group counts, and the bodies are named." in said
    assert _rows(client, "/icat/members?format=csv")["ILO"]["Bodies"] == "All organisations; Principals"
    assert _rows(client, "/icat/members?format=csv&as-of=2010-01-01")["ILO"]["Bodies"] == "All organisations"


def test_the_members_of_one_body_are_asked_for_by_its_name(icat: World, client: Client) -> None:
    _only_elsewhere(icat)
    assert "NEW" not in _rows(client, "/icat/members?format=csv&body=principals")
    assert "NEW" in _rows(client, "/icat/members?other-format=csv&body=principals")
    row = _rows(client, "/icat/members?format=csv&body=working-group")["NEW"]
    assert (row["How it is known"], row["Bodies"]) == ("member since 2020", "")
    page = client.get("/icat/members?body=principals")
    assert "<h1>Members: Principals</h1>" in page.text.replace("<bdi>", "").replace("</bdi>", "")
    said = words(page)
    assert "These had left Principals, had become part of another organisation, or had not yet joined" in said
    assert "body=principals" in page.text.partition("Link to this view")[0].rpartition("<a href=")[2]
    for unknown in ("zebra", "%00"):
        wrong = client.get(f"/icat/members?body={unknown}")
        assert (wrong.status_code, wrong.text.count('<p class="notice caution">')) == (400, 1)


def test_a_group_with_one_body_of_members_is_not_asked_which(icat: World, client: Client) -> None:
    body = Body.objects.get(group__slug="neighbour", slug="members")
    icat.member(icat.ilo.organisation, "2006-09", body=body)
    page = client.get("/neighbour/members")
    assert ('name="body"' in page.text, "any body" in words(page)) == (False, False)
    row = _rows(client, "/neighbour/members?format=csv")["ILO"]
    assert (row["How it is known"], row["Bodies"]) == ("member since September 2006", "")


# --- the lists beside it ---------------------------------------------------------------------------------------
def _file(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get(address).getvalue().decode("utf-8-sig"))))


def _offices(client: Client, asked: str) -> list[tuple[str, str, str]]:
    rows = _file(client, f"/icat/members?offices-format=csv{asked}")
    return [(row["Office"], row["Organisation"], row["Since"]) for row in rows]


def test_offices_stand_the_latest_first_and_in_any_other_order(icat: World, client: Client) -> None:
    usual = _offices(client, "")
    since = [row[2] for row in usual]
    assert since == sorted(since, reverse=True) and len(usual) > 5
    by_name = [row[1] for row in _offices(client, "&offices-sort=organisation")]
    assert by_name == sorted(by_name, key=str.lower)
    assert [row[2] for row in _offices(client, "&offices-sort=period")] == since[::-1]


def test_offices_are_found_by_kind_and_by_words_in_whatever_language(icat: World, client: Client) -> None:
    assert {row[0] for row in _offices(client, "&offices-office=coordinator")} == {"Coordinator"}
    assert {row[1] for row in _offices(client, "&offices-q=drogue+crim")} == {"UNODC"}  # in French
    assert _offices(client, "&offices-q=nothing") == []


def test_an_office_in_the_file_has_its_dates_and_sources(icat: World, client: Client) -> None:
    claim(OfficeHolding.objects.get(office__kind="chair", since_written="2012"), "https://example.org/chair")
    (row,) = _file(client, "/icat/members?offices-format=csv&offices-q=chair+2012")
    assert (row["Office"], row["Held"], row["Since"], row["Until"]) == ("Chair", "2012", "2012", "2012")
    assert row["Sources"] == "https://icat.un.org/about; https://example.org/chair"


def test_offices_as_of_a_day_are_those_known_then(icat: World, client: Client) -> None:
    assert ("Chair", "2018") in {(o, s) for o, _, s in _offices(client, "")}
    assert "2018" not in {s for o, _, s in _offices(client, "&known-on=2019-06-01") if o == "Chair"}


def test_sizes_stand_the_earliest_first_and_in_any_other_order(icat: World, client: Client) -> None:
    def dates(asked: str) -> list[str]:
        return [row["Date"] for row in _file(client, f"/icat/members?sizes-format=csv{asked}")]

    first = dates("")
    assert first == sorted(first) and len(first) > 1
    assert dates("&sizes-sort=-date") == first[::-1]
    counts = [
        int(row["How many"]) for row in _file(client, "/icat/members?sizes-format=csv&sizes-sort=count")
    ]
    assert counts == sorted(counts)
    assert dates(f"&sizes-q={first[0]}") == [first[0]]


def test_each_list_of_the_page_keeps_the_day_and_what_was_asked_of_the_others(
    icat: World, client: Client
) -> None:
    page = client.get(
        "/icat/members?as-of=2019-06-01&kind=regional&offices-sort=chosen&sizes-sort=-count"
    ).text
    links = re.findall(r'<a href="([^"]*)">Link to this view</a>', page)
    assert len(links) == 4
    for link in links:
        path = link.partition("#")[0].partition("?")[2].replace("&amp;", "&")
        assert set(path.split("&")) == {
            "as-of=2019-06-01", "kind=regional", "offices-sort=chosen", "sizes-sort=-count",
        }  # fmt: skip
    form = page.partition('<form class="filter" action="/icat/members#offices-list"')[2].partition("</form>")[
        0
    ]
    assert '<input type="hidden" name="as-of" value="2019-06-01">' in form


@pytest.mark.parametrize("prefix", ["", "other-", "offices-", "sizes-"])
@pytest.mark.parametrize("asked", ["sort=zebra", "page=99", "q=%00", "office=zebra"])
def test_what_a_list_of_the_page_does_not_have_is_said_once(
    icat: World, client: Client, prefix: str, asked: str
) -> None:
    if asked.startswith("office=") and prefix != "offices-":
        return
    page = client.get(f"/icat/members?{prefix}{asked}")
    assert (page.status_code, page.text.count('<p class="notice caution">')) == (400, 1)


def test_in_an_empty_group_a_fault_of_any_list_is_said(icat: World, client: Client) -> None:
    for prefix in ("", "other-", "offices-", "sizes-"):
        page = client.get(f"/neighbour/members?{prefix}sort=zebra")
        assert (page.status_code, "cannot be sorted by “zebra”" in words(page)) == (400, True)


@pytest.mark.parametrize(
    "asked", ["offices-format=csv", "sizes-format=csv", "other-format=xlsx", "offices-sort=office"]
)
def test_files_of_the_lists_take_the_same_queries_for_few_and_for_many(
    icat: World, client: Client, settings: Any, asked: str
) -> None:
    settings.ROWS_A_PAGE = 2_000
    few = queries(client, f"/icat/members?{asked}")
    for number in range(300):
        organisation = icat.organisation(f"org-{number}")
        icat.member(organisation, "2001", "2002")
        icat.holds("co_chair", organisation, "2020")
    assert queries(client, f"/icat/members?{asked}") == few == 13


def test_what_shows_all_years_says_so_beside_a_day(icat: World, client: Client) -> None:
    say = "The chart and the list of offices show all years, before and after this day."
    assert [say in words(client.get(f"/icat/members{asked}")) for asked in ("?as-of=2019-06-01", "")] == [
        True,
        False,
    ]


def test_an_organisation_as_of_a_day_is_no_successor_yet_and_has_no_later_name(
    icat: World, client: Client
) -> None:
    ilo = icat.ilo.organisation
    Succession.objects.create(
        predecessor=icat.organisation("old", acronym="OLD"),
        successor=ilo,
        when_written="2015-03-01",
        claimed_by=BY,
    )
    icat.member(icat.old.organisation, "2010", "2014")
    ilo.names.create(names={"fr": "Un autre nom"}, **dated("2016", "2016", "attested"))
    for day, there in (("2015-02-28", False), ("2016-12-31", True)):
        said = words(client.get(f"/icat/members/ilo?as-of={day}"))
        assert ("Successor of OLD" in said, "Un autre nom" in said) == (there, there)
        assert ("Became part of" in words(client.get(f"/icat/members/old?as-of={day}"))) is there


def test_where_nothing_was_known_the_page_says_so(icat: World, client: Client) -> None:
    asked = "?known-on=2001-01-01"
    member, members, about = (
        words(client.get(f"/icat/{page}{asked}")) for page in ("members/unodc", "members", "about")
    )
    assert "Membership Nothing about its memberships was known on 1 January 2001." in member
    assert "Offices held Nothing about offices was known on 1 January 2001." in member
    assert "No name of it was known on 1 January 2001." in member
    assert "Nothing about offices was known on 1 January 2001." in members
    assert "No published size of the group was known on 1 January 2001." in members
    assert "Nothing about offices was known on 1 January 2001." in about
    for page in ("members/unodc", "members", "about"):
        assert "was known on" not in words(client.get(f"/icat/{page}")).replace("as it was known on", "")


def test_an_organisation_as_of_a_day_has_no_office_and_no_event_of_later(client: Client, icat: Any) -> None:
    now, then = (words(client.get(f"/icat/members/unhcr{asked}")) for asked in ("", "?as-of=2019-06-01"))
    assert ("2021" in now, "2021" in then) == (True, False)
