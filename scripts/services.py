"""PostgreSQL, Redis and Chromium for tests: those there are, else of our own, else installed.

Each is looked for in this order: named by the environment; answering on this machine's standard
port; started from installed binaries; installed with apt-get, where this user may, and started.
"""

import functools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis as redis_client

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
    initdb = binary("initdb", package="postgresql")
    with own_folder() as folder:
        subprocess.run(
            [
                initdb,
                "-D",
                folder / "db",
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            user=unprivileged(),
        )
        port = free_port()
        # fsync off: its data outlives no test.
        options = ["-c", f"listen_addresses={HOST}", "-c", "fsync=off", "-k", str(folder)]
        server = [
            str(initdb.parent / "postgres"),
            "-D",
            str(folder / "db"),
            "-p",
            str(port),
            *options,
        ]
        address = f"postgres://postgres@{HOST}:{port}/postgres"
        with running(server, folder):
            wait_for(functools.partial(postgres_answers, address), "PostgreSQL")
            yield address


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
    """Run a server in `folder` for the time of the block; its words go to a log there."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, user=unprivileged(), stdout=log, stderr=log)
        try:
            yield
        finally:
            process.send_signal(2)  # SIGINT: PostgreSQL drops its connections and ends
            process.wait(PATIENCE)


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
