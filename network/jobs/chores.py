"""What is erased when its time is over. Packages register theirs in a module named `purging`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet

logger = structlog.get_logger(__name__)

#: Rows to a transaction, so that nothing is locked for long.
BATCH = 500


@dataclass(frozen=True)
class Purge:
    """Rows of one kind that are due at an instant, and what becomes of them."""

    kind: str
    due: Callable[[datetime], QuerySet[Any]]
    act: Callable[[QuerySet[Any], datetime], object]


PURGES: dict[str, Purge] = {}


def register(kind: str, due: Callable[[datetime], QuerySet[Any]]) -> None:
    """Have the rows that are due deleted."""
    register_act(kind, due, lambda rows, now: rows.delete())


def register_act(
    kind: str,
    due: Callable[[datetime], QuerySet[Any]],
    act: Callable[[QuerySet[Any], datetime], object],
) -> None:
    """Have `act` done to the rows that are due. Kinds are taken in the order they came."""
    PURGES[kind] = Purge(kind, due, act)


def due_counts(now: datetime) -> dict[str, int]:
    """Return how many rows of each kind are due, touching none."""
    return {kind: one.due(now).count() for kind, one in PURGES.items()}


def purge(*, now: datetime) -> dict[str, int]:
    """Erase what is due, batch by batch; return how many rows of each kind.

    A crash on the way leaves whole batches; the next purge goes on from there.
    """
    done = {kind: purge_kind(one, now) for kind, one in PURGES.items()}
    if any(done.values()):
        logger.info("purged", **{kind.replace(" ", "_"): count for kind, count in done.items()})
    return done


def purge_in_passing(*, now: datetime) -> None:
    """Erase what is due for a worker, whose mail goes on whatever a kind meets."""
    for one in PURGES.values():
        try:
            purge_kind(one, now)
        except Exception:
            logger.exception("not purged", kind=one.kind)


def purge_kind(one: Purge, now: datetime) -> int:
    """Erase what is due of one kind; return how many rows."""
    total, after = 0, None
    while batch := next_batch(one.due(now), after):
        with transaction.atomic():
            one.act(one.due(now).filter(pk__in=batch), now)
        total, after = total + len(batch), batch[-1]
    return total


def next_batch(rows: QuerySet[Any], after: object) -> list[Any]:
    """Return the next primary keys: never the same twice, even if one cannot be erased."""
    following = rows if after is None else rows.filter(pk__gt=after)
    return list(following.order_by("pk").values_list("pk", flat=True)[:BATCH])
