"""The forms of signing in, as the house words and lays them out; what they do is django-allauth's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from onevoice.enact import wording as sentences
from onevoice.enact.inputs import Choice, ShortText, YesNo
from onevoice.languages.names import CODES, LANGUAGES
from onevoice.languages.web import active_language
from onevoice.parties.models import Account, Invitation

from . import wording, zones
from .closed import not_open
from .inputs import Address

ADDRESS, PASSWORD = _("E-mail address"), _("Password")
NEW, AGAIN, PRESENT = _("New password"), _("The same password again"), _("Present password")
SECRET = ("code",)  # beside passwords
NAME = 200  # characters of somebody's name, and of a passkey's
CODE, CODE_HELP = (
    _("Code"),
    _("The six digits that your authenticator app shows now, or one of your recovery codes."),
)
PASSWORD_HELP = _(
    "Twelve characters at least; no common password, and not your name or address. Four words from a story do well."
)


class Kept(forms.Form):
    """Begins with what was sent and could not be taken (too much, a token of before), but for what is secret, and
    says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # one sentence, ours, where a password holds what no text can hold
            field.validators = [_in_our_words(one) for one in field.validators]
        not_taken = getattr(context.request, "not_taken", None)
        if not_taken is None or self.is_bound:
            return
        sent, not_taken.told = context.request.POST, True
        for name, field in self.fields.items():
            if name not in SECRET and not isinstance(field.widget, forms.PasswordInput | forms.HiddenInput):
                self.initial[name] = field.widget.value_from_datadict(sent, {}, self.add_prefix(name))
        self._errors, self.cleaned_data = ErrorDict(), {}
        self.add_error(None, not_taken.say)


def _in_our_words(validator: Any) -> Any:
    is_nul = isinstance(validator, ProhibitNullCharactersValidator)
    return ProhibitNullCharactersValidator(sentences.nul, code="nul") if is_nul else validator


class Worded(Kept):
    """A library's form with our labels and hints; placeholders vanish when one types, so there are none."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name in [name for name, field in self.fields.items() if isinstance(field, forms.EmailField)]:
            self.fields[name] = Address(self.labels[name])
            self.fields[name].widget.attrs["autocomplete"] = "email"
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignIn(Worded, account.LoginForm):
    labels = {"login": ADDRESS, "password": PASSWORD}


class AskForPassword(Worded, account.ResetPasswordForm):
    labels = {"email": ADDRESS}


class NewPassword(Worded, account.ResetPasswordKeyForm):
    labels, hints = {"password1": NEW, "password2": AGAIN}, {"password1": PASSWORD_HELP}


class ChangePassword(Worded, account.ChangePasswordForm):
    labels = {"oldpassword": PRESENT, "password1": NEW, "password2": AGAIN}
    hints = {"password1": PASSWORD_HELP}


class SetPassword(Worded, account.SetPasswordForm):
    labels, hints = {"password1": NEW, "password2": AGAIN}, {"password1": PASSWORD_HELP}


class PasswordAgain(Worded, account.ReauthenticateForm):
    labels = {"password": PASSWORD}


class SecondFactor(Worded, mfa.AuthenticateForm):
    labels, hints = {"code": CODE}, {"code": CODE_HELP}


class SecondFactorAgain(Worded, mfa.ReauthenticateForm):
    labels, hints = {"code": CODE}, {"code": CODE_HELP}


class AddApp(Worded, totp.ActivateTOTPForm):
    labels, hints = {"code": CODE}, {"code": _("The six digits that your authenticator app shows now.")}


class NamesPasskey(Worded):
    """The name is cleaned as every line is; what may be left empty is the library's to say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = self.fields["name"]
        self.fields["name"] = ShortText(theirs.label, limit=NAME, required=theirs.required)


class PasskeySignIn(webauthn.LoginWebAuthnForm):
    """A closed account is answered as an unknown passkey is; its person is told by letter."""

    def clean_credential(self) -> Any:
        found = super().clean_credential()
        if not_open(context.request, found.user):
            raise get_adapter().validation_error("incorrect_code")
        return found


class AddPasskey(NamesPasskey, webauthn.AddWebAuthnForm):
    labels = {
        "name": _("Name of this passkey"),
        "passwordless": _("Sign in with it alone, without a password"),
    }


class RenamePasskey(NamesPasskey, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of this passkey")}


class Accept(Kept):
    """What the invited person chooses."""

    name = ShortText(_("Your name"), limit=NAME, help=_("As the other organisations will see it."),
                     widget=forms.TextInput(attrs={"autocomplete": "name"}))  # fmt: skip
    password1 = forms.CharField(label=PASSWORD, strip=False, help_text=PASSWORD_HELP, widget=forms.PasswordInput(
        attrs={"autocomplete": "new-password"}))  # fmt: skip
    password2 = forms.CharField(label=AGAIN, strip=False, widget=forms.PasswordInput(
        attrs={"autocomplete": "new-password"}))  # fmt: skip

    def __init__(self, invitation: Invitation, data: Any = None) -> None:
        self.invitation = invitation
        super().__init__(data, initial={"name": invitation.person.name}, label_suffix="", auto_id="%s")

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, Account(email=self.invitation.email))
        return password

    def clean(self) -> None:
        one, two = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if one and two and one != two:
            self.add_error("password2", ValidationError(wording.not_the_same, code="not_the_same"))


class NewAddress(Kept):
    """Another address to sign in by. Whether somebody has it already is never told here."""

    email = Address(_("New e-mail address"))

    def __init__(self, account: Account, data: Any = None) -> None:
        self.account = account
        super().__init__(data, label_suffix="", auto_id="%s")
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email == self.account.email:
            raise ValidationError(wording.same_address, code="same_address")
        return email


class Profile(Kept):
    """Language of letters and pages after signing in, own zone, which letters."""

    language = Choice(_("Language"), [(code, LANGUAGES[code].own_name) for code in CODES])
    zone = Choice(
        _("Your time zone"),
        (),
        required=False,
        help=_("Times are shown in the zone of the group's seat, and in yours beside it."),
    )
    notices = YesNo(
        _("Letters about the work of my organisation"),
        help=_("Invitations to act, notices of a procedure and letters about the safety of your account always come."),
    )

    def __init__(
        self, account: Account, data: Any = None, *, at: datetime, likely: Iterable[str] = ()
    ) -> None:
        initial = {"language": account.language, "zone": account.zone, "notices": account.notices}
        super().__init__(data, initial=initial, label_suffix="", auto_id="%s")
        places = zones.choices(active_language().code, at=at, likely=[account.zone, *likely])
        same = ("", _("The same as the group's seat"))
        self.fields["zone"].choices = [same, *places]  # type: ignore[attr-defined]
