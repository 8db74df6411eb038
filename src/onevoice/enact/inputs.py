"""What an act may ask for. Fields are Django's, with our sentences and limits; all input is hostile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import QuerySet

from onevoice.files.kinds import Use, examined
from onevoice.files.steps import Upload as Examined
from onevoice.languages.bidi import clean_line, clean_text, is_clean
from onevoice.languages.partial import NotADate, PartialDate
from onevoice.look.errors import in_numbers

from . import wording
from .beginnings import KEPT

YEARS = range(1900, 2200)  # beyond them a typing error is likelier than a meeting


class TooLong(ValidationError):
    """A text over its field's limit: answered with 413, its beginning kept."""


class _Text(forms.CharField):
    limit = 500

    def __init__(
        self, label: Any, *, limit: int | None = None, help: Any = "", required: bool = True, **kw: Any
    ):
        self.limit = limit or self.limit
        super().__init__(label=label, help_text=help, required=required, **kw)
        self.error_messages["required"] = wording.missing
        self.validators = []

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        """What is typed reads in its own direction: English in an Arabic form, and the other way round."""
        return super().widget_attrs(widget) | {"dir": "auto"}

    def to_python(self, value: Any) -> str:
        if value is not None and not isinstance(value, str):
            raise ValidationError(wording.not_a_text, code="not_a_text")
        text = (value or "").replace("\r\n", "\n").strip()
        if not is_clean(text):
            raise ValidationError(wording.nul, code="nul")
        if len(text) > self.limit:
            raise self.too_long(len(text))
        return self.cleaned(text)

    def too_long(self, size: int) -> TooLong:
        """What is said of a text of so many characters."""
        say = in_numbers(wording.too_long, size=size, limit=self.limit, kept=min(KEPT, size))
        return TooLong(say, code="too_long")

    def cleaned(self, text: str) -> str:
        """The text as it is stored: nothing invisible that could turn the reading order of a page."""
        return clean_text(text)


class ShortText(_Text):
    """One line."""

    def cleaned(self, text: str) -> str:
        return clean_line(text)


class LongText(_Text):
    """Several paragraphs; an empty line divides them."""

    limit = 20_000
    widget = forms.Textarea


class PartialDay(ShortText):
    """A date as far as it is known, kept as it is written: 2006, 2006-09 or 2006-09-14; empty for not known."""

    limit = 40

    def to_python(self, value: Any) -> str:
        written = super().to_python(value)
        try:
            return PartialDate.parse(written).written if written else ""
        except NotADate:
            raise ValidationError(wording.not_a_partial_date, code="not_a_date") from None

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"dir": "ltr", "autocomplete": "off"}


class WebAddress(ShortText):
    """The whole address of a page."""

    limit = 500

    def to_python(self, value: Any) -> str:
        address = super().to_python(value)
        if address:
            URLValidator(schemes=["https", "http"], message=wording.not_an_address)(address)
        return address


class Day(forms.DateField):
    """A date alone; it counts in the group's seat's zone."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, label: Any, *, help: Any = "", required: bool = True) -> None:
        super().__init__(label=label, help_text=help, required=required, input_formats=["%Y-%m-%d"])
        self.error_messages.update(required=wording.missing, invalid=wording.not_a_date)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, bool | list):
            raise ValidationError(wording.not_a_date, code="invalid")
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(wording.not_this_year, code="not_this_year")
        return day


class TimeOfDay(forms.TimeField):
    """An hour and minute, in a zone named beside it."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, label: Any, *, help: Any = "", required: bool = True) -> None:
        super().__init__(label=label, help_text=help, required=required, input_formats=["%H:%M", "%H:%M:%S"])
        self.error_messages.update(required=wording.missing, invalid=wording.not_a_time)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, bool | list):
            raise ValidationError(wording.not_a_time, code="invalid")
        return super().to_python(value)


