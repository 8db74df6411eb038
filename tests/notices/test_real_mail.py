"""What arrives, read back from a real mail server; what comes back from it; and the signature, checked without us."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import re
import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from onevoice.languages.bidi import isolated
from onevoice.notices import bounces, jobs
from onevoice.notices.models import Delivery, Letter

LONG = (
    "The Principals are asked to endorse the plan of the Group for the coming two years, with its five priorities, "
    "and to meet again in May.\n\nhttps://onevoice.example.org/icat/proposals/2026-1-a-long-address-that-no-program"
    "-may-break-in-two-because-nobody-could-follow-it\n"
)
ARABIC = (
    f"اعترضت منظمة العمل الدولية.\n\n{isolated('UNICEF')} ترى أن الفقرة 3 تتجاوز ولايتها.\n\nUNICEF اعترضت.\n"
)


def letter(address: str, **fields: Any) -> Letter:
    words = {
        "language": "en",
        "kind": "procedure",
        "subject": "A silence procedure has started",
        "body": LONG,
        "turn": 0,
    }
    return Letter.objects.create(address=address, **words | fields)


def steps(row: Letter) -> list[str]:
    return list(Delivery.objects.filter(letter=row).values_list("step", flat=True))


def someone() -> str:
    """A mailbox of this test's own."""
    return f"p{uuid4().hex[:12]}"


def read(raw: bytes) -> Any:
    return email.message_from_bytes(raw, policy=email.policy.default)


def sent_to(smtp: Any, who: str, **fields: Any) -> bytes:
    jobs.send_letter(letter=letter(f"{who}@arrives.example", **fields).pk)
    (raw,) = smtp.arrived(who)
    return raw


