"""Keep the name of each territory as people type it."""

from typing import Any

from django.db import migrations, models

from network.rules import search_key


def fill(apps: Any, schema_editor: object) -> None:
    """Give each row the key of its name."""
    for model in ("territory",):
        rows = apps.get_model("network", model).objects
        known = list(rows.only("pk", "name"))
        for row in known:
            row.search_key = search_key(row.name)
        rows.bulk_update(known, ["search_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("network", "0019_wish_for_reminders")]
    operations = [
        migrations.AddField(
            model_name="territory",
            name="search_key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=200),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
