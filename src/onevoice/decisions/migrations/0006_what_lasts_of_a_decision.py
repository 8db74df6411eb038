"""What becomes of a decision: follow-up, review, another in its place; columns beside it for queries.

The trigger that freezes a decision lets these columns change: its text, number and adoption stay.
"""

import django.db.models.deletion
from django.db import migrations, models

MAY_CHANGE = [
    "visibility",
    "note",
    *(f"title_key_{code}" for code in ("en", "fr", "es", "ar", "ru", "zh")),
    "number_key",
    "words",
]
BESIDE = [
    "awaits_effect",
    "effective_at",
    "superseded_by_id",
    "superseded_written",
    "reviews_written",
    "reviews_at",
]


def frozen(names):
    """The trigger, with the columns that may change."""
    free = f"ARRAY[{', '.join(f"'{name}'" for name in names)}]"
    return f"""
DROP TRIGGER text_frozen ON decisions_decision;
CREATE TRIGGER text_frozen BEFORE UPDATE ON decisions_decision FOR EACH ROW
    WHEN (NEW.proposal_id IS DISTINCT FROM OLD.proposal_id OR OLD.proposal_id IS NOT NULL
          AND to_jsonb(NEW) - {free} IS DISTINCT FROM to_jsonb(OLD) - {free})
    EXECUTE FUNCTION text_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0005_under_rules_of_procedure"),
        ("groups", "0007_an_office_has_one_holder"),
        ("mandates", "0003_mandates_are_withdrawn"),
        ("parties", "0005_people_change_address_and_leave"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.JSONField()),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("coordinator", "Coordinator"),
                            ("chair", "chair"),
                            ("co_chair", "co-chair"),
                            ("secretariat", "secretariat"),
                        ],
                        max_length=20,
                    ),
                ),
                ("due_written", models.CharField(blank=True, max_length=10)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "not started"),
                            ("ongoing", "ongoing"),
                            ("completed", "completed"),
                            ("discontinued", "discontinued"),
                        ],
                        default="not_started",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["decision", "number"],
            },
        ),
        migrations.CreateModel(
            name="FollowUpStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "not started"),
                            ("ongoing", "ongoing"),
                            ("completed", "completed"),
                            ("discontinued", "discontinued"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("coordinator", "Coordinator"),
                            ("chair", "chair"),
                            ("co_chair", "co-chair"),
                            ("secretariat", "secretariat"),
                        ],
                        max_length=20,
                    ),
                ),
                ("due_written", models.CharField(blank=True, max_length=10)),
                ("said", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_written", models.CharField(blank=True, max_length=10)),
                (
                    "found",
                    models.CharField(
                        blank=True,
                        choices=[("confirmed", "confirmed"), ("to_be_revised", "to be revised")],
                        max_length=13,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Superseding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since_written", models.CharField(blank=True, max_length=10)),
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="awaits_effect",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="effective_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="reviews_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="reviews_written",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            model_name="decision",
            name="superseded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supersedes",
                to="decisions.decision",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="superseded_written",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.RunSQL(frozen([*MAY_CHANGE, *BESIDE]), frozen(MAY_CHANGE)),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("reviews_at__isnull", False)),
                fields=["reviews_at"],
                name="decision_reviewed",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="follow_ups",
                to="decisions.decision",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="follow_ups",
                to="parties.organisation",
            ),
        ),
        migrations.AddField(
            model_name="followupstep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.organisation",
            ),
        ),
        migrations.AddField(
            model_name="followupstep",
            name="follow_up",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="decisions.followup"
            ),
        ),
        migrations.AddField(
            model_name="followupstep",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.organisation",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="decisions.decision"
            ),
        ),
        migrations.AddField(
            model_name="superseding",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.decision",
            ),
        ),
        migrations.AddField(
            model_name="superseding",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supersedings",
                to="decisions.decision",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("state__in", ["not_started", "ongoing"])),
                fields=["organisation", "due_at"],
                name="follow_up_owed",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(fields=("decision", "number"), name="follow_up_number"),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(("organisation__isnull", True), ("office", ""), _connector="XOR"),
                name="follow_up_has_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="superseding",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("decision")), _negated=True), name="supersedes_another"
            ),
        ),
    ]
