"""What a use costs somebody. Reads only; the same prices are charged when it is booked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from billing.errors import NoTariff
from billing.grids.tables import Rate, Tariff, tariffs_in_force
from billing.prices.cheapest import Combination, NoPrice, cheapest
from billing.prices.durations import QUARTERS_OF_AN_HOUR, Duration
from billing.prices.groups import Group
from billing.prices.uses import quarters
from billing.prices.vat import divided
from sites.intervals import Interval
from sites.models import Site, Space

#: A line's quantity is told in hundredths: a quarter of an hour is 25.
HUNDRED = 100


@dataclass(frozen=True)
class Use:
    """Some units of a kind of space, at a site, at some times."""

    site: Site
    kind: Space.Kind
    intervals: tuple[Interval, ...]
    units: int = 1


@dataclass(frozen=True)
class Line:
    """So many of one duration at one price. Cents, VAT included, of all units together."""

    duration: Duration
    is_off_peak: bool
    quantity: int
    unit_price_cents: int
    full_unit_price_cents: int
    subsidy: int | None

    @property
    def amount_cents(self) -> int:
        """Return what is paid for the line."""
        return divided(self.quantity * self.unit_price_cents, HUNDRED)

    @property
    def full_cents(self) -> int:
        """Return what the line costs with what a subsidy pays."""
        return divided(self.quantity * self.full_unit_price_cents, HUNDRED)


@dataclass(frozen=True)
class Quote:
    """What a use comes to, and for whom."""

    grid: int
    group: Group
    lines: tuple[Line, ...]

    @property
    def total_cents(self) -> int:
        """Return what is paid."""
        return sum(line.amount_cents for line in self.lines)

    @property
    def full_cents(self) -> int:
        """Return what it costs with what subsidies pay."""
        return sum(line.full_cents for line in self.lines)


def quote(use: Use, groups: Iterable[Group], now: datetime) -> Quote:
    """Return the lowest price of a use for who belongs to those groups.

    The grid is that of the day on which it is asked, by the site's clocks. Raises NoTariff.
    """
    day = now.astimezone(use.site.zone).date()
    tariffs = tariffs_in_force([use.site], day)
    every = [
        quoted(use, tariff)
        for group in dict.fromkeys((Group.STANDARD, *groups))
        if tariffs and (tariff := tariffs.tariff(use.site.pk, use.kind, group))
    ]
    if not every:
        raise NoTariff(_("No price is set for this yet. Ask the site."))
    return min(every, key=lambda one: one.total_cents)


def quoted(use: Use, tariff: Tariff) -> Quote:
    """Return a use's price by one tariff. Raises NoTariff."""
    cut = quarters(use.intervals, tariff.off_peak, use.site.zone)
    try:
        combination = cheapest(tariff.prices, cut)
    except NoPrice as error:
        raise NoTariff(_("No price is set for this yet. Ask the site.")) from error
    return Quote(tariff.grid, tariff.group, tuple(lines_of(combination, tariff, use.units)))


def lines_of(combination: Combination, tariff: Tariff, units: int) -> list[Line]:
    """Return a combination as lines: of each duration and price one."""
    counted = Counter((part.duration, part.is_off_peak) for part in combination.parts)
    return [
        line_of(duration, is_off_peak, count * units, tariff.rates[duration])
        for (duration, is_off_peak), count in counted.items()
    ]


def line_of(duration: Duration, is_off_peak: bool, count: int, rate: Rate) -> Line:
    """Return the line of so many parts; those of an hour are quarters of it."""
    share = HUNDRED // QUARTERS_OF_AN_HOUR if duration == Duration.HOUR else HUNDRED
    paid, full = (
        price.off_peak if is_off_peak else price.peak for price in (rate.price, rate.full)
    )
    return Line(duration, is_off_peak, count * share, paid, full, rate.subsidy)
