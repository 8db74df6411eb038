"""Marks for sentences that pages translate: said once here, in English, and found by languages/catalogue.py.

The room itself knows no language. The command line shows them as they are; `decisions` in the reader's language.
"""

from __future__ import annotations


def _(words: str) -> str:
    """A sentence to be translated."""
    return words


def ngettext(one: str, many: str) -> tuple[str, str]:
    """A sentence in its two forms, for one `{count}` and for many."""
    return one, many
