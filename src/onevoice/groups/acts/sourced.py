"""Every fact can carry its source: the fields that acts share, and the claims that are made of them.

A wrong source is taken out, or replaced by the right one, with a correction of its fact: the same fact is said anew
without it, and the old fact stays in the history with the old citation, who took it out, when and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.claims.models import Claim, Fact
from onevoice.claims.steps import replaced
from onevoice.enact.act import Act
from onevoice.enact.inputs import Choice, WebAddress
from onevoice.groups import wording
from onevoice.groups.steps import cite, cite_alike, is_cited, key_of_fact, stated_by

SOURCE = WebAddress(_("Where it can be read"), required=False)
Choices = list[tuple[str, str]]


class FactChoice(Choice):
    """One of the facts that stand. One that did when the form was made is told by the act: who corrected it, when."""

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or (
            isinstance(value, str) and value.isdecimal() and len(value) < 19
        )


# --- a source that does not say so -----------------------------------------------------------------------------
def _wrong(choices: Callable[[Any], Choices]) -> FactChoice:
    return FactChoice(
        _("Source to be taken out"),
        choices,
        required=False,
        help=_(
            "A source that does not say so. It stays readable in the history, with who took it out, when and why."
        ),
    )


def _of_a_fact(fact: Fact) -> Choices:
    return [("", "—"), *((str(claim.pk), claim.source.address) for claim in stated_by([fact]))]


WRONG = _wrong(_of_a_fact)


def wrong_of(rows: Callable[[Any], Any], said: Callable[[Any], str]) -> FactChoice:
    """The same where the form names the fact: each source with the fact that it is said to state."""

    def choices(group: Any) -> Choices:
        facts = list(rows(group).filter(standing=True))
        names = {key_of_fact(fact): said(fact) for fact in facts}
        return [("", "—"), *_named(stated_by(facts), names)]

    return _wrong(choices)


def _named(claims: Iterable[Claim], names: dict[str, str]) -> Choices:
    return [(str(claim.pk), wording.cited(names[claim.about], claim.source.address)) for claim in claims]


def taken_out(doing: Act, fact: Fact) -> Claim | None:
    """The source that the form says is wrong; it must be one of this fact."""
    if not (pk := doing.inputs["wrong"]):
        return None
    claim = stated_by([fact]).filter(pk=int(pk)).first()
    if claim is None:
        raise wording.not_its_source
    return claim


# --- steps -----------------------------------------------------------------------------------------------------
def sourced(doing: Act, fact: Fact | None) -> dict[str, Any]:
    """The source that the form gives is kept as a claim on the fact that stands now; what the act says of both."""
    address, wrong = doing.inputs["source"], doing.inputs.get("wrong")
    if address and fact is not None and not is_cited(fact, address):
        cite(fact, address, by=doing.actor.key)
    said = {"source": address} if address else {}
    if wrong:
        said["no_longer"] = Claim.objects.select_related("source").get(pk=int(wrong)).source.address
    return said


def said_anew_by_its_sources[F: Fact](doing: Act, fact: F) -> F:
    """Nothing but its sources differ: the same fact said anew, which those that stated it go on stating, but one."""
    address, wrong = doing.inputs["source"], taken_out(doing, fact)
    adds = bool(address) and not is_cited(fact, address)
    if not (adds or wrong) or (wrong and wrong.source.address == address):
        raise wording.same_as_before
    new = replaced(fact, why=doing.inputs["why"], by=doing.actor.key)
    cite_alike(fact, new, without=wrong)
    return new
