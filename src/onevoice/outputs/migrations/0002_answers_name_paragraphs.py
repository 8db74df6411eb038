"""What answers a mandate can name the paragraph that it answers."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mandates', '0002_paragraphs_keep_their_history'),
        ('outputs', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='output',
            name='answered_paragraphs',
            field=models.ManyToManyField(blank=True, related_name='outputs', to='mandates.paragraph'),
        ),
        migrations.AddField(
            model_name='output',
            name='answers',
            field=models.ManyToManyField(blank=True, related_name='outputs', to='mandates.instrument'),
        ),
    ]
