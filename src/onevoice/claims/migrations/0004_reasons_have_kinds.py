"""Why a fact no longer stands, as a kind where an act and not a person says it; empty for what stands there already."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("claims", "0003_what_is_superseded_twice_is_named")]

    operations = [
        migrations.AddField(
            model_name="supersession",
            name="kind",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
    ]
