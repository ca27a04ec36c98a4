"""Each vote keeps which places have one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("billing", "0010_lines_off_peak"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="electorate",
            field=models.ManyToManyField(
                editable=False,
                related_name="votes_to_cast",
                to="sites.site",
                verbose_name="places that vote",
            ),
        ),
    ]
