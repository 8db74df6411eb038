"""What each value of a rule means for a member: plain sentences for whoever speaks for an organisation.

What follows from a value is docs/procedure.md's to say; each sentence here says it for one reader. A sentence may hold
`{value}`, the value in words, or `{count}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from onevoice.procedure import contradictions
from onevoice.procedure.marks import _
from onevoice.procedure.rules import NONE, UNSET, Rules, Silent

from .of_deciding import OF_DECIDING
from .of_outcomes import OF_OUTCOMES
from .sayings import Has, Saying, Sayings

NEEDED: Final = _("Nothing can start under these rules until the group has said this.")
SAYINGS: Final[Mapping[str, Sayings]] = {**OF_DECIDING, **OF_OUTCOMES}


def meaning(rules: Rules, key: str, value: Any) -> Saying:
    """What a value, by its key `section.name`, means for a member."""
    if value is UNSET and tuple(key.split(".")) in contradictions.lacking(rules):
        return NEEDED
    return case(SAYINGS[key], value)


def case(says: Sayings, value: Any) -> Saying:
    """The sentence for a value: of the value itself, of what a list holds, or of its kind."""
    if isinstance(value, Silent):
        return says[value] if value in says else says[NONE]
    if isinstance(value, tuple):
        held = next((one for one in says if isinstance(one, Has)), None)
        return says[held] if held and held.one in value else says[tuple]
    if isinstance(value, Enum | bool) and value in says:
        return says[value]
    return says[Enum if isinstance(value, Enum) else type(value)]
