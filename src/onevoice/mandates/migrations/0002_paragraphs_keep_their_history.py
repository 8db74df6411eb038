"""Paragraphs get a permanent name, and their history: the database refuses words that change without leaving a trace.

What is judged at the end of the transaction, so that the trace may be written before or after the change:
1. a paragraph whose number or text changed has a correction that holds what it was; one that was taken from standing
   has its withdrawal; none comes back to standing, moves to another instrument, changes its name or is deleted;
2. an instrument that changed has a correction of this transaction.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

NAMES = """
UPDATE mandates_paragraph
SET anchor = 'p' || left(trim(both '-' FROM regexp_replace(lower(number), '[^a-z0-9]+', '-', 'g')), 40) WHERE anchor = '';
"""
FORWARD = """
CREATE FUNCTION mandates_paragraph_keeps_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Paragraphs are withdrawn, not deleted.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.instrument_id <> OLD.instrument_id OR NEW.anchor <> OLD.anchor AND OLD.anchor <> ''
       OR NEW.standing AND NOT OLD.standing THEN
        RAISE EXCEPTION 'A paragraph keeps its name, and a withdrawn one does not come back.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.number <> OLD.number OR NEW.text <> OLD.text) AND NOT EXISTS (
        SELECT FROM mandates_paragraphcorrection
        WHERE paragraph_id = OLD.id AND number = OLD.number AND text = OLD.text AND at >= transaction_timestamp()
    ) THEN
        RAISE EXCEPTION 'A paragraph is corrected with its old words kept.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.standing AND NOT NEW.standing
       AND NOT EXISTS (SELECT FROM mandates_paragraphwithdrawal WHERE paragraph_id = OLD.id) THEN
        RAISE EXCEPTION 'A paragraph is withdrawn by its withdrawal.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER paragraph_keeps_history AFTER UPDATE OR DELETE ON mandates_paragraph
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mandates_paragraph_keeps_history();

CREATE FUNCTION mandates_instrument_keeps_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM mandates_instrumentcorrection
                   WHERE instrument_id = OLD.id AND at >= transaction_timestamp()) THEN
        RAISE EXCEPTION 'An instrument is corrected with what it was kept.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER instrument_keeps_history AFTER UPDATE ON mandates_instrument
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (to_jsonb(NEW) - 'order' IS DISTINCT FROM to_jsonb(OLD) - 'order')
    EXECUTE FUNCTION mandates_instrument_keeps_history();
"""
BACK = """
DROP TRIGGER instrument_keeps_history ON mandates_instrument;
DROP FUNCTION mandates_instrument_keeps_history();
DROP TRIGGER paragraph_keeps_history ON mandates_paragraph;
DROP FUNCTION mandates_paragraph_keeps_history();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('mandates', '0001_first'),
        ('parties', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerTakenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.CharField(max_length=200)),
                ('why', models.TextField(blank=True)),
                ('answer', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='InstrumentCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.CharField(max_length=200)),
                ('why', models.TextField(blank=True)),
                ('was', models.JSONField()),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ParagraphCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.CharField(max_length=200)),
                ('why', models.TextField(blank=True)),
                ('number', models.CharField(max_length=20)),
                ('text', models.JSONField()),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ParagraphWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.CharField(max_length=200)),
                ('why', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='paragraph',
            name='paragraph_number_once',
        ),
        migrations.AddField(
            model_name='instrument',
            name='answered_paragraphs',
            field=models.ManyToManyField(blank=True, related_name='answering_instruments', to='mandates.paragraph'),
        ),
        migrations.AddField(
            model_name='paragraph',
            name='anchor',
            field=models.SlugField(db_default='', db_index=False, default='', editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name='paragraph',
            name='entered_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='paragraph',
            name='entered_by',
            field=models.CharField(db_default='', default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='paragraph',
            name='standing',
            field=models.BooleanField(db_default=True, default=True, editable=False),
        ),
        migrations.RunSQL(NAMES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='paragraph',
            constraint=models.UniqueConstraint(condition=models.Q(('standing', True)), fields=('instrument', 'number'), name='paragraph_number_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='paragraph',
            constraint=models.UniqueConstraint(condition=models.Q(('standing', True), models.Q(('anchor', ''), _negated=True)), fields=('instrument', 'anchor'), name='paragraph_anchor_stands_once'),
        ),
        migrations.AddField(
            model_name='answertakenback',
            name='instrument',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='mandates.instrument'),
        ),
        migrations.AddField(
            model_name='answertakenback',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddField(
            model_name='answertakenback',
            name='paragraph',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='mandates.paragraph'),
        ),
        migrations.AddField(
            model_name='instrumentcorrection',
            name='instrument',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='mandates.instrument'),
        ),
        migrations.AddField(
            model_name='instrumentcorrection',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddField(
            model_name='paragraphcorrection',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddField(
            model_name='paragraphcorrection',
            name='paragraph',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='mandates.paragraph'),
        ),
        migrations.AddField(
            model_name='paragraphwithdrawal',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddField(
            model_name='paragraphwithdrawal',
            name='paragraph',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='mandates.paragraph'),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
