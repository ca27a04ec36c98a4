"""Territories: named sets of communes. `load_territories` writes the first ones."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("network", "0013_siret_of_one_organisation")]

    operations = [
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('region', 'Région'), ('departement', 'Département'), ('epci', 'Grouping of communes (EPCI)'), ('pays', 'Pays'), ('living_area', 'Living area (bassin de vie)'), ('job_area', 'Job area (bassin d’emploi)'), ('zone', 'Zone')], max_length=20, verbose_name='kind')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('valid_on', models.DateField(blank=True, null=True, verbose_name='as it stood on')),
                ('communes', models.ManyToManyField(related_name='territories', to='network.commune', verbose_name='communes')),
            ],
            options={
                'verbose_name': 'territory',
                'verbose_name_plural': 'territories',
                'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='territory_once_per_kind')],
            },
        ),
    ]
