"""Holds: units kept for somebody who has yet to say who they are."""

import django.db.models.deletion
from django.db import migrations, models

import bookings.models.holds


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0009_constraints_in_words"),
        ("sites", "0015_constraints_in_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(default=bookings.models.holds.new_token, max_length=22, unique=True, verbose_name="token")),
                ("people", models.PositiveSmallIntegerField(default=1, verbose_name="people")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("caller", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created at")),
                ("until", models.DateTimeField(db_index=True, verbose_name="held until")),
                ("booking", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="hold", to="bookings.booking", verbose_name="booking")),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="sites.site", verbose_name="site")),
                ("space", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="sites.space", verbose_name="space")),
                ("unit", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="sites.unit", verbose_name="unit")),
            ],
            options={
                "verbose_name": "hold",
                "verbose_name_plural": "holds",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("people__gte", 1)), name="hold_seats_somebody", violation_error_code="hold_seats_somebody", violation_error_message="A booking is for at least one person."),
                    models.CheckConstraint(condition=models.Q(("until__gt", models.F("created_at"))), name="hold_ends_after_it_starts", violation_error_code="hold_ends_after_it_starts", violation_error_message="The end must come after the start."),
                ],
            },
        ),
    ]
