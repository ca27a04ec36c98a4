"""What a regular use would cost: by the day, with passes, or whichever is less. Reads only.

Four weeks from next Monday are reckoned: visits off peak on the last weekdays that have such hours,
on the others whole days first, then half-days, from Monday on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from django.db.models import QuerySet

from billing.charging.quotes import Quote, Use, quote
from billing.grids.tables import Hours
from billing.models import OffPeak, PassOffer, TariffGrid
from billing.prices.groups import Group
from sites.clocks import ends_after
from sites.intervals import Interval
from sites.models import Site, Space
from sites.rules import local_span

WEEKS, WEEKDAYS = 4, 5
DAY, HALF_DAY = (time(9), time(17)), (time(9), time(13))
#: How long a visit off peak lasts, from the first such hour of its day.
VISIT = timedelta(hours=2)


@dataclass(frozen=True)
class Habit:
    """So many whole days and half-days a week at one site, and visits at these off-peak hours.

    At most five weekdays together.
    """

    site: Site
    days: int
    half_days: int
    calm: tuple[Hours, ...] = ()
    kind: Space.Kind = Space.Kind.DESK

    @property
    def half_days_in_all(self) -> int:
        """Return the half-days of a pass that the four weeks take."""
        return WEEKS * (2 * self.days + self.half_days + len(self.calm))


@dataclass(frozen=True)
class WithPasses:
    """The cheapest passes that hold so many half-days, how many of each, and what is left over."""

    counts: tuple[tuple[PassOffer, int], ...]
    left: int

    @property
    def total_cents(self) -> int:
        """Return what the passes cost."""
        return sum(count * offer.price_cents for offer, count in self.counts)


@dataclass(frozen=True)
class Estimate:
    """What four weeks of a habit cost by use, and with passes if any are sold for it.

    `offers` are those that hold at its site, be it alone or among others.
    """

    habit: Habit
    by_use: Quote
    offers: tuple[PassOffer, ...]

    @cached_property
    def with_passes(self) -> WithPasses | None:
        """Return the cheapest passes for it alone."""
        return cheapest_passes(self.offers, self.habit.half_days_in_all)

    @property
    def least_cents(self) -> int:
        """Return what it costs by itself."""
        passes = self.with_passes
        by_use = self.by_use.total_cents
        return by_use if passes is None else min(by_use, passes.total_cents)


def cheapest_passes(offers: Sequence[PassOffer], half_days: int) -> WithPasses | None:
    """Return the cheapest passes that hold at least so many half-days; None when none are sold.

    >>> cheapest_passes((), 4) is None
    True
    """
    if not offers:
        return None
    best: list[tuple[int, tuple[PassOffer, ...]]] = [(0, ())]
    for wanted in range(1, half_days + 1):
        ways = (
            (cost + offer.price_cents, (*taken, offer))
            for offer in offers
            for cost, taken in [best[max(0, wanted - offer.half_days)]]
        )
        best.append(min(ways, key=lambda way: (way[0], len(way[1]))))
    _cost, taken = best[-1]
    counts = tuple((offer, taken.count(offer)) for offer in dict.fromkeys(taken))
    return WithPasses(counts, sum(one.half_days for one in taken) - half_days)


class Together(NamedTuple):
    """What habits at several sites cost in all, and how much of it sharing passes saves. Cents."""

    least_cents: int
    saved_cents: int


def together(estimates: Sequence[Estimate]) -> Together:
    """Return what habits cost together: some may share passes, in any grouping."""
    alone = sum(one.least_cents for one in estimates)
    least = min([alone, *(shared_cents(estimates, some) for some in groupings(estimates))])
    return Together(least, alone - least)


def groupings(estimates: Sequence[Estimate]) -> Iterator[Sequence[Estimate]]:
    """Yield every choice of two habits or more."""
    for size in range(2, len(estimates) + 1):
        yield from combinations(estimates, size)


def shared_cents(estimates: Sequence[Estimate], some: Sequence[Estimate]) -> int:
    """Return what all cost when some share the passes that hold at each of their sites."""
    offers = [one for one in some[0].offers if is_shared(one, some)]
    passes = cheapest_passes(offers, sum(one.habit.half_days_in_all for one in some))
    others = sum(one.least_cents for one in estimates if one not in some)
    alone = sum(one.least_cents for one in some)
    return others + (passes.total_cents if passes else alone)


def is_shared(offer: PassOffer, some: Sequence[Estimate]) -> bool:
    """Tell whether one pass holds at all of some sites."""
    return not offer.is_of_one_site and all(offer in one.offers for one in some)


def estimate(habit: Habit, groups: Sequence[Group], now: datetime) -> Estimate:
    """Return what four weeks of a habit cost by the grid in force. Raises NoTariff."""
    use = Use(habit.site, habit.kind, tuple(times(habit, now)))
    return Estimate(habit, quote(use, groups, now), tuple(offers_for(habit, now)))


def visits(grid: TariffGrid | None, kind: Space.Kind = Space.Kind.DESK) -> list[Hours]:
    """Return when a visit off peak is on each weekday that has such hours, from Monday on."""
    rows = OffPeak.objects.filter(grid=grid, kind__in=("", kind), weekday__lt=WEEKDAYS)
    first_last = rows.order_by("weekday", "-starts_at")
    return [*{row.weekday: visit(row) for row in first_last}.values()]


def visit(row: OffPeak) -> Hours:
    """Return the first hours of some that are off peak, on the same day."""
    after = datetime.combine(date.min, row.starts_at) + VISIT
    is_next_day = after.date() > date.min
    ends = row.ends_at if is_next_day or not ends_after(row.ends_at, after.time()) else after.time()
    return row.weekday, row.starts_at, ends


def times(habit: Habit, now: datetime) -> Iterator[Interval]:
    """Yield when the four weeks are used, by the site's clocks."""
    today = now.astimezone(habit.site.zone).date()
    monday = today + timedelta(days=7 - today.weekday())
    for week in range(WEEKS):
        for weekday, starts, ends in week_of(habit):
            day = monday + timedelta(days=7 * week + weekday)
            yield local_span(day, starts, ends, habit.site.zone)


def week_of(habit: Habit) -> Iterator[Hours]:
    """Yield the hours of a habit on each of its weekdays."""
    taken = {weekday for weekday, _starts, _ends in habit.calm}
    left = [weekday for weekday in range(WEEKDAYS) if weekday not in taken]
    yield from habit.calm
    usual = [DAY] * habit.days + [HALF_DAY] * habit.half_days
    for weekday, hours in zip(left, usual, strict=False):
        yield weekday, *hours


def offers_for(habit: Habit, now: datetime) -> QuerySet[PassOffer]:
    """Return the passes of the grid in force that hold for the habit."""
    grid = TariffGrid.objects.in_force(now.astimezone(habit.site.zone).date())
    offers = PassOffer.objects.filter(grid=grid, kind=habit.kind)
    return offers.filter(category__in=("", habit.site.category)).order_by("price_cents", "pk")