@pytest.fixture
def key(settings: Any, tmp_path: Path) -> Any:
    """A DKIM key by setting; its public half."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.TraditionalOpenSSL
    (tmp_path / "dkim.pem").write_bytes(
        made.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    )
    settings.DKIM_KEY_FILE, settings.DKIM_SELECTOR = str(tmp_path / "dkim.pem"), "autumn"
    return made.public_key()


# --- what arrives ----------------------------------------------------------------------------------------------------


def test_what_arrives_is_what_was_written_and_says_that_a_machine_wrote_it(db: None, smtp: Any) -> None:
    who = someone()
    message = read(sent_to(smtp, who))
    assert message["Auto-Submitted"] == "auto-generated"
    assert (message["From"], message["To"]) == (
        "OneVoice <onevoice@arrives.example>",
        f"{who}@arrives.example",
    )
    assert re.fullmatch(r"<letter-\d+-[0-9a-f]{32}@arrives\.example>", message["Message-ID"])
    assert message["List-Unsubscribe"] is None
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", "utf-8")
    assert unflowed(message.get_content()) == LONG


def test_plain_text_is_wrapped_for_reading_and_no_address_is_broken(db: None, smtp: Any) -> None:
    message = read(sent_to(smtp, someone()))
    assert message["Content-Type"].params["format"] == "flowed"
    lines = message.get_content().splitlines()
    assert max(len(line) for line in lines if not line.startswith("https://")) <= 73
    assert [line for line in lines if line.startswith("https://")] == LONG.splitlines()[2:3]


def test_an_arabic_letter_is_read_from_right_to_left_in_each_line(db: None, smtp: Any) -> None:
    message = read(sent_to(smtp, someone(), language="ar", subject="UNICEF تعترض", body=ARABIC))
    text = unflowed(message.get_content())
    assert message["Content-Language"] == "ar"
    assert message["Subject"] == "\u200fUNICEF تعترض"
    for line in filter(None, text.splitlines()):
        assert first_direction(line) == "R", line
    assert text.replace("\u200f", "") == ARABIC


def test_a_letter_from_left_to_right_has_no_marks(db: None, smtp: Any) -> None:
    assert "\u200f" not in sent_to(smtp, someone(), language="ru", body="ЮНИСЕФ возражает.\n").decode()


def test_only_what_may_be_switched_off_says_how(db: None, smtp: Any) -> None:
    message = read(sent_to(smtp, someone(), kind="work", off="https://onevoice.example.org/end"))
    assert message["List-Unsubscribe"] == "<https://onevoice.example.org/end>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_signature_holds_after_the_way_and_covers_what_is_shown(db: None, smtp: Any, key: Any) -> None:
    for words in (
        {},
        {
            "language": "ar",
            "subject": "UNICEF تعترض",
            "body": ARABIC,
            "kind": "work",
            "off": "https://x.example/",
        },
    ):
        raw = sent_to(smtp, someone(), **words)
        covered = verified(raw, key)
        assert {"from", "to", "subject", "date", "message-id", "auto-submitted"} <= covered
        assert ("list-unsubscribe" in covered) == ("off" in words)
        with pytest.raises(AssertionError, match="the body was changed"):
            verified(raw.rstrip() + b"\nMore.\n", key)
        with pytest.raises(InvalidSignature):
            verified(re.sub(rb"(?m)^Subject: ", b"Subject: Urgent: ", raw), key)


def test_without_a_key_it_goes_out_unsigned(db: None, smtp: Any) -> None:
    assert read(sent_to(smtp, someone()))["DKIM-Signature"] is None


# --- the ledger ------------------------------------------------------------------------------------------------------


def test_the_ledger_says_that_it_was_sent_and_taken(db: None, smtp: Any) -> None:
    row = letter(f"{someone()}@arrives.example")
    jobs.send_letter(letter=row.pk)
    assert steps(row) == ["sent", "accepted"]
    jobs.send_letter(letter=row.pk)
    assert steps(row) == ["sent", "accepted"]


def test_an_address_that_is_refused_for_good_has_bounced_at_once(db: None, smtp: Any) -> None:
    row = letter("gone@refuses.example")
    jobs.send_letter(letter=row.pk)
    assert steps(row) == ["sent", "bounced"]
    assert "No such person" in row.deliveries.get(step="bounced").says
    jobs.send_letter(letter=row.pk)  # and is not tried again
    assert steps(row) == ["sent", "bounced"]


def test_an_address_that_is_refused_for_now_is_tried_again(db: None, smtp: Any) -> None:
    from smtplib import SMTPRecipientsRefused

    row = letter("later@refuses.example")
    for _ in range(2):
        with pytest.raises(SMTPRecipientsRefused):
            jobs.send_letter(letter=row.pk)
    row.refresh_from_db()
    assert (steps(row), row.failures) == (["sent"], 2)


def test_what_could_not_be_delivered_for_five_days_has_bounced(db: None, smtp: Any) -> None:
    from datetime import timedelta

    from django.db.models import F

    row = letter("later@refuses.example")
    Letter.objects.filter(pk=row.pk).update(queued_at=F("queued_at") - timedelta(days=5, minutes=1))
    jobs.send_letter(letter=row.pk)
    assert steps(row) == ["sent", "bounced"]


def test_tries_come_soon_at_first_and_never_seldom() -> None:
    from types import SimpleNamespace

    waits = [
        (decision.retry_at.timestamp() - __import__("time").time())
        for attempts in (0, 1, 2, 5, 400)
        if (
            decision := jobs.UntilItReturns().get_retry_decision(
                exception=OSError(), job=SimpleNamespace(attempts=attempts)
            )
        )
    ]
    assert [round(one / 10) * 10 for one in waits] == [30, 60, 120, 900, 900]


# --- what comes back -------------------------------------------------------------------------------------------------


def report(smtp: Any, row: Letter) -> bytes:
    """The report of the mail server itself on a letter that it took and could not deliver."""
    before = len(smtp.arrived("onevoice", 0))
    jobs.send_letter(letter=row.pk)
    return smtp.arrived("onevoice", before + 1)[-1]


def test_a_real_report_marks_the_letter_as_bounced_once(db: None, smtp: Any) -> None:
    row = letter(f"{someone()}@breaks.example")
    raw = report(smtp, row)
    assert steps(row) == ["sent", "accepted"]
    assert bounces.take(raw) == row
    assert steps(row) == ["sent", "accepted", "bounced"]
    assert "user unknown" in row.deliveries.get(step="bounced").says
    assert bounces.take(raw) == row
    assert len(steps(row)) == 3


def test_a_report_that_names_only_the_message_is_understood(db: None, smtp: Any) -> None:
    row = letter(f"{someone()}@breaks.example")
    raw = re.sub(rb"Original-Envelope-Id: .*\n", b"", report(smtp, row))
    assert bounces.report_of(raw).letter == row.pk  # type: ignore[union-attr]


NEST = b"Content-Type: multipart/report; boundary=a\n\n"
HOSTILE = {
    "an absence note": lambda raw: b"Auto-Submitted: auto-replied\nSubject: Away\n\nI am away.\n",
    "only delayed": lambda raw: raw.replace(b"Action: failed", b"Action: delayed"),
    "another's seal": lambda raw: re.sub(rb"letter-(\d+)-[0-9a-f]{32}", rb"letter-\1-" + b"0" * 32, raw),
    "another letter": lambda raw: re.sub(rb"letter-(\d+)-", rb"letter-9\1-", raw),
    "a huge number": lambda raw: re.sub(rb"letter-(\d+)-", b"letter-" + b"9" * 400 + b"-", raw),
    "no report": lambda raw: raw.replace(b"multipart/report", b"multipart/mixed"),
    "cut short": lambda raw: raw[:700],
    "nothing": lambda raw: b"",
    "bytes of no language": lambda raw: bytes(range(256)) * 40,
    "a nest of parts": lambda raw: NEST + (b"--a\n" + NEST) * 3000,
    "headers without end": lambda raw: b"X: " + b"y" * 2_000_000,
}  # fmt: skip


@pytest.mark.parametrize("how", HOSTILE)
def test_hostile_messages_change_nothing(db: None, smtp: Any, how: str) -> None:
    row = letter(f"{someone()}@breaks.example")
    raw = HOSTILE[how](report(smtp, row))
    assert bounces.take(raw) is None
    assert steps(row) == ["sent", "accepted"]


def test_what_a_server_says_is_kept_as_one_short_line(db: None, smtp: Any) -> None:
    row = letter(f"{someone()}@breaks.example")
    said = b"Diagnostic-Code: smtp; \x1b[31m550 \xe2\x80\xaegone " + b"z" * 3000
    raw = re.sub(rb"Diagnostic-Code: .*", said, report(smtp, row))
    bounces.take(raw)
    says = row.deliveries.get(step="bounced").says
    assert len(says) <= 500
    assert says.isprintable()
    assert "550" in says


def test_the_command_takes_a_report_from_standard_input(
    fresh_database: str, smtp: Any, monkeypatch: Any
) -> None:
    import io
    import sys
    from contextlib import nullcontext

    from onevoice.operations import bouncing, migrating

    row = letter(f"{someone()}@breaks.example")
    raw = report(smtp, row)
    monkeypatch.setattr(migrating, "with_database", lambda data: nullcontext())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert bouncing.command([]) == 0
    assert steps(row)[-1] == "bounced"


def test_the_command_asks_the_mail_server_to_try_again_while_the_database_is_away(tmp_path: Path) -> None:
    import os
    import sys

    away = "postgresql://nobody:nothing@127.0.0.1:9/onevoice"
    given = os.environ | {"DATABASE_URL": away, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    given.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "onevoice.operations", "bounce"]
    done = subprocess.run(command, input=b"x", env=given, capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 75, done.stderr


# --- reading as others do --------------------------------------------------------------------------------------------


def unflowed(text: str) -> str:
    """RFC 3676, as a reader's program sets it."""
    lines: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.removeprefix(" ")
        if goes_on:
            lines[-1] += line
        else:
            lines.append(line)
        goes_on = line.endswith(" ")
    return "\n".join(lines)


