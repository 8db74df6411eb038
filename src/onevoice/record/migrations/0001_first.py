
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import onevoice.record.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=60)),
                ('leaf', models.BinaryField()),
                ('leaf_hash', models.BinaryField()),
                ('act', models.CharField(max_length=100)),
                ('subject', models.CharField(max_length=200)),
                ('public', models.BooleanField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('transaction', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(onevoice.record.models.CurrentTransaction(), models.BigIntegerField()))),
            ],
        ),
        migrations.CreateModel(
            name='LogKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=60)),
                ('number', models.PositiveSmallIntegerField()),
                ('origin', models.CharField(max_length=200)),
                ('vkey', models.CharField(max_length=400, unique=True)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('salt', models.BinaryField()),
                ('value', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=60)),
                ('level', models.SmallIntegerField()),
                ('number', models.BigIntegerField()),
                ('hashes', models.BinaryField()),
                ('root', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=60)),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField()),
                ('note', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'size'), name='record_checkpoint_once')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='placement', serialize=False, to='record.entry')),
                ('group', models.CharField(max_length=60)),
                ('index', models.BigIntegerField()),
            ],
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['group', 'id'], name='record_entry_group'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['transaction'], name='record_entry_transaction'),
        ),
        migrations.AddConstraint(
            model_name='logkey',
            constraint=models.UniqueConstraint(fields=('group', 'number'), name='record_logkey_order'),
        ),
        migrations.AddConstraint(
            model_name='logkey',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('group', '='), ('origin', '<>')], name='record_logkey_one_origin_a_group'),
        ),
        migrations.AddConstraint(
            model_name='logkey',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('origin', '='), ('group', '<>')], name='record_logkey_one_group_an_origin'),
        ),
        migrations.AddField(
            model_name='opening',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='record.entry'),
        ),
        migrations.AddConstraint(
            model_name='tile',
            constraint=models.UniqueConstraint(fields=('group', 'level', 'number'), name='record_tile_once'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(fields=('group', 'index'), name='record_placement_order'),
        ),
        migrations.AddConstraint(
            model_name='opening',
            constraint=models.UniqueConstraint(fields=('entry', 'name'), name='record_opening_once'),
        ),
    ]
