"""What is left of passes that are over goes to where nobody can use it: a job for the books.

A pass counts for nothing from its end on, whether or not this has been done.
"""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from billing.ledger.accounts import expired_of
from billing.ledger.balances import available, moved
from billing.ledger.posting import Entry, lock, post
from billing.models import Pass, Transfer
from billing.models.passes import PassQuerySet


def expire_passes(now: datetime) -> None:
    """Write off what is left of each pass that is over, in a transaction of its own."""
    for row in over(now):
        expire(row=row, now=now)


def over(now: datetime) -> PassQuerySet:
    """Return the passes that are over and still hold something."""
    rows = Pass.objects.filter(valid_until__lte=now).annotate(holds=moved("account"))
    return rows.filter(holds__gt=0).select_related("account", "operator").order_by("pk")


@transaction.atomic
def expire(*, row: Pass, now: datetime) -> Transfer | None:
    """Write off what is left of a pass that is over; None when nothing is, as the second time."""
    lock(row.account)
    left = available(row.account, now)
    if row.valid_until > now or left <= 0:
        return None
    return write_off(row=row, half_days=left, now=now)


def write_off(*, row: Pass, half_days: int, now: datetime) -> Transfer:
    """Take half-days of a pass that nobody can use any more. Raises NotEnough for more than it has.

    The caller is in a transaction.
    """
    entry = Entry(
        key=uuid4(),
        kind=Transfer.Kind.EXPIRE,
        source=row.account,
        target=expired_of(row.operator),
        amount=half_days,
        subject=row.subject,
    )
    return post(entries=[entry], now=now)[0]
