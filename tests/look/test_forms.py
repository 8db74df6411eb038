"""Any form comes out as the house lays it out, with its errors in our words."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from onevoice.look.forms import Renderer, field_kind, in_our_words, target
from onevoice.look.samples import SampleForm


class Other(forms.Form):
    """A form of somebody else's."""

    email = forms.EmailField(help_text="Yours.")
    agree = forms.BooleanField(label="I agree")
    several = forms.MultipleChoiceField(
        choices=[("1", "One"), ("2", "Two")], widget=forms.CheckboxSelectMultiple
    )
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Both at once cannot be.")


@pytest.fixture
def wrong():
    return Other({"email": "x<y", "several": ["9"]})


def rendered(form):
    with translation.override("en"):
        return render_to_string("look/form.html", {"form": form})


def test_fields_are_laid_out_by_their_kind(wrong):
    assert [field_kind(field) for field in wrong] == ["plain", "tick", "choices", "hidden"]


def test_djangos_words_are_replaced_and_others_kept(wrong):
    with translation.override("en"):
        assert {field.name: in_our_words(field) for field in wrong} == {
            "email": ["Enter a valid email address."],
            "agree": ["Fill in this field."],
            "several": ["Choose one of the values offered."],
            "secret": [],
        }
        assert in_our_words(wrong.non_field_errors()) == ["Both at once cannot be."]


def test_an_error_stands_at_its_field_and_in_the_summary_and_leads_there(wrong):
    with translation.override("en"):
        summary = render_to_string("look/form_errors.html", {"form": wrong})
    assert re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary) == [
        ("id_email", "Email: Enter a valid email address."),
        ("id_agree", "I agree: Fill in this field."),
        ("id_several_0", "Several: Choose one of the values offered."),
    ]
    assert "<li>Both at once cannot be.</li>" in summary
    ids = set(re.findall(r' id="([^"]+)"', rendered(wrong)))
    assert {target(field) for field in wrong if field.errors} <= ids


def test_what_describes_a_field_exists(wrong):
    text = rendered(wrong)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for named in re.findall(r'aria-describedby="([^"]+)"', text):
        assert set(named.split()) <= set(ids)


def test_what_was_typed_is_kept_and_shown_as_text(wrong):
    assert 'value="x&lt;y"' in rendered(wrong)


def test_every_field_has_its_label():
    text = rendered(SampleForm())
    labels = set(re.findall(r'<label for="([^"]+)"', text))
    fields = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', text))
    assert fields == labels


def test_the_renderer_lays_out_whole_forms_the_same_way():
    form = SampleForm(renderer=Renderer())
    with translation.override("en"):
        assert '<div class="choice">' in str(form)
        assert '<p class="hint"' in form["reason"].as_field_group()
