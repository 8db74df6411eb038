"""The worker's part: letters leave here, after the act's transaction. A machine write that is no act: delivery."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from .models import Letter
from .outbox import leaves

log = logging.getLogger(__name__)


@app.task(name="notices.send_letter", retry=RetryStrategy(max_attempts=12, wait=30, exponential_wait=2))
def send_letter(letter: int) -> None:
    """Send one letter once; a mail server that is away is tried again for about a day."""
    try:
        _send(letter)
    except (OSError, SMTPException) as error:
        log.warning("letter %s was not sent: %s", letter, error)
        Letter.objects.filter(pk=letter).update(failures=F("failures") + 1, last_error=str(error)[:500])
        raise


def _send(pk: int) -> None:
    """Two workers never send the same letter: the second skips the locked row, or finds it sent."""
    with transaction.atomic():
        letter = (
            Letter.objects.select_for_update(skip_locked=True).filter(pk=pk, sent_at__isnull=True).first()
        )
        if letter is None or not leaves():
            return
        message = EmailMessage(letter.subject, letter.body, to=[letter.address])
        if letter.calendar:
            message.attach("meeting.ics", letter.calendar, "text/calendar")
        message.send()
        Letter.objects.filter(pk=pk).update(sent_at=Now(), last_error="")
