"""Checkpoints: a balance written down, so that an account of a million transfers reads as fast."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from billing.ledger.balances import last_checkpoint, moved_since
from billing.models import Account, Checkpoint, Transfer


@transaction.atomic
def write_checkpoint(account: Account, now: datetime) -> Checkpoint | None:
    """Write the balance of an account as it is now; None when nothing came since the last.

    A transfer's foreign keys keep its accounts' rows from being locked like this until it is
    committed: none of a lower number comes afterwards. (SQLite lets one write at a time.)
    """
    Account.objects.select_for_update().get(pk=account.pk)
    last = last_checkpoint(account)
    upto = max(newest(account.transfers_out.all()), newest(account.transfers_in.all()))
    since, before = (last.upto, last.balance) if last else (0, 0)
    if upto <= since:
        return None
    moved = moved_since(account, since, upto)
    return Checkpoint.objects.create(
        account=account, upto=upto, balance=before + moved, made_at=now
    )


def newest(transfers: QuerySet[Transfer]) -> int:
    """Return the number of the last of them, 0 without any."""
    return transfers.aggregate(last=Max("pk"))["last"] or 0
