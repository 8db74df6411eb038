"""What forms about people ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from onevoice.enact.inputs import ShortText

not_an_address = _("This is no e-mail address: write it like name@example.org.")


class Address(ShortText):
    """An e-mail address; without case, as addresses are compared."""

    widget = forms.EmailInput
    limit = 254

    def to_python(self, value: Any) -> str:
        address = super().to_python(value).lower()
        if address:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(not_an_address, code="not_an_address") from error
        return address
