"""How outputs look as data: for pages, exports, feeds and schema.org."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from onevoice.enact.actor import Viewer
from onevoice.groups.known import LANGUAGES
from onevoice.groups.models import Group
from onevoice.languages.names import CODES, language_of
from onevoice.languages.partial import PartialDate
from onevoice.languages.words import texts
from onevoice.look.templatetags.look import plain as text

from . import visible, wording
from .models import Output

Words = Mapping[str, Any]


def library(viewer: Viewer, group: Group) -> QuerySet[Output]:
    """The outputs of a group with their language versions; two queries."""
    return visible.outputs(viewer).filter(group=group).prefetch_related("versions")


def title(output: Output) -> Any:
    """Its title (Words), or a sentence where the title was not found."""
    return output.title or wording.untitled(output.kind, output.number)


def title_text(output: Output) -> str:
    """The title as plain text in the reader's language, else the original."""
    return text(output.title) or wording.untitled(output.kind, output.number)


def date(output: Output) -> PartialDate | None:
    """When it was published, else by when it was known."""
    written = output.when_written or output.known_by_written or output.covers_written
    return PartialDate.parse(written) if written else None


def languages(output: Output) -> list[str]:
    """The languages in which there is a version, or a title where no version was found."""
    found = {version.language for version in output.versions.all()} or {
        code for code, _ in texts(output.title)
    }
    return [code for code in CODES if code in found]


def language_names(output: Output) -> list[Any]:
    """The languages, in the language of the page."""
    return [LANGUAGES[code] for code in languages(output)]


def remark(output: Output) -> str:
    """What a list says beside a title: whom it was cleared by, what it was made from."""
    if output.derived_from is not None:
        return str(wording.from_output).format(title=title_text(output.derived_from))
    if output.cleared_by is not None:
        return str(wording.cleared).format(body=text(output.cleared_by.names))
    return ""


def recent(viewer: Viewer, group: Group, *, until: str = "", most: int = 4) -> list[Output]:
    """The last outputs of a group that have a date; with `until`, as they stood on that day."""
    rows = (
        visible.outputs(viewer).filter(group=group).exclude(when_written="").order_by("-when_written", "-pk")
    )
    return list(rows.filter(when_written__lte=until)[:most] if until else rows[:most])


LINE = ("slug", "kind", "number", "title", "when_written", "group")


def lines(viewer: Viewer, group: Group, *, until: str, most: int = 4) -> list[Output]:
    """The same with only what one line of a list says."""
    rows = visible.outputs(viewer).filter(group=group, when_written__gt="", when_written__lte=until)
    found = list(rows.select_related(None).only(*LINE).order_by("-when_written", "-pk")[:most])
    for one in found:
        one.group = group
    return found


def output_ld(output: Output, *, address: str) -> dict[str, Any]:
    """An output as schema.org has it."""
    group = output.group
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report" if "report" in output.kind else "CreativeWork",
        "@id": address,
        "url": address,
        "name": title_text(output),
        "genre": output.kind,
        "publisher": {"@type": "Organization", "name": text(group.names), "alternateName": group.acronym},
        "inLanguage": [language_of(code).html for code in languages(output)],
    }
    if output.when_written:
        found["datePublished"] = output.when_written
    if output.number:
        found["position"] = output.number
    if output.derived_from is not None:
        found["isBasedOn"] = title_text(output.derived_from)
    makers = [text(each.words()) for each in output.contributors.all()]
    if makers:
        found["contributor"] = [{"@type": "Organization", "name": name} for name in makers]
    encodings = [
        {"@type": "MediaObject", "contentUrl": version.web, "inLanguage": language_of(version.language).html}
        for version in output.versions.all()
        if version.web
    ]
    return found | ({"encoding": encodings} if encodings else {})
