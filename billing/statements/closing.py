"""Statements of a month that is over are closed: what each customer owed then stays written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Max, Min, Sum
from django.utils import timezone

from billing.ledger.checking import Fault
from billing.models import Account, ClosedStatement, Transfer
from billing.models.ledger import TransferQuerySet
from billing.statements.months import Month

OWED = Account.Kind.OWED
BATCH = 1_000
#: What was begun before a month's end is committed by then.
GRACE = timedelta(hours=1)


def close_statements(*, month: Month, now: datetime) -> int:
    """Close the statements of a month, of all accounts that moved in it, and return how many.

    Those that are closed stay as they are: again, or twice at once, none is written twice. Raises
    ValueError for a month that is not over for an hour.
    """
    if not is_over(month, now):
        raise ValueError(f"{month} is not over for an hour.")
    count = 0
    for batch in batches(sorted(moving_in(month) - closed_in(month))):
        count += len(written(batch, month, now))
    return count


def is_over(month: Month, now: datetime) -> bool:
    """Tell whether all of a month is written."""
    return month.interval.ends_at + GRACE <= now


def close_statements_until(last: Month, now: datetime) -> int:
    """Close all statements of months until `last` that are over, and return how many."""
    return sum(
        close_statements(month=month, now=now)
        for month in months_until(last)
        if is_over(month, now)
    )


def months_until(last: Month) -> Iterator[Month]:
    """Yield the months from the first that is not closed for all, or of the first transfer."""
    begun = ClosedStatement.objects.aggregate(last=Max("month"))["last"]
    first = begun or Transfer.objects.aggregate(first=Min("made_at"))["first"]
    if first is None:
        return
    month = Month.of(first if begun else timezone.localdate(first))
    while month <= last:
        yield month
        month = month.following


def close_over(now: datetime) -> None:
    """Close the statements of all months that are over: what a worker does each hour."""
    close_statements_until(Month.of(timezone.localdate(now)), now)


def moving_in(month: Month) -> set[int]:
    """Return the accounts of customers that moved in a month."""
    rows = Transfer.objects.moving().filter(
        made_at__gte=month.interval.starts_at, made_at__lt=month.interval.ends_at
    )
    return {
        key
        for side in ("source", "target")
        for key in rows.filter(**{f"{side}__kind": OWED}).values_list(side, flat=True).distinct()
    }


def closed_in(month: Month) -> set[int]:
    """Return the accounts of which a month is closed."""
    rows = ClosedStatement.objects.filter(month=month.first)
    return set(rows.values_list("account", flat=True))


def batches(keys: list[int]) -> Iterator[list[int]]:
    """Yield keys, so many at a time."""
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


@transaction.atomic
def written(accounts: list[int], month: Month, now: datetime) -> list[ClosedStatement]:
    """Write the statements of some accounts; whoever comes second writes none anew."""
    rows = statements_of(accounts, month)
    for row in rows:
        row.closed_at = now
    ClosedStatement.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def statements_of(accounts: Iterable[int], month: Month) -> list[ClosedStatement]:
    """Return what the ledger says of some accounts and a month, yet to be written; four queries."""
    keys, span = list(accounts), month.interval
    rows = Transfer.objects.moving()
    before = sums(rows.filter(made_at__lt=span.starts_at), keys)
    moved = sums(rows.filter(made_at__gte=span.starts_at, made_at__lt=span.ends_at), keys)
    return [
        ClosedStatement(
            account_id=key, month=month.first, before_cents=before[key], moved_cents=moved[key]
        )
        for key in keys
    ]


def sums(rows: TransferQuerySet, accounts: list[int]) -> Counter[int]:
    """Return what some transfers brought to each of some accounts."""
    total: Counter[int] = Counter()
    for side, sign in (("target", 1), ("source", -1)):
        some = rows.filter(**{f"{side}__in": accounts}).order_by().values_list(side)
        for key, amount in some.annotate(total=Sum("amount")):
            total[key] += sign * amount
    return total


def faults_of_statements() -> Iterator[Fault]:
    """Yield closed statements that differ from what the ledger says."""
    months = ClosedStatement.objects.order_by("month").values_list("month", flat=True).distinct()
    for first in months:
        yield from faults_in(Month(first))


def faults_in(month: Month) -> Iterator[Fault]:
    """Yield those of a month."""
    rows = ClosedStatement.objects.filter(month=month.first)
    there = {row.account_id: row for row in rows}
    every = (statements_of(batch, month) for batch in batches(sorted(there)))
    for told in chain.from_iterable(every):
        row = there[told.account_id]
        if differs(row, told):
            words = f"{row} is not {told.before_cents} and {told.moved_cents}"
            yield Fault("statement", f"statement {row.pk}", words)


def differs(written: ClosedStatement, told: ClosedStatement) -> bool:
    """Tell whether two statements say different things."""
    said = (written.before_cents, written.moved_cents)
    return said != (told.before_cents, told.moved_cents)
