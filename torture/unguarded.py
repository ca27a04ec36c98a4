"""The control: a server without row locks, which must make the checker find something."""

import time
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet

#: Seconds that whoever would have locked a row leaves to others instead.
PAUSE = 0.3


def unlocked(rows: Any, *_how: Any, **_more: Any) -> Any:
    """Return the rows as they are, locked by nobody, after a pause in which others come as far."""
    time.sleep(PAUSE)
    return rows


class Unguarded(AppConfig):
    """Takes every lock away; the database's own promise is dropped beside it."""

    name = "torture.unguarded"
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        """Let `select_for_update` lock nothing."""
        QuerySet.select_for_update = unlocked  # type: ignore[assignment,method-assign]  # it is the point
