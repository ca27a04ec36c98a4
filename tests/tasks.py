"""Types of what runs tasks in tests: the fixture `run_tasks`."""

from typing import Protocol

from django_tasks_db.models import DBTaskResult

TaskRow = DBTaskResult[..., object]


class RunTasks(Protocol):
    """Run what waits, and return the rows that are finished now."""

    def __call__(self, *, may_fail: bool = False) -> list[TaskRow]: ...
