"""Rules and calendars as a group adopted them, procedures under them, and acts as they were received.

What a procedure started with, and what was received, is never changed, whichever login asks.
"""

import django.db.models.deletion
import onevoice.decisions.models
from django.db import migrations, models


FORWARD = """
CREATE FUNCTION kept_as_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was received, and what a procedure started with, stays: % on % is refused.',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER received_stays BEFORE UPDATE OR DELETE ON decisions_received FOR EACH ROW
    EXECUTE FUNCTION kept_as_received();
CREATE TRIGGER procedure_stays BEFORE DELETE ON decisions_procedure FOR EACH ROW
    EXECUTE FUNCTION kept_as_received();
CREATE TRIGGER procedure_is_frozen BEFORE UPDATE ON decisions_procedure FOR EACH ROW
    WHEN (OLD.closed_at IS NOT NULL
          OR to_jsonb(NEW) - '{state,ends_at,round,closed_at,reminds_at}'::text[]
             IS DISTINCT FROM to_jsonb(OLD) - '{state,ends_at,round,closed_at,reminds_at}'::text[])
    EXECUTE FUNCTION kept_as_received();
"""

BACK = """
DROP TRIGGER received_stays ON decisions_received;
DROP TRIGGER procedure_stays ON decisions_procedure;
DROP TRIGGER procedure_is_frozen ON decisions_procedure;
DROP FUNCTION kept_as_received();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0004_lists_are_ordered_and_found"),
        ("groups", "0007_an_office_has_one_holder"),
    ]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("tabled", "tabled"),
                    ("called", "objections called for"),
                    ("adopted", "adopted"),
                    ("not_adopted", "not adopted"),
                    ("withdrawn", "withdrawn"),
                    ("silence", "under silence"),
                    ("held_up", "held up"),
                    ("pending", "pending"),
                ],
                default="tabled",
                max_length=11,
            ),
        ),
        migrations.CreateModel(
            name="AdoptedCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("toml", models.TextField()),
                ("hash", models.CharField(max_length=64)),
                ("adopted_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted_calendars",
                        to="decisions.decision",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendars",
                        to="groups.group",
                    ),
                ),
            ],
            options={
                "ordering": ["-adopted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AdoptedRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("toml", models.TextField()),
                ("hash", models.CharField(max_length=64)),
                ("adopted_at", models.DateTimeField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rules", to="groups.body"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted_rules",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["-adopted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="procedure",
                        serialize=False,
                        to="decisions.proposal",
                    ),
                ),
                ("zone", models.CharField(max_length=60)),
                ("roster", models.JSONField()),
                ("state", models.CharField(default="not started", max_length=30)),
                ("ends_at", models.DateTimeField(null=True)),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("closed_at", models.DateTimeField(null=True)),
                ("reminds_at", models.DateTimeField(null=True)),
                (
                    "calendar",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="procedures",
                        to="decisions.adoptedcalendar",
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="procedures",
                        to="decisions.adoptedrules",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Received",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=onevoice.decisions.models.ClockTimestamp())),
                ("what", models.CharField(max_length=20)),
                ("data", models.JSONField(default=dict)),
                ("act", models.CharField(max_length=100)),
                ("once", models.CharField(max_length=64, unique=True)),
                ("person", models.BigIntegerField(null=True)),
                ("organisation", models.BigIntegerField(null=True)),
                ("by", models.JSONField(default=dict)),
                ("inputs", models.JSONField(default=dict)),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received",
                        to="decisions.procedure",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="adoptedcalendar",
            index=models.Index(fields=["group", "slug", "-adopted_at"], name="calendar_in_force"),
        ),
        migrations.AddIndex(
            model_name="adoptedrules",
            index=models.Index(fields=["body", "slug", "-adopted_at"], name="rules_in_force"),
        ),
        migrations.AddIndex(
            model_name="procedure",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["ends_at"], name="procedure_ends"
            ),
        ),
        migrations.AddIndex(
            model_name="received",
            index=models.Index(fields=["procedure", "at", "id"], name="received_in_order"),
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.DateTimeField()),
                ('at', models.DateTimeField(db_default=onevoice.decisions.models.ClockTimestamp())),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='decisions.procedure')),
            ],
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('procedure', 'step'), name='reminded_once'),
        ),
        migrations.AddIndex(
            model_name='procedure',
            index=models.Index(condition=models.Q(('reminds_at__isnull', False)), fields=['reminds_at'], name='procedure_reminds'),
        ),
        migrations.CreateModel(
            name='Unfinished',
            fields=[
                ('received', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='unfinished', serialize=False, to='decisions.received')),
            ],
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
