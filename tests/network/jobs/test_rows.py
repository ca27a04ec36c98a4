"""A task that is written with other rows is the row that enqueueing it would have written."""

import pytest
from django_tasks_db.models import DBTaskResult

from bookings.messages.letters import Change
from bookings.messages.tasks import send_booking_mail
from network.insertions import insert
from network.jobs.rows import task_row

pytestmark = pytest.mark.django_db


def test_the_row_is_the_one_that_enqueueing_writes() -> None:
    send_booking_mail.enqueue(7, Change.BOOKED.value, 0, 1)
    theirs = DBTaskResult.objects.get()

    insert(task_row(send_booking_mail, 7, Change.BOOKED.value, 0, 1))

    ours = DBTaskResult.objects.exclude(pk=theirs.pk).get()
    names = [column.attname for column in DBTaskResult._meta.concrete_fields]
    different = {name for name in names if getattr(ours, name) != getattr(theirs, name)}
    assert different == {"id", "enqueued_at"}
    assert ours.task_result.args == [7, "booked", 0, 1]
