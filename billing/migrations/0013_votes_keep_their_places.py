"""A site that has a vote, or for which somebody commented, is not deleted: the tables stay."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("billing", "0012_electorates_of_earlier_votes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Elector",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="billing.proposal",
                                verbose_name="proposed grid",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sites.site",
                                verbose_name="place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place that votes",
                        "verbose_name_plural": "places that vote",
                        "db_table": "billing_proposal_electorate",
                        "unique_together": {("proposal", "site")},
                    },
                ),
                migrations.AlterField(
                    model_name="proposal",
                    name="electorate",
                    field=models.ManyToManyField(
                        editable=False,
                        related_name="votes_to_cast",
                        through="billing.Elector",
                        to="sites.site",
                        verbose_name="places that vote",
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="comment",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sites.site",
                verbose_name="for the place",
            ),
        ),
    ]
