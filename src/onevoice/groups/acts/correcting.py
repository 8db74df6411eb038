"""What corrections share: their fields, said once, and the steps by which a fact is said anew or taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.claims.models import DatedFact, Fact
from onevoice.claims.steps import replaced, taken_back
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import LongText, PartialDay, YesNo
from onevoice.groups import visible, wording
from onevoice.groups.acts import sixfold
from onevoice.groups.acts.sourced import said_anew_by_its_sources, sourced, taken_out
from onevoice.groups.models import Group
from onevoice.groups.roles import SECRETARIAT
from onevoice.groups.steps import as_written, refuse_corrected
from onevoice.languages.collation import in_order

AS_FAR = _("As far as it is known: 2006, 2006-09 or 2006-09-14. Leave it empty when it is not known.")
STILL = _("As far as it is known: 2006, 2006-09 or 2006-09-14. Leave it empty when it has no known end.")
ANEW = _("As far as it is known: 2006, 2006-09 or 2006-09-14.")  # where what is empty stays
LEDE = _(
    "What was known before stays in the history, with who corrected it, when and why. What was frozen before, as who "
    "was present, is not changed."
)
KEPT = _(
    "Write only what is wrong: what you leave empty stays. What was known before stays in the history, with who "
    "corrected it, when and why."
)

TITLES = sixfold.fields(_("Title ({language})"))
FIRST = PartialDay(_("First day"), help=AS_FAR, required=False)
LAST = PartialDay(_("Last day"), help=STILL, required=False)
FIRST_ANEW = PartialDay(_("First day"), help=ANEW, required=False)
LAST_ANEW = PartialDay(_("Last day"), help=ANEW, required=False)
DATE_ANEW = PartialDay(_("Date"), help=ANEW, required=False)
NEVER = YesNo(_("It never was: it was recorded by mistake"))
WHY = LongText(
    _("Why"),
    limit=2000,
    help=_("The group sees it beside the fact; others see that it was corrected, and when."),
)


# --- steps -----------------------------------------------------------------------------------------------------
def begun_with(fact: DatedFact) -> dict[str, Any]:
    """The form begins with what stands."""
    return {"since": fact.since_written, "until": fact.until_written}


def corrected[F: DatedFact](doing: Act, fact: F, zone: str, **changes: Any) -> F | None:
    """The fact that stands now where a form shows all of it, or None where it never was."""
    given = doing.inputs
    written = {"since_written": given["since"], "until_written": given["until"], **changes}
    if given["never"] and differs(fact, written):
        raise wording.never_and_changed
    if not given["never"]:
        changes |= as_written(fact, given["since"], given["until"], zone)
    return settled(doing, fact, changes)


def settled[F: Fact](doing: Act, fact: F, changes: Mapping[str, Any]) -> F | None:
    """The fact that stands now, or None where it never was; where nothing else differs, its sources do."""
    given, by = doing.inputs, doing.actor.key
    wrong = taken_out(doing, fact)
    if given["never"]:
        if wrong:
            raise wording.never_and_changed
        taken_back(fact, why=given["why"], by=by)
        return None
    if not differs(fact, changes):
        return said_anew_by_its_sources(doing, fact)
    return replaced(fact, why=given["why"], by=by, **changes)


def differs(fact: Fact, changes: Mapping[str, Any]) -> bool:
    return any(getattr(fact, name) != value for name, value in changes.items())


def dates_anew(old: DatedFact, given: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """The dates where a form asks only for what is wrong: what is empty stays, what is named is taken out."""
    since, until = (
        "" if name in given["without"] else given[name] or getattr(old, f"{name}_written")
        for name in ("since", "until")
    )
    return as_written(old, since, until, zone)


def on_the_record(doing: Act, old: Any, new: Any, names: tuple[str, ...], **also: Any) -> Facts:
    """What was believed and what stands now, as facts; why is in words of a person, so it is no public fact."""
    became = {name: getattr(new, name) for name in names} if new is not None else None
    return facts(
        new if new is not None else old,
        public=also.pop("public", True),
        personal={"why": doing.inputs["why"], **also.pop("personal", {})},
        was={name: getattr(old, name) for name in names},
        became=became,
        **sourced(doing, new),
        **also,
    )


# --- facts of the group, of which the form names one -----------------------------------------------------------
def those_of(rows: Any, said: Callable[[Any], str]) -> list[tuple[str, str]]:
    """Those that stand, as choices in the order of the reader's language, after an empty one."""
    found = [(str(row.pk), said(row)) for row in rows.filter(standing=True)]
    return [("", "—"), *in_order(found, lambda pair: pair[1], get_language() or "en")]


def chosen(rows: Any, pk: str, group: Group) -> Any:
    """The fact that the form names, if it is one of these and stands."""
    fact = rows.filter(pk=int(pk)).first()
    if fact is None:
        raise wording.not_among_these
    if refusal := refuse_corrected(fact, group):
        raise refusal
    return fact


class OfTheGroup(Act, abstract=True):
    """A correction of one of the facts that the record of a group names: `among` finds them, `fact` is the field.

    What others do in the group does not make its form stale; another correction of the same fact does.
    """

    on, by, creates = visible.groups, (SECRETARIAT,), True
    among: ClassVar[Callable[[Group], Any]]
    nothing: ClassVar[Refusal]  # where there is none

    @classmethod
    def may(cls, actor: Actor, subject: Group, *, now: datetime) -> Refusal | None:
        return None if cls.among(subject).filter(standing=True).exists() else cls.nothing

    def happen(self, subject: Any) -> Facts:
        old = chosen(type(self).among(subject), self.inputs["fact"], subject)
        new = None
        if self.inputs["never"]:
            self.taken_back(old)
        else:
            new = settled(self, old, self.changes(subject, old))
        happened = self.said_of(old, new)
        return Facts(subject, happened.values, happened.personal, public=True)

    def taken_back(self, old: Any) -> None:
        """It never was."""
        settled(self, old, {})

    def changes(self, group: Group, old: Any) -> Mapping[str, Any]:
        """What the form says of it, field by field."""
        raise NotImplementedError

    def said_of(self, old: Any, new: Any) -> Facts:
        """What the record keeps of it."""
        raise NotImplementedError
