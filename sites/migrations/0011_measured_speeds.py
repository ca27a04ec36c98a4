import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0010_partners'),
    ]

    operations = [
        migrations.CreateModel(
            name='SpeedMeasurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measured_on', models.DateField(verbose_name='measured on')),
                ('measured_by', models.CharField(max_length=120, verbose_name='measured by')),
                ('download_mbps', models.PositiveIntegerField(verbose_name='download (Mbit/s)')),
                ('upload_mbps', models.PositiveIntegerField(verbose_name='upload (Mbit/s)')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='sites.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'measured speed',
                'verbose_name_plural': 'measured speeds',
            },
        ),
        migrations.AddConstraint(
            model_name='speedmeasurement',
            constraint=models.UniqueConstraint(fields=('site', 'measured_on'), name='speed_measured_once_a_day'),
        ),
    ]
