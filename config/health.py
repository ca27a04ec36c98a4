"""For whoever runs the service: is this process alive, and may it be sent requests."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import structlog
from django.core.cache import caches
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from bookings.guard.triggers import missing_triggers
from network.faults import fault_of

logger = structlog.get_logger(__name__)

#: Seconds that a probe waits for a lock or an answer.
PROBE_S = 1
#: Bytes without which SQLite's log has no room for the next bookings.
LEAST_DISK = 16_000_000


class Degraded(Exception):
    """A part is away, and another does its work meanwhile."""


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part does its work, else 503; name the parts that do not."""
    parts = {name: state(name, works) for name, works in PARTS.items()}
    is_ready = all(answer != "failed" for answer in parts.values())
    return JsonResponse(parts, status=200 if is_ready else 503)


def state(name: str, works: Callable[[], bool]) -> str:
    """Return "ok", "degraded" or "failed"; the cause goes to the log, not to whoever asks."""
    try:
        if works():
            return "ok"
        logger.error("part not ready", part=name)
    except Degraded:
        return "degraded"
    except Exception as error:  # whatever a driver raises, the part does not work
        logger.error("part failed", part=name, reason=str(error), exc_info=not fault_of(error))
    return "failed"


def database_works() -> bool:
    """Tell whether the database answers, and takes what is written."""
    with quick(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Needs the lock, a file that may be written to, and a free page.
            cursor.execute("CREATE TABLE readyz_probe (id INTEGER)")
            return has_disk()
        cursor.execute("SHOW transaction_read_only")
        return bool(cursor.fetchone() == ("off",))


@contextmanager
def quick() -> Iterator[None]:
    """Undo what the block writes, and bound how long it waits."""
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        run(f"PRAGMA busy_timeout = {PROBE_S * 1000}")
    try:
        with transaction.atomic():
            if not is_sqlite:
                run(f"SET LOCAL statement_timeout = '{PROBE_S}s'")
            yield
            transaction.set_rollback(True)
    finally:
        if is_sqlite:
            run(f"PRAGMA busy_timeout = {connection.settings_dict['OPTIONS']['timeout'] * 1000}")


def run(statement: str) -> None:
    """Run a statement that answers nothing of interest."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def has_disk() -> bool:
    """Tell whether the disk of SQLite's file has room; what is undone never reaches it."""
    file = Path(str(connection.settings_dict["NAME"]))
    return not file.is_file() or shutil.disk_usage(file.parent).free > LEAST_DISK


def migrations_are_applied() -> bool:
    """Tell whether the database has the schema that this code wants."""
    return MigrationRecorder(connection).applied_migrations().keys() >= known_migrations()


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of each migration of this code; read once, code does not change."""
    loader = MigrationLoader(None)
    return frozenset(loader.graph.nodes)


def triggers_exist() -> bool:
    """Tell whether SQLite keeps a unit from being taken twice; PostgreSQL does by a constraint."""
    return connection.vendor != "sqlite" or not missing_triggers(connection)


def cache_answers() -> bool:
    """Tell whether the cache gives back what it was given. Raises Degraded without its Redis."""
    cache = caches["default"]
    cache.set("readyz", "ok", timeout=10)
    answers = bool(cache.get("readyz") == "ok")
    if getattr(cache, "is_away", False):  # one in memory never is
        raise Degraded
    return answers


PARTS: dict[str, Callable[[], bool]] = {
    "database": database_works,
    "migrations": migrations_are_applied,
    "triggers": triggers_exist,
    "cache": cache_answers,
}
