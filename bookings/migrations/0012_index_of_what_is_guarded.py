"""The index by which searches read what is taken tells also until when it is held."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0011_allocations_of_holds")]

    operations = [
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(condition=models.Q(("status__in", ["held", "confirmed"])), fields=["space", "ends_at", "starts_at", "unit", "held_until"], name="allocation_guarded_in_space"),
        ),
        migrations.RemoveIndex(model_name="allocation", name="allocation_holding_in_space"),
    ]
