"""Settle which places have a vote on earlier proposals: those active now, and those that voted."""

from typing import Any

from django.db import migrations, models


def settle(apps: Any, schema_editor: Any) -> None:
    """Give each earlier vote the places that are active now and those that voted."""
    sites = apps.get_model("sites", "Site").objects
    for proposal in apps.get_model("billing", "Proposal").objects.all():
        voted = models.Q(pk__in=proposal.votes.values("site"))
        proposal.electorate.set(sites.filter(models.Q(is_active=True) | voted))


class Migration(migrations.Migration):

    dependencies = [
        ("billing", "0011_electorate"),
    ]

    operations = [
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
