"""Whether the ledger adds up: what `manage.py check_ledger` looks for. Reads only."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import F, Sum

from billing.ledger.balances import moved, moved_since
from billing.models import Account, Checkpoint, Transfer


class Fault(NamedTuple):
    """What is wrong with which row."""

    rule: str
    row: str
    words: str


def faults() -> Iterator[Fault]:
    """Yield every fault of the ledger: none when all adds up."""
    yield from mixed_units()
    yield from unbalanced_units()
    yield from below_floor()
    yield from wrong_checkpoints()
    yield from wrong_settlements()


def mixed_units() -> Iterator[Fault]:
    """Yield transfers between accounts of two units."""
    for row in Transfer.objects.exclude(source__unit=F("target__unit")):
        yield Fault("one unit", f"transfer {row.pk}", f"{row.source_id} to {row.target_id}")


def unbalanced_units() -> Iterator[Fault]:
    """Yield units whose accounts do not add up to zero."""
    for unit in Account.Unit.values:
        rows = Account.objects.annotate(moved=moved()).filter(unit=unit)
        total = rows.aggregate(total=Sum("moved"))["total"] or 0
        if total:
            yield Fault("zero sum", f"unit {unit}", f"adds up to {total}")


def below_floor() -> Iterator[Fault]:
    """Yield accounts that hold less than they may."""
    short = (
        Account.objects.annotate(moved=moved())
        .filter(floor__isnull=False)
        .exclude(moved__gte=F("floor"))
    )
    for number, code, held, floor in short.values_list("pk", "code", "moved", "floor"):
        yield Fault("floor", f"account {number} {code}", f"{held} is below {floor}")


def wrong_checkpoints() -> Iterator[Fault]:
    """Yield checkpoints that differ from the sum of all transfers until then."""
    for row in Checkpoint.objects.select_related("account").order_by("pk").iterator():
        really = moved_since(row.account, 0, row.upto)
        if really != row.balance:
            words = f"{row.account.code} had {really}, not {row.balance}"
            yield Fault("checkpoint", f"checkpoint {row.pk}", words)


def wrong_settlements() -> Iterator[Fault]:
    """Yield rows that settle something else, more than was reserved, or after its end."""
    rows = Transfer.objects.filter(settles__isnull=False).select_related("settles")
    for row in rows.order_by("pk").iterator():
        reserved = row.settles
        assert reserved is not None
        same = (row.source_id, row.target_id) == (reserved.source_id, reserved.target_id)
        if not same or row.amount > reserved.amount or is_late(row, reserved):
            yield Fault("settlement", f"transfer {row.pk}", f"does not settle {reserved.pk}")


def is_late(row: Transfer, reserved: Transfer) -> bool:
    """Tell whether a reservation was posted at its end or later, or was none."""
    if reserved.expires_at is None:
        return True
    return row.state == Transfer.State.POSTED and row.made_at >= reserved.expires_at
