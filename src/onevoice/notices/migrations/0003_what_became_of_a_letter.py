"""The delivery ledger, and of each letter for which organisation and turn of its subject it was written."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_letters_carry_a_calendar_file'),
    ]

    operations = [
        migrations.AddField('letter', 'member', models.CharField(blank=True, db_default='', default='', max_length=60)),
        migrations.AddField('letter', 'turn', models.PositiveSmallIntegerField(null=True)),
        migrations.AddField('letter', 'off', models.CharField(blank=True, db_default='', default='', max_length=300)),
        migrations.AddIndex(
            'letter',
            models.Index(fields=['about', 'turn'], condition=Q(turn__isnull=False), name='letters_of_a_turn'),
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[
                    ('sent', 'handed to the mail server'), ('accepted', 'taken by the mail server'),
                    ('bounced', 'not delivered'), ('opened', 'its page was opened'),
                ], max_length=8)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('says', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('letter', models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='notices.letter')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('letter', 'step'), name='each_step_once')],
            },
        ),
    ]
