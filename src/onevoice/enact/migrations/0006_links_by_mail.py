"""Links by mail that act once: whose, for which act on what, until when. A link is never changed; its act uses it."""

from django.db import migrations, models
import django.db.models.functions.datetime


class Migration(migrations.Migration):

    dependencies = [
        ('enact', '0005_one_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=22, unique=True)),
                ('act', models.CharField(max_length=100)),
                ('group', models.CharField(max_length=60)),
                ('subject', models.BigIntegerField()),
                ('person', models.BigIntegerField()),
                ('appointment', models.BigIntegerField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('expires_at', models.DateTimeField()),
            ],
        ),
    ]
