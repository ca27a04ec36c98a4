"""How a person works, if they say so."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("network", "0014_territories")]

    operations = [
        migrations.AddField(
            model_name='user',
            name='status',
            field=models.CharField(blank=True, choices=[('private_employee', 'Employee of a company or an association'), ('public_agent', 'Public servant'), ('self_employed', 'Self-employed'), ('liberal_profession', 'Liberal profession'), ('project_holder', 'Starting a business'), ('job_seeker', 'Looking for work'), ('student', 'Student')], help_text='As the person says it, for anonymous statistics.', max_length=20, verbose_name='status'),
        ),
    ]
