"""Keys that order decisions and proposals by title and number, words that find them, and the indexes of both.

The columns are filled after the migration (look.derived.derive_where_old), in small transactions. A program of the
version before adds rows without them; the next night fills those. The triggers that freeze a text let them change:
they follow the text and the version of ICU.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from onevoice.look.derived import KeyOf, WordsIn

CODES = ("en", "fr", "es", "ar", "ru", "zh")
MADE = [*(f"title_key_{code}" for code in CODES), "number_key", "words"]


def frozen(state, also=()):
    """The trigger on each table, with the columns that may change; `state` of a proposal."""
    free = ", ".join(f"'{name}'" for name in also)
    proposal, decision = (f"ARRAY[{', '.join(names)}{', ' if free else ''}{free}]" for names in (
        [f"'{state}'"], ["'visibility'", "'note'"]
    ))
    return f"""
DROP TRIGGER text_frozen ON decisions_proposal;
CREATE TRIGGER text_frozen BEFORE UPDATE ON decisions_proposal FOR EACH ROW
    WHEN (to_jsonb(NEW) - {proposal} IS DISTINCT FROM to_jsonb(OLD) - {proposal})
    EXECUTE FUNCTION text_frozen();
DROP TRIGGER text_frozen ON decisions_decision;
CREATE TRIGGER text_frozen BEFORE UPDATE ON decisions_decision FOR EACH ROW
    WHEN (NEW.proposal_id IS DISTINCT FROM OLD.proposal_id OR OLD.proposal_id IS NOT NULL
          AND to_jsonb(NEW) - {decision} IS DISTINCT FROM to_jsonb(OLD) - {decision})
    EXECUTE FUNCTION text_frozen();
"""


def columns(model):
    return [
        *(migrations.AddField(model, f"title_key_{code}", KeyOf(db_default=b"", language=code, of="title")) for code in CODES),
        migrations.AddField(model, "number_key", KeyOf(language="en", null=True, of="number")),
        migrations.AddField(model, "words", WordsIn(of=("number", "title", "text"))),
    ]


def indexes(model, **include):
    return [
        *(
            migrations.AddIndex(model, models.Index(
                fields=["group", f"title_key_{code}", "id"], name=f"{model}_title_{code}", **include
            ))
            for code in CODES
        ),
        migrations.AddIndex(model, GinIndex(fields=["words"], fastupdate=False, name=f"{model}_words")),
    ]


class Migration(migrations.Migration):

    dependencies = [("decisions", "0003_answers_name_paragraphs")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        *columns("proposal"),
        *columns("decision"),
        migrations.RunSQL(frozen("state", MADE), frozen("state")),
        *indexes("proposal"),
        *indexes("decision", include=("visibility",)),
        migrations.AddIndex("decision", models.Index(
            fields=["group", "adopted_written", "adopted_at", "id"], include=("visibility", "body"), name="decision_date"
        )),
        migrations.AddIndex("decision", models.Index(
            fields=["group", "number_key", "id"], include=("visibility",), name="decision_number"
        )),
    ]
