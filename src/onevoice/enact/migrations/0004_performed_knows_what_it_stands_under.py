"""What the subject of an act stands under, so that forms above it are told; empty for what was performed before."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("enact", "0003_performed_knows_the_same_again")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '10s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="performed",
            name="under",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="performed",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["under"], fastupdate=False, name="performed_under"
            ),
        ),
    ]
