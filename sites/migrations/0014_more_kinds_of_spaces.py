from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0013_labels'),
    ]

    operations = [
        migrations.AlterField(
            model_name='space',
            name='kind',
            field=models.CharField(choices=[('desk', 'Desk'), ('office', 'Office'), ('meeting_room', 'Meeting room'), ('video_room', 'Video room'), ('phone_booth', 'Phone booth'), ('training_room', 'Training room'), ('workshop', 'Workshop'), ('event_hall', 'Event hall'), ('remote_counter', 'Remote counter'), ('lockers', 'Lockers'), ('shared_equipment', 'Equipment for hire')], max_length=20, verbose_name='kind'),
        ),
    ]
