"""Replays: what happened in a body, event by event, and what the rules then say holds.

Values that a source leaves unset are given as `assumed`, each with the comment 'assumed in this test'.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from onevoice.procedure import calendars, cases
from onevoice.procedure.instants import read
from onevoice.procedure.outcome import outcome
from onevoice.procedure.states import Judgement, Outcome


@dataclass(frozen=True)
class Holds:
    """What holds at an instant: `standing` with whose objections, `but` what did not count and why.

    Every event that is not in `but` counted. `effective` is the time on the wall in the zone of the case.
    """

    state: str
    effective: str | None = None
    standing: Mapping[str, str] = field(default_factory=dict)
    answered: str = ""
    but: Mapping[str, str] = field(default_factory=dict)


class Replay:
    """A case that grows: what happened, and what held at any instant of it."""

    def __init__(
        self,
        rules: str | Mapping[str, Any],
        roster: Iterable[str | Mapping[str, Any]],
        *,
        zone: str,
        calendar: str | None = None,
        assumed: Mapping[str, Any] | None = None,
    ) -> None:
        self.zone = zone
        members = [{"member": one} if isinstance(one, str) else dict(one) for one in roster]
        self.data = {"format": 1, "rules": rules, "assumed": dict(assumed or {}), "roster": members}
        self.data |= {"calendar": calendar} if calendar else {}
        self.events: list[dict[str, Any]] = []

    def happens(self, key: str, what: str, at: str, **fields: Any) -> Replay:
        """An event; `until` and the like are written in the zone of the case, as `at` is."""
        for name in ("until", "since"):
            if name in fields:
                fields[name] = self._written(fields[name])
        said = {name.rstrip("_"): value for name, value in fields.items()}
        self.events.append({"id": key, "what": what, "at": self._written(at), **said})
        return self

    def starts(self, at: str, *, kind: str = "decision", by: str = "chair", **fields: Any) -> Replay:
        return self.happens("start", "started", at, by=by, kind=kind, **({"text": text("draft")} | fields))

    def at(self, when: str) -> Holds:
        found = self.outcome(when)
        return Holds(
            found.state.value,
            self._local(found.effective),
            {one.objection: " ".join(sorted(one.members)) for one in found.standing},
            " ".join(sorted(found.answered)),
            {
                key: f"{one.judgement.value}: {one.why.value}" if one.why else one.judgement.value
                for key, one in found.judged.items()
                if one.judgement is not Judgement.COUNTED
            },
        )

    def outcome(self, when: str) -> Outcome:
        """All that holds; every event up to then is judged."""
        case = cases.read(self.data | {"events": self.events}, calendar=calendars.shipped)
        instant = read(self._written(when)).at
        found = outcome(case.rules, case.roster, case.calendar, case.events, at=instant)
        assert found.judged.keys() == {one.key for one in case.events if one.at <= instant}
        return found

    def end(self, when: str) -> str | None:
        """The clock's end as it is known at an instant, by the clock on the wall."""
        found = self.outcome(when).end
        return self._local(found.at) if found else None

    def _written(self, at: str) -> str:
        return f"{at}[{self.zone}]"

    def _local(self, at: datetime | None) -> str | None:
        if at is None:
            return None
        local = at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")


def text(name: str, **paragraphs: str) -> dict[str, Any]:
    return {"hash": name, "paragraphs": paragraphs}


def changed(body: str, **values: Any) -> dict[str, Any]:
    """A body's rules with other values, by section__value."""
    found = tomllib.loads(
        (files("onevoice.procedure") / "bodies" / f"{body}.toml").read_text(encoding="utf-8")
    )
    for where, value in values.items():
        section, _, name = where.partition("__")
        if name:
            found[section][name] = value
        else:
            found[section] = value
    return found


def members(how_many: int) -> list[str]:
    return [f"M{number}" for number in range(1, how_many + 1)]
