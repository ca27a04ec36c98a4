from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0003_operators_by_capacity'),
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
