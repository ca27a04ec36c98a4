"""What a use costs somebody. Reads only; the same prices are charged when it is booked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from billing.errors import NoTariff
from billing.grids.tables import Rate, Tariff, Tariffs, tariffs_in_force
from billing.prices.cheapest import Combination, NoPrice, Part, Price, Quarter, cheapest
from billing.prices.durations import QUARTER, QUARTERS_OF_AN_HOUR, Duration
from billing.prices.groups import Group
from billing.prices.uses import quarters
from billing.prices.vat import divided
from sites.intervals import Interval
from sites.models import Site, Space

#: A line's quantity is told in hundredths: a quarter of an hour is 25.
HUNDRED = 100
#: Who pays: the customer, or a funder by its key.
Payer = int | None
CUSTOMER: Payer = None


@dataclass(frozen=True)
class Use:
    """Some units of a kind of space, at a site, at some times."""

    site: Site
    kind: Space.Kind
    intervals: tuple[Interval, ...]
    units: int = 1


@dataclass(frozen=True)
class Line:
    """So many of one duration at one price. Cents, VAT included, of all units together.

    From the first to the last time that it covers: within a local day, but for weeks and months.
    `full_cents` is what it costs with what a funder pays.
    """

    duration: Duration
    is_off_peak: bool
    quantity: int
    rate: Rate
    starts_at: datetime
    ends_at: datetime
    full_cents: int

    @property
    def is_calm_price(self) -> bool:
        """Tell whether its price is one outside peak hours, where that is another."""
        return self.is_off_peak and any(
            one.off_peak != one.peak for one in (self.rate.price, self.rate.full)
        )

    @property
    def unit_price_cents(self) -> int:
        """Return what one unit of it costs who uses it."""
        return price_at(self.rate.price, self.is_off_peak)

    @property
    def amount_cents(self) -> int:
        """Return what is paid for the line."""
        return divided(self.quantity * self.unit_price_cents, HUNDRED)

    @property
    def aid_cents(self) -> int:
        """Return what a funder pays of it."""
        return self.full_cents - self.amount_cents

    @property
    def aid_unit_cents(self) -> int:
        """Return what a funder pays of one unit of it."""
        return divided(self.aid_cents * HUNDRED, self.quantity)

    @property
    def by_payer(self) -> Counter[Payer]:
        """Return what each pays of the line."""
        paid: Counter[Payer] = Counter({CUSTOMER: self.amount_cents})
        if self.rate.funder is not None:
            paid[self.rate.funder] += self.aid_cents
        return paid


def price_at(price: Price, is_off_peak: bool) -> int:
    """Return the cents of a price in those hours."""
    return price.off_peak if is_off_peak else price.peak


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

    @property
    def is_aided(self) -> bool:
        """Tell whether a funder pays some of it."""
        return any(line.rate.funder is not None for line in self.lines)

    def aided_up_to(self, most_cents: int) -> "Quote":
        """Return the same with funders who pay no more than is missing to so many cents.

        Each pays less in the proportion of what it would pay.
        """
        aid, left = self.full_cents - self.total_cents, most_cents - self.total_cents
        if aid <= left:
            return self
        lines, so_far, given = [], 0, 0
        for line in self.lines:
            so_far += line.aid_cents
            part = divided(so_far * left, aid) - given
            given += part
            lines.append(replace(line, full_cents=line.amount_cents + part))
        return replace(self, lines=tuple(lines))

    @property
    def by_payer(self) -> Counter[Payer]:
        """Return what each pays of it."""
        return sum((line.by_payer for line in self.lines), Counter())


@dataclass(frozen=True)
class PriceList:
    """The prices of some sites on one day for who belongs to some groups."""

    tariffs: Tariffs | None
    groups: tuple[Group, ...] = ()

    def quote(self, use: Use) -> Quote:
        """Return the lowest price of a use. Raises NoTariff."""
        tariffs = self.tariffs
        return lowest(use, tariffs.of_groups(use.site.pk, use.kind, self.groups) if tariffs else ())


def quote(use: Use, groups: Iterable[Group], now: datetime) -> Quote:
    """Return the lowest price of a use for who belongs to those groups.

    The grid is that of the day on which it is asked, by the site's clocks. Raises NoTariff.
    """
    return prices_at(use.site, groups, now.astimezone(use.site.zone).date()).quote(use)


def prices_at(site: Site, groups: Iterable[Group], day: date) -> PriceList:
    """Return the prices of a site for who belongs to those groups and books on a day."""
    return PriceList(tariffs_in_force([site], day), tuple(groups))


def lowest(use: Use, tariffs: Iterable[Tariff]) -> Quote:
    """Return the lowest price of a use by any of some tariffs. Raises NoTariff.

    What funders pay of it makes up at most what it would cost without them, and they pay nothing of
    what costs as little without them.
    """
    every = list(tariffs)
    best = least(quoted(use, one) for one in every)
    if not best.is_aided:
        return best
    without = least(quoted(use, one.unaided) for one in every)
    is_as_low = without.total_cents <= best.total_cents
    return without if is_as_low else best.aided_up_to(without.total_cents)


def least(quotes: Iterable[Quote]) -> Quote:
    """Return the lowest of some quotes; of equals, the one that costs funders least."""
    every = list(quotes)
    if not every:
        raise NoTariff(_("No price is set for this yet. Ask the site."))
    return min(every, key=lambda one: (one.total_cents, one.full_cents))


def quoted(use: Use, tariff: Tariff) -> Quote:
    """Return a use's price by one tariff. Raises NoTariff."""
    cut = quarters(use.intervals, tariff.off_peak, use.site.zone)
    try:
        combination = cheapest(tariff.prices, cut)
    except NoPrice as error:
        raise NoTariff(_("No price is set for this yet. Ask the site.")) from error
    return Quote(tariff.grid, tariff.group, tuple(lines_of(combination, cut, tariff, use.units)))


def lines_of(
    combination: Combination, cut: Sequence[Quarter], tariff: Tariff, units: int
) -> Iterator[Line]:
    """Yield a combination as lines: of each day, duration and price one."""
    together: dict[tuple[date, Duration, bool], list[Part]] = defaultdict(list)
    for part in combination.parts:
        together[cut[part.start].day, part.duration, part.is_off_peak].append(part)
    for (_day, duration, is_off_peak), parts in together.items():
        share = HUNDRED // QUARTERS_OF_AN_HOUR if duration == Duration.HOUR else HUNDRED
        quantity, rate = len(parts) * units * share, tariff.rates[duration]
        yield Line(
            duration,
            is_off_peak,
            quantity,
            rate,
            cut[parts[0].start].starts_at,
            cut[parts[-1].end - 1].starts_at + QUARTER,
            divided(quantity * price_at(rate.full, is_off_peak), HUNDRED),
        )
