"""The JSON Schema of the format, made from its declaration: python -m onevoice.operations.exchange.schema > FILE."""

from __future__ import annotations

import json
from typing import Any, Final

ADDRESS: Final = "https://json-schema.org/draft/2020-12/schema"

_NONE: Final = {
    "DATABASE_URL": "postgresql://nobody@localhost/none",
    "SECRET_KEY": "of nothing, since nothing is signed; long enough for every library",
    "ALLOWED_HOSTS": "localhost",
    "PUBLIC_ADDRESS": "http://localhost",
}


def schema() -> dict[str, Any]:
    """What editors and other programs check a record file by; reading.py checks more (ids, overlaps)."""
    from onevoice.operations.exchange.format import FORMAT, GAPS, SECTIONS, Group
    from onevoice.operations.exchange.rows import row_of

    used: dict[str, dict[str, Any]] = {}
    _define(row_of(Group), used)
    for shape in SECTIONS.values():
        _define(row_of(shape), used)
    _define(GAPS, used)
    sections = {name: {"type": "array", "items": row_of(shape).schema()} for name, shape in SECTIONS.items()}
    return {
        "$schema": ADDRESS,
        "title": "OneVoice record file",
        "description": "The record of one coordination group, in one file. docs/record-file.md explains it.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "group": row_of(Group).schema(),
            **sections,
            "gaps": {**GAPS.schema(), "description": "What the record is known not to hold."},
        },
        "required": ["format", "group"],
        "additionalProperties": False,
        "$defs": dict(sorted(used.items())),
    }


def _define(kind: Any, used: dict[str, dict[str, Any]]) -> None:
    """Add the definitions that a kind refers to, itself included."""
    from onevoice.operations.exchange.kinds import ListOf, Words
    from onevoice.operations.exchange.rows import RowOf

    if isinstance(kind, ListOf):
        _define(kind.item, used)
    elif isinstance(kind, Words):
        used.setdefault(kind.schema()["$ref"].rpartition("/")[2], kind.definition())
    elif isinstance(kind, RowOf) and kind.shape.__name__ not in used:
        used[kind.shape.__name__] = kind.definition()
        for each in kind.fields.values():
            _define(each.kind, used)


def text() -> str:
    """The schema as its file holds it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Print the schema; needs Django's models, not a database."""
    import os
    import sys

    import django

    from onevoice.operations.mode import Mode, choose

    choose(Mode.TEST)  # no database is asked, nothing is served: the settings only have to be there
    for name in ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_ADDRESS"):
        os.environ.setdefault(name, _NONE[name])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onevoice.operations.settings")
    django.setup(set_prefix=False)
    sys.stdout.write(text())


if __name__ == "__main__":
    main()
