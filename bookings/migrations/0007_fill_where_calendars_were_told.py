"""What was sent so far went to the address that the person has now."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def fill(apps, schema_editor):
    Booking = apps.get_model('bookings', 'Booking')
    address = Booking.objects.filter(pk=OuterRef('booking')).values('person__email')[:1]
    rows = apps.get_model('bookings', 'SentAppointment').objects.filter(email='')
    rows.update(email=Subquery(address))


def drop_former(apps, schema_editor):
    """The schema before knows one address a booking."""
    rows = apps.get_model('bookings', 'SentAppointment').objects
    rows.exclude(email=F('booking__person__email')).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0006_where_calendars_were_told'),
    ]

    operations = [
        migrations.RunPython(fill, drop_former),
    ]
