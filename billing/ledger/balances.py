"""What an account holds: its last checkpoint, and the transfers since."""

from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from billing.models import Account, Checkpoint, Transfer
from network.sql import Given, kept


def balance(account: Account) -> int:
    """Return what came in less what went out, reservations aside."""
    ((before, came, went),) = sums().read(account=account.pk)
    return int(before + came - went)


def available(account: Account, now: datetime) -> int:
    """Return what may still be taken: the balance less what is reserved at `now`."""
    ((before, came, went, reserved),) = sums_with_reserved().read(account=account.pk, now=now)
    return int(before + came - went - reserved)


@kept
def sums() -> QuerySet[Account, tuple[int, ...]]:
    """Return an account's last checkpoint, and what came and went since then."""
    rows: QuerySet[Account, tuple[int, ...]] = summed().values_list("before", "came", "went")
    return rows


@kept
def sums_with_reserved() -> QuerySet[Account, tuple[int, ...]]:
    """Return the same, with what is reserved."""
    reserving = Transfer.objects.reserving(Given("now", DateTimeField()))
    rows: QuerySet[Account, tuple[int, ...]] = (
        summed()
        .annotate(reserved=total_of("source", reserving))
        .values_list("before", "came", "went", "reserved")
    )
    return rows


def summed() -> QuerySet[Any]:
    """Return an account with what its last checkpoint says, and what came and went since."""
    last = Checkpoint.objects.filter(account=OuterRef("pk")).order_by("-upto")
    upto, before = (Coalesce(Subquery(last.values(one)[:1]), 0) for one in ("upto", "balance"))
    moved = Transfer.objects.moving().filter(pk__gt=OuterRef("since"))
    return Account.objects.filter(pk=Given("account", BigIntegerField())).annotate(
        since=upto, before=before, came=total_of("target", moved), went=total_of("source", moved)
    )


def total_of(side: str, transfers: QuerySet[Transfer]) -> Coalesce:
    """Return what those of some transfers add up to that have an account on one side.

    `side` is "source" or "target"; the account is that of the query around it.
    """
    rows = transfers.order_by().filter(**{side: OuterRef("pk")}).values(side)
    return Coalesce(Subquery(rows.annotate(total=Sum("amount")).values("total")), 0)


def last_checkpoint(account: Account) -> Checkpoint | None:
    """Return the newest checkpoint of an account, if it has any."""
    return account.checkpoints.order_by("-upto").first()


def moved_since(account: Account, number: int, upto: int | None = None) -> int:
    """Return what transfers after `number`, and not after `upto`, brought to the account."""
    rows = Transfer.objects.moving().filter(pk__gt=number)
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    came, went = (
        rows.filter(**{side: account}).aggregate(total=Sum("amount"))["total"] or 0
        for side in ("target", "source")
    )
    return int(came - went)
