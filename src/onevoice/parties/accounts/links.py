"""What stands beside whom the reader acts for, on every signed-in page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onevoice.look.frame import Link
from onevoice.parties.accounts.middleware import is_missing


def reader_links(request: HttpRequest, group: Any) -> Iterator[Link]:
    """The second factor that is missing, another organisation to act for, the profile; in the demonstration more."""
    if group is None:  # elsewhere nobody acts, and what one may do need not be asked of the database
        if len(request.standing.actors_to_show()) > 1:  # type: ignore[attr-defined]
            yield Link(reverse("parties:acting"), _("For whom you act"))
    else:
        if is_missing(request, group.slug):
            yield Link(reverse("mfa_index"), _("Set up a second factor to act"))
        if len(request.standing.identity.actors) > 1:  # type: ignore[attr-defined]
            yield Link(reverse("parties:acting"), _("Act for another"))
    yield Link(reverse("parties:profile"), _("Your profile"))
    if settings.DEMONSTRATION:
        yield Link(reverse("demonstration"), _("Be somebody else"))
        yield Link(reverse("demonstration-mail"), _("Mail of the demonstration"))
