"""What an act is: declared once; page, API, permissions, reference and tests are made from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from onevoice.languages.lists import number
from onevoice.languages.web import active_language

from .actor import Actor, Viewer

Sentence = str | Promise


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Why an act may not happen, as a sentence for the reader: what happened, what to do next."""

    def __init__(self, kind: str, say: Sentence, **facts: Any) -> None:
        super().__init__(kind)
        self.kind, self.say, self.facts = kind, say, facts

    def __str__(self) -> str:
        return str(self.say).format(**{name: _shown(value) for name, value in self.facts.items()})


def _shown(fact: Any) -> str:
    """A number as the reader's language groups it; anything else as it is."""
    return number(fact, active_language().code) if type(fact) is int else str(fact)


@dataclass(frozen=True, slots=True)
class Who:
    """One way of being allowed: a key for the permission matrix, a name for people, and the test itself."""

    key: str
    name: Sentence
    allows: Callable[[Actor, Any], bool]


@dataclass(frozen=True, slots=True)
class Facts:
    """What an act did: its result, the facts for the record (no sentences), and what is personal in them.

    `also_under`: what the subject stands under from now on, where the act moved it there.
    """

    result: Any
    values: Mapping[str, Any]
    personal: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False
    also_under: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a receipt says first: that it is done, and what follows; `counts` is False for what was only kept."""

    heading: Sentence
    says: Sentence = ""
    counts: bool = True


def facts(
    result: Any,
    *,
    public: bool = False,
    personal: Mapping[str, Any] | None = None,
    also_under: Sequence[Any] = (),
    **values: Any,
) -> Facts:
    return Facts(result, values, personal or {}, public, also_under)


class Act:
    """An act by a person for an organisation on a subject. Subclass, declare, write `happen`.

    `on` is the visible set it begins in; `by` says who may; `may` says under which condition (a Refusal or None).
    `forbids` maps names of database constraints to the sentence shown when they stop the act.
    """

    on: ClassVar[Callable[[Viewer], QuerySet[Any]]]
    by: ClassVar[tuple[Who, ...]]
    label: ClassVar[Sentence]
    lede: ClassVar[Sentence] = ""
    done: ClassVar[Sentence] = ""
    formal: ClassVar[bool] = True
    creates: ClassVar[bool] = (
        False  # makes something new under its subject: others' acts there don't make it stale
    )
    leads: ClassVar[bool] = False  # brings its subject forward: offered first
    grave: ClassVar[bool] = False  # stops others: offered last
    for_others: ClassVar[bool] = False
    received_first: ClassVar[bool] = False  # counts to the second: stamped and committed before it is judged
    since: ClassVar[str] = ""
    forbids: ClassVar[Mapping[str, Sentence]] = {}
    tells: ClassVar[tuple[Callable[..., Iterable[Any]], ...]] = ()

    do_not_call_in_templates: ClassVar[bool] = True  # pages show the declaration itself: `{{ act.label }}`

    name: ClassVar[str]
    slug: ClassVar[str]
    fields: ClassVar[dict[str, forms.Field]]

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        """`abstract`: what several acts share, which is no act itself."""
        super().__init_subclass__(**kwargs)
        cls.fields = {
            **getattr(cls, "fields", {}),
            **{name: value for name, value in vars(cls).items() if isinstance(value, forms.Field)},
        }
        verb = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.name = f"{cls.__module__.split('.')[1]}.{verb}"
        cls.slug = verb.replace("_", "-")
        if not abstract:
            _register(cls)

    def __init__(self, actor: Actor, inputs: Mapping[str, Any], *, received_at: datetime) -> None:
        self.actor, self.inputs, self.received_at = actor, dict(inputs), received_at

    @classmethod
    def refusal(cls, actor: Actor, subject: Any, *, now: datetime) -> Refusal | None:
        """Who may, then under which condition; asked for each link shown and again at the door."""
        if not any(who.allows(actor, subject) for who in cls.by):
            return Refusal("not_for_you", wording.not_for_you, who=wording.either(who.name for who in cls.by))
        return cls.may(actor, subject, now=now)

    @classmethod
    def may(cls, actor: Actor, subject: Any, *, now: datetime) -> Refusal | None:
        """The condition of the subject; a Refusal names the rule."""
        return None

    @classmethod
    def offered(cls, actor: Actor, subject: Any, *, now: datetime) -> bool:
        """Whether pages offer it: an act that would be received, and not count, is still possible."""
        return True

    @classmethod
    def due(cls, subject: Any, *, now: datetime, actor: Actor) -> datetime | None:
        """The instant before which it must be received to count, in UTC; None where there is none."""
        return None

    @classmethod
    def warns(cls, actor: Actor, subject: Any, *, now: datetime) -> Sentence:
        """What whoever opens the form must know first; empty where there is nothing."""
        return ""

    @classmethod
    def said(cls, happened: Mapping[str, Any]) -> Said:
        """What its receipt says first, by the facts that it left."""
        return Said(cls.done)

    def happen(self, subject: Any) -> Facts:
        raise NotImplementedError

    @classmethod
    def initial(cls, subject: Any) -> dict[str, Any]:
        """What the form begins with."""
        return {}

    @classmethod
    def begins_as_it_stands(cls) -> bool:
        """Whether `initial` says how the subject is now, and not only what is usual for something new."""
        return not cls.creates and cls.initial.__func__ is not Act.initial.__func__  # type: ignore[attr-defined]

    @classmethod
    def subject_model(cls) -> type[Model]:
        return _model_of(cls)


@cache
def _model_of(act: type[Act]) -> type[Model]:
    """Of the act's visible set; asked once, since pages ask it of every act for every row."""
    return act.on(Viewer()).model


_acts: dict[str, type[Act]] = {}


def _register(act: type[Act]) -> None:
    known = _acts.setdefault(act.slug, act)
    if (known.__module__, known.__name__) != (act.__module__, act.__name__):
        raise RuntimeError(f"Two acts are called {act.slug}: {known} and {act}. Name one of them otherwise.")


def all_acts() -> list[type[Act]]:
    """Every declared act, by room and name."""
    return sorted(_acts.values(), key=lambda act: act.name)


def declared() -> list[type[Act]]:
    """Every declared act, in the order of the files and of the lines in them."""
    return list(_acts.values())


def label_of(name: str) -> Sentence:
    """What the page calls an act on the record; an act of a machine has its words, an unknown one its name."""
    known = act_named(name)
    return known.label if known else wording.ACTS.get(name, name)


def act_named(name: str) -> type[Act] | None:
    """The act that the record calls so, if it is declared still."""
    return next((act for act in _acts.values() if act.name == name), None)


def act_called(slug: str) -> type[Act] | None:
    return _acts.get(slug)


from . import wording  # noqa: E402 - the sentences need Refusal's neighbours loaded first
