"""Nothing on the way there; on the way back, let all holds go: no booking could bear them."""

from typing import Any

from django.db import migrations


def let_all_go(apps: Any, schema_editor: Any) -> None:
    """Delete what is held, then the holds."""
    apps.get_model("bookings", "Allocation").objects.filter(hold__isnull=False).delete()
    apps.get_model("bookings", "Hold").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("bookings", "0013_no_booking_is_held")]

    operations = [migrations.RunPython(migrations.RunPython.noop, let_all_go)]
