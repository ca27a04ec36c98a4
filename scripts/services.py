"""PostgreSQL, Redis and Chromium for tests: those there are, else of our own, else installed.

Each is looked for in this order: named by the environment; answering on this machine's standard
port; started from installed binaries; installed with apt-get, where this user may, and started.
"""

import contextlib
import functools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis as redis_client
from tether import tethered, untie

HOST = "127.0.0.1"
#: Seconds that a server has to answer for the first time.
PATIENCE = 30


class Missing(Exception):
    """What tests need is not on this machine, and cannot be put there."""


@contextmanager
def postgres() -> Iterator[str]:
    """Lend the address of a PostgreSQL where databases may be made."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        yield named
    elif postgres_answers(f"postgres://postgres@{HOST}:5432/postgres"):
        # A name of this run's own: whatever lies there already is somebody's.
        yield f"postgres://postgres@{HOST}:5432/maillage_{os.getpid()}"
    else:
        with started_postgres() as address:
            yield address


@contextmanager
def redis() -> Iterator[str]:
    """Lend the address of a Redis; tests keep to keys of their own."""
    if named := os.environ.get("REDIS_URL", ""):
        yield named
    elif redis_answers(standard := f"redis://{HOST}:6379/0"):
        yield standard
    else:
        with started_redis() as address:
            yield address


def chromium() -> str:
    """Return where a Chromium lies."""
    named = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if named is None:
        install("chromium")
    found = named or shutil.which("chromium")
    if found is None or not Path(found).exists():
        raise Missing("there is no Chromium; name one with CHROMIUM")
    return found


def postgres_answers(address: str) -> bool:
    """Tell whether a PostgreSQL lets us in and make databases."""
    try:
        with psycopg.connect(address, connect_timeout=2) as connection:
            query = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def redis_answers(address: str) -> bool:
    """Tell whether a Redis lets us in."""
    client = redis_client.Redis.from_url(address, socket_connect_timeout=2)
    try:
        return bool(client.ping())
    except redis_client.RedisError:
        return False
    finally:
        client.close()


@contextmanager
def started_postgres() -> Iterator[str]:
    """Run a PostgreSQL of our own, with its data in a folder that is deleted after."""
    with own_postgres() as server:
        yield server.address


@contextmanager
def own_postgres(*settings: str) -> Iterator["OwnPostgres"]:
    """Run a PostgreSQL that may be stopped, killed and started anew; `settings` are name=value."""
    with own_folder() as folder:
        server = OwnPostgres(folder, settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()


class OwnPostgres:
    """A PostgreSQL with its data in `folder`; its address stays the same however often it starts.

    `folder` may be written to by `unprivileged()`. Start and stop from one and the same thread.
    """

    def __init__(self, folder: Path, settings: Sequence[str] = ()) -> None:
        self.folder, self.data = folder, folder / "db"
        self.programs = binary("initdb", package="postgresql").parent
        self.port = free_port()
        self.address = f"postgres://postgres@{HOST}:{self.port}/postgres"
        # fsync off: its data outlives no test, and a killed process loses nothing by it.
        own = (f"listen_addresses={HOST}", "fsync=off", f"unix_socket_directories={folder}")
        self.settings = [word for setting in (*own, *settings) for word in ("-c", setting)]
        self._process: subprocess.Popen[bytes] | None = None
        self._make()

    def _make(self) -> None:
        how = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(
            [self.programs / "initdb", "-D", self.data, *how],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            user=unprivileged(),
        )

    def start(self, *, is_awaited: bool = True) -> None:
        """Start it, and return once it answers; or at once, where another one waits for it."""
        program = str(self.programs / "postgres")
        command = [program, "-D", str(self.data), "-p", str(self.port), *self.settings]
        self._process = launch(command, self.folder)
        if is_awaited:
            wait_for(functools.partial(postgres_answers, self.address), "PostgreSQL")

    def stop(self) -> None:
        """Stop it as an administrator does: connections are dropped, transactions undone."""
        if self._process:
            untie(self._process)
            self._process = None

    def kill(self) -> None:
        """Kill it and all of its processes at once, as a crash of the machine does."""
        assert self._process
        process = int((self.data / "postmaster.pid").read_text().split()[0])
        # Each of them leads a session of its own: what is killed first starts no other.
        for pid in [process, *children(process)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        untie(self._process)
        self._process = None


def children(process: int) -> list[int]:
    """Return the ids of the processes that `process` started."""
    linux = Path(f"/proc/{process}/task/{process}/children")
    if linux.exists():
        return [int(pid) for pid in linux.read_text().split()]
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True)
    pairs = [line.split() for line in listed.stdout.splitlines()]
    return [int(pid) for pid, parent in pairs if int(parent) == process]


@contextmanager
def started_redis() -> Iterator[str]:
    """Run a Redis of our own, that keeps nothing."""
    server = binary("redis-server", package="redis-server")
    port = free_port()
    options = ["--port", str(port), "--bind", HOST, "--save", "", "--appendonly", "no"]
    address = f"redis://{HOST}:{port}/0"
    with own_folder() as folder, running([str(server), *options], folder):
        wait_for(functools.partial(redis_answers, address), "Redis")
        yield address


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[None]:
    """Run a server in `folder` for the time of the block."""
    process = launch(command, folder)
    try:
        yield
    finally:
        untie(process)


def launch(command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    """Start a server that ends with this process; its words go to a log in `folder`."""
    with (folder / "log").open("ab") as log:
        return tethered(command, user=unprivileged(), cwd=folder, stdout=log, stderr=log)


@contextmanager
def own_folder() -> Iterator[Path]:
    """Lend a folder that the servers may write to: outside the project, which root may own."""
    with tempfile.TemporaryDirectory(prefix="maillage-test-") as name:
        user = unprivileged()
        if user is not None:
            os.chown(name, user, -1)
        yield Path(name)


def unprivileged() -> int | None:
    """Return who runs the servers: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    known = {person.pw_name: person.pw_uid for person in pwd.getpwall()}
    return known.get("postgres", known["nobody"])


def binary(name: str, *, package: str) -> Path:
    """Return where a program lies, after installing its package if it does not."""
    if found(name) is None:
        install(package)
    path = found(name)
    if path is None:
        raise Missing(f"there is no {name}")
    return path


def found(name: str) -> Path | None:
    """Return where a program lies, Debian's folders of PostgreSQL included, newest first."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = sorted(versions, key=lambda path: float(path.parts[4]), reverse=True)
    on_path = shutil.which(name)
    return next(iter([*newest, *([Path(on_path)] if on_path else [])]), None)


def install(package: str) -> None:
    """Install one of Debian's packages; do nothing where that is not ours to do."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "-q", *command], env=environ, stdout=subprocess.DEVNULL)


def wait_for(answers: functools.partial[bool], name: str) -> None:
    """Return once a server answers."""
    until = time.monotonic() + PATIENCE
    while not answers():
        if time.monotonic() > until:
            raise Missing(f"{name} was started and does not answer")
        time.sleep(0.2)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
