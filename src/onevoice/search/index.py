"""The one statement that asks the index; by hand: the ORM takes longer to build it than the database to run it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from onevoice.languages.names import Language
from onevoice.languages.normal import CONFIGURATIONS

from .models import place

MOST: Final = 2_000  # passages ranked for one query


@dataclass(frozen=True, slots=True)
class Among:
    """Where to look: one group, all of it or what is public (as `visible.passages` says), one kind or every."""

    group: int
    visibilities: tuple[str, ...]
    kind: str = ""

    def places(self, language: str) -> str:
        """For to_tsquery: what this reader may find in one language."""
        return " | ".join(f"'{place(self.group, language, each)}'" for each in self.visibilities)


def ranked(among: Among, queries: Mapping[str, str], name: str, language: Language) -> list[tuple[int, str, str, Any]]:
    """Passages that hold what is asked in their language, as (pk, subject, date, title), the best first; one query.

    Those in the reader's language; what has this very name; what holds words that a stemmer leaves out ('WHO' is
    of no weight in English, 'estados' in Spanish) as they stand; by rank; the newest. `queries` are for to_tsquery.
    """
    asked = [(code, CONFIGURATIONS[code], query, among.places(code)) for code, query in queries.items() if query]
    if not asked:
        return []
    codes, configs, terms, places = map(list, zip(*asked, strict=True))
    values: dict[str, Any] = {
        "codes": codes, "configs": configs, "queries": terms, "places": places, "kind": among.kind,
        "own": language.code, "most": MOST, "name": name,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ASK, values)
        return [(pk, subject, date, json.loads(title)) for pk, subject, date, title in cursor.fetchall()]


# Only the newest are ranked, since a rank needs the whole vector of each: a word that is in 100,000 passages would
# cost seconds. Weights are those of D to A; the rank is divided by the logarithm of the passage's length.
_ASK: Final = """
    WITH asked AS MATERIALIZED (
        SELECT code, place, plain, CASE code WHEN 'zh' THEN plain ELSE stems || plain END AS either,
               numnode(stems) < numnode(plain) AS left_out
        FROM (SELECT code, to_tsquery('simple', places) AS place, to_tsquery(config::regconfig, query) AS stems,
                     to_tsquery('simple', query) AS plain
              FROM unnest(%(codes)s::text[], %(configs)s::text[], %(queries)s::text[], %(places)s::text[])
                  AS given (code, config, query, places)) AS made
    ), newest AS MATERIALIZED (
        SELECT id, code FROM asked JOIN search_passage ON vector @@ (place && either)
        WHERE %(kind)s = '' OR kind = %(kind)s
        ORDER BY code <> %(own)s, when_written DESC, id LIMIT %(most)s
    )
    SELECT id, subject, search_passage.when_written, title
    FROM newest JOIN search_passage USING (id) JOIN asked USING (code)
    ORDER BY code <> %(own)s, vector @@ to_tsquery('simple', %(name)s) DESC, left_out AND vector @@ plain DESC,
             ts_rank('{0.1, 0.2, 0.4, 1}', vector, either, 1) DESC, when_written DESC, id"""
