"""How the database is reached, and how long anybody waits for it."""

from pathlib import Path
from typing import Any

from config import environment as env

# Whoever waits for a page is told soon that it cannot be had; a command may take its time.
IS_PATIENT = env.flag("DATABASE_PATIENT", default=False)
STATEMENT_TIMEOUT_S = env.number("DATABASE_STATEMENT_TIMEOUT", default=15)
LOCK_TIMEOUT_S = env.number("DATABASE_LOCK_TIMEOUT", default=5)
# PostgreSQL's plans of what is asked most are kept by each connection.
PREPARES = env.flag("DATABASE_PREPARES", default=True)
# Executions after which psycopg prepares a statement unasked. With None, which is Django's, it
# prepares nothing, not even what it is told to.
NEVER_BY_ITSELF = 2**31
#: Only what is kept is prepared, and the bench finds one plan good for any values. Left to choose,
#: PostgreSQL planned the statements with lists anew each time: a third of its work for a booking.
ONE_PLAN = "-c plan_cache_mode=force_generic_plan"
#: A page out of order costs little more than the next one: tables are in memory or on a solid disk.
#: As of a turning disk (4), PostgreSQL read all sites and spaces for six bookings of a person.
NO_TURNING_DISK = "-c random_page_cost=1.1"


def database(folder: Path) -> dict[str, Any]:
    """Return the connection that `DATABASE_URL` names, or a file in `folder`, for its engine."""
    settings: dict[str, Any] = env.database(
        "DATABASE_URL", default=f"sqlite:///{folder}/db.sqlite3"
    )
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            # Seconds. Waiting is not fair: in a storm of eight processes one waited over thirty.
            "timeout": 120 if IS_PATIENT else STATEMENT_TIMEOUT_S,
            # FULL: an answered confirmation survives a power cut, not only a killed process.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    else:
        settings["ENGINE"] = "config.postgresql"
        settings["OPTIONS"] = {
            **postgresql_patience(),
            "prepare_threshold": NEVER_BY_ITSELF if PREPARES else None,
            "pool": postgresql_pool(),
        }
    return settings


def postgresql_patience() -> dict[str, Any]:
    """Return libpq's parameters that bound every wait for the server."""
    limits = {
        "statement_timeout": 0 if IS_PATIENT else STATEMENT_TIMEOUT_S,
        "lock_timeout": 0 if IS_PATIENT else LOCK_TIMEOUT_S,
        # A process that froze must not keep its locks.
        "idle_in_transaction_session_timeout": 0 if IS_PATIENT else 60,
    }
    return {
        "options": " ".join(
            [ONE_PLAN, NO_TURNING_DISK, *(f"-c {name}={s}s" for name, s in limits.items())]
        ),
        "connect_timeout": 2,
        # Milliseconds, then seconds: a machine that vanished says nothing.
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }


def postgresql_pool() -> dict[str, Any]:
    """Return the options of psycopg's pool."""
    return {
        "min_size": 1,
        # At least two: a worker renews its lease while a task has the other one.
        "max_size": max(2, env.number("DATABASE_POOL_SIZE", default=8)),
        # Seconds. People are told within two that it cannot be had.
        "timeout": 60 if IS_PATIENT else 1.5,
        # Its own pauses between attempts grow to minutes: who asks next makes a new attempt.
        "reconnect_timeout": 0,
    }
