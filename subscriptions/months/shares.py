"""What of a month each seat has, and what share of its price and credits that is. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from billing.prices.vat import divided
from billing.statements.months import Month


class Counted(NamedTuple):
    """So many seats from a day on."""

    from_day: date
    seats: int


class Part(NamedTuple):
    """So many seats of a month that are had from the same day on, until its end or the last day."""

    seats: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """Return for how many days."""
        return (self.last - self.first).days + 1


def parts(counts: Sequence[Counted], month: Month, last: date | None = None) -> list[Part]:
    """Return the seats of a month by the day from which they are had, the first ones first.

    `counts` are in the order of their days. Fewer seats are had from the first of a month on only,
    so within a month they become more.

    >>> november = Month(date(2026, 11, 1))
    >>> parts([Counted(date(2026, 10, 5), 5), Counted(date(2026, 11, 14), 7)], november)
    [Part(seats=5, first=datetime.date(2026, 11, 1), last=datetime.date(2026, 11, 30)), \
Part(seats=2, first=datetime.date(2026, 11, 14), last=datetime.date(2026, 11, 30))]
    """
    end = min(month.last, last or month.last)
    found: list[Part] = []
    for first, seats in starting(counts, month):
        more = seats - sum(one.seats for one in found)
        if more > 0 and first <= end:
            found.append(Part(more, first, end))
    return found


def starting(counts: Iterable[Counted], month: Month) -> Iterable[Counted]:
    """Return how many seats there are as a month begins, and what changes within it."""
    before, within = 0, []
    for one in counts:
        if one.from_day <= month.first:
            before = one.seats
        elif one.from_day <= month.last:
            within.append(one)
    return [Counted(month.first, before), *within]


def price(cents: int, part: Part, month: Month) -> int:
    """Return what a seat of a part costs, in cents, halves up: by the days of the month.

    >>> price(2800, Part(1, date(2026, 11, 14), date(2026, 11, 30)), Month(date(2026, 11, 1)))
    1587
    """
    return divided(cents * part.days, days_of(month))


def rest_of_month(cents: int, seats: int, first: date, trial_until: date | None) -> int:
    """Return what seats cost from a day until its month is over, but for what is on trial.

    >>> rest_of_month(2800, 2, date(2026, 11, 16), None)
    2800
    """
    month = Month.of(first)
    part = paid(Part(seats, first, month.last), trial_until)
    return seats * price(cents, part, month) if part else 0


def credits(half_days: int, part: Part, month: Month) -> int:
    """Return the half-days that a seat of a part is granted: never less than its share.

    >>> credits(4, Part(1, date(2026, 11, 28), date(2026, 11, 30)), Month(date(2026, 11, 1)))
    1
    """
    return -(-half_days * part.days // days_of(month))


def days_of(month: Month) -> int:
    """Return how many days a month has."""
    return month.last.day


def paid(part: Part, trial_until: date | None) -> Part | None:
    """Return what of a part is paid: not what is free on trial; None when all of it is."""
    if trial_until is None or trial_until < part.first:
        return part
    if trial_until >= part.last:
        return None
    return part._replace(first=trial_until + timedelta(days=1))
