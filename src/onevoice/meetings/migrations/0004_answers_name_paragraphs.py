"""What answers a mandate can name the paragraph that it answers."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mandates', '0002_paragraphs_keep_their_history'),
        ('meetings', '0003_presence_is_not_rewritten'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='answered_paragraphs',
            field=models.ManyToManyField(blank=True, related_name='meetings', to='mandates.paragraph'),
        ),
    ]
