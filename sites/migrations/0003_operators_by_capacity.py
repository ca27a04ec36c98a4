"""Whoever runs a site takes part as an operator: said by capacities, nothing changes in tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0011_capacities"),
        ("sites", "0002_closures_and_stops_in_the_calendar"),
    ]

    operations = [
        migrations.AlterField(
            model_name="site",
            name="operator",
            field=models.ForeignKey(error_messages={"invalid": "This organisation does not take part as an operator."}, limit_choices_to={"capacities__kind": "operator"}, on_delete=django.db.models.deletion.PROTECT, related_name="sites", to="network.organisation", verbose_name="operator"),
        ),
    ]
