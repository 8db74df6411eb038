"""How the sentences of a value stand: by the value itself, by its kind, or by what a list of values holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Saying = str | tuple[str, str]  # one sentence, or its two forms by `{count}`
Sayings = Mapping[Any, Saying]


@dataclass(frozen=True, slots=True)
class Has:
    """A list that holds this; `tuple` is any other list."""

    one: Any
