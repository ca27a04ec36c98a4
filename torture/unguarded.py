"""The control: a server without row locks, which must make the checker find something."""

import time
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet

#: Seconds between choosing units and taking them.
PAUSE = 0.3


insert = QuerySet.bulk_create


def unlocked(rows: Any, *_how: Any, **_more: Any) -> Any:
    """Return the rows as they are, locked by nobody."""
    return rows


def insert_late(rows: Any, *what: Any, **how: Any) -> Any:
    """Insert rows after a pause, in which others choose as well."""
    time.sleep(PAUSE)
    return insert(rows, *what, **how)


class Unguarded(AppConfig):
    """Takes every lock away; the database's own promise is dropped beside it."""

    name = "torture.unguarded"
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        """Let `select_for_update` lock nothing, and what is written come late."""
        QuerySet.select_for_update = unlocked  # type: ignore[assignment,method-assign]  # it is the point
        QuerySet.bulk_create = insert_late  # type: ignore[assignment,method-assign]  # the same
