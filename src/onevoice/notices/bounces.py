"""What a mail server sends back (RFC 3464), read with distrust: anybody can write such a message.

1. It is counted only where it names a letter of ours with its seal: in the envelope's name that we asked for, or in
   the Message-ID of what is returned. Who never got the letter cannot know either.
2. Only a report that says 'failed' counts. 'Delayed' is no failure, and an absence note is no report.
3. Nothing of it is shown or kept but the server's own words on why, in one short line.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Final

from .delivery import note
from .message import letter_named
from .models import Letter, Step

LONGEST: Final = 1_000_000  # bytes that are read of one message
PARTS: Final = 50


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says: of which letter (its number), and why it was not delivered."""

    letter: int
    says: str


def take(content: bytes) -> Letter | None:
    """Note that a letter has come back; None for a message that is no failure of a letter of ours."""
    report = report_of(content)
    letter = Letter.objects.filter(pk=report.letter).first() if report else None
    if letter is None or report is None:
        return None
    note(letter, Step.BOUNCED, report.says)
    return letter


def report_of(content: bytes) -> Report | None:
    """The failure that a message reports of a letter of ours."""
    parts = _parts(email.message_from_bytes(content[:LONGEST], policy=email.policy.compat32))
    if not parts or parts[0].get_content_type() != "multipart/report":
        return None
    fields = [
        block
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for block in _blocks(part)
    ]
    failed = [block for block in fields if _field(block, "Action").lower() == "failed"]
    if not failed:
        return None
    letter = _letter(fields, parts)
    why = _field(failed[0], "Diagnostic-Code") or _field(failed[0], "Status")
    return Report(letter, why) if letter is not None else None


def _letter(fields: list[Message], parts: list[Message]) -> int | None:
    named = [_field(block, "Original-Envelope-Id") for block in fields]
    for part in parts[1:]:
        if part.get_content_type() in ("message/rfc822", "message/rfc822-headers", "text/rfc822-headers"):
            named.append(_returned(part))
    return next((found for name in named if name and (found := letter_named(name)) is not None), None)


def _returned(part: Message) -> str:
    """The Message-ID of what is returned: a whole message, or its headers as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return _field(payload[0], "Message-ID") if payload else ""
    words = part.get_payload(decode=True)
    return _field(email.message_from_bytes(words[:100_000]), "Message-ID") if isinstance(words, bytes) else ""


def _blocks(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    return iter([one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else [])


def _parts(message: Message) -> list[Message]:
    """A message and what is in it, to a bounded number; what is within a returned message is not looked at."""
    found = [message]
    payload = message.get_payload()
    if message.get_content_type() == "multipart/report" and isinstance(payload, list):
        found += payload[:PARTS]
    return found


def _field(block: Message, name: str) -> str:
    """A field's value on one line; empty where it is missing or cannot be read."""
    value = block.get(name)
    return " ".join(str(value).split())[:1000] if value is not None else ""
