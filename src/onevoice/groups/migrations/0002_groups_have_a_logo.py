"""The picture beside the acronym: what every page needs of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_first")]
    operations = [migrations.AddField("group", "logo", models.JSONField(blank=True, default=dict, db_default={}))]
