"""Mails that waited while the code moved are sent by the code that stands now."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db
#: What rows of an earlier release name, and where that task stands.
MOVED = {
    "network.tasks.send_email": "network.jobs.tasks.send_email",
    "bookings.tasks.send_booking_mail": "bookings.messages.tasks.send_booking_mail",
    "bookings.tasks.send_farewell": "bookings.messages.tasks.send_farewell",
    "bookings.warnings.send_site_warning": "bookings.messages.warnings.send_site_warning",
}
MIGRATIONS = [
    import_module("network.migrations.0009_tasks_moved"),
    import_module("bookings.migrations.0008_tasks_moved"),
]


def paths() -> set[str]:
    return set(DBTaskResult.objects.order_by().values_list("task_path", flat=True))


def test_a_waiting_row_names_its_task_where_it_stands_and_back_again() -> None:
    for path in MOVED:
        DBTaskResult.objects.create(task_path=path, args_kwargs={"args": [], "kwargs": {}})

    for migration in MIGRATIONS:
        migration.move(apps, None)
    moved = paths()
    for migration in MIGRATIONS:
        migration.move_back(apps, None)

    assert moved == set(MOVED.values())
    assert paths() == set(MOVED)


@pytest.mark.parametrize("path", MOVED.values())
def test_the_task_stands_there(path: str) -> None:
    assert isinstance(import_string(path), Task)
