"""A booking knows whether it spends passes: those made before spent what there was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0016_holds_know_their_session")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="spends_passes",
            field=models.BooleanField(default=True, verbose_name="spends passes"),
        ),
    ]
