"""Claims and their sources are public: anybody may see who says so."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from .models import Claim


def claims(viewer: object) -> QuerySet[Claim]:
    return Claim.objects.filter(standing=True).select_related("source")


def claims_about(viewer: object, keys: Iterable[str]) -> dict[str, list[Claim]]:
    """The standing claims about some subjects, by subject key; one query."""
    found: dict[str, list[Claim]] = {key: [] for key in keys}
    for claim in claims(viewer).filter(about__in=list(found)):
        found[claim.about].append(claim)
    return found
