"""An office does not begin before it was chosen, as far as both dates are known.

Rows of before are not looked at. A wrong one can be corrected: it is held to the rule only while it stands.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models.functions import Left, Length
from django.db.models.lookups import LessThanOrEqual


class Migration(migrations.Migration):
    dependencies = [("groups", "0007_an_office_has_one_holder")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        AddConstraintNotValid(
            model_name="officeholding",
            constraint=models.CheckConstraint(
                condition=models.Q(standing=False)
                | models.Q(
                    LessThanOrEqual(
                        Left("chosen_written", Length("since_written")),
                        Left("since_written", Length("chosen_written")),
                    )
                ),
                name="chosen_before_it_begins",
            ),
        ),
    ]
