"""The words of outputs, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# The kinds that records use; another word of a record stands as it is.
KINDS: Final[Mapping[str, Promise]] = {
    "issue brief": _("Issue brief"),
    "policy paper": _("Policy paper"),
    "overview paper": _("Overview paper"),
    "analytical paper": _("Analytical paper"),
    "publication": _("Publication"),
    "plan": _("Plan"),
    "toolkit": _("Toolkit"),
    "joint statement": _("Joint statement"),
    "statement": _("Statement"),
    "call": _("Call"),
    "call to action": _("Call to action"),
    "submission": _("Submission"),
    "report": _("Report"),
    "annual report": _("Annual report"),
    "factsheet": _("Factsheet"),
    "press release": _("Press release"),
    "resource page": _("Resource page"),
    "online resource": _("Online resource"),
    "derived version": _("Derived version"),
    "strategy": _("Strategy"),
}
_numbered: Final = _("{kind} {number}")
_untitled: Final = _("{kind} (title not found)")
by: Final = _("by {date}")
from_output: Final = _("From “{title}”")
cleared: Final = _("Cleared by {body}")
covers: Final = _("Covers {date}")


def kind(word: str) -> str:
    """A kind in the language of the page."""
    return str(KINDS.get(word, capfirst(word)))


def series(word: str, number: int | None) -> str:
    """'Issue brief 4'."""
    return str(_numbered).format(kind=kind(word), number=number) if number else kind(word)


def untitled(word: str, number: int | None) -> str:
    """For an output of which only its number is known."""
    return str(_untitled).format(kind=series(word, number))
