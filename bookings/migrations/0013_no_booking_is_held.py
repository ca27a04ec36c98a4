"""A booking is confirmed or cancelled; what is held is a hold."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0012_index_of_what_is_guarded")]

    operations = [
        migrations.AlterField(
            model_name="booking",
            name="status",
            field=models.CharField(choices=[("confirmed", "Confirmed"), ("cancelled", "Cancelled")], max_length=10, verbose_name="status"),
        ),
    ]
