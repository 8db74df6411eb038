"""Reference data that comes with OneVoice: the States, and names of organisations, each with its sources."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from onevoice.parties.models import State

DATA = Path(__file__).parent / "data"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_states() -> int:
    """Make the 193 Member States and the two observer States as the packaged data has them; says how many changed.

    A State is found by its M49 code, so that a new name (or a new permanent address) changes its row.
    """
    there = {state.m49: state for state in State.objects.all()}
    new, changed = [], []
    for values in _states():
        state = there.get(values["m49"])
        if state is None:
            new.append(State(**values))
        elif any(getattr(state, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(state, name, value)
            changed.append(state)
    State.objects.bulk_create(new, batch_size=500)
    for state in changed:
        state.save()
    return len(new) + len(changed)


def state_slugs() -> frozenset[str]:
    """The permanent addresses of all States, without asking the database."""
    return frozenset(values["slug"] for values in _states())


@lru_cache(maxsize=1)
def _states() -> tuple[dict[str, Any], ...]:
    data = _packaged("states.yaml")
    source = data["names_from"]
    return tuple({"admitted": None, **row, **_admitted(row), "source": source} for row in data["states"])


def _admitted(row: dict[str, Any]) -> dict[str, date]:
    return {"admitted": date.fromisoformat(row["admitted"])} if "admitted" in row else {}


@lru_cache(maxsize=1)
def organisations() -> dict[str, dict[str, Any]]:
    """Names and acronyms of 77 organisations by their usual id; says nothing about membership of a group."""
    return {row["slug"]: row for row in _packaged("organisations.yaml")["organisations"]}


def _packaged(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - CSafeLoader is safe
