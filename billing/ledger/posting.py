"""Writing transfers: the only place that does. Each is in the transaction of whoever asks.

Accounts that something is taken from are locked first, in the order of ids: so their floor holds,
and a key is written once. Those that only receive are not: an operator's customers need not wait
for each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.errors import KeyOfAnother, NotEnough, ReservationEnded
from billing.ledger.balances import available
from billing.models import Account, Transfer


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A transfer to write. `key` is its idempotency key; `until` makes it a reservation."""

    key: UUID
    kind: Transfer.Kind
    source: Account
    target: Account
    amount: int
    subject: str = ""
    words: str = ""
    until: datetime | None = None

    def row(self, now: datetime) -> Transfer:
        """Return the entry as the row that it becomes."""
        return Transfer(
            key=self.key,
            kind=self.kind,
            state=Transfer.State.PENDING if self.until else Transfer.State.POSTED,
            source=self.source,
            target=self.target,
            amount=self.amount,
            expires_at=self.until,
            subject=self.subject,
            words=self.words,
            made_at=now,
        )


@transaction.atomic
def post(*, entries: Sequence[Entry], now: datetime) -> list[Transfer]:
    """Write all entries, or none. Written before, by their keys, they are returned as they are.

    Raises NotEnough when one would take an account below its floor, KeyOfAnother, and ValueError
    for accounts of two units.
    """
    refuse_mixed_units(entries)
    lock(*(one.source for one in entries))
    known = {row.key: row for row in Transfer.objects.filter(key__in=[one.key for one in entries])}
    return [written(one, known, now) for one in entries]


def written(entry: Entry, known: dict[UUID, Transfer], now: datetime) -> Transfer:
    """Return the entry's row, which may be there already."""
    row = entry.row(now)
    if before := known.get(entry.key):
        refuse_other(before, row)
        return before
    refuse_below_floor(entry, now)
    row.save(force_insert=True)
    return row


def rows_of(
    entries: Sequence[Entry], now: datetime, locked: Mapping[int, int] | None = None
) -> list[Transfer]:
    """Return entries as rows, for who writes them with others and knows that their keys are new.

    `locked` tells what may be taken of accounts that the caller has locked since before reading
    it. Raises NotEnough, and ValueError for any other account with a floor.
    """
    refuse_mixed_units(entries)
    refuse_below_floors(entries, locked or {})
    return [one.row(now) for one in entries]


def refuse_below_floors(entries: Iterable[Entry], locked: Mapping[int, int]) -> None:
    """Refuse to take more, one entry after the other, than the accounts may give."""
    left = Counter(locked)
    for one in entries:
        if one.source.floor is not None and one.source.pk not in locked:
            raise ValueError(f"{one.source} has a floor: post what is taken from it.")
        left[one.source.pk] -= one.amount
        refuse_less_than_floor(one.source, left[one.source.pk])
        left[one.target.pk] += 0 if one.until else one.amount


def lock(*accounts: Account) -> None:
    """Make whoever takes from those accounts wait for each other."""
    rows = Account.objects.select_for_update(no_key=True).filter(
        pk__in={one.pk for one in accounts}
    )
    list(rows.order_by("pk").values_list("pk"))


def refuse_mixed_units(entries: Sequence[Entry]) -> None:
    """Refuse to make cents of half-days."""
    for one in entries:
        if one.source.unit != one.target.unit:
            raise ValueError(f"{one.source} and {one.target} are not of one unit.")


def refuse_other(before: Transfer, row: Transfer) -> None:
    """Refuse a key that stands on a transfer of something else."""
    for name in ("kind", "source_id", "target_id", "amount", "subject"):
        if getattr(before, name) != getattr(row, name):
            raise KeyOfAnother(_("This was already written, and otherwise."))


def refuse_below_floor(entry: Entry, now: datetime) -> None:
    """Refuse to take more than the account may give."""
    if entry.source.floor is not None:
        refuse_less_than_floor(entry.source, available(entry.source, now) - entry.amount)


def refuse_less_than_floor(source: Account, left: int) -> None:
    """Refuse what would leave so little of an account."""
    if source.floor is not None and left < source.floor:
        raise NotEnough(_("There is not enough left for this."))


@transaction.atomic
def settle(
    *, reserved: Transfer, key: UUID, kind: Transfer.Kind, now: datetime, amount: int | None = None
) -> Transfer:
    """Post what was reserved, all or `amount` of it; what is left of it is free again.

    Raises ReservationEnded when it was settled otherwise, or is at its end.
    """
    taken = reserved.amount if amount is None else amount
    if not 0 < taken <= reserved.amount:
        raise ValueError(f"{taken} is not within the {reserved.amount} that are reserved.")
    row = settling(reserved, key=key, kind=kind, amount=taken, made_at=now)
    row.state = Transfer.State.POSTED
    return closed(reserved, row)


@transaction.atomic
def void(*, reserved: Transfer, key: UUID, now: datetime) -> Transfer:
    """Let go of what was reserved. Raises ReservationEnded when it was settled otherwise."""
    kind = Transfer.Kind.RELEASE
    row = settling(reserved, key=key, kind=kind, amount=reserved.amount, made_at=now)
    row.state = Transfer.State.VOIDED
    return closed(reserved, row)


def settling(reserved: Transfer, **fields: Any) -> Transfer:
    """Return a row that settles a reservation, between the same accounts and for the same."""
    return Transfer(
        source_id=reserved.source_id,
        target_id=reserved.target_id,
        settles=reserved,
        subject=reserved.subject,
        words=reserved.words,
        **fields,
    )


def closed(reserved: Transfer, row: Transfer) -> Transfer:
    """Write the row that settles a reservation, once; asked again, return the one there is."""
    lock(reserved.source)
    before = Transfer.objects.filter(settles=reserved).first()
    if before and (before.key, before.state) == (row.key, row.state):
        return before
    end = reserved.expires_at
    is_late = row.state == Transfer.State.POSTED and end is not None and end <= row.made_at
    if before or is_late:
        raise ReservationEnded(_("What was reserved is no longer."))
    row.save(force_insert=True)
    return row