def first_direction(line: str) -> str:
    """How a program sets a line: by its first strong character outside of isolates (UAX 9, P2 and P3)."""
    import unicodedata

    depth = 0
    for one in line:
        kind = unicodedata.bidirectional(one)
        depth += (kind in ("LRI", "RLI", "FSI")) - (kind == "PDI")
        if not depth and kind in ("L", "R", "AL"):
            return "L" if kind == "L" else "R"
    return ""


def verified(raw: bytes, key: Any) -> set[str]:
    """The headers that a signature covers, after RFC 6376 relaxed/relaxed; AssertionError where it does not hold."""
    head, _, body = re.sub(rb"\r?\n", b"\r\n", raw).partition(b"\r\n\r\n")
    fields = re.findall(rb"^([^:\s]+):([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)", head, re.MULTILINE)
    signature = next(value for name, value in fields if name.lower() == b"dkim-signature")
    tags = dict(re.findall(r"(\w+)\s*=\s*([^;]*)", re.sub(r"\s+", "", signature.decode())))
    assert (tags["a"], tags["c"], tags["d"], tags["s"]) == (
        "rsa-sha256",
        "relaxed/relaxed",
        "arrives.example",
        "autumn",
    )
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    whole = b"\r\n".join(lines).rstrip(b"\r\n") + b"\r\n"
    assert base64.b64decode(tags["bh"]) == hashlib.sha256(whole).digest(), "the body was changed"
    left, said = [(name.lower(), value) for name, value in fields], []
    for name in tags["h"].lower().split(":"):
        at = next((n for n in range(len(left) - 1, -1, -1) if left[n][0] == name.encode()), None)
        if at is not None:
            said.append(_relaxed(*left.pop(at)))
    own = re.sub(rb"(;\s*b=)[^;]*", rb"\1", b";" + signature)[1:]
    content = b"\r\n".join([*said, _relaxed(b"dkim-signature", own)])
    key.verify(base64.b64decode(tags["b"]), content, padding.PKCS1v15(), hashes.SHA256())
    return set(tags["h"].lower().split(":"))


def _relaxed(name: bytes, value: bytes) -> bytes:
    return name.lower() + b":" + re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip()
