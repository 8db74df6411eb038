"""The sentences of signing in, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

wrong_password = _(
    "This address and password do not open an account. Nothing has changed: try again, or ask for a new password."
)
too_many = _("There were too many attempts. Wait five minutes, then try again.")
wrong_code = _("This code does not fit. Wait for the next one in your app, or use a recovery code.")
wrong_present_password = _("This is not your present password. Type it again.")
not_active = _("This account is closed. Write to the secretariat of your group.")
link_used = _("This link no longer works. Ask for a new one.")
not_the_same = _("The two passwords differ. Type the same one twice.")
slow_down = _("There were too many requests from here. Wait a few minutes, then try again.")
same_address = _("This is your present address. Write another one.")
same_password = _("Choose another password than the present one.")
left = _("Somebody left, and the name was erased")

happened = {
    "password_changed": _("Your password was changed"),
    "password_set": _("A password was set for your account"),
    "password_reset": _("Your password was replaced by a new one"),
    "totp_activated": _("An authenticator app was added to your account"),
    "totp_deactivated": _("The authenticator app was removed from your account"),
    "webauthn_added": _("A passkey was added to your account"),
    "webauthn_removed": _("A passkey was removed from your account"),
    "recovery_codes_generated": _("New recovery codes were made for your account"),
}
