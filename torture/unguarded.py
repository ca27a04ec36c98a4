"""The control: a server without row locks, which must make the checker find something."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet


def unlocked(rows: Any, **_how: Any) -> Any:
    """Return the rows as they are, locked by nobody."""
    return rows


class Unguarded(AppConfig):
    """Takes every lock away; the database's own promise is dropped beside it."""

    name = "torture.unguarded"
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        """Let `select_for_update` lock nothing."""
        QuerySet.select_for_update = unlocked  # type: ignore[method-assign]  # it is the point
