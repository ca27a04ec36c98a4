"""What a pass saves somebody who buys it at a site. Reads only.

Nobody pays more for a week than the week's price: what a pass holds for weeks on end is worth what
these cost, not what so many half-days would.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from billing.grids.tables import SitePrices, Tariff, Tariffs, table_of, tariffs_in_force
from billing.groups.belonging import groups_of_person
from billing.models import Pass, PassOffer, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from billing.prices.vat import divided
from network.models import User
from sites.models import Site

#: A full week is five whole days, a month has four of them for certain.
HALF_DAYS_OF_A_DAY, HALF_DAYS_OF_A_WEEK, WEEKS_OF_A_MONTH = 2, 10, 4


@dataclass(frozen=True)
class Worth:
    """A pass beside what its half-days cost its buyer without it, in cents, at full hours.

    By the prices of `group`: `one_by_one` of each half-day, `as_days` of whole days and `as_weeks`
    of full weeks, where these are sold. `half_days` are those that its full weeks have time for.
    """

    offer: PassOffer
    group: Group
    half_days: int
    one_by_one: int
    as_days: int | None
    as_weeks: int | None

    @property
    def weeks(self) -> int:
        """Return how many full weeks its half-days are."""
        return self.half_days // HALF_DAYS_OF_A_WEEK

    @property
    def is_for_full_weeks(self) -> bool:
        """Tell whether it holds more than its full weeks have time for."""
        return self.half_days < self.offer.half_days

    @property
    def least_cents(self) -> int:
        """Return what its half-days cost at the least."""
        ways = (self.one_by_one, self.as_days, self.as_weeks)
        return min(one for one in ways if one is not None)

    @property
    def cents(self) -> int:
        """Return what it is held against: all at once, or one half-day at a time."""
        return self.least_cents if self.is_for_full_weeks else self.one_by_one

    @property
    def saved_cents(self) -> int:
        """Return what the pass saves; nothing, or below, where it is no cheaper."""
        return self.cents - self.offer.price_cents

    @property
    def least_saved_cents(self) -> int:
        """Return the same of who comes for whole days or full weeks, whichever cost less."""
        return self.least_cents - self.offer.price_cents


def worth(offer: PassOffer, site: Site, person: User, now: datetime) -> Worth | None:
    """Return what a pass is worth to a person at a site; None where no half-day has a price."""
    day = now.astimezone(site.zone).date()
    tariffs, groups = tariffs_in_force([site], day), groups_of_person(person, now, day)
    return worth_by(offer, tariffs.of_groups(site.pk, offer.kind, groups) if tariffs else [])


def worths_in(grid: TariffGrid) -> Iterator[Worth]:
    """Yield what the passes of an adopted grid are worth to everybody, by its own prices.

    Each at every category of site where it holds and a half-day has a price.
    """
    categories = dict(enumerate(Site.Category))
    tariffs = Tariffs(table_of(grid.pk), categories, SitePrices({}, {}))
    for offer in grid.passoffers.order_by("pk"):
        for number, category in categories.items():
            told = tariffs.of_groups(number, offer.kind, ())
            if offer.category in ("", category) and (found := worth_by(offer, told)):
                yield found


def worth_by(offer: PassOffer, told: Sequence[Tariff]) -> Worth | None:
    """Return what a pass is worth by some tariffs; None where no half-day has a price."""
    found = [one for one in told if Duration.HALF_DAY in one.rates]
    if not found:
        return None
    least = min(found, key=lambda one: one.rates[Duration.HALF_DAY].price.peak)
    half_day = least.rates[Duration.HALF_DAY].price.peak
    count = min(offer.half_days, offer.valid_months * WEEKS_OF_A_MONTH * HALF_DAYS_OF_A_WEEK)
    days = as_days(count, half_day, cheapest_of(Duration.DAY, told))
    weeks = as_weeks(count, half_day, told)
    return Worth(offer, least.group, count, count * half_day, days, weeks)


def cost_of_half_days(bought: Pass, count: int) -> int:
    """Return what so many half-days of a pass cost its holder, in cents: a share of its price.

    Nothing where its price is the same whatever is taken of it, as of one without bound.
    """
    if not bought.half_days:
        return 0
    return divided(bought.price_cents * count, bought.half_days)


def cheapest_of(duration: Duration, tariffs: Iterable[Tariff]) -> int | None:
    """Return the least price of a duration; None if it is not sold."""
    every = (one.rates[duration].price.peak for one in tariffs if duration in one.rates)
    return min(every, default=None)


def as_days(count: int, half_day: int, day: int | None) -> int | None:
    """Return what so many half-days cost as whole days; None if none are sold.

    >>> as_days(5, 600, 1000)
    2600
    """
    days, rest = divmod(count, HALF_DAYS_OF_A_DAY)
    return None if day is None or not days else days * day + rest * half_day


def as_weeks(count: int, half_day: int, tariffs: Sequence[Tariff]) -> int | None:
    """Return what so many half-days cost as full weeks, the rest as days; None if none are sold."""
    weeks, rest = divmod(count, HALF_DAYS_OF_A_WEEK)
    week = cheapest_of(Duration.WEEK, tariffs)
    if week is None or not weeks:
        return None
    over = as_days(rest, half_day, cheapest_of(Duration.DAY, tariffs))
    return weeks * week + min(week, rest * half_day if over is None else over)
