"""A worker loses no task, however it is ended: real processes, real signals, a real mail server."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from time_machine import Traveller

from network.jobs import tasks, worker
from network.jobs.tasks import hand_back, prolong, send_email
from network.jobs.worker import Worker
from network.management.commands import work
from tests.bookings.guard.throwaway import ROOT, Template, environment
from tests.factories import NOW
from tests.mailserver import MailServer
from tests.network.jobs.test_tasks import message

PATIENCE = 60
TABLE = "django_tasks_database_dbtaskresult"
ENQUEUE = """
from network.jobs.tasks import send_email
send_email.enqueue({"subject": "Votre code", "body": "", "to": ["lea@maillage.example"]})
"""
RENEW_AT_ONCE = """
import django
django.setup()
from django.core.management import call_command
import network.jobs.worker
network.jobs.worker.RENEW_EVERY_S = 0.05
call_command("work")
"""


class Machine:
    """A database of its own with one mail to send, and worker processes that can be killed."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.port = 0

    def start(self, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=environment(self.url) | {"EMAIL_URL": f"smtp://127.0.0.1:{self.port}"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def must(self, *words: str) -> None:
        with self.start(*words) as process:
            _out, words_of_failure = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, words_of_failure

    @contextmanager
    def working(self, *words: str) -> "Iterator[subprocess.Popen[str]]":
        with self.start(*(words or ("manage.py", "work"))) as process:
            try:
                yield process
            finally:
                process.kill()

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        kind, _, path = self.url.partition(":///")
        connection = sqlite3.connect(path) if kind == "sqlite" else psycopg.connect(self.url)
        with closing(connection), connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def status(self) -> object:
        ((status,),) = self.sql(f"SELECT status FROM {TABLE}")
        return status


@pytest.fixture(scope="module")
def prepared(template: Template) -> Iterator[Machine]:
    with template.copy() as url:
        machine = Machine(url)
        machine.must("manage.py", "shell", "--verbosity=0", "-c", ENQUEUE)
        yield machine


@pytest.fixture
def machine(prepared: Machine, server: MailServer) -> Machine:
    prepared.sql(f"UPDATE {TABLE} SET status = 'READY', worker_ids = '[]', run_after = enqueued_at")
    prepared.port = server.port
    return prepared


def read_until(process: "subprocess.Popen[str]", words: str) -> None:
    assert process.stderr
    for line in process.stderr:
        if words in line:
            return
    raise AssertionError(f"It ended without saying {words!r}.")


def end(process: "subprocess.Popen[str]", *signals: signal.Signals) -> int:
    """Send signals, each after the one before was heard; return the status it ends with."""
    for number in signals[:-1]:
        process.send_signal(number)
        read_until(process, "worker told to end")
    process.send_signal(signals[-1])
    return process.wait(PATIENCE)


def eventually(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)  # another process works meanwhile: what is waited for, not how long


class TestEnding:
    def test_told_once_it_finishes_its_mail(self, machine: Machine, server: MailServer) -> None:
        server.answers.append("hang")
        with machine.working() as process:
            assert server.asked.wait(PATIENCE)

            process.send_signal(signal.SIGTERM)
            read_until(process, "worker told to end")
            server.release()

            assert process.wait(PATIENCE) == 0
        assert (machine.status(), len(server.mails)) == ("SUCCESSFUL", 1)

    @pytest.mark.parametrize(
        "signals",
        [(signal.SIGTERM, signal.SIGTERM), (signal.SIGINT, signal.SIGTERM)],
        ids=lambda signals: "+".join(one.name for one in signals),
    )
    def test_told_twice_it_gives_its_mail_back_at_once(
        self, machine: Machine, server: MailServer, signals: tuple[signal.Signals, ...]
    ) -> None:
        server.answers.append("hang")
        with machine.working() as process:
            assert server.asked.wait(PATIENCE)

            status = end(process, *signals)

        assert (status, machine.status()) == (1, "READY")
        assert machine.sql(f"SELECT worker_ids FROM {TABLE}") in ([("[]",)], [([],)])

    def test_a_mail_that_may_have_been_sent_is_sent_again_as_the_same_mail(
        self, machine: Machine, server: MailServer
    ) -> None:
        server.answers.append("keep and hang")
        with machine.working() as process:
            assert server.asked.wait(PATIENCE)
            end(process, signal.SIGINT, signal.SIGINT)

        machine.must("manage.py", "work", "--once")

        first, second = server.mails
        assert machine.status() == "SUCCESSFUL"
        assert first["Message-ID"] == second["Message-ID"]

    def test_told_while_it_waits_for_work_it_ends(
        self, machine: Machine, server: MailServer
    ) -> None:
        with machine.working("manage.py", "work", "--interval=600") as process:
            eventually(lambda: machine.status() == "SUCCESSFUL")

            assert end(process, signal.SIGTERM) == 0


class TestLease:
    def test_a_killed_workers_mail_is_sent_once_its_lease_has_run_out(
        self, machine: Machine, server: MailServer
    ) -> None:
        server.answers.append("hang")
        with machine.working() as process:
            assert server.asked.wait(PATIENCE)
            process.kill()
            process.wait(PATIENCE)
        left = machine.status()
        lapsed = (timezone.now() - tasks.ABANDONED_AFTER).isoformat(" ").removesuffix("+00:00")
        machine.sql(f"UPDATE {TABLE} SET started_at = '{lapsed}'")

        with machine.working():
            server.asked.clear()
            server.answers.append("hang")
            is_taken_up = server.asked.wait(PATIENCE)

        assert (left, is_taken_up) == ("RUNNING", True)

    def test_a_living_worker_renews_its_lease(self, machine: Machine, server: MailServer) -> None:
        server.answers.append("hang")
        started = f"SELECT started_at FROM {TABLE}"
        with machine.working("-c", RENEW_AT_ONCE):
            assert server.asked.wait(PATIENCE)
            first = machine.sql(started)

            eventually(lambda: machine.sql(started) != first)

            assert machine.status() == "RUNNING"

    def test_time_outs_are_shorter_than_leases_and_all_is_within_a_minute(self) -> None:
        lease = tasks.ABANDONED_AFTER.total_seconds()

        assert lease > settings.EMAIL_TIMEOUT
        assert lease > 3 * worker.RENEW_EVERY_S
        assert lease + work.REQUEUE_EVERY_S + 1 < 60


@pytest.mark.django_db
class TestTaskOfAnother:
    def taken(self) -> tuple[worker.TaskRow, worker.TaskRow]:
        """Return a task as a slow worker took it, and as another has it since."""
        send_email.enqueue(message())
        slow = DBTaskResult.objects.get()
        slow.claim("slow")
        other = DBTaskResult.objects.get()
        other.claim("other")
        return slow, other

    def test_a_slow_worker_does_not_renew_it(self) -> None:
        slow, other = self.taken()

        prolong(slow, now=NOW + timedelta(days=9))

        assert DBTaskResult.objects.get().started_at == other.started_at

    def test_a_slow_worker_does_not_give_it_back(self) -> None:
        slow, _other = self.taken()

        hand_back(slow)

        assert DBTaskResult.objects.get().status == "RUNNING"


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
class TestDatabaseFaults:
    def test_a_task_that_the_database_failed_is_run_again_later(
        self, monkeypatch: pytest.MonkeyPatch, frozen: Traveller
    ) -> None:
        def locked(*_args: object) -> None:
            raise OperationalError("canceling statement due to lock timeout")

        monkeypatch.setattr(tasks, "deliver", locked)
        send_email.enqueue(message())

        work.run_all(Worker(interval=0))

        result = DBTaskResult.objects.get()
        assert (result.status, result.worker_ids) == ("READY", [])
        assert result.run_after == NOW + timedelta(seconds=20)

    def test_a_chore_that_fails_holds_up_neither_mail_nor_other_chores(self) -> None:
        done: list[datetime] = []
        chores = work.Chores()
        chores.chores = [
            work.Chore(3600, lambda now: 1 / 0),
            work.Chore(3600, done.append),
        ]

        chores.do()
        chores.do()

        assert len(done) == 1
