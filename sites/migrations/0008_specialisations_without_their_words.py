from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0007_specialisations_from_their_words'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='site',
            name='specialisation_words',
        ),
    ]
