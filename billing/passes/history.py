"""What became of a pass's half-days. Reads only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from billing.models import Charge, Pass, Transfer

#: A charge line's quantity is told in hundredths.
HUNDRED = 100


@dataclass(frozen=True)
class Movement:
    """A row of the ledger as the pass sees it: half-days that came (or left, below zero).

    Of a booking, `day` is the first that the pass covered of it, and `kept` the half-days that were
    kept because it was cancelled late, told with the last of its rows.
    """

    row: Transfer
    half_days: int
    left: int
    day: date | None = None
    kept: int = 0


def movements(bought: Pass) -> list[Movement]:
    """Return what came to a pass and left it, in order, with what was left each time: two queries.

    Each tells of its booking.
    """
    account = bought.account_id
    rows = Transfer.objects.moving().filter(Q(source=account) | Q(target=account))
    found: list[Movement] = []
    left = 0
    for row in rows.order_by("pk"):
        moved = row.amount if row.target_id == account else -row.amount
        left += moved
        found.append(Movement(row, moved, left))
    return with_bookings(found, bought)


def with_bookings(some: Iterable[Movement], bought: Pass) -> list[Movement]:
    """Return movements that tell of their bookings' days, and of what was kept of these."""
    lines = list(Charge.objects.filter(spent_pass=bought).select_related("site").order_by("pk"))
    days, kept = days_of(lines), kept_of(lines)
    told: list[Movement] = []
    for one in reversed([*some]):
        subject = one.row.subject
        told.append(replace(one, day=days.get(subject), kept=kept.pop(subject, 0)))
    return told[::-1]


def days_of(lines: Iterable[Charge]) -> dict[str, date]:
    """Return the first day that a pass covers of each booking, or covered last."""
    rows = list(lines)
    gone = {one.corrects_id for one in rows if one.kind == Charge.Kind.GIVEN_BACK}
    uses = [one for one in rows if one.kind == Charge.Kind.USE]
    last = {one.subject: day_of(one) for one in uses}
    standing: dict[str, date] = {}
    for one in uses:
        if one.pk not in gone:
            standing[one.subject] = min(day_of(one), standing.get(one.subject, day_of(one)))
    return last | standing


def day_of(line: Charge) -> date:
    """Return the site's day of a line of use."""
    assert line.site is not None
    assert line.starts_at is not None
    return line.starts_at.astimezone(line.site.zone).date()


def kept_of(lines: Iterable[Charge]) -> Counter[str]:
    """Return the half-days that were kept of each booking, as late."""
    found: Counter[str] = Counter()
    for line in lines:
        if line.kind == Charge.Kind.LATE:
            found[line.subject] += line.quantity // HUNDRED
    return found
