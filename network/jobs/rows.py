"""A task as a row that is yet to be written: together with the rows that want its effect."""

from typing import Any

from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, get_date_max


def task_row(task: Task[..., Any], *args: Any) -> "DBTaskResult[..., Any]":
    """Return the row that `task.enqueue(*args)` would write; nobody is signalled of it."""
    return DBTaskResult(
        args_kwargs={"args": list(args), "kwargs": {}},
        priority=task.priority,
        task_path=task.module_path,
        queue_name=task.queue_name,
        run_after=task.run_after or get_date_max(),
        backend_name=task.backend,
    )
