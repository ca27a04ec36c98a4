"""A worker that loses no task: it keeps a lease on what it runs, and gives back what it leaves."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import structlog
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskContext
from django_tasks.signals import task_finished, task_started
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from network.faults import DATABASE_FAULTS
from network.jobs.tasks import hand_back, prolong

logger = structlog.get_logger(__name__)

#: Seconds between two renewals of a lease, a fraction of `network.jobs.tasks.ABANDONED_AFTER`.
RENEW_EVERY_S = 10.0
#: Seconds after which a task that the database failed is run again.
AGAIN_AFTER_S = 20
TO_END = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
TaskRow = DBTaskResult[..., Any]


class Worker(db_worker.Worker):
    """django-tasks-db's worker, asked for one task after the other.

    Told to end, it finishes its task; told twice, it gives it back and ends at once. A task that
    the database failed is run again later: its mail must not be lost for a lock or a restart.
    """

    def __init__(self, interval: float) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=get_random_string(32),
        )
        self.task: TaskRow | None = None
        self._ended = threading.Event()

    def run_one(self) -> bool:
        """Run the next task that is ready; tell whether there was one."""
        self._run_tasks = 0
        self.run()
        return self._run_tasks > 0

    def rest(self) -> None:
        """Wait for new tasks, no longer than it takes to be told to end."""
        self._ended.wait(self.interval)

    @contextmanager
    def obeying_signals(self) -> Iterator[None]:
        """Obey signals for the time of the block.

        A thread hears them: Python's own handlers wait for the main thread, which may be waiting
        for a mail server.
        """
        ear, mouth = os.pipe()
        os.set_blocking(mouth, False)
        before = signal.set_wakeup_fd(mouth)
        handlers = {number: signal.signal(number, ignored) for number in TO_END}
        threading.Thread(target=self._listen, args=[ear], name="signals", daemon=True).start()
        try:
            yield
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(before)
            os.close(mouth)

    def _listen(self, ear: int) -> None:
        while heard := os.read(ear, 1):
            self.told(signal.Signals(heard[0]))
        os.close(ear)

    def told(self, number: signal.Signals) -> None:
        """Obey a signal: end after the current task; at the second one, end without it."""
        if not self.running:
            self.leave()
        self.running = False
        self._ended.set()
        logger.warning("worker told to end", signal=number.name)

    def keep_lease(self) -> None:
        """Renew the lease of what runs, from now on, beside it."""
        threading.Thread(target=self._renew, name="lease", daemon=True).start()

    def _renew(self) -> None:
        while True:
            time.sleep(RENEW_EVERY_S)
            if task := self.task:
                renew(task)

    def run_task(self, db_task_result: TaskRow) -> None:
        """Run a task and write down what it came to."""
        self.task, self.running_task = db_task_result, True
        try:
            if not self.running:  # told to end since it took the task
                hand_back(db_task_result)
                return
            finish(db_task_result)
        except DATABASE_FAULTS as error:
            task_id = str(db_task_result.id)
            logger.warning("task failed by the database", id=task_id, reason=str(error))
            close_old_connections()
            hand_back(db_task_result, after_s=AGAIN_AFTER_S)
        finally:
            self.task, self.running_task = None, False
            self._run_tasks += 1

    def leave(self) -> None:
        """Give the current task back and end the process, whatever it waits for."""
        try:
            if task := self.task:
                hand_back(task)
                logger.warning("task given back", id=str(task.id))
        except DATABASE_FAULTS:
            logger.exception("task not given back; its lease runs out")
        finally:
            os._exit(1)


def ignored(number: int, frame: FrameType | None) -> None:
    """Do nothing: another thread has heard the signal."""


def renew(task: TaskRow) -> None:
    """Prolong the lease of a running task; a database that is away is asked again later."""
    try:
        prolong(task, now=timezone.now())
    except DATABASE_FAULTS as error:
        logger.warning("lease not renewed", id=str(task.id), reason=str(error))
    finally:
        close_old_connections()


def finish(result: TaskRow) -> None:
    """Run a task to its success or failure. Raises what the database does."""
    backend = type(result.task.get_backend())
    task_started.send(sender=backend, task_result=result.task_result)
    try:
        result.set_successful(called(result))
    except DATABASE_FAULTS:
        raise
    except Exception as error:  # whatever a task raises is its failure
        result.set_failed(error)
    task_finished.send(sender=backend, task_result=result.task_result)


def called(result: TaskRow) -> Any:
    """Call the function of a task and return what it does."""
    task = result.task
    known: Any = result.task_result  # the two libraries type it differently
    context = (TaskContext(task_result=known),) if task.takes_context else ()
    return task.call(*context, *known.args, **known.kwargs)
