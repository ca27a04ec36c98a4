import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0009_transit_stops'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('other_words', models.JSONField(blank=True, default=dict, verbose_name='in other languages')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('is_on_site', models.BooleanField(default=False, verbose_name='holds a desk on site')),
                ('offers', models.CharField(max_length=200, verbose_name='what it does')),
                ('held', models.CharField(blank=True, help_text='In words: Tuesdays from 9 to 12.', max_length=120, verbose_name='when')),
                ('contact_url', models.URLField(blank=True, verbose_name='link to reach it')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='sites.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
            },
        ),
    ]
