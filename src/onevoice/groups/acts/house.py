"""The group itself and its bodies: names, seat, colours, number patterns, quorum."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Choices, LongText, Number, ShortText
from onevoice.enact.perform import database_clock
from onevoice.groups import visible
from onevoice.groups.models import Body, Group
from onevoice.groups.roles import SECRETARIAT
from onevoice.languages.slugs import free_slug
from onevoice.languages.words import plain, with_text
from onevoice.look.contrast import DARK, LIGHT, is_colour, too_faint
from onevoice.parties.accounts.zones import choices

bad_colour = _("Write the colour as # and six digits or letters a to f, as #0b4f71.")
faint = _(
    "This colour is too faint to read: its contrast is {ratio} to 1, and 4.5 to 1 is needed. Choose a stronger one."
)
bad_pattern = _(
    "Write the pattern with {number}, and {year} where numbers begin anew each year, as D/{year}/{number}."
)
nothing_said = _("Fill in the name, the purpose or the seat.")
LANGUAGES = (
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("ru", "Русский"),
    ("zh", "中文"),
)
WORDS = {"names": "name", "purpose": "purpose", "seat": "seat"}  # fields of a group, and what an act asks
KEPT = ("zone", "languages", "colour", "colour_on_dark", "proposal_pattern")


class Colour(ShortText):
    """A colour as #rrggbb that can be read on the page it stands on (4.5 to 1)."""

    def __init__(self, label: Any, *, on: dict[str, str]) -> None:
        self.on = on
        super().__init__(label, limit=7, help=_("As #0b4f71."))

    def to_python(self, value: Any) -> str:
        colour = super().to_python(value).lower()
        if not is_colour(colour):
            raise ValidationError(bad_colour)
        if found := too_faint(colour, self.on):
            raise ValidationError(str(faint).format(ratio=min(found.values())))
        return colour


class Pattern(ShortText):
    """A pattern of numbers: its own words with {year} and {number} in it."""

    def to_python(self, value: Any) -> str:
        pattern = super().to_python(value)
        names = re.findall(r"\{(.*?)\}", pattern)
        if (
            "number" not in names
            or not set(names) <= {"year", "number"}
            or re.search(r"[{}]", re.sub(r"\{\w+\}", "", pattern))
        ):
            raise ValidationError(bad_pattern)
        return pattern


def zones(group: Group) -> list[tuple[str, Any]]:
    """The zone that the group has, then every one that people live in, by region."""
    return choices(get_language() or "en", at=database_clock(), likely=[group.zone])


class DescribeGroup(Act):
    """Change a group's name, purpose, seat, zone, languages, colours and the pattern of its proposals' numbers."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Describe the group")
    lede = _(
        "Name, purpose and seat are in English here. What is said in the other languages stays as it is."
    )
    done = _("The group is described anew.")
    name = ShortText(_("Name in English"), limit=200)
    purpose = LongText(_("Purpose in English"), required=False, limit=3000)
    seat = ShortText(_("Seat in English"), limit=100)
    zone = Choice(
        _("Time zone of the seat"),
        zones,
        help=_("A day begins and ends at midnight in this zone. What is entered already is not moved."),
    )
    languages = Choices(_("Languages of the group"), lambda group: LANGUAGES, required=True)
    colour = Colour(_("Colour on light pages"), on=LIGHT)
    colour_on_dark = Colour(_("Colour on dark pages"), on=DARK)
    proposal_pattern = Pattern(_("Numbers of proposals"), limit=60, help=_("As P/{year}/{number}."))

    @classmethod
    def initial(cls, subject: Group) -> dict[str, Any]:
        words = {"name": subject.names, "purpose": subject.purpose, "seat": subject.seat}
        return {name: plain(said, "en") for name, said in words.items()} | {
            name: getattr(subject, name) for name in KEPT
        }

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        for name, words in WORDS.items():
            setattr(subject, name, with_text(getattr(subject, name), "en", given[words]))
        for name in KEPT:
            setattr(subject, name, given[name])
        subject.save()
        said = {name: given[name] for name in ("name", "seat", "zone", "languages")}
        return facts(subject, public=True, language="en", **said)


class TranslateGroup(Act):
    """Say a group's name, purpose and seat in a language other than English."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Translate the description of the group")
    lede = _("What you fill in replaces what is said in that language. What you leave empty stays.")
    done = _("The translation stands on the pages in that language.")
    language = Choice(_("Language of these words"), LANGUAGES[1:])
    name = ShortText(_("Name"), limit=200, required=False)
    purpose = LongText(_("Purpose"), required=False, limit=3000)
    seat = ShortText(_("Seat"), limit=100, required=False)

    def happen(self, subject: Any) -> Facts:
        given, language = self.inputs, self.inputs["language"]
        if not any(given[words] for words in WORDS.values()):
            raise ValidationError(nothing_said)
        for name, words in WORDS.items():
            if given[words]:
                setattr(subject, name, with_text(getattr(subject, name), language, given[words]))
        subject.save()
        said = {words: given[words] for words in ("name", "seat") if given[words]}
        return facts(subject, public=True, language=language, **said)


