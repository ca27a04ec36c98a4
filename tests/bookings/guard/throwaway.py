"""Databases of their own for tests whose processes must really commit, and really die.

pytest's database lives in one transaction (or, on SQLite, in one process's memory); several
processes need one they can all open. Each test gets a copy of the one that pytest migrated.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[3]


class Sqlite:
    """Databases as files of one folder."""

    vendor = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str, template: str | None = None) -> None:
        """Make a database, empty or like another one that nobody has open."""
        if template:
            shutil.copy(self.folder / template, self.folder / name)

    def copy_own(self, name: str) -> None:
        """Write the database of this process, which lives in its memory, into a file."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(self.folder / name)])

    def drop(self, name: str) -> None:
        """Remove a database."""
        (self.folder / name).unlink()

    def url(self, name: str) -> str:
        """Return what `DATABASE_URL` names it."""
        return f"sqlite:///{self.folder / name}"


class Postgresql:
    """Databases of the server that the tests use."""

    vendor = "postgresql"

    def __init__(self, account: dict[str, Any]) -> None:
        self.account = account

    def create(self, name: str, template: str | None = None) -> None:
        """Make a database, empty or like another one that nobody has open."""
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template or "template1")

    def copy_own(self, name: str) -> None:
        """Copy the database of this process, which must let go of it for that."""
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone
        self.create(name, connection.settings_dict["NAME"])

    def drop(self, name: str) -> None:
        """Remove a database, whoever still has it open."""
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def url(self, name: str) -> str:
        """Return what `DATABASE_URL` names it."""
        account = {key: quote(str(self.account[key]), safe="") for key in ("USER", "PASSWORD")}
        host = quote(self.account["HOST"] or "127.0.0.1", safe="")
        port = self.account["PORT"] or 5432
        return f"postgres://{account['USER']}:{account['PASSWORD']}@{host}:{port}/{name}"

    def _run(self, statement: str, *names: str) -> None:
        query = sql.SQL(statement).format(*map(sql.Identifier, names))
        with closing(psycopg.connect(self.url("postgres"), autocommit=True)) as connection:
            connection.execute(query)


def engine(folder: Path) -> Sqlite | Postgresql:
    """Return the engine that the tests were asked to use."""
    account = settings.DATABASES["default"]
    return Sqlite(folder) if account["ENGINE"].endswith("sqlite3") else Postgresql(account)


@contextmanager
def migrated_template(folder: Path) -> Iterator["Template"]:
    """Provide a copy of pytest's own database, which was just migrated and holds no test's rows."""
    where, name = engine(folder), f"maillage_{uuid4().hex[:12]}"
    where.copy_own(name)
    try:
        yield Template(where, name)
    finally:
        where.drop(name)


class Template:
    """A migrated database that nobody has open."""

    def __init__(self, where: Sqlite | Postgresql, name: str) -> None:
        self.where = where
        self.name = name

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Provide the address of a fresh copy, removed at the end."""
        name = f"maillage_{uuid4().hex[:12]}"
        self.where.create(name, self.name)
        try:
            yield self.where.url(name)
        finally:
            self.where.drop(name)


def environment(url: str) -> dict[str, str]:
    """Return the environment of a process that uses the database at `url`."""
    return os.environ | {
        "DATABASE_URL": url,
        "DATABASE_POOL_SIZE": "2",
        # Races are about what is kept, not about how long a busy machine takes for it.
        "DATABASE_PATIENT": "1",
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }


def run(*command: str, url: str) -> str:
    """Run Python with `command` on the database at `url` and return what it prints."""
    finished = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(url),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-4000:]
    return finished.stdout


def run_worker(*arguments: str, url: str) -> dict[str, Any]:
    """Run the race worker on the database at `url` and return what it found."""
    answer = run("-m", "tests.bookings.guard.race_worker", *arguments, url=url)
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found
