"""Letters are written in the reader's language inside the act, and leave once, after it."""

import socketserver
import threading
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction

from onevoice.groups.acts.people import Appoint
from onevoice.notices import jobs
from onevoice.notices.models import Letter
from onevoice.notices.outbox import Recipient, post

SOMEBODY = {
    "capacity": "contributor",
    "full_name": "Ada O’Neill",
    "address": "ada@example.org",
    "language": "en",
}


def write(icat: Any, **recipient: Any) -> Letter:
    to = Recipient(icat.unicef.person.pk, "ada@example.org", **recipient)
    context = {"organisation": icat.unicef.organisation, "capacity": "Contributor"}
    return post(
        to, "appointment", "parties/letters/ended.txt", context, "groups.group:icat", group=icat.group
    )


def test_a_letter_is_written_when_it_is_queued(icat: Any) -> None:
    letter = write(icat)
    assert letter.subject == "You no longer act for UNICEF in ICAT"
    assert letter.body.startswith("Your appointment for UNICEF in ICAT has ended.")
    assert (letter.about, letter.group, letter.sent_at) == ("groups.group:icat", "icat", None)


def test_a_letter_is_plain_text_not_html(icat: Any) -> None:
    icat.unicef.does(Appoint, icat.group, **SOMEBODY | {"full_name": "Ada O'Neill & Sons <x>"})
    assert "Ada O'Neill & Sons <x>," in Letter.objects.get().body


def test_a_letter_in_another_language_names_the_organisation_in_it(icat: Any) -> None:
    to = Recipient(None, "ada@example.org", "ru")
    context = {"organisation": icat.osce.organisation, "capacity": "x"}
    assert "ОБСЕ" in post(to, "appointment", "parties/letters/ended.txt", context, group=icat.group).subject


def test_a_demonstrations_letters_say_what_they_are(icat: Any) -> None:
    icat.group.demonstration = True
    assert write(icat).body.startswith(
        "This is a demonstration: nothing in this letter was said or decided by"
    )


def test_the_job_is_queued_with_the_letter_or_not_at_all(icat: Any) -> None:
    def jobs_queued() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from procrastinate_jobs where task_name = 'notices.send_letter'")
            return cursor.fetchone()[0]

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(icat)
        assert jobs_queued() == 1
        raise ZeroDivisionError
    assert (jobs_queued(), Letter.objects.count()) == (0, 0)


def test_a_letter_is_sent_once(icat: Any, mailoutbox: list[mail.EmailMessage]) -> None:
    letter = write(icat)
    jobs.send_letter(letter=letter.pk)
    jobs.send_letter(letter=letter.pk)
    assert [(m.to, m.subject) for m in mailoutbox] == [(["ada@example.org"], letter.subject)]
    letter.refresh_from_db()
    assert letter.sent_at is not None


class Sink(socketserver.StreamRequestHandler):
    """A mail server that takes one letter."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            self.server.heard.append(line.decode().strip())  # type: ignore[attr-defined]
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                while (line := self.rfile.readline()) != b".\r\n":
                    self.server.heard.append(line.decode().strip())  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 fine\r\n")


def test_a_letter_goes_out_by_smtp(icat: Any, settings: Any) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), Sink) as server:
        server.heard = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        options = {"host": "127.0.0.1", "port": server.server_address[1], "timeout": 5}
        settings.MAILERS = {
            "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        }
        jobs.send_letter(letter=write(icat).pk)
        thread.join()
        assert "rcpt to:<ada@example.org>" in [line.lower() for line in server.heard]
        assert "Subject: You no longer act for UNICEF in ICAT" in server.heard


def test_a_mail_server_that_is_away_is_counted_and_tried_again(
    icat: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_self: Any) -> int:
        raise SMTPServerDisconnected("connection lost")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    letter = write(icat)
    with pytest.raises(SMTPServerDisconnected):
        jobs.send_letter(letter=letter.pk)
    letter.refresh_from_db()
    assert (letter.failures, letter.last_error, letter.sent_at) == (1, "connection lost", None)


def test_nothing_leaves_the_demonstration(
    icat: Any, settings: Any, mailoutbox: list[mail.EmailMessage]
) -> None:
    settings.DEMONSTRATION = True
    letter = write(icat)
    jobs.send_letter(letter=letter.pk)
    assert mailoutbox == []
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        assert cursor.fetchone()[0] == 0
