"""What an account holds: its last checkpoint, and the transfers since."""

from datetime import datetime

from django.db.models import Sum

from billing.models import Account, Checkpoint, Transfer


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
