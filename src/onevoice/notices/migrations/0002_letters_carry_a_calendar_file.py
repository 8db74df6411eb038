"""A meeting goes into the reader's calendar by a file."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='calendar',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
    ]
