"""A customer group counts from the instant at which it was given, until it is ended."""

from datetime import date

from django.db import migrations, models

import network.models.fields


class Migration(migrations.Migration):
    dependencies = [("billing", "0008_votes_withdrawn_names_told")]

    operations = [
        migrations.RemoveConstraint(
            model_name="groupmembership", name="group_membership_ends_after_it_starts"
        ),
        # On the way back the days are lost: all count since long ago.
        migrations.AlterField(
            model_name="groupmembership",
            name="starts_on",
            field=network.models.fields.DayField(default=date(2020, 1, 1), verbose_name="from"),
        ),
        migrations.RemoveField(model_name="groupmembership", name="starts_on"),
        migrations.AddField(
            model_name="groupmembership",
            name="ended_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="ended on"),
        ),
    ]
