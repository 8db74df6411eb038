"""The index is kept here. A machine write that is no act: search_passage, search_followed.

1. `reindex(group)` reads everything of a group and writes what differs from what is there: after an import,
   and every night.
2. `follow()` looks at the acts performed since it last looked, and does the same for their subjects, every few
   seconds. Nothing calls it from an act, so no act waits for the index.
An act that commits late (up to a minute after a later one) is still looked at; what was missed all the same is
found the next night.
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any, Final

from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from django.utils.translation import override
from procrastinate.contrib.django import app

from onevoice.enact.models import Performed
from onevoice.enact.perform import database_clock
from onevoice.groups.models import Group
from onevoice.languages.normal import CONFIGURATIONS
from onevoice.mandates.models import Paragraph
from onevoice.meetings.models import AgendaItem

from .found import Row, rows_of
from .models import Followed, Passage, place
from .sources import KINDS

log = logging.getLogger(__name__)
BATCH: Final = 1000
LATE: Final = timedelta(seconds=60)
LOCK: Final = 0x5345_4152  # 'SEAR': one indexing at a time


def reindex(group_slug: str) -> int:
    """Bring the index of a group up to what its rooms hold; how many passages were written or removed."""
    group = Group.objects.get(slug=group_slug)
    with transaction.atomic():
        _alone()
        return _write(group, _rows(group, dict.fromkeys(KINDS)), Passage.objects.filter(group=group))


def reindex_subjects(group: Group, keys: Collection[str]) -> int:
    """The same for the subjects of some acts; whatever changed in the group's house, its organisations and bodies."""
    wanted = _kinds_of(group, keys)
    kinds = [kind for kind, slugs in wanted.items() if slugs is None]
    subjects = [f"{KINDS[kind].model}:{group.slug}/{slug}" for kind, slugs in wanted.items() for slug in slugs or ()]
    there = Passage.objects.filter(group=group)
    return _write(group, _rows(group, wanted), there.filter(kind__in=kinds) | there.filter(subject__in=subjects))


@app.periodic(cron="* * * * * */5")
@app.task(name="search.follow", queueing_lock="search.follow", pass_context=False)
def follow_acts(timestamp: int) -> None:
    """Every five seconds."""
    follow()


@app.periodic(cron="17 2 * * *")
@app.task(name="search.reindex_all", queueing_lock="search.reindex_all")
def reindex_all(timestamp: int) -> None:
    """Every night, each group whole."""
    for slug in Group.objects.values_list("slug", flat=True):
        reindex(slug)


def follow() -> int:
    """Index what was acted on since last time; how many acts there were. The first time, everything."""
    with transaction.atomic():
        _alone()
        mark = Followed.objects.first()
        if mark is None:
            last = Performed.objects.aggregate(last=Max("pk"))["last"] or 0
            Followed.objects.create(performed=last)
            return sum(reindex(slug) for slug in Group.objects.values_list("slug", flat=True))
        newer = Performed.objects.filter(pk__gt=mark.performed).exclude(pk__in=mark.seen)
        acts = list(newer.order_by("pk").values_list("pk", "group", "subject", "result"))
        for slug, keys in _by_group(acts).items():
            _index(slug, keys)
        _move_on(mark, [pk for pk, *_ in acts])
        return len(acts)


def _index(slug: str, keys: Collection[str]) -> None:
    """What one group's subjects cannot give must not stop the others; the next night tries again."""
    group = Group.objects.filter(slug=slug).first()
    if group is None:
        return
    try:
        reindex(slug) if f"groups.group:{slug}" in keys else reindex_subjects(group, keys)
    except DatabaseError:
        raise
    except Exception:
        log.exception("What was acted on in %s could not be indexed", slug)


