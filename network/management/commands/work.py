"""Run the tasks of the database until stopped."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from network.faults import DATABASE_FAULTS
from network.jobs.chores import purge_in_passing
from network.jobs.regular import REGULAR
from network.jobs.tasks import ABANDONED_AFTER, requeue_abandoned
from network.jobs.worker import Worker

logger = structlog.get_logger(__name__)

REQUEUE_EVERY_S = 10.0
PURGE_EVERY_S = 3600.0


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
        worker = Worker(options["interval"])
        worker.keep_lease()
        with worker.obeying_signals():
            while options["single"] and worker.running and not has_taken_up_all():
                worker.rest()
            if options["once"] and not options["single"]:
                take_up_abandoned(timezone.now())
            if options["once"]:
                run_all(worker)
            else:
                work(worker)


def has_taken_up_all() -> bool:
    """Take up what any other worker left running; tell whether there was a database to ask."""
    try:
        requeue_abandoned(started_before=timezone.now() + timedelta(seconds=1))
    except DATABASE_FAULTS as error:
        logger.warning("database away", reason=str(error))
        close_old_connections()
        return False
    return True


def run_all(worker: Worker) -> None:
    """Run what is ready until nothing is, or a signal stops the worker."""
    while worker.running and worker.run_one():
        pass


def work(worker: Worker) -> None:
    """Work until a signal stops the worker; outlive a database that goes away for a while."""
    chores = Chores()
    while worker.running:
        chores.do()
        if not has_run_one(worker):
            worker.rest()


def has_run_one(worker: Worker) -> bool:
    """Run the next task; tell whether there was one, and a database to ask for it."""
    try:
        return worker.run_one()
    except DATABASE_FAULTS as error:
        logger.warning("database away", reason=str(error))
        close_old_connections()
        return False


def take_up_abandoned(now: datetime) -> None:
    """Take up what dead workers left."""
    requeue_abandoned(started_before=now - ABANDONED_AFTER)


def erase_old(now: datetime) -> None:
    """Erase what has been kept long enough."""
    purge_in_passing(now=now)


@dataclass
class Chore:
    """What a worker does every so many seconds, told the time; due at once, by the clock `due`."""

    every_s: float
    act: Callable[[datetime], object]
    due: float = field(default_factory=time.monotonic)


class Chores:
    """What a worker does now and then beside its tasks."""

    def __init__(self) -> None:
        self.chores = [
            Chore(REQUEUE_EVERY_S, take_up_abandoned),
            Chore(PURGE_EVERY_S, erase_old),
            *(Chore(one.every_s, one.act) for one in REGULAR),
        ]

    def do(self) -> None:
        """Do what is due; a chore that fails is tried at its next time, and holds up no mail."""
        now = time.monotonic()
        for chore in self.chores:
            if now >= chore.due:
                chore.due = now + chore.every_s
                attempt(chore)


def attempt(chore: Chore) -> None:
    """Do a chore; its failure goes to the log."""
    try:
        chore.act(timezone.now())
    except Exception:  # whatever it is, mail must go on
        logger.exception("chore failed", chore=chore.act.__name__)
        close_old_connections()
