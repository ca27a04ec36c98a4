import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0012_fundings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('other_words', models.JSONField(blank=True, default=dict, verbose_name='in other languages')),
                ('code', models.SlugField(unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('owner', models.CharField(max_length=200, verbose_name='owner')),
                ('excludes', models.ManyToManyField(blank=True, help_text='No site may hold both at one time.', to='sites.label', verbose_name='cannot be held along with')),
            ],
            options={
                'verbose_name': 'label',
                'verbose_name_plural': 'labels',
            },
        ),
        migrations.CreateModel(
            name='LabelVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('other_words', models.JSONField(blank=True, default=dict, verbose_name='in other languages')),
                ('name', models.CharField(max_length=40, verbose_name='version')),
                ('criteria', models.TextField(blank=True, verbose_name='criteria')),
                ('criteria_url', models.URLField(blank=True, verbose_name='link to the criteria')),
                ('given_from', models.DateField(verbose_name='given from')),
                ('given_to', models.DateField(blank=True, null=True, verbose_name='given to (included)')),
                ('label', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='sites.label', verbose_name='label')),
            ],
            options={
                'verbose_name': 'version of a label',
                'verbose_name_plural': 'versions of labels',
            },
        ),
        migrations.AddConstraint(
            model_name='labelversion',
            constraint=models.UniqueConstraint(fields=('label', 'name'), name='version_once_per_label'),
        ),
        migrations.AddConstraint(
            model_name='labelversion',
            constraint=models.CheckConstraint(condition=models.Q(('given_to__gte', models.F('given_from'))), name='version_ends_after_it_starts', violation_error_message='The end must come after the start.'),
        ),
        migrations.CreateModel(
            name='SiteLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='held from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to (included)')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='sites.site', verbose_name='site')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='sites.labelversion', verbose_name='label')),
            ],
            options={
                'verbose_name': 'label held',
                'verbose_name_plural': 'labels held',
            },
        ),
        migrations.AddConstraint(
            model_name='sitelabel',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='label_ends_after_it_starts', violation_error_message='The end must come after the start.'),
        ),
    ]
