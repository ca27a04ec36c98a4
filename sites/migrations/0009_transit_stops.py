import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0008_specialisations_without_their_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='TransitStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('train', 'train'), ('tram', 'tram'), ('bus', 'bus')], max_length=10, verbose_name='mode of transport')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('distance_m', models.PositiveIntegerField(blank=True, null=True, verbose_name='distance (m)')),
                ('walk_minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes on foot')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transit_stops', to='sites.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'stop of public transport',
                'verbose_name_plural': 'stops of public transport',
            },
        ),
        migrations.AddConstraint(
            model_name='transitstop',
            constraint=models.CheckConstraint(condition=models.Q(('distance_m__isnull', False), ('walk_minutes__isnull', False), _connector='OR'), name='transit_stop_is_some_way_off', violation_error_message='Say how far it is: in metres or in minutes on foot.'),
        ),
    ]
