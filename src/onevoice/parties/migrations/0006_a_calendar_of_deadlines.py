"""The number of a reader's secret calendar address; empty where there is none."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0005_people_change_address_and_leave'),
    ]

    operations = [
        migrations.AddField('account', 'calendar', models.CharField(blank=True, db_default='', default='', max_length=22)),
        migrations.AddConstraint(
            'account',
            models.UniqueConstraint(fields=['calendar'], condition=~Q(calendar=''), name='one_calendar'),
        ),
    ]
