import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0009_tasks_moved'),
        ('sites', '0011_measured_speeds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Funding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('funder_name', models.CharField(blank=True, max_length=200, verbose_name='other funder')),
                ('kind', models.CharField(choices=[('investment', 'Investment'), ('operating', 'Operating costs')], max_length=20, verbose_name='pays for')),
                ('amount_cents', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='amount (cents)')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to (included)')),
                ('programme', models.CharField(blank=True, max_length=200, verbose_name='programme')),
                ('funder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fundings', to='network.organisation', verbose_name='funder in the network')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fundings', to='sites.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'funding',
                'verbose_name_plural': 'fundings',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('funder__isnull', False), ('funder_name', '')), models.Q(('funder__isnull', True), models.Q(('funder_name', ''), _negated=True)), _connector='OR'), name='funding_has_one_funder', violation_error_message='Choose a funder of the network or name another one.'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='funding_ends_after_it_starts', violation_error_message='The end must come after the start.')],
            },
        ),
    ]
