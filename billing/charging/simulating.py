"""What a regular use would cost: by the day, with passes, or whichever is less. Reads only.

Four weeks from next Monday are reckoned: whole days first, then half-days, from Monday on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from billing.charging.quotes import Quote, Use, quote
from billing.models import PassOffer, TariffGrid
from billing.prices.groups import Group
from sites.intervals import Interval
from sites.models import Site, Space
from sites.rules import local_span

WEEKS = 4
DAY, HALF_DAY = (time(9), time(17)), (time(9), time(13))


@dataclass(frozen=True)
class Habit:
    """So many whole days and half-days a week at one site: at most five weekdays together."""

    site: Site
    days: int
    half_days: int
    kind: Space.Kind = Space.Kind.DESK

    @property
    def half_days_in_all(self) -> int:
        """Return the half-days of a pass that the four weeks take."""
        return WEEKS * (2 * self.days + self.half_days)


@dataclass(frozen=True)
class WithPasses:
    """So many passes of an offer that cover a habit, and the half-days left on the last one."""

    offer: PassOffer
    count: int
    left: int

    @property
    def total_cents(self) -> int:
        """Return what the passes cost."""
        return self.count * self.offer.price_cents


@dataclass(frozen=True)
class Estimate:
    """What four weeks of a habit cost, in each way that there is."""

    habit: Habit
    by_use: Quote
    passes: tuple[WithPasses, ...]

    @property
    def least_cents(self) -> int:
        """Return the lowest of them."""
        return min([self.by_use.total_cents, *(one.total_cents for one in self.passes)])

    @property
    def cheapest_pass(self) -> WithPasses | None:
        """Return the passes that cost less than paying by use, if any do."""
        best = min(self.passes, key=lambda one: one.total_cents, default=None)
        return best if best and best.total_cents < self.by_use.total_cents else None


def estimate(habit: Habit, groups: Sequence[Group], now: datetime) -> Estimate:
    """Return what four weeks of a habit cost by the grid in force. Raises NoTariff."""
    use = Use(habit.site, habit.kind, tuple(times(habit, now)))
    return Estimate(habit, quote(use, groups, now), tuple(passes(habit, now)))


def times(habit: Habit, now: datetime) -> Iterator[Interval]:
    """Yield when the four weeks are used, by the site's clocks."""
    today = now.astimezone(habit.site.zone).date()
    monday = today + timedelta(days=7 - today.weekday())
    for week in range(WEEKS):
        for weekday, hours in enumerate([DAY] * habit.days + [HALF_DAY] * habit.half_days):
            yield span(habit.site, monday + timedelta(days=7 * week + weekday), hours)


def span(site: Site, day: date, hours: tuple[time, time]) -> Interval:
    """Return those hours of a day."""
    return local_span(day, *hours, site.zone)


def passes(habit: Habit, now: datetime) -> Iterator[WithPasses]:
    """Yield the passes of the grid in force that would cover the habit."""
    grid = TariffGrid.objects.in_force(now.astimezone(habit.site.zone).date())
    offers = PassOffer.objects.filter(grid=grid, kind=habit.kind)
    for offer in offers.filter(category__in=("", habit.site.category)).order_by("price_cents"):
        count = -(-habit.half_days_in_all // offer.half_days)
        yield WithPasses(offer, count, count * offer.half_days - habit.half_days_in_all)
