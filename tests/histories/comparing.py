"""The product beside the model: where they differ, which invariant a history breaks, and its smallest form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any

from onevoice.procedure import calendars, loading
from onevoice.procedure import cases as files
from onevoice.procedure import outcome as product

from . import cases, model

Data = dict[str, Any]
DIFFERS = "differs from the model"
OVERRIDING = ("consensus", "dissent")
# A case is read thousands of times here; what a rule's fields are does not change meanwhile.
if hasattr(loading, "get_type_hints"):
    loading.get_type_hints = cache(loading.get_type_hints)
shipped = cache(calendars.shipped)


def product_read(case: Data) -> files.Case:
    """The case as the product reads it."""
    return files.read(case, calendar=shipped)


def product_says(read: files.Case, at: datetime) -> Data:
    """What the product says of a case that it has read, as data."""
    return files.as_data(product.outcome(read.rules, read.roster, read.calendar, read.events, at=at))


def product_outcome(case: Data, at: datetime) -> Data:
    """What the product says, as data."""
    return product_says(product_read(case), at)


def plain(value: Any) -> Any:
    """A value as the product's data has it: instants as text in UTC, lists for tuples."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def differences(case: Data, at: datetime, found: Data | None = None) -> dict[str, tuple[Any, Any]]:
    """What model and product say differently: key, the model's value, the product's."""
    expected, found = plain(model.outcome(case, at)), found or product_outcome(case, at)
    return {key: (value, found.get(key)) for key, value in expected.items() if value != found.get(key)}


def wrong(
    case: Data, at: datetime, seed: int, found: Data | None = None, *, whole: bool = True
) -> str | None:
    """The first thing that is wrong with a case at an instant, on the product's side."""
    found = found or product_outcome(case, at)
    if differences(case, at, found):
        return DIFFERS
    known = INVARIANTS | (OF_THE_WHOLE if whole else {})
    return next((name for name, breaks in known.items() if breaks(case, at, found, seed)), None)


# ---- Invariants, on the product's outcome alone


def adopts_what_is_blocked(case: Data, at: datetime, found: Data, seed: int) -> bool:
    """Adopted, although an objection stands that blocks, is not set aside, and was not overridden by anybody."""
    counted = [
        one for one in events_until(case, at) if found["judged"][one["id"]][0] == "counted"
    ]  # fmt: skip
    overridden = any(
        one["what"] in ("put", "voted", "ballot", "settled")
        or (one["what"] == "judged" and one["verdict"] in OVERRIDING)
        for one in counted
    )
    left_later = any(one["what"] in ("left", "present") for one in counted)
    return found["state"] == "adopted" and found["blocked"] and not overridden and not left_later


def loses_something(case: Data, at: datetime, found: Data, seed: int) -> bool:
    """An event that nobody judged, or an objection that counted and neither stands nor was answered or taken back."""
    until = events_until(case, at)
    if {one["id"] for one in until} != set(found["judged"]):
        return True
    counted = [one for one in until if found["judged"][one["id"]][0] == "counted"]
    answered = max(
        (number for number, one in enumerate(counted) if one["what"] in ("revised", "corrected")), default=-1
    )
    takes_back = {one["objection"] for one in counted if one["what"] in ("withdrew", "struck")}
    somebody_left = any(one["what"] == "left" for one in counted)
    stands = {one["objection"] for one in found["standing"]}
    return any(
        one["what"] == "objected" and number > answered
        and one["id"] not in stands | takes_back and not somebody_left
        for number, one in enumerate(counted)
    )  # fmt: skip


def counts_after_the_end(case: Data, at: datetime, found: Data, seed: int) -> bool:
    """An objection counted in silence that was made after the end that the clock had then."""
    if found["decided_at"] is None:
        return False
    decided = datetime.fromisoformat(found["decided_at"])
    return any(
        found["judged"][one["id"]][0] == "counted" and model.utc(one["at"]) > decided
        for one in events_until(case, at)
        if one["what"] in ("objected", "joined", "amended", "voted", "supported", "revised", "extended")
    )


