"""Steps that acts share: a fact is replaced by another or taken from standing, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from .models import DatedFact, Fact, Reason, Supersession

FactT = TypeVar("FactT", bound=Fact)
OWN = frozenset({"id", "standing", "claimed_at", "claimed_by"})


def replaced[FactT: Fact](fact: FactT, *, why: str, by: str, **changes: Any) -> FactT:
    """A new fact like the old one but for the changes, which supersedes it: who, when (the database's clock), why."""
    kept = {f.attname: getattr(fact, f.attname) for f in fact._meta.concrete_fields if f.name not in OWN}
    new = type(fact)._default_manager.create(**kept | changes, claimed_by=by)
    _superseded(fact, by_fact_id=new.pk, why=why, by=by)
    return new


def taken_back(fact: Fact, *, why: str, by: str) -> None:
    """A fact said by mistake no longer stands, and nothing stands in its place."""
    _superseded(fact, by_fact_id=None, why=why, by=by)


def ended[FactT: DatedFact](fact: FactT, *, at: datetime, written: str, why: str, by: str) -> FactT:
    """The fact again, now known to end: `written` is the last day as people say it, `at` its instant."""
    period = type(fact.period)(fact.period.lower, at)
    return replaced(fact, why=why, by=by, period=period, until_written=written)


def _superseded(fact: Fact, *, by_fact_id: int | None, why: str, by: str) -> None:
    """`why` is in words of a person, or a Reason: that is kept as what it is, and said when it is shown."""
    said, kind = ("", why.value) if isinstance(why, Reason) else (why, "")
    Supersession.objects.create(
        fact_table=fact._meta.db_table, fact_id=fact.pk, by_fact_id=by_fact_id, why=said, kind=kind, by=by
    )
