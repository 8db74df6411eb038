"""The form of an act: made from its declaration, with its one-time number and what its maker had seen."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms

from .act import Act


class ActForm(forms.Form):
    """Fields of one act on one subject. `too_long` says that a text broke its limit (413)."""

    def __init__(self, act: type[Act], subject: Any, data: Any = None) -> None:
        initial = {} if data is not None else act.initial(subject)
        super().__init__(data=data, initial=initial, auto_id="%s", label_suffix="")
        for name, declared in act.fields.items():
            field = self.fields[name] = type(declared).__deepcopy__(declared, {})
            if hasattr(field, "for_subject"):
                field.for_subject(subject)
        self.too_long = False

    def add_error(self, field: Any, error: Any) -> None:
        codes = {getattr(e, "code", "") for e in getattr(error, "error_list", [error])}
        self.too_long = self.too_long or "too_long" in codes
        super().add_error(field, error)

    def keep_beginnings(self) -> None:
        """What is shown again of a text over its limit is its beginning."""
        from .inputs import KEPT

        self.data = self.data.copy()
        for name in self.errors:
            typed = self.data.get(name)
            if isinstance(typed, str) and len(typed) > KEPT:
                self.data[name] = typed[:KEPT]


def new_number() -> str:
    """A one-time number: unguessable, used once."""
    return secrets.token_urlsafe(18)
