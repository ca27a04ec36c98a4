"""To which address an event was sent, and at which place it was then."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0005_allocation_within_a_day_in_plain_sql'),
    ]

    operations = [
        migrations.AddField(
            model_name='sentappointment',
            name='email',
            field=models.EmailField(default='', max_length=254),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='sentappointment',
            name='place',
            field=models.JSONField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name='sentappointment',
            name='appointment_once_per_number',
        ),
        migrations.AddConstraint(
            model_name='sentappointment',
            constraint=models.UniqueConstraint(fields=('booking', 'number', 'email'), name='appointment_once_per_address'),
        ),
    ]
