"""What an act changed of its subject is kept with it: a column that what was performed before leaves empty."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("enact", "0001_first")]

    operations = [
        migrations.AddField(model_name="performed", name="changed", field=models.JSONField(null=True)),
    ]
