"""For whoever runs the service: is this process alive, and may it be sent requests."""

from collections.abc import Callable
from functools import cache

import structlog
from django.core.cache import caches
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from bookings.triggers import missing_triggers

logger = structlog.get_logger(__name__)


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works, else 503 with the parts that do not."""
    parts = {name: state(name, works) for name, works in PARTS.items()}
    is_ready = all(answer == "ok" for answer in parts.values())
    return JsonResponse(parts, status=200 if is_ready else 503)


def state(name: str, works: Callable[[], bool]) -> str:
    """Return "ok" or "failed"; the cause goes to the log, not to whoever asks."""
    try:
        if works():
            return "ok"
        logger.error("part not ready", part=name)
    except Exception:  # whatever a driver raises, the part does not work
        logger.exception("part failed", part=name)
    return "failed"


def database_answers() -> bool:
    """Tell whether the database runs a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


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
    """Tell whether the cache gives back what it was given."""
    caches["default"].set("readyz", "ok", timeout=10)
    return bool(caches["default"].get("readyz") == "ok")


PARTS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "triggers": triggers_exist,
    "cache": cache_answers,
}
