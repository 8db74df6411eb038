"""Spans in which the service could be reached."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0007_objections_are_taken_back")]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unreachable_since", models.DateTimeField(null=True)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("entered_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
