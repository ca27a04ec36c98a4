"""What became of a pass's half-days. Reads only."""

from dataclasses import dataclass

from django.db.models import Q

from billing.models import Pass, Transfer


@dataclass(frozen=True)
class Movement:
    """A row of the ledger as the pass sees it: half-days that came (or left, below zero)."""

    row: Transfer
    half_days: int
    left: int


def movements(bought: Pass) -> list[Movement]:
    """Return what came to a pass and left it, in order, with what was left each time: one query."""
    account = bought.account_id
    rows = Transfer.objects.moving().filter(Q(source=account) | Q(target=account))
    found: list[Movement] = []
    left = 0
    for row in rows.order_by("pk"):
        moved = row.amount if row.target_id == account else -row.amount
        left += moved
        found.append(Movement(row, moved, left))
    return found
