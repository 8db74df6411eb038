"""Every fact can carry its source: the field that acts share, and the claim that it becomes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from onevoice.claims.models import Fact
from onevoice.claims.steps import replaced
from onevoice.enact.act import Act
from onevoice.enact.inputs import WebAddress
from onevoice.groups import wording
from onevoice.groups.steps import cite, cite_alike, is_cited

SOURCE = WebAddress(_("Where it can be read"), required=False)


def sourced(doing: Act, fact: Fact | None) -> dict[str, Any]:
    """The source that the form gives is kept as a claim on the fact that stands now; what the act says of it."""
    address = doing.inputs["source"]
    if address and fact is not None:
        cite(fact, address, by=doing.actor.key)
    return {"source": address} if address else {}


def said_anew_by_its_source[F: Fact](doing: Act, fact: F) -> F:
    """Nothing but the source differs: the same fact said anew, which those that stated it go on stating."""
    address = doing.inputs["source"]
    if not address or is_cited(fact, address):
        raise wording.same_as_before
    new = replaced(fact, why=doing.inputs["why"], by=doing.actor.key)
    cite_alike(fact, new)
    return new