class Number(forms.IntegerField):
    """A whole number."""

    def __init__(
        self, label: Any, *, low: int = 0, high: int = 1_000_000, help: Any = "", required: bool = True
    ):
        super().__init__(label=label, help_text=help, required=required, min_value=low, max_value=high)
        self.error_messages.update(required=wording.missing, invalid=wording.not_a_number)


class YesNo(forms.BooleanField):
    """A box to tick; unticked is no."""

    def __init__(self, label: Any, *, help: Any = "", required: bool = False) -> None:
        super().__init__(label=label, help_text=help, required=required)
        self.error_messages["required"] = wording.missing


class Choice(forms.ChoiceField):
    """One of a few named values, or of those the subject offers (`choices` may be a function of the subject)."""

    def __init__(self, label: Any, choices: Any, *, help: Any = "", required: bool = True, **kw: Any) -> None:
        self.of = choices if callable(choices) else None
        super().__init__(
            label=label, help_text=help, required=required, choices=() if self.of else choices, **kw
        )
        self.error_messages.update(required=wording.missing, invalid_choice=wording.not_a_choice)

    def for_subject(self, subject: Any) -> None:
        if self.of:
            self.choices = self.of(subject)


class OwnChoice(Choice):
    """One of those that the subject offers to whoever acts: `choices` is a function of the subject and the actor."""

    def __init__(self, label: Any, choices: Any, *, help: Any = "", required: bool = True) -> None:
        self.of_both = choices
        super().__init__(label, (), help=help, required=required)

    def for_actor(self, subject: Any, actor: Any) -> None:
        self.choices = self.of_both(subject, actor)


class Choices(forms.MultipleChoiceField):
    """Some of the values that the subject offers."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: Any, choices: Any, *, help: Any = "", required: bool = False) -> None:
        self.of = choices
        super().__init__(label=label, help_text=help, required=required)
        self.error_messages.update(
            required=wording.missing, invalid_choice=wording.not_a_choice, invalid_list=wording.not_a_choice
        )

    def for_subject(self, subject: Any) -> None:
        self.choices = self.of(subject)


class OneOf(forms.ModelChoiceField):
    """One row of a set that depends on the subject, shown by `shown(row)`."""

    def __init__(
        self,
        label: Any,
        rows: Callable[[Any], QuerySet[Any]],
        shown: Callable[[Any], str],
        *,
        help: Any = "",
        required: bool = True,
    ) -> None:
        self.of, self.shown = rows, shown
        super().__init__(queryset=None, label=label, help_text=help, required=required, empty_label="—")
        self.error_messages.update(required=wording.missing, invalid_choice=wording.not_a_choice)

    def for_subject(self, subject: Any) -> None:
        self.queryset = self.of(subject)

    def label_from_instance(self, obj: Any) -> str:
        return self.shown(obj)


class Upload(forms.FileField):
    """A file for a use (`files.kinds.DOCUMENT`, `LOGO`), examined by its content; kept by the step `files.keep`."""

    widget = forms.FileInput

    def __init__(self, label: Any, use: Use, *, help: Any = "", required: bool = True) -> None:
        self.use = use
        hint = help or wording.kinds_taken(use)
        super().__init__(label=label, help_text=hint, required=required, allow_empty_file=True)
        self.widget.attrs["accept"] = ",".join(kind.media_type for kind in use.kinds)
        self.error_messages.update(required=wording.missing_file, invalid=wording.missing_file)

    def to_python(self, data: Any) -> Examined | None:
        if data in self.empty_values:
            return None
        if not hasattr(data, "read"):  # words where a file belongs
            raise ValidationError(wording.missing_file, code="invalid")
        return Examined(data, data.name, data.size, examined(data, data.size, self.use))


def instant(day: Any, at: Any, zone: str) -> datetime:
    """The UTC instant of a wall-clock time in a zone; ValidationError where the clock skips it.

    A time that occurs twice (clocks put back) is the first of the two.
    """
    local = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError(str(wording.no_such_time).format(zone=zone), code="no_such_time")
    return moment
