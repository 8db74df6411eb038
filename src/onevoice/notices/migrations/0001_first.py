import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.BigIntegerField(null=True)),
                ('address', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=2)),
                ('zone', models.CharField(blank=True, max_length=64)),
                ('group', models.CharField(blank=True, max_length=60)),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('about', models.CharField(blank=True, max_length=200)),
                ('queued_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('sent_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['person', '-id'], name='notices_let_person_dc2d61_idx'), models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['id'], name='letters_to_send')],
            },
        ),
    ]
