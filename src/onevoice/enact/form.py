"""The form of an act: made from its declaration, with its one-time number and what its maker had seen."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.crypto import salted_hmac
from django.utils.html import format_html

from onevoice.files.steps import hash_of

from . import wording
from .act import Act
from .actor import Actor
from .beginnings import KEPT
from .subjects import as_kept

HALF = 32  # characters of a seal that is of words and files


def _seal(of: str, sent: Mapping[str, Any]) -> str:
    written = json.dumps(sent, sort_keys=True, default=str)
    return salted_hmac(f"enact.{of}", written, algorithm="sha256").hexdigest()


class ActForm(forms.Form):
    """Fields of one act on one subject, for one actor. `too_long`: a text or file broke its limit (413)."""

    def __init__(
        self, act: type[Act], subject: Any, data: Any = None, files: Any = None, *, actor: Actor | None = None
    ) -> None:
        initial = {} if data is not None else act.initial(subject)
        super().__init__(data=data, files=files, initial=initial, auto_id="%s", label_suffix="")
        self.act, self.subject = act, subject
        for name, declared in act.fields.items():
            field = self.fields[name] = type(declared).__deepcopy__(declared, {})
            if hasattr(field, "for_actor"):
                field.for_actor(subject, actor)
            elif hasattr(field, "for_subject"):
                field.for_subject(subject)
        self.too_long = False

    def add_error(self, field: Any, error: Any) -> None:
        codes = {getattr(e, "code", "") for e in getattr(error, "error_list", [error])}
        self.too_long = self.too_long or "too_long" in codes
        super().add_error(field, error)

    def keep_beginnings(self) -> None:
        """What is shown again of a text over its limit is its beginning."""
        self.data = self.data.copy()
        for name in self.errors:
            typed = self.data.get(name)
            if isinstance(typed, str):
                self.data[name] = typed.replace("\x00", "")[:KEPT]

    def only_shown(self) -> None:
        """The reason for showing what was sent again is not in its fields."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def say_too_long(self, characters: Mapping[str, int]) -> None:
        """Of what could not be read whole: each text that is over its own limit."""
        for name, field in self.fields.items():
            if characters.get(name, 0) > getattr(field, "limit", characters.get(name, 0)):
                self.add_error(name, field.too_long(characters[name]))  # type: ignore[attr-defined]

    def seal(self) -> str:
        """Alike for the same inputs and no others; nobody without the key can try what they were.

        A form that asks for files has two halves: of its words, and of its files by their hash.
        """
        words = _seal("inputs", {name: self._sent(name) for name in self.fields if not self._is_file(name)})
        if not any(self._is_file(name) for name in self.fields):
            return words
        files = {name: hash_of(self.files[name]) for name in self.fields if self.files.get(name)}
        return words[:HALF] + _seal("files", files)[:HALF]

    def is_sealed_by(self, seal: str) -> bool:
        """Whether the same was sent before. A browser that goes back does not choose a file again: none is the same."""
        asks = any(self._is_file(name) for name in self.fields)
        compared = HALF if asks and not self.files else None
        return self.seal()[:compared] == seal[:compared]

    def _is_file(self, name: str) -> bool:
        return isinstance(self.fields[name], forms.FileField)

    def _sent(self, name: str) -> Any:
        """What was sent for a field; of a row its key, which stays when the row may be chosen no more."""
        if isinstance(self.fields[name], forms.ModelChoiceField):
            return as_kept(str(self.data.get(name) or ""))
        return self.typed(name)

    def typed(self, name: str) -> Any:
        """What was sent for a field, as it would be kept."""
        field = self.fields[name]
        sent = field.widget.value_from_datadict(self.data, self.files, name)
        try:
            return as_kept(field.to_python(sent))
        except ValidationError:
            return as_kept(sent)

    def put(self, name: str, value: Any) -> None:
        """A field holds this now, in the place of what was sent."""
        if isinstance(value, list):
            self.data.setlist(name, value)
        elif value is None or value is False:
            self.data.pop(name, None)
        else:
            self.data[name] = "on" if value is True else str(value)

    def beside(self, name: str, words: str) -> None:
        """What stands now is said at the field, so that it can be compared with what was typed."""
        hint = wording.stands_now if words else wording.empty_now
        said = format_html(hint, words=format_html('<bdi class="lines">{}</bdi>', words))
        field = self.fields[name]
        field.help_text = format_html("{} {}", said, field.help_text) if field.help_text else said

    def ask_for_files_again(self, sent: Collection[str] = ()) -> None:
        """A browser does not choose a file twice: whatever the reason for showing the form again, the field says so."""
        for name, field in self.fields.items():
            there = self.files.get(name) or name in sent
            if isinstance(field, forms.FileField) and there and not self.errors.get(name):
                if self.errors:
                    self.add_error(name, wording.choose_again)
                else:
                    field.help_text = wording.choose_again


def typed_texts(act: type[Act], data: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """What somebody typed into the texts of an act, for whoever may not see its form: label and beginning."""
    texts = ((field.label, data.get(name)) for name, field in act.fields.items() if isinstance(field, forms.CharField))
    return [(label, text.replace("\x00", "")[:KEPT]) for label, text in texts if isinstance(text, str) and text]


CARRIED = ("once", "seen", "as", "told")  # what a form holds beside what is typed


def carried(act: type[Act], data: Any, files: Mapping[str, Any]) -> list[tuple[str, str]]:
    """All that was sent, for a form that opens the act's form with it again; of files only that they were chosen."""
    if not hasattr(data, "getlist"):
        return []
    names = [*CARRIED, *(name for name in act.fields if name in data)]
    values = [(name, value.replace("\x00", "")) for name in names for value in data.getlist(name)]
    chosen = {*files, *data.getlist("chosen")} & set(act.fields)
    return [*values, *(("chosen", name) for name in sorted(chosen))] if data else []


def new_number() -> str:
    """A one-time number: unguessable, used once."""
    return secrets.token_urlsafe(18)
