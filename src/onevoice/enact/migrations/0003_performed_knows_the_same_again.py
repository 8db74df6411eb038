"""A seal of what was sent, so that the same sent again by mistake is noticed; empty for what was performed before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("enact", "0002_performed_keeps_what_changed")]

    operations = [
        migrations.AddField(
            model_name="performed",
            name="inputs_seal",
            field=models.CharField(max_length=64, default="", db_default=""),
        ),
    ]
