"""Mails about bookings that wait are found where their tasks stand now."""

from django.db import migrations

#: former module → present one
MOVED = {
    "bookings.tasks.": "bookings.messages.tasks.",
    "bookings.warnings.": "bookings.messages.warnings.",
}


def rename(apps, moved):
    """Rename the task of every row that names a module of `moved`."""
    rows = apps.get_model("django_tasks_database", "DBTaskResult").objects
    paths = set(rows.order_by().values_list("task_path", flat=True))
    for former, present in moved.items():
        for path in (path for path in paths if path.startswith(former)):
            rows.filter(task_path=path).update(task_path=present + path.removeprefix(former))


def move(apps, schema_editor):
    """Rename to the present modules."""
    rename(apps, MOVED)


def move_back(apps, schema_editor):
    """Rename to the former ones."""
    rename(apps, {present: former for former, present in MOVED.items()})


class Migration(migrations.Migration):

    dependencies = [
        ("bookings", "0007_fill_where_calendars_were_told"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(move, move_back)]
