"""What anybody may read: found from the home page, in one's own language, as of a day, by search, and taken away."""

import csv
import io
from typing import Any

from journeys.readers import Reader

BRIEFING = "/icat/events/2018-06-14-briefing-to-member-states"
QUOTED = (
    "the greater coordination that results from ICAT’s work",
    "is committed to take coordination to the next level",
    "proposing to have representation at Principal-level",
)
ARABIC = "العربية"


def test_a_reader_finds_the_briefing_of_2018_and_stays_on_it_in_arabic(reader: Any) -> None:
    public: Reader = reader(width=360, scripts=False).opens("/")
    public.follows("Inter-Agency Coordination Group against Trafficking in Persons")
    public.follows("All events")
    public.follows_in_row("14 June 2018")
    assert public.path == BRIEFING
    quotations = [one.inner_text() for one in public.page.locator("blockquote").all()]
    assert len(quotations) == 3
    public.follows("ICMPD")
    assert (public.path, public.heading) == (
        "/icat/members/icmpd", "International Centre for Migration Policy Development"
    )  # fmt: skip
    public.page.go_back(wait_until="domcontentloaded")
    public.follows(ARABIC, within="banner")
    public.language = "ar"
    assert (public.path, public.page.url.endswith(f"/ar{BRIEFING}")) == (BRIEFING, True)
    assert public.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert [one.inner_text() for one in public.page.locator("blockquote").all()] == quotations
    public.follows("Events", within="banner")
    assert (public.path, public.heading) == ("/icat/events", public.says("Events"))
    assert public.page.complaints == []


def test_members_are_asked_for_as_of_a_day(reader: Any) -> None:
    public: Reader = reader(scripts=False).opens("/icat/")
    public.follows("Members", within="banner")
    public.types("As of", "2019-06-01")
    public.presses("Show")
    assert "As of 1 June 2019: what held at the end of that day in" in public.text
    assert "OSCE" in public.page.locator("section[aria-labelledby=offices] dl.facts").inner_text()
    public.follows("See today")
    assert public.path == "/icat/members"


def test_words_lead_to_what_they_are_in(reader: Any) -> None:
    public: Reader = reader("ar", width=360, scripts=False).opens("/icat/")
    public.follows("Search", within="banner")
    public.types("Words, a name or a symbol", "72/195")
    public.presses("Search")
    public.page.get_by_role("main").locator("tbody").get_by_role("link").first.click()
    public.page.wait_for_url("**/ar/icat/mandates/*")
    assert "72/195" in public.text


def test_a_list_is_taken_away_as_a_table(reader: Any, tmp_path: Any) -> None:
    public: Reader = reader().opens("/icat/decisions")
    file = public.keeps("CSV", tmp_path)
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    shown = public.page.get_by_role("main").locator("table tbody tr").count()
    assert (file.suffix, len(rows) - 1, {len(row) for row in rows}) == (".csv", shown, {len(rows[0])})
