"""A letter as it leaves: headers, plain text that every program wraps well, the reading direction, the calendar file.

A Message-ID carries the letter's number and a seal of it, so that what comes back names the letter it is about, and
nobody else's message can.
"""

from __future__ import annotations

import email.policy
import re
import textwrap
from email.message import EmailMessage as Message
from email.message import MIMEPart
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import constant_time_compare, salted_hmac

from onevoice.languages.names import language_of

from . import links
from .models import Letter

WIDTH: Final = 72  # columns, after which a line goes on in the next
RLM: Final = "\u200f"
_STRONG: Final = re.compile(r"[^\W\d_]")
_ID: Final = re.compile(r"letter-(\d{1,18})-([0-9a-f]{32})@")
_METHOD: Final = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)


class Outgoing(EmailMessage):
    """What leaves of a letter. `letter` is its row: the mail server is told how to name it in what comes back."""

    def __init__(self, letter: Letter) -> None:
        rtl = language_of(letter.language).direction == "rtl"
        super().__init__(
            directed_line(letter.subject) if rtl else letter.subject,
            links.sealed(directed(letter.body) if rtl else letter.body),
            to=[letter.address],
            headers=headers_of(letter),
        )
        self.letter = letter

    def _add_bodies(self, msg: Message) -> None:
        # Quoted-printable: no server on the way changes what was signed.
        msg.set_content(
            flowed(self.body), charset="utf-8", cte="quoted-printable", params={"format": "flowed"}
        )

    def _add_attachments(self, msg: Message) -> None:
        if not self.letter.calendar:
            return
        msg.make_mixed()
        part = MIMEPart(policy=email.policy.SMTP)
        method = _METHOD.search(self.letter.calendar)
        name = "meeting.ics" if self.letter.turn is None else "deadline.ics"
        part.set_content(
            self.letter.calendar.replace("\r\n", "\n"), subtype="calendar", charset="utf-8", cte="base64",
            disposition="attachment", filename=name, params={"method": method[1]} if method else {},
        )  # fmt: skip
        msg.attach(part)


def headers_of(letter: Letter) -> dict[str, str]:
    """What programs read: that a machine wrote it, in which language, and, of what is not owed, how to end it."""
    found = {
        "Message-ID": f"<{name_of(letter.pk)}@{domain()}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language_of(letter.language).html,
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if letter.off:
        found["List-Unsubscribe"] = f"<{links.sealed(letter.off)}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def domain() -> str:
    """Of the address that mail comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def name_of(letter: int) -> str:
    """How a letter is named in what comes back."""
    return f"letter-{letter}-{_seal(letter, settings.SECRET_KEY)}"


def letter_named(text: str) -> int | None:
    """The letter that a Message-ID or envelope's name stands for; None where the seal is not ours."""
    for found in _ID.finditer(text if "@" in text else f"{text}@"):
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            if constant_time_compare(_seal(int(found[1]), key), found[2]):
                return int(found[1])
    return None


def _seal(letter: int, key: str) -> str:
    return salted_hmac("onevoice.notices.message", str(letter), secret=key, algorithm="sha256").hexdigest()[
        :32
    ]


def flowed(text: str) -> str:
    """Plain text after RFC 3676: a line that goes on ends in a space; narrow screens set it anew."""
    return "\n".join(line for paragraph in text.split("\n") for line in _wrapped(paragraph))


def _wrapped(line: str) -> list[str]:
    line = line.rstrip()
    parts = textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
    if len(parts) == 1:
        parts = [line]
    parts = [f"{part} " for part in parts[:-1]] + parts[-1:]
    return [f" {part}" if part.startswith((" ", ">", "From ")) else part for part in parts]


def directed(text: str) -> str:
    """A text in a script written from right to left: a line that begins with other letters or figures is marked.

    Programs set each line by its first letter, so 'UNICEF objects' in Arabic would stand the wrong way round.
    """
    return "\n".join(directed_line(line) for line in text.split("\n"))


def directed_line(line: str) -> str:
    """Marked where its first letter is not of such a script; an address alone on its line stays as it is."""
    first = _STRONG.search(line)
    if first is None or line.startswith(("http://", "https://", "/")):
        return line
    return line if "\u0590" <= first[0] <= "\u08ff" else RLM + line


def raw(message: Any) -> bytes:
    """The bytes that are signed and sent."""
    return message.message(policy=email.policy.SMTP).as_bytes()  # type: ignore[no-any-return]
