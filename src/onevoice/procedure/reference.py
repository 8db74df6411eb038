"""The reference of rules files, docs/rules.md, made from what the product reads.

Make it anew with: ./onevoice python -m onevoice.procedure.reference > docs/rules.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from . import contradictions, loading
from .rules import SECTIONS, Mode, Status

HEAD: Final = """# Rules files
Made from the product by `./onevoice python -m onevoice.procedure.reference > docs/rules.md`; what follows from each value: `docs/procedure.md`.

A body's rules for one way of deciding are one TOML file. Every value stands in it: what the rule says; `"none"` where the rule says that there is none; `"unset"` where its source is silent. Behind it, as a comment, the source by its short name. `./onevoice procedure check FILE` says, with file and line, what is missing, unknown or contradictory, and what a rule needs before it can run; `--members N` besides, whether a body of so many can meet its numbers. Files to begin with: `src/onevoice/procedure/bodies/`.

## The head

| key | what | one of |
|---|---|---|
"""  # noqa: E501
ABOUT: Final = {
    "scope": "To what the rule applies, and while.",
    "start": "Who starts a procedure, and what must be there first.",
    "voice": "Who decides, who may comment, and whose voice counts how much.",
    "ballot": 'When a vote carries; `ballot = "none"` in the head, and no section, for a rule that never votes.',
    "clock": "How long it runs, and when it ends.",
    "extension": "How a running clock is lengthened; the three of an outage are given together or not at all.",
    "objection": "How one objects, and what an objection must hold.",
    "blocking": "How many objections block, and what that does.",
    "revision": "What a new text does to the clock.",
    "positions": "What may be stated without blocking, and when.",
    "outcome": "What silence means, and what becomes of the text.",
    "notices": "Who is told of what, and what a notice that did not arrive does.",
}


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD.rstrip(), *_head(), *_sections(), *_needed()]) + "\n"


def _head() -> Iterator[str]:
    yield "| `title` | what people call the rule | words |"
    yield f"| `status` | where it comes from | {_either(Status)} |"
    yield f"| `mode` | how the body decides (parameter 9) | {_either(Mode)} |"
    yield "| `sources` | a table: short names, each with its address or title | words |"


def _either(kind: type[Status] | type[Mode]) -> str:
    return " or ".join(f'"{one.value}"' for one in kind)


def _sections() -> Iterator[str]:
    for section, kind in SECTIONS.items():
        yield from ("", f"## [{section}]", ABOUT[section], "")
        yield from ("| key | parameter | what | value |", "|---|---|---|---|")
        for one in fields(kind):
            number, says = one.metadata["parameter"], one.metadata["says"]
            yield f"| `{one.name}` | {number} | {says} | {loading.takes(section, one.name)} |"


def _needed() -> Iterator[str]:
    """What cannot be left unset, by mode: those that every rule needs first."""
    needed = {mode: tuple(f"`{'.'.join(key)}`" for key in contradictions.needed(mode)) for mode in Mode}
    every = [key for key in needed[Mode.MEETING] if all(key in keys for keys in needed.values())]
    yield from (
        "",
        "## What a rule needs",
        "A procedure cannot start under a rule that leaves these `unset`.",
        "",
    )
    yield f"- Every rule: {', '.join(every)}."
    for mode, keys in needed.items():
        if more := [key for key in keys if key not in every]:
            yield f"- {mode.value.capitalize()}: {', '.join(more)}."
    ballot = ", ".join(f"`{'.'.join(key)}`" for key in contradictions.NEEDED_TO_VOTE)
    yield f"- Where there is a section [ballot]: {ballot}."


if __name__ == "__main__":
    sys.stdout.write(page())
