"""One's own zone is chosen by region and city, with what the clocks show, the likely ones first."""

import re
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from onevoice.languages.names import CODES
from onevoice.parties.accounts import zones
from onevoice.parties.models import Account

WINTER, SUMMER = datetime(2027, 1, 14, 12, tzinfo=UTC), datetime(2027, 7, 14, 12, tzinfo=UTC)


def field(client: Client, path: str = "/accounts/profile", **headers: str) -> str:
    page = client.get(path, headers=headers).text
    return re.search(r'<select name="zone".*?</select>', page, re.DOTALL)[0]  # type: ignore[index]


def under(select: str, heading: str) -> list[str]:
    group = select.partition(f'<optgroup label="{heading}">')[2].partition("</optgroup>")[0]
    return re.findall(r'<option value="([^"]+)"', group)


def test_each_city_stands_in_its_region_with_what_its_clocks_show(icat: Any, client: Client) -> None:
    select = field(icat.unicef.signs_in(client))
    headings = re.findall(r'<optgroup label="([^"]+)">', select)
    assert headings == ["Likely ones", "Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania"]
    assert "Africa/Nairobi" in under(select, "Africa") and "Atlantic/Reykjavik" in under(select, "Europe")
    assert "Nairobi (UTC+3)" in select and "Kathmandu (UTC+5:45)" in select and "Accra (UTC)" in select


@pytest.mark.parametrize(("at", "offset"), [(WINTER, "UTC+1"), (SUMMER, "UTC+2")])
def test_the_offset_is_that_of_the_day(at: datetime, offset: str) -> None:
    assert zones.named("Europe/Vienna", "en", at=at) == f"Vienna ({offset})"
    assert zones.named("Europe/Vienna", "ru", at=at) == f"Вена ({offset})"


@pytest.mark.parametrize("language", CODES)
def test_every_zone_stands_once_in_every_language(language: str) -> None:
    found = zones.choices(language, at=WINTER, likely=["Europe/Vienna", "", "Europe/Vienna"])
    each = [zone for _heading, options in found for zone, _name in options]
    assert (len(each), len(set(each)), each[0]) == (417, 417, "Europe/Vienna")


def test_the_seat_the_own_zone_and_those_of_the_browser_come_first(icat: Any, client: Client) -> None:
    Account.objects.filter(pk=icat.unicef.account.pk).update(zone="Africa/Nairobi")
    select = field(icat.unicef.signs_in(client), **{"Accept-Language": "fr-CH, en-US;q=0.8, xx-YY"})
    assert under(select, "Likely ones") == ["Africa/Nairobi", "Europe/Vienna", "Europe/Zurich"]
    assert select.count("Africa/Nairobi") == select.count(" selected") == 1


def test_what_a_browser_names_wrongly_is_passed_over(icat: Any, client: Client) -> None:
    for said in ("", "*", "en", "a-b-c-d" * 100, "de-AT;q=x", "ZZ-ZZ"):
        assert under(field(icat.unicef.signs_in(client), **{"Accept-Language": said}), "Likely ones") == [
            "Europe/Vienna"
        ]


@pytest.mark.parametrize("language", ["", "/ar", "/ru"])
def test_the_profile_is_light(icat: Any, client: Client, language: str) -> None:
    page = icat.unicef.signs_in(client).get(f"{language}/accounts/profile")
    assert len(zlib.compress(page.content)) < 20_000


def test_choosing_a_zone_and_none(icat: Any, client: Client) -> None:
    icat.unicef.signs_in(client)
    for zone in ("Asia/Kathmandu", ""):
        client.post("/accounts/profile", {"language": "en", "zone": zone})
        assert Account.objects.get(pk=icat.unicef.account.pk).zone == zone
    assert client.post("/accounts/profile", {"language": "en", "zone": "Nowhere/None"}).status_code == 422
