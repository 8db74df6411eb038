"""The organisations that groups are made of: entered once, renamed with their history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.claims.models import Reason
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Day, ShortText, WebAddress
from onevoice.groups import visible, wording
from onevoice.groups.acts.sourced import SOURCE, sourced
from onevoice.groups.known import ORGANISATION_KINDS
from onevoice.groups.models import Group
from onevoice.groups.roles import SECRETARIAT
from onevoice.groups.steps import end_on, period
from onevoice.languages.collation import in_order
from onevoice.languages.names import CODES
from onevoice.languages.slugs import free_slug
from onevoice.languages.words import plain, texts, with_text
from onevoice.parties import reference
from onevoice.parties.models import Organisation, OrganisationName

OTHERS = tuple(code for code in CODES if code != "en")
NAMES = tuple(
    ShortText(label, limit=300, required=False)
    for label in (
        _("Name in French"),
        _("Name in Spanish"),
        _("Name in Arabic"),
        _("Name in Russian"),
        _("Name in Chinese"),
    )
)
ACRONYMS = tuple(
    ShortText(label, limit=40, required=False)
    for label in (
        _("Acronym in French"),
        _("Acronym in Spanish"),
        _("Acronym in Arabic"),
        _("Acronym in Russian"),
        _("Acronym in Chinese"),
    )
)
KINDS = [("", "—"), *ORGANISATION_KINDS.items()]
neither = _("Choose an organisation from the list, or type its name in English.")
no_kind = _("Choose what kind of organisation it is.")
_taken = _(
    "{organisation} is entered already. Nothing has changed: admit it to a body, or correct the name and the acronym."
)
name_overlaps = _(
    "A later name of this organisation is known already. Nothing has changed: choose a day after it began."
)


def seen_in(group: Group) -> QuerySet[Organisation]:
    """All that a group may know of: invented ones only in a demonstration."""
    rows = Organisation.objects.prefetch_related("names")
    return rows if group.demonstration else rows.exclude(invented=True)


def in_list(group: Group) -> list[tuple[str, Any]]:
    """The packaged list without what is entered."""
    there = list(seen_in(group))
    names = {text for each in there for text in _said(each, "names")}
    acronyms = {text for each in there for text in _said(each, "acronyms")}
    code = get_language() or "en"
    free = [
        (slug, plain(row["names"], code))
        for slug, row in reference.organisations().items()
        if _folded(plain(row["names"], "en")) not in names
        and _folded(plain(row.get("acronyms"), "en")) not in acronyms
    ]
    return [("", "—"), *in_order(free, lambda pair: pair[1], code)]


def among_renamable(group: Group) -> QuerySet[Organisation]:
    """Those in the group, once or now, and those in no group; of a demonstration, only what is made up."""
    rows = seen_in(group).filter(invented=group.demonstration)
    return rows.filter(Q(memberships__body__group=group) | Q(memberships__isnull=True)).distinct()


def renamable(group: Group) -> list[tuple[str, str]]:
    """As choices, in the order of the reader's language."""
    choices = [(each.slug, wording.full(each)) for each in among_renamable(group)]
    return [("", "—"), *in_order(choices, lambda pair: pair[1], get_language() or "en")]


def _said(organisation: Organisation, field: str) -> set[str]:
    """Every name (or acronym) it has or had, in any language."""
    rows = [row for row in organisation.names.all() if row.standing]
    return {_folded(text) for row in rows for _code, text in texts(getattr(row, field))}


def _folded(text: str) -> str:
    """As names are compared: without case, with one kind of apostrophe."""
    return text.casefold().replace("’", "'")


def refuse_taken(group: Group, names: Any, acronyms: Any, *, besides: Organisation | None = None) -> None:
    """Two organisations are never called the same in English; the one that is there is named."""
    name, acronym = _folded(plain(names, "en")), _folded(plain(acronyms, "en"))
    for other in seen_in(group):
        same = name in _said(other, "names") or (acronym and acronym in _said(other, "acronyms"))
        if same and other != besides:
            raise Refusal("organisation_taken", _taken, organisation=wording.full(other))


def filled_in(words: Mapping[str, Any], given: Mapping[str, Any], what: str) -> dict[str, Any]:
    """The words with every language that was filled in said anew."""
    changed = dict(words)
    for code in CODES:
        if text := given[what if code == "en" else f"{what}_{code}"]:
            changed = with_text(changed, code, text)
    return changed


