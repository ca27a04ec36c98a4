"""Run the tasks of the database until stopped."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from network.chores import purge_in_passing
from network.tasks import ABANDONED_AFTER, requeue_abandoned

logger = structlog.get_logger(__name__)

REQUEUE_EVERY_S = 60.0
PRUNE_EVERY_S = 3600.0


class Command(BaseCommand):
    help = "Send mail and do the other tasks of the database, until stopped (Ctrl+C)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--single",
            action="store_true",
            help="this is the only worker: what another left running is taken up at once",
        )
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks")
        parser.add_argument("--once", action="store_true", help="stop when nothing is left to do")

    def handle(self, **options: Any) -> None:
        """Work."""
        if options["single"]:
            requeue_abandoned(started_before=timezone.now() + timedelta(seconds=1))
        worker = new_worker(options["interval"])
        worker.configure_signals()
        if options["once"]:
            worker.run()
        else:
            work(worker)


def new_worker(interval: float) -> Worker:
    """Return django-tasks-db's worker, that returns when nothing is left to do."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=interval,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )


def work(worker: Worker) -> None:
    """Work until a signal stops the worker; outlive a database that goes away for a while."""
    chores = Chores()
    while worker.running:
        try:
            chores.do()
            worker.run()
        except (OperationalError, InterfaceError):
            logger.exception("database away")
            close_old_connections()
        if worker.running:
            time.sleep(worker.interval)


class Chores:
    """What a worker does now and then beside its tasks."""

    def __init__(self) -> None:
        self.requeue_at = self.prune_at = time.monotonic()

    def do(self) -> None:
        """Do what is due: take up what dead workers left, erase what is kept long enough."""
        now = time.monotonic()
        if now >= self.requeue_at:
            requeue_abandoned(started_before=timezone.now() - ABANDONED_AFTER)
            self.requeue_at = now + REQUEUE_EVERY_S
        if now >= self.prune_at:
            purge_in_passing(now=timezone.now())
            self.prune_at = now + PRUNE_EVERY_S
