from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0002_closures_and_stops_in_the_calendar'),
    ]

    operations = [
        migrations.AddField(
            model_name='equipment',
            name='other_words',
            field=models.JSONField(blank=True, default=dict, verbose_name='in other languages'),
        ),
        migrations.AddField(
            model_name='service',
            name='other_words',
            field=models.JSONField(blank=True, default=dict, verbose_name='in other languages'),
        ),
        migrations.AddField(
            model_name='site',
            name='other_words',
            field=models.JSONField(blank=True, default=dict, verbose_name='in other languages'),
        ),
    ]
