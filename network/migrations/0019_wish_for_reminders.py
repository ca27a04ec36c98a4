from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0018_work_situation'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='wants_reminders',
            field=models.BooleanField(default=True, help_text='One e-mail the day before, with what is booked that day.', verbose_name='is reminded the day before'),
        ),
    ]
