"""Why a fact no longer stands, in words: a person's own as they were written, an act's in the reader's language."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .models import Reason

REASONS: Final = {
    Reason.HANDED_OVER: _("Handed over"),
    Reason.ENDED: _("Ended"),
    Reason.RENAMED: _("Renamed"),
}
imported = _("Import of {file}")
# How acts wrote their reasons before there were kinds of them; what is written is not rewritten.
FORMER: Final = {"handed over": Reason.HANDED_OVER, "ended": Reason.ENDED, "renamed": Reason.RENAMED}
_OF_IMPORT: Final = "import of "


def reason(why: str, kind: str = "") -> str:
    """The words of a person, else of the kind; an act of before kinds and an import are known by what they wrote."""
    known = FORMER.get(why) if not kind else Reason(kind) if kind in Reason else None
    if known is not None:
        return str(REASONS[known])
    if why.startswith(_OF_IMPORT):
        return str(imported).format(file=why.removeprefix(_OF_IMPORT))
    return why
