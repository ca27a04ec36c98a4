"""Checkpoints: a balance written down, so that an account of a million transfers reads as fast."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from billing.ledger.balances import last_checkpoint, moved_since
from billing.models import Account, Checkpoint, Transfer

#: Transfers of an account on one side that are added up at most, but for those of the last hour.
MOST_TRANSFERS = 1_000


def write_due_checkpoints(now: datetime) -> int:
    """Write the balance of every account that much has moved on since its last; return how many.

    Each in a transaction of its own: whoever takes from that account waits for one sum.
    """
    due = list(Account.objects.filter(is_due()).order_by("pk"))
    return sum(write_checkpoint(one, now) is not None for one in due)


def is_due() -> Q:
    """Return the condition that so many transfers went out of an account, or came in."""
    last = Checkpoint.objects.filter(account=OuterRef(OuterRef("pk"))).order_by("-upto")
    upto = Coalesce(Subquery(last.values("upto")[:1]), 0)
    condition = Q()
    for side in ("source", "target"):
        since = Transfer.objects.filter(**{side: OuterRef("pk")}, pk__gt=upto).order_by("pk")
        enough = since.values("pk")[MOST_TRANSFERS - 1 : MOST_TRANSFERS]
        condition |= Q(pk__in=Account.objects.alias(nth=Subquery(enough)).filter(nth__isnull=False))
    return condition


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
