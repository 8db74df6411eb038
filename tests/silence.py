"""Rules of silence for tests: ICAT's proposal with clocks of three days of the calendar; no working day matters."""

from __future__ import annotations

from collections.abc import Mapping

from onevoice.procedure.loading import text_of

IN_DAYS = {
    "minimum = { working_days = 3 }": "minimum = { hours = 72 }",
    "ends_on_day_off = false": "ends_on_day_off = true",
    'calendar = "vienna"  # the seat\'s': 'calendar = "none"',
    "closing = 17:00:00  # the seat's time": 'closing = "none"',
    "each = { working_days = 1 }": "each = { hours = 24 }",
    "total = { working_days = 4 }": "total = { hours = 96 }",
    "after = { working_days = 5 }": "after = { hours = 120 }",
    "within = { working_days = 10 }": "within = { hours = 240 }",
}


def rules_of_three_days(changed: Mapping[str, str] = {}) -> str:  # noqa: B006 - only read
    """The file; `changed`: what else is replaced."""
    toml = text_of("icat-working-group")
    for old, new in {**IN_DAYS, **changed}.items():
        assert old in toml, old
        toml = toml.replace(old, new)
    return toml
