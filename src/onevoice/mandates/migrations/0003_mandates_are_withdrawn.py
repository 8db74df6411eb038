"""A mandate entered by mistake is withdrawn: it no longer stands, and the database keeps who said so, when and why.

What was entered before stands. The trigger of migration 0002 no longer asks for a correction where only `standing`
changed; one of its own asks for the withdrawal, and lets none come back.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


def keeps_history(*besides):
    left_out = "".join(f" - '{name}'" for name in ("order", *besides))
    return f"""
DROP TRIGGER instrument_keeps_history ON mandates_instrument;
CREATE CONSTRAINT TRIGGER instrument_keeps_history AFTER UPDATE ON mandates_instrument
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (to_jsonb(NEW){left_out} IS DISTINCT FROM to_jsonb(OLD){left_out})
    EXECUTE FUNCTION mandates_instrument_keeps_history();
"""


FORWARD = keeps_history("standing") + """
CREATE FUNCTION mandates_instrument_is_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.standing OR NOT EXISTS (SELECT FROM mandates_instrumentwithdrawal WHERE instrument_id = OLD.id) THEN
        RAISE EXCEPTION 'An instrument is withdrawn by its withdrawal, and does not come back.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER instrument_is_withdrawn AFTER UPDATE ON mandates_instrument
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.standing <> OLD.standing)
    EXECUTE FUNCTION mandates_instrument_is_withdrawn();
"""
BACK = """
DROP TRIGGER instrument_is_withdrawn ON mandates_instrument;
DROP FUNCTION mandates_instrument_is_withdrawn();
""" + keeps_history()


class Migration(migrations.Migration):

    dependencies = [
        ("mandates", "0002_paragraphs_keep_their_history"),
        ("parties", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="instrument",
            name="standing",
            field=models.BooleanField(db_default=True, default=True, editable=False),
        ),
        migrations.CreateModel(
            name="InstrumentWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("by", models.CharField(max_length=200)),
                ("why", models.TextField(blank=True)),
                (
                    "instrument",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="mandates.instrument"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="parties.organisation",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
