"""On what a benchmark ran: without it, no figure means anything."""

import os
import platform
import re
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import psycopg

from bench.databases import url_of

DISTRIBUTIONS = ("Django", "django-ninja", "psycopg", "gunicorn")


def first_match(path: str, pattern: str) -> str:
    """Return what `pattern` finds in a file of the system, if it has it."""
    try:
        found = re.search(pattern, Path(path).read_text(), re.MULTILINE)
    except OSError:
        return "?"
    return found[1].strip() if found else "?"


def machine() -> list[tuple[str, str]]:
    """Return processor, memory, load and versions."""
    memory = first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)")
    gigabytes = f"{int(memory) / 1024**2:.0f} GB" if memory.isdigit() else "?"
    with closing(psycopg.connect(url_of("postgres"))) as connection:
        rows = connection.execute("SELECT current_setting('server_version')").fetchall()
        buffers = connection.execute("SELECT current_setting('shared_buffers')").fetchall()
    return [
        ("processor", first_match("/proc/cpuinfo", r"^model name\s*:(.*)$")),
        ("cores", str(os.cpu_count())),
        ("memory", gigabytes),
        ("load before", f"{os.getloadavg()[0]:.2f}"),
        ("system", f"{platform.system()} {platform.release()}"),
        ("Python", platform.python_version()),
        ("PostgreSQL", f"{rows[0][0]}, shared_buffers {buffers[0][0]}"),
        *((name, version(name)) for name in DISTRIBUTIONS),
    ]
