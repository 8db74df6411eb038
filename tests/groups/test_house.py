"""How the secretariat describes its group, in English and then in the other languages."""

from typing import Any

from onevoice.enact.form import ActForm
from onevoice.enact.perform import Done, Incomplete
from onevoice.groups.acts.house import DescribeGroup, TranslateGroup
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
    assert icat.group.zone in dict(form.fields["zone"].choices)  # type: ignore[attr-defined]


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
