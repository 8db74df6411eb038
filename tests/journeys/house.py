"""Who is in the demonstration and how they come in; and what other processes do in service, done at once."""

from collections.abc import Callable
from threading import Event
from time import sleep, time
from typing import Any

from django.test import Client

GROUP = "icat-demonstration"
TITLE = "Joint statement on the online recruitment of children"
PASSWORD = "a long walk by the river"
SECRET = "JBSWY3DPEHPK3PXP"
CO_CHAIR, SECRETARIAT = "focal-point-iom", "secretariat-officer-unodc"
PROPOSER, MEMBER = "focal-point-unicef", "focal-point-osce"


# While it is closed the house looks at no form: what is sent waits.
door = Event()
door.set()


def at_once(application: Callable[..., Any]) -> Callable[..., Any]:
    """The record places, and the index follows, before a form's answer leaves: no page of a journey waits."""
    from onevoice.record.sequencer import place_pending
    from onevoice.search.jobs import follow

    def application_at_once(environ: dict[str, Any], start_response: Any) -> Any:
        sent = environ["REQUEST_METHOD"] == "POST"
        if sent:
            door.wait(30)
        answer = application(environ, start_response)
        if sent:
            place_pending()
            follow()
        return answer

    return application_at_once


def account_of(role: str) -> Any:
    from onevoice.parties.models import Account

    return Account.objects.get(person__slug=role)


def with_password(role: str) -> str:
    """The role gets a password and an authenticator app, as a person has them; its e-mail address."""
    from allauth.mfa.totp.internal.auth import TOTP

    account = account_of(role)
    account.set_password(PASSWORD)
    account.save()
    TOTP.activate(account, SECRET)
    return str(account.email)


def code() -> str:
    """What the authenticator app shows, with ten seconds left to type it."""
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    if (left := 30 - time() % 30) < 10:
        sleep(left)
    return str(format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time())))))


def session_of(role: str) -> str:
    """The cookie of a session opened with a second factor."""
    from onevoice.parties.accounts import second_factor

    client, account = Client(), account_of(role)
    client.force_login(account)
    session = client.session
    session[second_factor.KEY] = account.pk
    session.save()
    return client.cookies["onevoice"].value
