"""How the secretariat describes its group, in English and then in the other languages."""

import re
from typing import Any

from django.test import Client

from onevoice.enact.form import ActForm
from onevoice.enact.perform import Done, Incomplete
from onevoice.groups.acts import people
from onevoice.groups.acts.house import CreateBody, DescribeGroup, TranslateGroup
from onevoice.groups.models import Group

SAID = {
    "name": "Group against Trafficking",
    "purpose": "Coordination.",
    "seat": "Geneva",
    "zone": "Europe/Zurich",
    "languages": ["en", "fr"],
    "colour": "#0b4f71",
    "colour_on_dark": "#93c8e6",
    "proposal_pattern": "P/{number}",
}


def again(icat: Any) -> Group:
    return Group.objects.get(pk=icat.group.pk)


def test_a_group_is_described_with_its_zone_and_languages(icat: Any) -> None:
    assert isinstance(icat.unodc.does(DescribeGroup, icat.group, **SAID), Done)
    group = again(icat)
    assert (group.zone, group.languages, group.proposal_pattern) == (
        "Europe/Zurich",
        ["en", "fr"],
        "P/{number}",
    )
    assert group.names["en"] == "Group against Trafficking"


def test_the_form_begins_with_what_stands(icat: Any) -> None:
    form = ActForm(DescribeGroup, icat.group)
    assert form.initial["zone"] == icat.group.zone
    assert form.initial["languages"] == icat.group.languages
    likely = list(form.fields["zone"].choices)[0][1]  # type: ignore[attr-defined]
    assert [zone for zone, _name in likely] == [icat.group.zone]


def test_a_zone_that_no_clock_knows_is_not_taken(icat: Any) -> None:
    for wrong in ({"zone": "Europe/Nowhere"}, {"languages": ["tlh"]}, {"languages": []}):
        assert isinstance(icat.unodc.does(DescribeGroup, icat.group, **SAID | wrong), Incomplete)
    assert again(icat).zone == icat.group.zone


def test_describing_in_english_leaves_the_other_languages(icat: Any) -> None:
    Group.objects.filter(pk=icat.group.pk).update(names={"en": "Old", "fr": "Groupe"})
    icat.unodc.does(DescribeGroup, again(icat), **SAID)
    assert again(icat).names == {"en": "Group against Trafficking", "fr": "Groupe"}


def test_a_translation_begins_empty_and_replaces_only_what_is_filled_in(icat: Any) -> None:
    assert ActForm(TranslateGroup, icat.group).initial == {}
    english = icat.group.names["en"]
    Group.objects.filter(pk=icat.group.pk).update(seat={"en": "Vienna", "fr": "Vienne"})
    assert isinstance(icat.unodc.does(TranslateGroup, again(icat), language="fr", name="Groupe"), Done)
    group = again(icat)
    assert (group.names["en"], group.names["fr"]) == (english, "Groupe")
    assert group.seat == {"en": "Vienna", "fr": "Vienne"}
    assert isinstance(icat.unodc.does(TranslateGroup, group, language="fr", seat="Vienne (Autriche)"), Done)
    assert again(icat).names["fr"] == "Groupe"


def test_a_translation_is_into_another_language_and_says_something(icat: Any) -> None:
    assert isinstance(icat.unodc.does(TranslateGroup, icat.group, language="en", name="Group"), Incomplete)
    answer = icat.unodc.does(TranslateGroup, icat.group, language="fr")
    assert isinstance(answer, Incomplete)
    assert "Fill in the name, the purpose or the seat." in str(answer.form.errors)


def test_only_the_secretariat_describes_and_translates(icat: Any) -> None:
    for act in (DescribeGroup, TranslateGroup):
        for who in (icat.unicef, icat.osce, icat.neighbour.mallory):
            assert who.does(act, icat.group).kind == "not_for_you"


def headings_and_links(page: Any) -> list[str]:
    """The headings of the page with the acts under them, as they follow one another."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    found = re.findall(r"<h2>(.*?)</h2>|href=\"/icat/do/([a-z-]+)/|(<caption)", main)
    return [heading or act or "the list" for heading, act, _list in found]


def test_people_come_first_and_each_act_stands_beside_what_it_changes(icat: Any, client: Client) -> None:
    found = headings_and_links(icat.unodc.signs_in(client).get("/icat/house"))
    parts = [found.index(name) for name in ("People", "Organisations", "The group", "Bodies")]
    assert parts == sorted(parts) and found[:2] == ["People", "the list"]
    people, organisations, group, bodies = (
        found[start:end] for start, end in zip(parts, [*parts[1:], None], strict=True)
    )
    assert {"appoint", "enter-appointment", "invite-again"} <= set(people)
    assert organisations == [
        "Organisations", "enter-organisation", "rename-organisation", "correct-name", "record-succession",
        "correct-succession",
    ]  # fmt: skip
    assert {"describe-group", "translate-group", "create-body", "set-logo"} <= set(group)
    assert "admit-member" in bodies and "admit-member" not in people + group


def test_a_member_finds_no_heading_with_nothing_under_it(icat: Any, client: Client) -> None:
    found = headings_and_links(icat.unicef.signs_in(client).get("/icat/house"))
    assert "Organisations" not in found and "The group" not in found
    assert found.index("appoint") > found.index("People")


def test_labels_say_for_whom_one_acts() -> None:
    own = (people.Appoint, people.HandOverFocalPoint, people.EndAppointment)
    others = (people.EnterAppointment, people.EnterHandOver, people.EnterEndOfAppointment)
    assert all("my organisation" in str(act.label) for act in own)
    assert all("another organisation" in str(act.label) for act in others)


def test_a_new_body_stands_under_the_root_unless_another_is_chosen(icat: Any) -> None:
    root = icat.group.bodies.get(parent=None)
    offered = list(ActForm(CreateBody, icat.group).fields["parent"].choices)  # type: ignore[attr-defined]
    assert offered[0] == (root.slug, root.names["en"])
    assert {slug for slug, _name in offered} == set(icat.group.bodies.values_list("slug", flat=True))


def test_the_first_body_of_a_group_stands_under_none(icat: Any) -> None:
    group = Group.objects.create(slug="new", acronym="NEW", names={"en": "New"}, zone="Europe/Vienna")
    assert list(ActForm(CreateBody, group).fields["parent"].choices) == [("", "—")]  # type: ignore[attr-defined]
