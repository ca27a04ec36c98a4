from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0004_words_in_other_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='site',
            name='phone',
            field=models.CharField(blank=True, max_length=30, verbose_name='public telephone'),
        ),
        migrations.AddField(
            model_name='site',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='public e-mail address'),
        ),
    ]
