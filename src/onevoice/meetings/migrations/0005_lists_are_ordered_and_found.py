"""Keys that order meetings by title and place, words that find them, and the indexes of both.

The columns are filled after the migration (look.derived.derive_where_old), in small transactions. A program of the
version before adds rows without them; the next night fills those.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from onevoice.look.derived import KeyOf, WordsIn

CODES = ("en", "fr", "es", "ar", "ru", "zh")


def ordered(of, **options):
    return [
        step
        for code in CODES
        for step in (
            migrations.AddField("meeting", f"{of}_key_{code}", KeyOf(language=code, of=of, **options)),
            migrations.AddIndex("meeting", models.Index(
                fields=["group", f"{of}_key_{code}", "id"], include=("visibility",), name=f"meeting_{of}_{code}"
            )),
        )
    ]


class Migration(migrations.Migration):

    dependencies = [("meetings", "0004_answers_name_paragraphs")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        *ordered("title", db_default=b""),
        *ordered("place", null=True),
        migrations.AddField("meeting", "words", WordsIn(of=("title", "subject", "lede"))),
        migrations.AddField("meeting", "place_words", WordsIn(of=("place",))),
        migrations.AddIndex("meeting", GinIndex(fields=["words"], fastupdate=False, name="meeting_words")),
        migrations.AddIndex("meeting", GinIndex(fields=["place_words"], fastupdate=False, name="meeting_place_words")),
        migrations.AddIndex("meeting", models.Index(
            fields=["group", "when_written", "starts_at", "id"], include=("visibility", "body"), name="meeting_date"
        )),
    ]