def knows_the_future(case: Data, at: datetime, found: Data, seed: int) -> bool:
    """Events after the instant change what held."""
    return product_outcome({**case, "events": events_until(case, at)}, at) != found


def heeds_the_file(case: Data, at: datetime, found: Data, seed: int) -> bool:
    """Another order of the file, those of one instant kept in theirs, changes something."""
    random = Random(seed)
    groups: dict[datetime, list[Data]] = {}
    for one in case["events"]:
        groups.setdefault(model.utc(one["at"]), []).append(one)
    order = list(groups.values())
    random.shuffle(order)
    return product_outcome({**case, "events": [one for group in order for one in group]}, at) != found


INVARIANTS: dict[str, Callable[[Data, datetime, Data, int], bool]] = {
    "adopts what is blocked": adopts_what_is_blocked,
    "loses something": loses_something,
    "counts after the end": counts_after_the_end,
}
OF_THE_WHOLE: dict[str, Callable[[Data, datetime, Data, int], bool]] = {  # each reads the case once more
    "knows the future": knows_the_future,
    "heeds the order of the file": heeds_the_file,
}


def events_until(case: Data, at: datetime) -> list[Data]:
    """The events that have happened."""
    return [one for one in case["events"] if model.utc(one["at"]) <= at]


# ---- One history, and its smallest form


def check(
    seed: int, number: int = 3, *, whole: bool = True, seen: Counter[str] | None = None
) -> tuple[Data, datetime, str] | None:
    """A seed's case with the instant and what is wrong there; nothing when all is well. `seen` counts what occurs."""
    case = cases.case(seed)
    read = product_read(case)
    for n, at in enumerate(cases.instants(case, seed, number)):
        found = product_says(read, at)
        if seen is not None:
            count(seen, case, found)
        reason = wrong(case, at, seed, found, whole=whole and n == 0)
        if reason:
            return case, at, reason
    return None


def count(seen: Counter[str], case: Data, found: Data) -> None:
    """Which states, reasons, and counted kinds of events occur."""
    kinds = {one["id"]: one["what"] for one in case["events"]}
    seen[f"state {found['state']}"] += 1
    for key, (verdict, reason) in found["judged"].items():
        seen[f"reason {reason}" if reason else f"{verdict} {kinds[key]}"] += 1


def shrunk(case: Data, at: datetime, reason: str, seed: int) -> tuple[Data, datetime]:
    """The smallest case that is wrong in the same way: without events, members, values it does not need."""

    def still(smaller: Data) -> bool:
        try:
            return wrong(smaller, at, seed) == reason
        except Exception:  # a case that is no case is not the one that is looked for
            return False

    shrinking = True
    while shrinking:
        shrinking = False
        for smaller in smaller_ones(case):
            if still(smaller):
                case, shrinking = smaller, True
                break
    return case, at


def smaller_ones(case: Data) -> Iterator[Data]:
    """The same without the end of its events, one event, one member, one assumed value, or one field."""
    events, roster, assumed = case["events"], case["roster"], case["assumed"]
    for keep in (len(events) // 2, 3 * len(events) // 4):
        if keep < len(events):
            yield {**case, "events": events[:keep]}
    for n in reversed(range(len(events))):
        yield {**case, "events": events[:n] + events[n + 1 :]}
    for n in reversed(range(len(roster))):
        yield {**case, "roster": roster[:n] + roster[n + 1 :]}
    for name in assumed:
        yield {**case, "assumed": {key: value for key, value in assumed.items() if key != name}}
    for n, one in enumerate(events):
        for key in one:
            if key not in ("id", "at", "what", "text") and key != "member":
                smaller = {name: value for name, value in one.items() if name != key}
                yield {**case, "events": [*events[:n], smaller, *events[n + 1 :]]}
