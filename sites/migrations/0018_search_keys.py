"""Keep the names of sites and of stops near them as people type them."""

from typing import Any

from django.db import migrations, models

from network.rules import search_key


def fill(apps: Any, schema_editor: object) -> None:
    """Give each row the key of its name."""
    for model in ("site", "transitstop"):
        rows = apps.get_model("sites", model).objects
        known = list(rows.only("pk", "name"))
        for row in known:
            row.search_key = search_key(row.name)
        rows.bulk_update(known, ["search_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("sites", "0017_specialities_in_one_word")]
    operations = [
        migrations.AddField(
            model_name="site",
            name="search_key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name="transitstop",
            name="search_key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=120),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