def _by_group(acts: list[tuple[int, str, str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, group, subject, result in acts:
        found[group] |= {subject, result} - {""}
    return found


def _move_on(mark: Followed, done: list[int]) -> None:
    """Acts of more than a minute ago are behind us; of the later ones we keep which were looked at."""
    settled = Performed.objects.filter(pk__gt=mark.performed, performed_at__lt=database_clock() - LATE)
    last = settled.aggregate(last=Max("pk"))["last"] or mark.performed
    seen = [pk for pk in (*mark.seen, *done) if pk > last]
    if (last, seen) != (mark.performed, mark.seen):
        Followed.objects.filter(pk=mark.pk).update(performed=last, seen=seen)


def _kinds_of(group: Group, keys: Collection[str]) -> dict[str, set[str] | None]:
    """For each kind the slugs to read anew, or None for all of it."""
    by_model = {each.model: kind for kind, each in KINDS.items()}
    found: dict[str, set[str] | None] = defaultdict(set)
    for key in keys:
        model, _, name = key.partition(":")
        slug = name.rpartition("/")[2]
        if model == AgendaItem._meta.label_lower:
            item = AgendaItem.objects.filter(pk=slug, meeting__group=group).select_related("meeting").first()
            model, slug = ("meetings.meeting", item.meeting.slug) if item else ("", "")
        if model == Paragraph._meta.label_lower:
            model, slug = "mandates.instrument", name.split("/")[1]
        kind = by_model.get(model, "")
        if kind in ("", "group", "body", "organisation"):
            found |= dict.fromkeys(("group", "body", "organisation"))
        elif found[kind] is not None:
            found[kind].add(slug)  # type: ignore[union-attr]
    return dict(found)


def _rows(group: Group, wanted: dict[str, Any]) -> Iterator[Row]:
    with override("en"):
        for kind, slugs in wanted.items():
            for found in KINDS[kind].source(group, slugs):
                yield from rows_of(found, kind)


def _write(group: Group, rows: Iterator[Row], there: Any) -> int:
    """Write the rows that are new or say something else, remove those that are no more."""
    fields = ("subject", "language", "visibility", "digest")
    old = {tuple(key): digest for *key, digest in there.values_list(*fields).iterator(chunk_size=10_000)}
    written, batch = 0, []
    for row in rows:
        digest = row.digest
        if old.pop(row.key, None) != digest:
            batch.append((row, digest))
        if len(batch) == BATCH:
            written += _upsert(group, batch)
            batch = []
    written += _upsert(group, batch)
    gone = list(old)
    for at in range(0, len(gone), BATCH):
        written += _remove(group, gone[at : at + BATCH])
    return written


def _upsert(group: Group, batch: list[tuple[Row, str]]) -> int:
    if not batch:
        return 0
    columns: list[list[str]] = [[] for _ in range(15)]
    for row, digest in batch:
        values = (
            row.subject, row.kind, row.language, row.visibility, row.address, json.dumps(row.title), row.when_written,
            json.dumps(row.parts), digest, CONFIGURATIONS[row.language],
            place(group.pk, row.language, row.visibility), *row.weighted(),
        )  # fmt: skip
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [group.pk, *columns])
    return len(batch)


def _remove(group: Group, keys: list[tuple[str, str, str]]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM search_passage WHERE group_id = %s AND (subject, language, visibility) IN
               (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))""",
            [group.pk, *map(list, zip(*keys, strict=True))],
        )
    return len(keys)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCK])


# Every text twice: by the stemmer of its language, and as it stands, so that names and acronyms which are
# words of no weight in a language ('WHO', 'IT') are found. Chinese has no stemmer.
_WEIGHED = " || ".join(
    f"setweight(to_tsvector('simple', {text}) || "
    f"CASE language WHEN 'zh' THEN '' ELSE to_tsvector(config::regconfig, {text}) END, '{text.upper()}')"
    for text in "abcd"
)
UPSERT: Final = f"""
    INSERT INTO search_passage
        (group_id, subject, kind, language, visibility, address, title, when_written, parts, digest, vector)
    SELECT %s, subject, kind, language, visibility, address, title::jsonb, when_written, parts::jsonb, digest,
           {_WEIGHED} || array_to_tsvector(ARRAY[place])
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
        AS given (subject, kind, language, visibility, address, title, when_written, parts, digest, config, place,
                  a, b, c, d)
    ON CONFLICT (subject, language, visibility, group_id) DO UPDATE SET
        kind = excluded.kind, address = excluded.address, title = excluded.title, when_written = excluded.when_written,
        parts = excluded.parts, digest = excluded.digest, vector = excluded.vector"""  # noqa: S608 - no value stands in it
