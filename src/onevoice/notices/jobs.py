"""The worker's part: letters leave here, after the act's transaction. Machine writes that are no acts: delivery.

1. `sent` is written before the mail server is spoken to, `accepted` when it has taken the letter.
2. It refuses for good (5xx): the letter has bounced, at once, and is not tried again.
3. It is away, or says 'later' (4xx): tried again after half a minute, then ever later, at most a quarter of an hour
   apart, for five days; then it counts as bounced.
4. Two workers never send one letter at once. Where one is stopped between the server's answer and our commit, the
   letter is sent again with the same Message-ID, by which programs know it as the same.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from .delivery import note
from .message import Outgoing
from .models import Letter, Step
from .outbox import leaves

log = logging.getLogger(__name__)
FIRST, LONGEST = 30, 15 * 60  # seconds until the next try
GIVES_UP = timedelta(days=5)


class UntilItReturns(BaseRetryStrategy):
    """Soon at first, and never so seldom that a letter waits long once the mail server is back."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        seconds = min(LONGEST, FIRST * 2 ** min(job.attempts, 10))
        return RetryDecision(retry_in={"seconds": seconds})


@app.task(name="notices.send_letter", retry=UntilItReturns())
def send_letter(letter: int) -> None:
    """Send one letter once; a mail server that is away is tried again for five days."""
    row = (
        Letter.objects.filter(pk=letter, sent_at__isnull=True).exclude(deliveries__step=Step.BOUNCED).first()
    )
    if row is None or not leaves():
        return
    note(row, Step.SENT)
    try:
        _send(letter)
    except (OSError, SMTPException, ValueError) as error:
        _not_sent(row, error)


def _not_sent(letter: Letter, error: Exception) -> None:
    """For good: it has bounced. Else the queue tries again, unless it was tried for too long."""
    log.warning("letter %s was not sent: %s", letter.pk, error)
    Letter.objects.filter(pk=letter.pk).update(failures=F("failures") + 1, last_error=str(error)[:500])
    waited = Letter.objects.filter(pk=letter.pk, queued_at__lt=Now() - GIVES_UP).exists()
    if is_for_good(error) or waited:
        note(letter, Step.BOUNCED, str(error))
        return
    raise error


def is_for_good(error: Exception) -> bool:
    """Whether the mail server refused this letter, and not us or for now: 5xx to its address or its content."""
    if isinstance(error, ImproperlyConfigured):
        return False
    if isinstance(error, ValueError):  # an address that no mail server could be asked for
        return True
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _says in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def _send(pk: int) -> None:
    """Two workers never send the same letter: the second skips the locked row, or finds it sent."""
    with transaction.atomic():
        rows = Letter.objects.select_for_update(skip_locked=True)
        letter = rows.filter(pk=pk, sent_at__isnull=True).first()
        if letter is None:
            return
        Outgoing(letter).send()
        Letter.objects.filter(pk=pk).update(sent_at=Now(), last_error="")
        note(letter, Step.ACCEPTED)
