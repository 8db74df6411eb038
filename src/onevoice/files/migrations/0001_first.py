"""Stored files, and those no longer served."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('uploaded_at', models.DateTimeField()),
                ('by', models.CharField(max_length=200)),
                ('group', models.BigIntegerField()),
                ('group_slug', models.SlugField(max_length=60)),
                ('visibility', models.CharField(choices=[('public', 'public'), ('group', 'the group')], default='group', max_length=6)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['group_slug', 'sha256'], name='files_store_group_s_49a31c_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='hash_is_sha256')],
            },
        ),
        migrations.CreateModel(
            name='FileWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=200)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='files.storedfile')),
            ],
        ),
    ]
