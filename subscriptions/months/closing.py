"""A month that is over is charged to each subscription: once, whoever does it, however often.

Each subscription in a transaction of its own: what was closed by then stays so after a crash.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from billing.ledger.posting import post
from billing.statements.months import Month
from network.insertions import insert
from subscriptions.locking import lock_subscription
from subscriptions.models import ClosedMonth, Subscription
from subscriptions.models.subscriptions import SubscriptionQuerySet
from subscriptions.months.charging import month_entries, month_lines


class Due(NamedTuple):
    """A month of a subscription that is over and not charged yet."""

    subscription: int
    month: Month


@dataclass(frozen=True)
class Closed:
    """What closing a month came to, in cents; whether it was written, or was already."""

    due: Due
    cents: int
    is_new: bool


def due_in(month: Month) -> SubscriptionQuerySet:
    """Return the subscriptions of which a month is to be closed still, in order."""
    closed = ClosedMonth.objects.filter(subscription=OuterRef("pk"), month=month.first)
    rows = Subscription.objects.filter(~Exists(closed), starts_on__lte=month.last)
    return rows.ending_after(month.first).order_by("pk")


def dues(until: Month) -> Iterator[Due]:
    """Yield what is to be closed of a month and of all before it, the oldest first."""
    first = Subscription.objects.order_by("starts_on").values_list("starts_on", flat=True).first()
    month = Month.of(first) if first else until.following
    while month <= until:
        for key in due_in(month).values_list("pk", flat=True).iterator():
            yield Due(key, month)
        month = month.following


def last_over(now: datetime) -> Month:
    """Return the last month that is over, by the network's clocks."""
    return Month.of(timezone.localdate(now)).before


@transaction.atomic
def close(*, due: Due, now: datetime, is_dry: bool = False) -> Closed:
    """Charge a month of a subscription, unless it is charged; `is_dry`, nothing is written.

    Raises ValueError for a month that is not over.
    """
    if due.month > last_over(now):
        raise ValueError(f"{due.month} is not over.")
    locked = lock_subscription(due.subscription)
    before = ClosedMonth.objects.filter(subscription=locked, month=due.month.first).first()
    if before:
        return Closed(due, before.amount_cents, is_new=False)
    lines = month_lines(locked, due.month, now)
    cents = sum(one.amount_cents for one in lines)
    if not is_dry:
        row = ClosedMonth(
            subscription=locked, month=due.month.first, amount_cents=cents, closed_at=now
        )
        post(entries=month_entries(locked, lines), now=now)
        insert(row, *lines)
    return Closed(due, cents, is_new=True)


def close_over(now: datetime) -> None:
    """Close all that is over: what a worker does each hour."""
    for due in dues(last_over(now)):
        close(due=due, now=now)
