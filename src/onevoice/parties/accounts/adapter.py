"""What django-allauth asks of us: nobody signs up, its mail goes through our outbox, its errors are our sentences."""

from __future__ import annotations

from time import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse

from onevoice.languages.web import active_language, url_in
from onevoice.notices.outbox import Recipient, absolute, post
from onevoice.parties.models import Account

from . import wording
from .closed import not_open
from .landing import landing


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; see invitations.py."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": wording.wrong_password,
        "invalid_login": wording.wrong_password,
        "too_many_login_attempts": wording.too_many,
        "incorrect_code": wording.wrong_code,
        "enter_current_password": wording.wrong_present_password,
        "incorrect_password": wording.wrong_present_password,
        "account_inactive": wording.not_active,
        "invalid_password_reset": wording.link_used,
        "invalid_or_expired_key": wording.link_used,
        "rate_limited": wording.slow_down,
        "same_as_current": wording.same_password,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter. Known or not, an address costs about the same: one letter, rendered and stored."""
        account = Account.objects.filter(email=email.lower(), is_active=True).first()
        language = account.language if account else active_language().code
        recipient = Recipient(
            account.person_id if account else None, email, language, account.zone if account else ""
        )
        kind = template_prefix.rsplit("/", 1)[-1]
        if kind in wording.happened:
            post(recipient, "security", "parties/letters/security.txt", {"happened": wording.happened[kind]})
        else:
            post(recipient, "password", f"parties/letters/{kind}.txt", context)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """A closed account is answered and counted as a wrong password is; its person is told by letter."""
        account: Account | None = super().authenticate(request, **credentials)
        if account is None or account.is_active:
            return account
        self.pre_authenticate(request, **credentials)
        not_open(request, account)
        return None

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address on the house's own name, never on the one that the request came with."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return absolute(path.replace("UID-KEY", key))

    def is_reauthentication_required(self, *, app: str = "") -> bool:
        """Whoever signed in within the last minutes has just shown who it is, and is not asked again."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return url_in("/", active_language().code)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("parties:profile") + "?saved=password"


class MFAAdapter(DefaultMFAAdapter):
    """Names the account in authenticator apps and passkeys by its address."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": wording.wrong_code}
