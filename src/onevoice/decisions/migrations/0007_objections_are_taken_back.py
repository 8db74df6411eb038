"""An objection made in the room can be taken back by its organisation, which may object again later.

Back again, the former rule is refused where an organisation has objected twice: its acts stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0006_what_lasts_of_a_decision"),
        ("parties", "0005_people_change_address_and_leave"),
    ]

    operations = [
        migrations.AddField(
            model_name="objection",
            name="again",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.RemoveConstraint(model_name="objection", name="objects_once"),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                fields=("proposal", "organisation", "again"), name="objects_once"
            ),
        ),
        migrations.CreateModel(
            name="ObjectionTakenBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="decisions.objection",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.person"
                    ),
                ),
            ],
        ),
    ]
