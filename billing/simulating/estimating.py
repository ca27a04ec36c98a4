"""What a regular use would cost: by use, and with passes: the least. Reads only.

Each visit is a booking of its own, priced together with the others of its week as it is charged;
passes cover the visits for which they save most, the rest is paid by use. Four weeks are reckoned,
from the Monday after the day on which all of it is booked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from itertools import combinations
from typing import NamedTuple

from django.db.models import QuerySet

from billing.charging.days import half_days, pieces
from billing.charging.quotes import PriceList, Quote, Use, prices_at
from billing.models import PassOffer, TariffGrid
from billing.prices.groups import Group
from billing.simulating.habits import Habit, Visit, weeks_from
from billing.simulating.mixing import Mix, Rests, added, cheapest_mix, rests_of_week


@dataclass(frozen=True)
class Estimate:
    """What four weeks of a habit cost: each visit by use, and with passes if any.

    `weeks` are the visits of each, `by_week` what these cost together. `offers` are the passes that
    hold at the site, be it alone or among others.
    """

    habit: Habit
    prices: PriceList
    weeks: Sequence[Sequence[Visit]]
    by_week: Sequence[Quote]
    offers: Sequence[PassOffer]

    @property
    def by_use_cents(self) -> int:
        """Return what the visits cost, booked one by one."""
        return sum(week.total_cents for week in self.by_week)

    @property
    def full_cents(self) -> int:
        """Return the same with what subsidies pay."""
        return sum(week.full_cents for week in self.by_week)

    @cached_property
    def rests(self) -> Rests:
        """Return what is left to pay beside passes that hold so many half-days."""
        return reduce(added, (rests_of_week(one, self.takes, self.cost) for one in self.weeks))

    @cached_property
    def with_passes(self) -> Mix | None:
        """Return the cheapest mix with passes for it alone."""
        return cheapest_mix(self.offers, self.rests)

    @property
    def least(self) -> "Way":
        """Return how it costs least by itself."""
        mix, by_use = self.with_passes, self.by_use_cents
        return Way((self,), mix if mix and mix.total_cents < by_use else None)

    def takes(self, visit: Visit) -> int:
        """Return the half-days of a pass that a visit takes."""
        some = pieces(use_of(self.habit, [visit])).values()
        return sum(half_days([one], self.habit.site.zone) for one in some)

    def cost(self, visits: Sequence[Visit]) -> int:
        """Return what some visits cost together."""
        return self.prices.quote(use_of(self.habit, visits)).total_cents if visits else 0


def use_of(habit: Habit, visits: Sequence[Visit]) -> Use:
    """Return some visits as what is booked."""
    return Use(habit.site, habit.kind, tuple(time for one in visits for time in one.times))


class Way(NamedTuple):
    """How some habits are paid: with a mix of passes for all of them, or all by use."""

    estimates: tuple[Estimate, ...]
    mix: Mix | None

    @property
    def cents(self) -> int:
        """Return what they cost that way."""
        return self.mix.total_cents if self.mix else sum(one.by_use_cents for one in self.estimates)


class Together(NamedTuple):
    """How habits at several sites cost least in all, and the cents that sharing passes saves."""

    ways: Sequence[Way]
    saved_cents: int

    @property
    def least_cents(self) -> int:
        """Return what they cost in all."""
        return total(self.ways)

    @property
    def is_chosen(self) -> bool:
        """Tell whether passes must not be spent first come, for that to be paid."""
        return any(one.mix and one.mix.is_chosen for one in self.ways)


def together(estimates: Sequence[Estimate]) -> Together:
    """Return what habits cost together: some may share passes, in any grouping."""
    alone = [one.least for one in estimates]
    least = min([alone, *(sharing(estimates, some) for some in groupings(estimates))], key=total)
    return Together(least, total(alone) - total(least))


def total(ways: Iterable[Way]) -> int:
    """Return what some ways cost together."""
    return sum(one.cents for one in ways)


def groupings(estimates: Sequence[Estimate]) -> Iterator[tuple[Estimate, ...]]:
    """Yield every choice of two habits or more."""
    for size in range(2, len(estimates) + 1):
        yield from combinations(estimates, size)


def sharing(estimates: Sequence[Estimate], some: tuple[Estimate, ...]) -> list[Way]:
    """Return how all are paid when some share the passes that hold at each of their sites."""
    offers = [one for one in some[0].offers if is_shared(one, some)]
    mix = cheapest_mix(offers, reduce(added, (one.rests for one in some)))
    shared = [Way(some, mix)] if mix else [one.least for one in some]
    return [*shared, *(one.least for one in estimates if one not in some)]


def is_shared(offer: PassOffer, some: Sequence[Estimate]) -> bool:
    """Tell whether one pass holds at all of some sites."""
    return not offer.is_of_one_site and all(offer in one.offers for one in some)


def estimate(habit: Habit, groups: Sequence[Group], day: date) -> Estimate:
    """Return what four weeks of a habit cost who books all of it on a day. Raises NoTariff."""
    prices = prices_at(habit.site, groups, day)
    weeks = weeks_from(habit, day)
    by_week = [prices.quote(use_of(habit, week)) for week in weeks]
    return Estimate(habit, prices, weeks, by_week, list(offers_for(habit, day)))


def offers_for(habit: Habit, day: date) -> QuerySet[PassOffer]:
    """Return the passes of the grid in force on a day that hold for the habit."""
    offers = PassOffer.objects.filter(grid=TariffGrid.objects.in_force(day), kind=habit.kind)
    return offers.filter(category__in=("", habit.site.category)).order_by("price_cents", "pk")
