"""The way out: Django's SMTP, with a DKIM signature on every message and a name for what comes back."""

from __future__ import annotations

import re
import smtplib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import dkim
from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from .message import Outgoing, domain, name_of, raw

# What a reader's program shows or acts upon; a header listed twice cannot be added on the way.
SIGNED: Final = (
    b"from", b"from", b"to", b"to", b"subject", b"subject", b"date", b"message-id", b"reply-to", b"mime-version",
    b"content-type", b"content-transfer-encoding", b"content-language", b"auto-submitted", b"list-unsubscribe",
    b"list-unsubscribe-post",
)  # fmt: skip
BARE_LINE_END: Final = re.compile(rb"(?<!\r)\n")


class Backend(EmailBackend):
    """One connection; each message is signed where a key is there, and asked to come back with its own name."""

    def _send(self, email_message: Any) -> bool:
        if not email_message.recipients():
            return False
        sender = self.prep_address(settings.EMAIL_BOUNCES or email_message.from_email)
        to = [self.prep_address(address) for address in email_message.recipients()]
        options, each = self._asks(email_message)
        content = signed(BARE_LINE_END.sub(b"\r\n", raw(email_message)))
        refused = self.connection.sendmail(sender, to, content, options, each)
        if refused:  # of several; of one, sendmail raises
            raise smtplib.SMTPRecipientsRefused(refused)
        return True

    def _asks(self, message: Any) -> tuple[list[str], list[str]]:
        """RFC 3461: what comes back is to be a report that names our letter, without its words."""
        self.connection.ehlo_or_helo_if_needed()
        if not isinstance(message, Outgoing) or not self.connection.has_extn("dsn"):
            return [], []
        return ["RET=HDRS", f"ENVID={name_of(message.letter.pk)}"], ["NOTIFY=FAILURE"]


def signed(content: bytes) -> bytes:
    """The message with its DKIM signature before it; as it is where no key was given."""
    if not settings.DKIM_KEY_FILE:
        return content
    there = {name.lower() for name, _value in dkim.rfc822_parse(content)[0]}
    made = dkim.sign(
        content,
        settings.DKIM_SELECTOR.encode(),
        (settings.DKIM_DOMAIN or domain()).encode(),
        _key(settings.DKIM_KEY_FILE),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[name for name in SIGNED if name in there],
    )
    return bytes(made) + content


@lru_cache(maxsize=2)
def _key(file: str) -> bytes:
    return Path(file).read_bytes()
