"""One SIRET is one organisation; its capacities say what it is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("network", "0012_one_organisation_per_siret")]

    operations = [
        migrations.RemoveConstraint(
            model_name="organisation", name="organisation_siret_unique_per_kind"
        ),
        migrations.RemoveField(model_name="organisation", name="kind"),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("siret", ""), _negated=True),
                fields=("siret",),
                name="organisation_siret_unique",
            ),
        ),
    ]
