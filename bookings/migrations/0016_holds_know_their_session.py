"""A hold bears the name of its session: until now a session listed its holds, and two could clash."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0015_reminders_sent")]

    operations = [
        migrations.AddField(
            model_name="hold",
            name="session",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