class EnterOrganisation(Act):
    """Enter an organisation, so that bodies can admit it and persons can act for it."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Enter an organisation")
    lede = _(
        "Choose it from the list of known organisations, or type its name. It sits in no body until one admits it."
    )
    done = _("The organisation is entered. A body can admit it now.")
    creates = True
    known = Choice(
        _("From the list of known organisations"),
        in_list,
        required=False,
        help=_(
            "The list brings names, acronyms and the web site. What you type as well replaces what the list says."
        ),
    )
    name = ShortText(_("Name in English"), limit=300, required=False)
    acronym = ShortText(_("Acronym in English"), limit=40, required=False)
    kind = Choice(_("Kind"), KINDS, required=False, help=_("Leave it empty when you choose from the list."))
    web = WebAddress(_("Web site"), limit=300, required=False)
    name_fr, name_es, name_ar, name_ru, name_zh = NAMES
    acronym_fr, acronym_es, acronym_ar, acronym_ru, acronym_zh = ACRONYMS

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        row = reference.organisations().get(given["known"], {})
        names = filled_in(row.get("names", {}), given, "name")
        acronyms = filled_in(row.get("acronyms", {}), given, "acronym")
        kind = given["kind"] or row.get("kind", "")
        _complete(names, kind)
        refuse_taken(subject, names, acronyms)
        organisation = Organisation.objects.create(
            slug=free_slug(plain(acronyms, "en") or plain(names, "en"), _is_taken, longest=60),
            kind=kind,
            web=given["web"] or row.get("web", ""),
            invented=subject.demonstration,
        )
        OrganisationName.objects.create(
            organisation=organisation,
            names=names,
            acronyms=acronyms,
            period=DateTimeTZRange(None, None),
            claimed_by=self.actor.key,
        )
        return facts(
            subject, public=True, organisation=organisation.slug, kind=kind, names=names, acronyms=acronyms
        )


def _complete(names: Mapping[str, Any], kind: str) -> None:
    if not plain(names, "en") or "en" not in names:
        raise ValidationError(neither)
    if not kind:
        raise ValidationError(no_kind)


def _is_taken(slug: str) -> bool:
    return Organisation.objects.filter(slug=slug).exists()


class RenameOrganisation(Act):
    """Give an organisation a new name from a day on; what it was called before stays in the history."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Rename an organisation")
    lede = _("The old name ends on the day before, and pages about that time go on to show it.")
    done = _("The organisation has its new name.")
    creates = True
    forbids = {"one_name_at_a_time": name_overlaps}
    organisation = Choice(_("Organisation"), renamable)
    name = ShortText(_("New name in English"), limit=300)
    acronym = ShortText(
        _("New acronym in English"),
        limit=40,
        required=False,
        help=_("Leave it empty when the acronym stays."),
    )
    since = Day(_("From"))
    name_fr, name_es, name_ar, name_ru, name_zh = NAMES
    acronym_fr, acronym_es, acronym_ar, acronym_ru, acronym_zh = ACRONYMS
    source = SOURCE

    @classmethod
    def may(cls, actor: Actor, subject: Group, *, now: datetime) -> Refusal | None:
        return None if among_renamable(subject).exists() else wording.nothing_to_rename

    def happen(self, subject: Any) -> Facts:
        given, since = self.inputs, self.inputs["since"]
        organisation = Organisation.objects.prefetch_related("names").get(slug=given["organisation"])
        begins = period(subject, since)
        old = organisation.name(at=begins["period"].lower)
        # New acronyms leave no old ones beside them: in other languages they would be those of the old name.
        kept = old.acronyms if old and not given["acronym"] else {}
        names, acronyms = filled_in({}, given, "name"), filled_in(kept, given, "acronym")
        refuse_taken(subject, names, acronyms, besides=organisation)
        if old:
            end_on(old, since - timedelta(days=1), subject, why=Reason.RENAMED, by=self.actor.key)
        new = OrganisationName.objects.create(
            organisation=organisation, names=names, acronyms=acronyms, claimed_by=self.actor.key, **begins
        )
        return facts(
            subject, public=True, organisation=organisation.slug, names=names, acronyms=acronyms, since=since,
            **sourced(self, new),
        )  # fmt: skip
