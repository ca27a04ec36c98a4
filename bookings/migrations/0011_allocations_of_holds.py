"""An allocation is a booking's or a hold's, and tells until when it is held."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0010_holds")]

    operations = [
        migrations.AlterField(
            model_name="allocation",
            name="booking",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="allocations", to="bookings.booking", verbose_name="booking"),
        ),
        migrations.AddField(
            model_name="allocation",
            name="hold",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="allocations", to="bookings.hold", verbose_name="hold"),
        ),
        migrations.AddField(
            model_name="allocation",
            name="held_until",
            field=models.DateTimeField(null=True, verbose_name="held until"),
        ),
        migrations.AlterField(
            model_name="allocation",
            name="status",
            field=models.CharField(choices=[("held", "Held"), ("confirmed", "Confirmed"), ("released", "Released"), ("given_back", "Given back")], max_length=10, verbose_name="status"),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(condition=models.Q(("hold__isnull", False)), fields=["hold"], name="allocation_of_a_hold"),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("booking__isnull", False), ("hold__isnull", True)), models.Q(("booking__isnull", True), ("hold__isnull", False)), _connector="OR"), name="allocation_of_booking_or_hold", violation_error_code="allocation_of_booking_or_hold", violation_error_message="A unit is given to a booking or kept by a hold."),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("held_until__isnull", False), ("hold__isnull", False), ("status", "held")), models.Q(models.Q(("status", "held"), _negated=True), ("held_until__isnull", True), ("hold__isnull", True)), _connector="OR"), name="allocation_held_until_its_end", violation_error_code="allocation_held_until_its_end", violation_error_message="What is held, and only that, has an end of the hold."),
        ),
    ]
