"""Forms as the house lays them out: label, hint, error, field, in that order; for any Django form.

FORM_RENDERER names `Renderer`, so that `{{ form }}` and `{{ field.as_field_group }}` come out so everywhere.
"""

from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList

from onevoice.look import wording

Kind = Literal["hidden", "tick", "choices", "plain"]


class Renderer(DjangoTemplates):
    """Django's widgets inside our layout."""

    form_template_name = "look/form.html"
    field_template_name = "look/field.html"


def field_kind(field: forms.BoundField) -> Kind:
    """How a field is laid out: a tick stands before its words, choices stand in a fieldset."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "plain"


def target(field: forms.BoundField) -> str:
    """The id of what the reader must mend."""
    if field_kind(field) == "choices":
        return next((choice.id_for_label for choice in field.subwidgets), "") or field.auto_id
    return field.id_for_label or field.auto_id


def in_our_words(errors: Any) -> list[str]:
    """The sentences of a field or of a list of errors; Django's words for a missing field are replaced."""
    found: ErrorList = getattr(errors, "errors", errors)
    return [_sentence(error) for error in found.as_data()]


def _sentence(error: ValidationError) -> str:
    ours = wording.FIELDS.get(error.code or "")
    return str(ours) if ours and _is_djangos(error) else str(error.messages[0])


def _is_djangos(error: ValidationError) -> bool:
    """Whether the message is the one that Django gives by itself, before its values are put in."""
    kinds = (forms.Field, forms.ChoiceField, forms.ModelChoiceField, forms.MultipleChoiceField)
    usual = [kind.default_error_messages.get(error.code or "") for kind in kinds]
    return str(error.message) in [str(message) for message in usual if message]
