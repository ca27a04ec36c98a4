"""What an account holds: its last checkpoint, and the transfers since."""

from datetime import datetime

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from billing.models import Account, Checkpoint, Transfer
from billing.models.ledger import TransferQuerySet


def balance(account: Account) -> int:
    """Return what came in less what went out, reservations aside."""
    last = last_checkpoint(account)
    since = last.upto if last else 0
    return (last.balance if last else 0) + moved_since(account, since)


def available(account: Account, now: datetime) -> int:
    """Return what may still be taken: the balance less what is reserved at `now`."""
    reserved = account.transfers_out.reserving(now).aggregate(total=Sum("amount"))["total"]
    return balance(account) - (reserved or 0)


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


def reserved(now: datetime, account: str = "pk") -> Coalesce:
    """Return what is reserved at `now` of each row's account."""
    return total_of(Transfer.objects.reserving(now), "source", account)


def total_of(rows: TransferQuerySet, side: str, account: str) -> Coalesce:
    """Return the sum of those transfers into (`target`) or out of (`source`) each row's account."""
    mine = rows.order_by().filter(**{side: OuterRef(account)}).values(side)
    return Coalesce(Subquery(mine.annotate(total=Sum("amount")).values("total")), 0)
