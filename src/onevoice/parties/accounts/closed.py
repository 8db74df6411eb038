"""Whoever tries a closed account is answered as for one that is not there; its person is told by letter."""

from __future__ import annotations

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest

from onevoice.notices.outbox import Recipient, post
from onevoice.parties.models import Account


def not_open(request: HttpRequest, account: Account) -> bool:
    """Whether the account is closed; its person is then told, once a day: whoever tries all day fills nobody's box."""
    if account.is_active:
        return False
    if consume(request, action="tell_closed", key=account.email, app="parties", config={"tell_closed": "1/d/key"}):
        to = Recipient(account.person_id, account.email, account.language, account.zone)
        post(to, "security", "parties/letters/closed.txt", {})
    return True
