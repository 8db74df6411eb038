"""Faults planted in the product's engine, one at a time: the check that does not find them proves nothing."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import FunctionType, ModuleType
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One expression of one module, and what stands in its place."""

    module: str
    right: str
    wrong: str


FAULTS: dict[str, Fault] = {
    "an act at the very end counts": Fault("ends", "else at >= end", "else at > end"),
    "a lost withdrawal": Fault(
        "moves.objecting", "name != member and (own or not whole)", "own or not whole"
    ),
    "an objection entered late counts whenever its message came": Fault(
        "moves.objecting", "course.state_at(event.came.at) in SPEAKING", "bool(event.came)"
    ),
    "the maker takes back those who joined": Fault("moves.objecting", "(own or not whole)", "not whole"),
    "a job's time instead of the deadline": Fault(
        "course", "self.decide(end.at, excused", "self.decide(self.ends.now, excused"
    ),
    "a threshold just met does not block": Fault(
        "voices",
        "return len(objecting) >= threshold\n        return",
        "return len(objecting) > threshold\n        return",
    ),
    "a share just met does not carry": Fault(
        "voices", "counted[Vote.FOR] >= ballot.for_at_least", "counted[Vote.FOR] > ballot.for_at_least"
    ),
    "weights are not added when members merge": Fault("voices", "weight + seat.weight", "weight"),
    "a stale objection does not block": Fault(
        "course", "if not one.set_aside)\n", "if not one.set_aside and not one.stale)\n"
    ),
    "outages that overlap count twice": Fault(
        "ends", "begins = since if reached is None else max(since, reached)", "begins = since"
    ),
    "a clock that runs on forgets what had run": Fault(
        "course",
        "max(self.end.at - at, timedelta(0))",
        "max(self.end.at - self.round.start.at, timedelta(0))",
    ),
    "who was reported absent is waited for": Fault(
        "course", "- self.taking_part() - self.round.excused", "- self.taking_part()"
    ),
    "who was admitted later may object": Fault(
        "moves.members",
        "if course.state is S.NOT_STARTED:\n        course.voices.seats.setdefault",
        "if True:\n        course.voices.seats.setdefault",
    ),
    "conditions are forgotten at the decision": Fault(
        "course",
        "frozenset(found | self.unmet()) if deciding else",
        "frozenset(found) if deciding else",
    ),
    "consensus minus one passes over two": Fault(
        "course", "len(objecting) <= pass_over", "len(objecting) <= pass_over + 1"
    ),
    "an answer after its time counts": Fault(
        "moves.positions",
        "if event.member in course.round.answers or course.ends.over(second.at, event.at)",
        "if event.member in course.round.answers",
    ),
    "an extension does not count against the limit": Fault(
        "moves.changing", "course.round.extensions += 1", "pass"
    ),
    "an objection in waiting is late for everybody": Fault(
        "moves.objecting", "event.member in course.waiting and (own", "False and (own"
    ),
}


def module_of(fault: Fault) -> ModuleType:
    """The module of the engine that a fault is planted in."""
    return importlib.import_module(f"onevoice.procedure.{fault.module}")


def functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    """Every function of a module by its place in it: plain ones, methods, properties."""
    for name, one in vars(module).items():
        if getattr(one, "__module__", None) != module.__name__:
            continue
        if isinstance(one, FunctionType):
            yield name, one
        elif isinstance(one, type):
            for inner, attribute in vars(one).items():
                plain: Any = attribute.fget if isinstance(attribute, property) else attribute
                plain = getattr(plain, "__func__", plain)
                if isinstance(plain, FunctionType) and plain.__code__.co_filename == module.__file__:
                    yield f"{name}.{inner}", plain


def spoilt(fault: Fault, module: ModuleType) -> ModuleType:
    """The module once more, with the fault in it."""
    source = inspect.getsource(module)
    if source.count(fault.right) != 1:
        raise LookupError(
            f"{module.__file__}: {fault.right!r} stands there {source.count(fault.right)} times, not once: "
            "say in tests/histories/faults.py what the fault replaces now."
        )
    again = ModuleType(module.__name__)
    again.__dict__.update(__package__=module.__package__, __file__=module.__file__, __spec__=module.__spec__)
    text = source.replace(fault.right, fault.wrong)
    exec(compile(text, str(module.__file__), "exec"), again.__dict__)  # noqa: S102 - the product's own source
    return again


@cache
def bodies(name: str) -> list[tuple[FunctionType, Any, Any]]:
    """The functions that a fault changes, each with its right code and its wrong one."""
    module = module_of(FAULTS[name])
    wrong = dict(functions(spoilt(FAULTS[name], module)))
    changed = [
        (function, function.__code__, wrong[place].__code__)
        for place, function in functions(module)
        if place in wrong and wrong[place].__code__ != function.__code__
    ]
    if not changed:
        raise LookupError(f"The fault {name!r} changed nothing.")
    return changed


@contextmanager
def planted(name: str) -> Iterator[None]:
    """While it lasts, the engine has this fault: its functions run the spoilt code."""
    for function, _, wrong in bodies(name):
        function.__code__ = wrong
    try:
        yield
    finally:
        for function, right, _ in bodies(name):
            function.__code__ = right


def found_after(name: str, check: Callable[[int], Any], most: int) -> int | None:
    """After how many histories a fault was found, where without it all is well; nothing when it was not."""
    for seed in range(most):
        with planted(name):
            found = fails(check, seed)
        if found and not fails(check, seed):
            return seed + 1
    return None


def fails(check: Callable[[int], Any], seed: int) -> bool:
    """Whether a check finds something; a crash is found as well."""
    try:
        return bool(check(seed))
    except Exception:
        return True
