"""The frame: the same page in six languages, and errors in the right one."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from look.house import Group
from onevoice.look import frame
from onevoice.look.sheet import version

pytestmark = [pytest.mark.urls("look.house"), pytest.mark.django_db]  # the clock is the database's


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("prefix", "language", "direction"),
    [("", "en", "ltr"), ("/fr", "fr", "ltr"), ("/ar", "ar", "rtl"), ("/zh", "zh-Hans", "ltr")],
)
def test_the_address_decides_language_and_direction(client, prefix, language, direction):
    response = client.get(f"{prefix}/look", headers={"accept-language": "ru"})
    assert f'<html lang="{language}" dir="{direction}">' in response.text
    assert (response.status_code, response.headers["Content-Language"]) == (200, language)


def test_each_language_leads_to_the_very_same_page(client):
    text = client.get("/fr/icat/members?as-of=2019-06-01&page=2").text
    nav = re.search(r'<nav class="languages".*?</nav>', text, re.DOTALL)[0]
    assert re.findall(r'href="([^"]+)" lang="([^"]+)"', nav) == [
        ("/ar/icat/members?as-of=2019-06-01&amp;page=2", "ar"),
        ("/zh/icat/members?as-of=2019-06-01&amp;page=2", "zh-Hans"),
        ("/icat/members?as-of=2019-06-01&amp;page=2", "en"),
        ("/fr/icat/members?as-of=2019-06-01&amp;page=2", "fr"),
        ("/ru/icat/members?as-of=2019-06-01&amp;page=2", "ru"),
        ("/es/icat/members?as-of=2019-06-01&amp;page=2", "es"),
    ]
    assert len(re.findall('aria-current="true"', nav)) == 1


def test_search_engines_learn_of_every_language(client):
    text = client.get("/ar/look").text
    assert '<link rel="canonical" href="http://testserver/ar/look">' in text
    assert re.findall(r'hreflang="([^"]+)" href="([^"]+)"', text)[-7:] == [
        ("ar", "http://testserver/ar/look"),
        ("zh-Hans", "http://testserver/zh/look"),
        ("en", "http://testserver/look"),
        ("fr", "http://testserver/fr/look"),
        ("ru", "http://testserver/ru/look"),
        ("es", "http://testserver/es/look"),
        ("x-default", "http://testserver/look"),
    ]


def test_the_section_that_one_is_in_is_marked(client):
    text = client.get("/icat/members").text
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', text) == ["/icat/members"]


def test_a_demonstration_says_so(client):
    assert "Nothing here was said or decided" in client.get("/icat/members").text
    assert "Nothing here was said or decided" not in client.get("/look").text


def test_a_language_without_its_stroke_is_sent_to_its_home(client):
    assert client.get("/ar").headers["Location"] == "/ar/"


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("bad", 400),
        ("closed", 403),
        ("none", 404),
        ("large", 413),
        ("many", 429),
        ("broken", 500),
        ("away", 503),
    ],
)
def test_every_error_has_its_page_in_the_language_of_the_address(client, kind, status):
    response = client.get(f"/ar/failing/{kind}")
    assert (response.status_code, response.headers["Cache-Control"]) == (status, "no-store")
    assert '<html lang="ar" dir="rtl">' in response.text
    assert "<h1>" in response.text


def test_a_refusals_own_sentence_is_said(client):
    assert "Only the secretariat may read this." in client.get("/failing/closed").text


def test_a_path_that_is_not_there_is_not_found_in_its_language(client):
    response = client.get("/ar/nowhere")
    assert (response.status_code, '<html lang="ar" dir="rtl">' in response.text) == (404, True)
    assert client.get("/de/look").status_code == 404


def test_an_outage_says_when_to_come_back(client):
    assert client.get("/failing/away").headers["Retry-After"] == "5"


def test_the_sheet_is_kept_for_good_under_its_own_address_only(client):
    kept = client.get(f"/look/{version()}/onevoice.css")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["Content-Type"] == "text/css; charset=utf-8"
    assert client.get("/look/old/onevoice.css").headers["Cache-Control"] == "no-cache"


def test_a_groups_colours_come_as_a_sheet(client):
    address = re.search(r'href="(/look/colours/[^"]+)"', client.get("/icat/coloured").text)[1]
    assert client.get(address).text == (
        "@layer tokens { :root { --group: #5b1a1a; --group-on-dark: #f0b0b0; } }\n"
    )
    assert client.get("/look/colours/red-blue.css").status_code == 404
    assert "/look/colours/" not in client.get("/icat/members").text


def test_first_visit_is_small_and_of_few_requests(client):
    import gzip

    page = client.get("/look").text
    found = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', page)
    sizes = [len(gzip.compress(client.get(address).content)) for address in found]
    assert len(found) <= 3
    assert sum(sizes) + len(gzip.compress(page.encode())) < 25_000


def _signed_in(zone="Africa/Nairobi"):
    request = RequestFactory().get("/icat/desk")
    request.user = SimpleNamespace(is_authenticated=True, zone=zone)
    request.now = datetime(2026, 12, 7, 9, 40, tzinfo=UTC)
    actor = SimpleNamespace(organisation_words={"en": "UNICEF"}, organisation=3, capacity="alternate")
    request.standing = SimpleNamespace(actor=lambda group: actor if group == 1 else None)
    return request


def test_a_signed_in_reader_sees_for_whom_and_both_clocks():
    around = frame.Frame(_signed_in(), Group())
    assert (around.acting.organisation.text, str(around.acting.capacity)) == (
        "UNICEF",
        "alternate focal point",
    )
    assert [(clock.place, clock.shown) for clock in around.clocks] == [
        ("Vienna", "Mon 7 Dec 2026, 10:40"),
        ("Nairobi", "12:40"),
    ]
    assert around.sections[0].address == "/icat/desk"


def test_one_clock_is_enough_where_both_show_the_same():
    assert len(frame.Frame(_signed_in("Europe/Berlin"), Group()).clocks) == 1


def test_nobody_in_particular_sees_no_desk_and_no_bar():
    around = frame.Frame(RequestFactory().get("/icat/members"), Group())
    assert (around.acting, [link.label for link in around.sections if link.label == "Desk"]) == (None, [])


def test_the_whole_bar_is_written(monkeypatch):
    from django.template.loader import render_to_string

    monkeypatch.setattr(
        frame, "_reader_links", [lambda request, group: [frame.Link("/choose", "Act for another")]]
    )

    with translation.override("en"):
        text = render_to_string(
            "look/error.html", {"group": Group(), "heading": "Desk"}, request=_signed_in()
        )
    bar = " ".join(
        re.sub("<[^>]+>", "", re.search(r'<div class="acting">.*?</header>', text, re.DOTALL)[0]).split()
    )
    assert bar == (
        "You act for UNICEF as alternate focal point. Act for another Sign out "
        "Vienna (seat) Mon 7 Dec 2026, 10:40 Nairobi (you) 12:40"
    )
