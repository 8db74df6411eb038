"""What a succession changed in a group is kept; memberships, offices and appointments are subjects of corrections."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


def subject(name: str, of: str) -> migrations.CreateModel:
    """A fact as acts correct it: the same rows, no table."""
    options: dict[str, Any] = {
        "proxy": True,
        "base_manager_name": "objects",
        "indexes": [],
        "constraints": [],
    }
    return migrations.CreateModel(name=name, fields=[], options=options, bases=(of,))


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("groups", "0004_one_body_stands_at_the_root"),
        ("parties", "0004_successions_are_corrected"),
    ]
    operations: ClassVar = [
        subject("MembershipOnRecord", "groups.membership"),
        subject("OfficeOnRecord", "groups.officeholding"),
        subject("AppointmentOnRecord", "groups.appointment"),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fact_table", models.CharField(max_length=63)),
                ("before", models.BigIntegerField(blank=True, null=True)),
                ("after", models.BigIntegerField(blank=True, null=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="groups.group",
                    ),
                ),
                (
                    "succession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="parties.succession",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["group", "succession"], name="passed_in_a_group")],
            },
        ),
    ]
