"""Databases made for one benchmark and dropped after it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
LOCAL = "postgres://postgres@127.0.0.1/postgres"


def server_url() -> str:
    """Return the address of the PostgreSQL to measure: `DATABASE_URL`'s, else this machine's."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith(("postgres://", "postgresql://")) else LOCAL


def url_of(name: str) -> str:
    """Return the address of a database of that server."""
    return urlunsplit(urlsplit(server_url())._replace(path=f"/{name}"))


def run_on_server(statement: str, *names: str) -> None:
    """Run a statement about databases, from outside of them."""
    query = sql.SQL(statement).format(*map(sql.Identifier, names))
    with closing(psycopg.connect(url_of("postgres"), autocommit=True)) as connection:
        connection.execute(query)


def environment(name: str) -> dict[str, str]:
    """Return the environment of a process that uses the database `name`."""
    return os.environ | {
        "DATABASE_URL": url_of(name),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SECRET_KEY": "only-for-benchmarks-on-this-machine-and-nowhere-else",
        "DEBUG": "0",
        "EMAIL_URL": "dummymail://",
        "REDIS_URL": "",
    }


@contextmanager
def made(name: str, template: str = "template1") -> Iterator[str]:
    """Provide a database, empty or like another one that nobody has open; drop it at the end."""
    run_on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    run_on_server("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield name
    finally:
        run_on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def run_python(name: str, *command: str) -> None:
    """Run Python with `command` on the database `name`; its errors are ours."""
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment(name), check=True)


def told_by_python(name: str, *command: str) -> Any:
    """Do the same, and return what it wrote as JSON."""
    run = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(name),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)
