"""What bookings have of one week at one place, by the lines that they are owed by."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from billing.charging.arrivals import Arrival, arrival
from billing.charging.days import Piece, Week, monday_of, pieces, week_of
from billing.charging.quotes import Use
from billing.charging.reading import Facts
from billing.charging.sharing import Saving, saving
from billing.charging.standing import USE, Standing
from billing.charging.subjects import Subject, spots
from sites.rules import local_day


class Share(NamedTuple):
    """What a booking has of a week: `lines` owed in money that lie in it, and what they are for.

    `paid` are the days of the week that a price which reaches beyond it stands for.
    """

    subject: Subject
    lines: Sequence[Standing]
    own: Piece | None
    paid: Piece | None

    @property
    def priced(self) -> Subject:
        """Return the booking as its last lines of the week were priced."""
        made = max((one.line.made_at for one in self.lines), default=self.subject.booked_at)
        return self.subject.priced_by(made)


def share_of(one: Subject, lines: Iterable[Standing], week: Week) -> Share:
    """Return what a booking has of a week. What passes cover is not in it."""
    here = [line for line in lines if line.place == week.place]
    covered = {line.day for line in here if line.covered_by}
    owed = [line for line in here if not line.covered_by and in_week(line, week)]
    within = [line for line in owed if not line.is_whole]
    whole = in_week_of((day for line in owed if line.is_whole for day in line.days), week)
    return Share(one, within, piece_of(one.use, days_of(within) - covered), paid_of(one.use, whole))


def in_week(line: Standing, week: Week) -> bool:
    """Tell whether a line is for some of a week."""
    return any(monday_of(day) == week.monday for day in line.days)


def in_week_of(days: Iterable[date], week: Week) -> set[date]:
    """Return those of some days that lie in a week."""
    return {day for day in days if monday_of(day) == week.monday}


def days_of(lines: Iterable[Standing]) -> set[date]:
    """Return the days that lines are for."""
    return {day for line in lines for day in line.days}


def piece_of(use: Use, days: Iterable[date]) -> Piece | None:
    """Return what a use has of some days; None of none."""
    there = pieces(use)
    times = [one for day in sorted(days) if day in there for one in there[day].intervals]
    return Piece(use.units, tuple(times)) if times else None


def paid_of(use: Use, days: Iterable[date]) -> Piece | None:
    """Return as many units as a use has, over the whole of some days; None of no day."""
    times = tuple(local_day(day, use.site.zone) for day in sorted(days))
    return Piece(use.units, times) if times else None


def came(share: Share, facts: Facts, week: Week) -> Arrival:
    """Return when a booking came to a week."""
    lines = facts.lines.get(share.subject.reference, ())
    there = [one.pk for one in lines if is_of_week(Standing(one), week)]
    return arrival(lines, there)


def is_of_week(line: Standing, week: Week) -> bool:
    """Tell whether a line of use is for some of a week at its place."""
    return line.line.kind == USE and line.place == week.place and in_week(line, week)


def savings(some: Iterable[Share], facts: Facts, week: Week) -> Iterator[tuple[Share, Saving]]:
    """Yield what each of some shares of a week saves beside those that came to it before."""
    before: list[Piece] = []
    paid: list[Piece] = []
    ordered = sorted(some, key=lambda share: came(share, facts, week))
    facts.read_prices_of(one.priced for one in ordered[1:] if one.own)
    for one in ordered:
        subject = one.subject
        prices = facts.prices_of(one.priced) if one.own and (before or paid) else None
        saved = saving(prices, subject.use, one.own, before, paid) if prices and one.own else {}
        yield one, saved
        before += [one.own] if one.own else []
        paid += [one.paid] if one.paid else []


def weeks_of(*uses: Use | None) -> list[Week]:
    """Return the weeks of some uses, in order."""
    return sorted({week_of(spot) for use in uses for spot in spots(use)})
