"""A succession is superseded as a dated fact is: several were said of one organisation, one of them stands.

`standing` has its default in the database, so that the version before goes on adding successions meanwhile.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0003_attempts_are_counted_in_the_database"),
        ("claims", "0003_what_is_superseded_twice_is_named"),
    ]
    operations = [
        migrations.AlterModelOptions(name="succession", options={"ordering": ["pk"]}),
        migrations.AddField(
            model_name="succession",
            name="standing",
            field=models.BooleanField(db_default=True, default=True, editable=False),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("standing", True)),
                deferrable=models.Deferrable["DEFERRED"],
                expressions=[("predecessor", django.contrib.postgres.fields.ranges.RangeOperators.EQUAL)],
                name="becomes_part_of_one",
            ),
        ),
        migrations.AlterField(
            model_name="succession",
            name="predecessor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successions",
                to="parties.organisation",
            ),
        ),
    ]
