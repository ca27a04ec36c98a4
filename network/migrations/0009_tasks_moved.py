"""Mails that wait are found where their task stands now."""

from django.db import migrations

FORMER, PRESENT = "network.tasks.", "network.jobs.tasks."


def move(apps, schema_editor, former=FORMER, present=PRESENT):
    """Rename the task of every row that names the `former` module."""
    rows = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for path in set(rows.filter(task_path__startswith=former).values_list("task_path", flat=True)):
        rows.filter(task_path=path).update(task_path=present + path.removeprefix(former))


def move_back(apps, schema_editor):
    """Rename it back."""
    move(apps, schema_editor, former=PRESENT, present=FORMER)


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0008_warned_at"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(move, move_back)]
