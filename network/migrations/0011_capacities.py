"""A table of what organisations are; the column that said only one thing goes two steps later."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("network", "0010_languages_are_the_settings_own")]

    operations = [
        migrations.CreateModel(
            name="Capacity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("operator", "Operator"), ("employer", "Employer"), ("collectivity", "Public authority"), ("partner", "Partner"), ("network_team", "Network team")], max_length=20, verbose_name="takes part as")),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="capacities", to="network.organisation", verbose_name="organisation")),
            ],
            options={
                "verbose_name": "capacity of an organisation",
                "verbose_name_plural": "capacities of organisations",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "kind"), name="capacity_once_per_organisation"),
                    models.CheckConstraint(condition=models.Q(("kind__in", ["operator", "employer", "collectivity", "partner", "network_team"])), name="capacity_is_known"),
                ],
            },
        ),
        # So that the way back can make the column for rows that have none.
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(choices=[("operator", "Operator"), ("employer", "Employer"), ("collectivity", "Public authority"), ("network_team", "Network team")], default="", max_length=20, verbose_name="kind"),
        ),
    ]
