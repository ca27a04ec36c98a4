from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0005_public_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='Specialisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('other_words', models.JSONField(blank=True, default=dict, verbose_name='in other languages')),
                ('code', models.SlugField(unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
            ],
            options={
                'verbose_name': 'specialisation',
                'verbose_name_plural': 'specialisations',
            },
        ),
        migrations.RenameField(
            model_name='site',
            old_name='specialisations',
            new_name='specialisation_words',
        ),
        migrations.AddField(
            model_name='site',
            name='specialisations',
            field=models.ManyToManyField(blank=True, related_name='sites', to='sites.specialisation', verbose_name='specialisations'),
        ),
    ]
