"""Name what becomes of an allocation that was given back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="allocation",
            name="status",
            field=models.CharField(
                choices=[
                    ("held", "On option"),
                    ("confirmed", "Confirmed"),
                    ("released", "Released"),
                    ("given_back", "Given back"),
                ],
                max_length=10,
                verbose_name="status",
            ),
        ),
    ]
