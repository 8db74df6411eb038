"""Tags say what they say in the reader's language, and let no mark-up through."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from onevoice.languages.words import Words

NOON = datetime(2026, 12, 7, 9, 40, tzinfo=UTC)


@dataclass
class Group:
    slug: str = "icat"
    acronym: str = "ICAT"
    names: Words = field(
        default_factory=lambda: {"en": "Inter-Agency Coordination Group", "ar": "فريق التنسيق"}
    )
    seat: Words = field(default_factory=lambda: {"en": "Vienna", "ar": "فيينا"})
    zone: str = "Europe/Vienna"
    demonstration: bool = False
    colour: str = "#0b4f71"
    colour_on_dark: str = "#93c8e6"
    pk: int = 1


def rendered(source, language="en", **context):
    with translation.override("zh-hans" if language == "zh" else language):
        return Template("{% load look %}" + source).render(Context(context))


def reader(zone="Africa/Nairobi", path="/icat"):
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=True, zone=zone)
    request.now = NOON
    return request


def test_words_in_the_language_asked_for_stand_bare():
    assert rendered("{% said w %}", "fr", w={"en": "Group", "fr": "Groupe"}) == "Groupe"


def test_words_in_another_language_say_which():
    assert rendered("{% said w %}", "ar", w={"en": "Group"}).startswith(
        '<span lang="en" dir="ltr">Group</span> <span class="told">'
    )
    assert (
        rendered("{% said w mark=False %}", "ar", w={"en": "Group"})
        == '<span lang="en" dir="ltr">Group</span>'
    )


def test_words_that_are_not_official_say_so():
    shown = rendered("{% said w %}", w={"en": {"text": "Austria", "basis": "label"}})
    assert shown == 'Austria <span class="told">name from a label list</span>'


@given(st.text())
def test_no_words_can_break_out_of_their_place(text):
    shown = rendered("{% said w %}{{ w|plain }}", w={"fr": text})
    assert (
        shown.replace('<span lang="fr" dir="ltr">', "")
        .replace('<span class="told">', "")
        .replace("</span>", "")
        .count("<")
        == 0
    )
    assert "\u202e" not in shown


def test_partial_dates_are_shown_as_far_as_they_are_known():
    assert rendered('{% partial "2006-09" %}') == '<time datetime="2006-09">September 2006</time>'
    assert (
        rendered('{% partial "2018-06-14" grain="weekday" %}')
        == '<time datetime="2018-06-14">Thursday 14 June 2018</time>'
    )
    assert rendered("{% partial nothing %}") == ""


def test_a_time_names_its_place_and_the_readers_own():
    assert rendered(
        "{% when at group.zone place=group.seat %}", at=NOON, group=Group(), request=reader()
    ) == (
        '<time datetime="2026-12-07T10:40:00+01:00">Monday 7 December 2026, 10:40</time> in Vienna '
        '<span class="yours">(12:40 in Nairobi)</span>'
    )


def test_a_reader_at_the_seat_sees_one_time():
    assert "yours" not in rendered(
        "{% when at group.zone %}", at=NOON, group=Group(), request=reader("Europe/Berlin")
    )


def test_a_deadline_says_how_far_off_it_is():
    at = datetime(2026, 12, 10, 16, 0, tzinfo=UTC)
    assert rendered("{% deadline at group.zone %}", at=at, group=Group(), request=reader("Asia/Tokyo")) == (
        '<p class="deadline"><time datetime="2026-12-10T17:00:00+01:00">'
        "Thursday 10 December 2026, 17:00</time> in Vienna "
        "<span>Fri 11 Dec 2026, 01:00 in Tokyo · in 3 days</span></p>"
    )


def test_an_organisation_is_a_link_in_the_language_of_the_page():
    unicef = SimpleNamespace(slug="unicef", acronym={"en": "UNICEF", "ar": "اليونيسيف"}, pk=3)
    assert rendered("{% organisation o %}", "ar", o=unicef, group=Group()) == (
        '<a class="organisation" href="/ar/icat/members/unicef"><bdi>اليونيسيف</bdi></a>'
    )
    assert rendered("{% organisation o link=False %}", o=unicef) == '<bdi class="organisation">UNICEF</bdi>'


def test_items_are_listed_as_the_language_does():
    assert rendered("{% listed items %}", items=["A", "<b>", "C"]) == "A, &lt;b&gt; and C"
    assert rendered("{% listed items %}", "zh", items=["A", "B"]) == "A和B"


def test_a_state_has_a_word_and_a_known_kind():
    assert rendered('{% state "done" "Cleared" %}') == '<span class="state done">Cleared</span>'
    with pytest.raises(ValueError, match="A state is one of"):
        rendered('{% state "green" "Cleared" %}')


def test_this_very_page_in_another_language():
    assert (
        rendered('{% address_in "zh" %}', request=reader(path="/fr/icat?as-of=2019")) == "/zh/icat?as-of=2019"
    )


@given(st.dictionaries(st.text(), st.text()))
def test_data_for_machines_cannot_end_its_element(data):
    import json

    shown = rendered("{% json_ld data %}", data=data)
    inside = shown.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == data


def test_captured_text_has_no_tags():
    assert rendered("{% captured as t text %} a <b>b</b>\n c{% endcaptured %}[{{ t }}]") == "[a b c]"
    with pytest.raises(TemplateSyntaxError):
        rendered("{% captured t %}{% endcaptured %}")
