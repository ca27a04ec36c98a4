"""Half-days that sellers added to passes or took back: on statements, without money. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from billing.models import Account, Pass, Transfer
from billing.models.ledger import TransferQuerySet
from billing.statements.parties import Party
from sites.intervals import Interval


@dataclass(frozen=True)
class Correction:
    """A pass, the half-days that it had more, below zero less, and the row that says why."""

    row: Transfer
    of_pass: Pass
    half_days: int


def corrections_of(party: Party, span: Interval) -> Iterator[Correction]:
    """Yield the corrections of a party's passes within a time, the first before: one query."""
    told = ("person", "operator")
    passes = [f"{end}__of_pass__{one}" for end in ("source", "target") for one in told]
    rows = correcting(party).filter(made_at__gte=span.starts_at, made_at__lt=span.ends_at)
    for row in rows.select_related(*passes).order_by("made_at", "pk"):
        is_given = row.target.kind == Account.Kind.PASS
        purse = row.target if is_given else row.source
        yield Correction(row, purse.of_pass, row.amount if is_given else -row.amount)


def correcting(party: Party) -> TransferQuerySet:
    """Return what the ledger moved to correct a party's passes."""
    rows = Transfer.objects.moving().filter(kind=Transfer.Kind.ADJUST)
    return rows.filter(Q(source__in=party.purses) | Q(target__in=party.purses))