class CreateBody(Act):
    """Add a level, working group or task force to the group."""

    on, by = visible.groups, (SECRETARIAT,)
    label = _("Create a body")
    lede = _("A body has members, meets and decides. Its decisions are numbered by its own pattern.")
    done = _("The body is created.")
    creates = True
    name = ShortText(_("Name"), limit=200)
    parent = Choice(_("Under"), lambda group: parent_choices(group), required=False)
    decision_pattern = Pattern(_("Numbers of decisions"), limit=60, help=_("As D/{year}/{number}."))
    quorum_numerator = Number(_("Quorum: this many"), high=100, required=False)
    quorum_denominator = Number(
        _("in every"), low=1, high=100, required=False, help=_("Leave both empty where no rule is known.")
    )

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        body = Body.objects.create(
            group=subject,
            names={"en": given["name"]},
            slug=free_slug(given["name"], lambda slug: subject.bodies.filter(slug=slug).exists(), longest=60),
            parent=subject.bodies.filter(slug=given["parent"]).first() if given["parent"] else None,
            decision_pattern=given["decision_pattern"],
            **quorum(given),
            order=(subject.bodies.aggregate(last=Max("order"))["last"] or 0) + 1,
        )
        return facts(
            body, public=True, body=body.slug, decision_pattern=body.decision_pattern, **quorum(given)
        )


def parent_choices(group: Group) -> list[tuple[str, str]]:
    """The body at the root, then those under it as the tree has them; none only where the group has no body yet."""
    under: dict[int | None, list[Body]] = defaultdict(list)
    for body in group.bodies.all():
        under[body.parent_id].append(body)
    language = get_language() or "en"
    return [(body.slug, plain(body.names, language)) for body in _down(under, None)] or [("", "—")]


def _down(under: Mapping[int | None, list[Body]], parent: int | None) -> Iterator[Body]:
    for body in under[parent]:
        yield body
        yield from _down(under, body.pk)


def quorum(given: dict[str, Any]) -> dict[str, int | None]:
    """A fraction, or none where either half is missing."""
    both = given["quorum_numerator"] is not None and given["quorum_denominator"] is not None
    return {name: given[name] if both else None for name in ("quorum_numerator", "quorum_denominator")}


class DescribeBody(Act):
    """Change a body's name, its decisions' pattern and its quorum."""

    on, by = visible.bodies, (SECRETARIAT,)
    label = _("Describe the body")
    done = _("The body is described anew.")
    forbids = {
        "quorum_is_a_fraction": _(
            "The quorum would be more than all members. Nothing has changed: correct the fraction."
        )
    }
    name = ShortText(_("Name"), limit=200)
    decision_pattern = Pattern(_("Numbers of decisions"), limit=60, help=_("As D/{year}/{number}."))
    quorum_numerator = Number(_("Quorum: this many"), high=100, required=False)
    quorum_denominator = Number(
        _("in every"), low=1, high=100, required=False, help=_("Leave both empty where no rule is known.")
    )

    @classmethod
    def initial(cls, subject: Body) -> dict[str, Any]:
        kept = ("decision_pattern", "quorum_numerator", "quorum_denominator")
        return {"name": plain(subject.names, "en")} | {name: getattr(subject, name) for name in kept}

    @classmethod
    def may(cls, actor: Actor, subject: Body, *, now: datetime) -> Refusal | None:
        return None

    def happen(self, subject: Any) -> Facts:
        given = self.inputs
        subject.names = with_text(subject.names, "en", given["name"])
        subject.decision_pattern = given["decision_pattern"]
        for name, value in quorum(given).items():
            setattr(subject, name, value)
        subject.save()
        return facts(
            subject,
            public=True,
            body=subject.slug,
            decision_pattern=subject.decision_pattern,
            **quorum(given),
        )


CreateBody.forbids = {
    **DescribeBody.forbids,
    "one_body_at_the_root": _(
        "A group has one body over all others. Nothing has changed: say under which body this one stands."
    ),
}
