"""What an account holds: its last checkpoint, and the transfers since."""

from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from billing.models import Account, Checkpoint, Transfer
from billing.models.ledger import TransferQuerySet
from network.sql import Given, Instant, kept


def balance(account: Account) -> int:
    """Return what came in less what went out, reservations aside."""
    ((before, came, went),) = sums().read(account=account.pk)
    return int(before + came - went)


def available(account: Account, now: datetime) -> int:
    """Return what may still be taken: the balance less what is reserved at `now`."""
    ((before, came, went, waiting),) = sums_with_reserved().read(account=account.pk, now=now)
    return int(before + came - went - waiting)


@kept
def sums() -> QuerySet[Account, tuple[int, ...]]:
    """Return an account's last checkpoint, and what came and went since then."""
    rows: QuerySet[Account, tuple[int, ...]] = summed().values_list("before", "came", "went")
    return rows


@kept
def sums_with_reserved() -> QuerySet[Account, tuple[int, ...]]:
    """Return the same, with what is reserved."""
    rows: QuerySet[Account, tuple[int, ...]] = (
        summed()
        .annotate(waiting=reserved(Given("now", DateTimeField())))
        .values_list("before", "came", "went", "waiting")
    )
    return rows


def summed() -> QuerySet[Any]:
    """Return an account with what its last checkpoint says, and what came and went since."""
    last = Checkpoint.objects.filter(account=OuterRef("pk")).order_by("-upto")
    upto, before = (Coalesce(Subquery(last.values(one)[:1]), 0) for one in ("upto", "balance"))
    moving = Transfer.objects.moving().filter(pk__gt=OuterRef("since"))
    came, went = (total_of(moving, side, "pk") for side in ("target", "source"))
    account = Account.objects.filter(pk=Given("account", BigIntegerField()))
    return account.annotate(since=upto, before=before, came=came, went=went)


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


def moved(account: str = "pk") -> CombinedExpression:
    """Return what came in less what went out, over all transfers, of each row's account."""
    rows = Transfer.objects.moving()
    return total_of(rows, "target", account) - total_of(rows, "source", account)


def reserved(now: Instant, account: str = "pk") -> Coalesce:
    """Return what is reserved at `now` of each row's account."""
    return total_of(Transfer.objects.reserving(now), "source", account)


def total_of(rows: TransferQuerySet, side: str, account: str) -> Coalesce:
    """Return the sum of those transfers into (`target`) or out of (`source`) each row's account."""
    mine = rows.order_by().filter(**{side: OuterRef(account)}).values(side)
    return Coalesce(Subquery(mine.annotate(total=Sum("amount")).values("total")), 0)
