"""What answers a mandate can name the paragraph that it answers."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0002_the_text_is_frozen'),
        ('mandates', '0002_paragraphs_keep_their_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='answered_paragraphs',
            field=models.ManyToManyField(blank=True, related_name='decisions', to='mandates.paragraph'),
        ),
    ]
