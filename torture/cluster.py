"""The product's processes, each of which may be killed and started anew, and their database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg
from services import HOST, OwnPostgres, children, free_port, own_postgres
from tether import tethered, untie

from torture import ROOT

#: Seconds that a process has to end when it is asked to, and the server to answer at first.
PATIENCE_TO_END, PATIENCE_TO_START = 45, 90
UNGUARD = "ALTER TABLE bookings_allocation DROP CONSTRAINT allocation_unit_not_shared"


class Program:
    """A Python program of ours, tied to this process."""

    def __init__(self, log: Path, environ: dict[str, str], *command: str) -> None:
        self.log, self.environ = log, environ
        self.command = [sys.executable, *command]
        self._tether: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; its words go to its log."""
        with self.log.open("ab") as log:
            self._tether = tethered(
                self.command, cwd=ROOT, env=self.environ, stdout=log, stderr=log
            )

    @property
    def pid(self) -> int:
        """Return the process that leads the program; 0 when it has ended."""
        until = time.monotonic() + 10
        while self._tether and self._tether.poll() is None and time.monotonic() < until:
            if found := children(self._tether.pid):
                return found[0]
            time.sleep(0.02)
        return 0

    def kill(self) -> None:
        """Kill all of its processes at once; nobody gets to say goodbye."""
        if pid := self.pid:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        self.stop()

    def kill_a_child(self) -> None:
        """Kill one process that it started, as a kernel short of memory does."""
        if found := children(self.pid):
            with suppress(ProcessLookupError):
                os.kill(found[0], signal.SIGKILL)

    def end(self, times: int = 1) -> None:
        """Ask it to end, once or more, and wait for that. Raises TimeoutExpired."""
        if pid := self.pid:
            for _time in range(times):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
                time.sleep(0.05)
        if self._tether:
            self._tether.wait(PATIENCE_TO_END)
        self.stop()

    def stop(self) -> None:
        """End it by force if need be."""
        if self._tether:
            untie(self._tether)
            self._tether = None


class Cluster:
    """One PostgreSQL, one web server, one worker, one mail server, in `folder`."""

    def __init__(self, folder: Path, postgres: OwnPostgres, *, is_alone: bool) -> None:
        self.folder, self.postgres = folder, postgres
        self.port, self.mail_port = free_port(), free_port()
        self.mails = folder / "mails.jsonl"
        sink = ("-m", "torture.sink", str(self.mail_port), str(self.mails))
        gunicorn = ("-m", "gunicorn", "config.wsgi", f"--bind={HOST}:{self.port}")
        work = ("manage.py", "work", "--interval", "0.2", *(["--single"] if is_alone else []))
        self.sink = Program(folder / "sink.log", dict(os.environ), *sink)
        self.server = Program(folder / "server.log", self.environ, *gunicorn)
        self.worker = Program(folder / "worker.log", self.environ, *work)

    @property
    def environ(self) -> dict[str, str]:
        """Return the environment of the product's processes: as production's."""
        return os.environ | {
            "DATABASE_URL": self.postgres.address,
            "DJANGO_SETTINGS_MODULE": "torture.settings",
            "SECRET_KEY": "of-a-storm-on-this-machine-only-c07d5b2f8e1a4936b70d",
            "PUBLIC_URL": f"http://{HOST}:{self.port}",
            "EMAIL_URL": f"smtp://{HOST}:{self.mail_port}",
            "REDIS_URL": "",
            "DEBUG": "0",
        }

    def unguard(self) -> None:
        """Take away the locks of the server and the promise of the database."""
        self.server.environ = self.server.environ | {"TORTURE_UNGUARDED": "1"}
        with psycopg.connect(self.postgres.address) as connection:
            connection.execute(UNGUARD)

    def run(self, *command: str) -> str:
        """Run Python with `command` on the database and return what it prints."""
        finished = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return finished.stdout

    def open(self) -> None:
        """Start server and worker, and return once the server is ready."""
        self.server.start()
        self.worker.start()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Return once the server answers that all is well."""
        until = time.monotonic() + PATIENCE_TO_START
        while probe(self.port) != 200:
            if time.monotonic() > until:
                raise TimeoutError(f"The server does not answer: see {self.server.log}.")
            time.sleep(0.1)


def probe(port: int, path: str = "/readyz") -> int:
    """Return the status of an answer, 0 when there was none."""
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


@contextmanager
def running(folder: Path, *, is_alone: bool) -> Iterator[Cluster]:
    """Provide the processes, with an empty database; only PostgreSQL and mail server run yet."""
    with ExitStack() as stack:
        postgres = stack.enter_context(own_postgres())
        cluster = Cluster(folder, postgres, is_alone=is_alone)
        for program in (cluster.sink, cluster.worker, cluster.server):
            stack.callback(program.stop)
        cluster.sink.start()
        yield cluster
