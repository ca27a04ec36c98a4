"""What a booking costs, as people are told: before they confirm, and of what they have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from billing.charging.late import kept_if_late
from billing.charging.quotes import CUSTOMER, HUNDRED
from billing.charging.standing import LATE, Standing, lines_of_subjects, standing
from billing.models import Charge, Pass
from billing.passes.holding import Held, held
from billing.passes.worth import cost_of_half_days
from billing.showing.aids import Aid, aids_of, helping
from billing.showing.stakes import SharedClock, cents_at_stake, keeps_clock, shared_clock
from billing.showing.turns import Back, came_back, cents_before_others
from sites.models import Site


@dataclass(frozen=True)
class Spent:
    """Half-days that a pass covers, and what is left of it then, if that is known."""

    row: Pass
    half_days: int
    left: int | None

    @property
    def worth_cents(self) -> int:
        """Return what those half-days cost when the pass was bought."""
        return cost_of_half_days(self.row, self.half_days)


@dataclass(frozen=True)
class PricedLine:
    """So many of one duration at one price, before what other bookings save; cents, with VAT.

    `quantity` is in hundredths. What a pass covers costs nothing and is counted in half-days.
    """

    duration: str
    starts_at: datetime
    ends_at: datetime
    quantity: int
    unit_price_cents: int
    amount_cents: int
    covered_by: str
    is_off_peak: bool = False


@dataclass(frozen=True)
class Price:
    """What the person pays, what it would cost in full, what covers it, how it is cancelled.

    It is so at `told_at`. `saved_cents` is what it costs less beside other bookings, `late_cents`
    and `late_half_days` what was kept of what was given up late. `cents` is the sum of the lines,
    less the one, with the other. `passes` are those that cover it, have half-days of it back or of
    which some were `kept_of` it, and have not ended; `aids` who pays the rest of the full price,
    and why. Once it is not free to cancel, `at_stake` half-days would be kept; `most_at_stake` when
    no day of it is. `unused` half-days are left of passes that hold for it, too few for a day that
    is owed. Where passes can be spent on it or not, `otherwise` is what it costs the other way. Of
    a booking that was given up, `back_cents` are no longer owed and `back` half-days are on their
    passes again; `before_cents` is what one cost until another booking changed its price. Once some
    was kept, `cents_at_stake` is the most that cancelling would keep more; `keeps_clock` when a day
    of it is cancelled by the clock of one it moved from; `shared_clock` when several have one.
    """

    zone: ZoneInfo
    told_at: datetime
    cents: int
    full_cents: int
    saved_cents: int = 0
    late_cents: int = 0
    late_half_days: int = 0
    spent: tuple[Spent, ...] = ()
    passes: tuple[Held, ...] = ()
    aids: tuple[Aid, ...] = ()
    free_until: datetime | None = None
    late_percent: int = 0
    at_stake: int = 0
    most_at_stake: int = 0
    lines: tuple[PricedLine, ...] = ()
    unused: int = 0
    otherwise: "Price | None" = None
    back_cents: int = 0
    back: tuple[tuple[Pass, int], ...] = ()
    kept_of: tuple[Pass, ...] = ()
    before_cents: int | None = None
    cents_at_stake: int | None = None
    keeps_clock: bool = False
    shared_clock: SharedClock | None = None
    #: The name of the organisation that pays `cents`, if the person does not.
    on_account_of: str = ""

    @property
    def subsidy_cents(self) -> int:
        """Return what others pay of it: what neither a pass covers nor another booking saves."""
        return 0 if self.spent else self.full_cents - self.cents - self.saved_cents

    @property
    def percent_at_stake(self) -> int:
        """Return the share that would be kept of what is paid for what stands: none of nothing."""
        return self.late_percent if self.cents > self.late_cents else 0

    @property
    def ways(self) -> tuple["Price", ...]:
        """Return what it costs with passes, then in money; only itself where there is no choice."""
        if self.otherwise is None:
            return (self,)
        return (self, self.otherwise) if self.is_covered else (self.otherwise, self)

    @property
    def is_covered(self) -> bool:
        """Tell whether half-days of passes are taken for it."""
        return any(one.half_days for one in self.spent)

    @property
    def worth_cents(self) -> int:
        """Return what the half-days that are taken for it cost when their passes were bought."""
        return sum(one.worth_cents for one in self.spent)

    @property
    def is_cheaper_in_money(self) -> bool:
        """Tell whether passes can be spent on it, but are worth more than it costs in money."""
        if self.otherwise is None:
            return False
        passes, money = self.ways
        return money.cents < passes.cents + passes.worth_cents

    @property
    def is_late(self) -> bool:
        """Tell whether cancelling is no longer free."""
        return self.free_until is not None and self.free_until <= self.told_at


def prices_now(sites: Mapping[str, Site], now: datetime) -> dict[str, Price]:
    """Return what bookings cost as their lines stand: one query, two with passes.

    Not those that have no lines. `sites` are where they are, by reference.
    """
    lines = lines_of_subjects().read(subjects=list(sites)) if sites else []
    there = standing(lines)
    mine: dict[str, list[Charge]] = {}
    for one in lines:
        if one.organisation_id is None:
            mine.setdefault(one.subject, []).append(one)
    told_now = {
        reference: price_now(rows, there[reference], sites[reference], now)
        for reference, rows in mine.items()
    }
    passes = passes_of(chain.from_iterable(map(passes_told, told_now.values())), now)
    aids = aids_of(chain.from_iterable(there.values()))
    return {
        reference: replace(
            price,
            passes=tuple(passes[row.pk] for row in passes_told(price) if row.pk in passes),
            aids=helping(aids, there[reference]),
        )
        for reference, price in told_now.items()
    }


def price_now(
    mine: Sequence[Charge], there: Sequence[Standing], site: Site, now: datetime
) -> Price:
    """Return what a booking costs: by all of its person's lines, and those of use that stand."""
    kept = [one for one in mine if one.kind == LATE]
    late = sum(one.amount_cents for one in kept)
    saved = sum(one.line.amount_cents - one.owed[CUSTOMER] for one in of_person(there))
    price = told(there, site, now, {}, mine)
    back = Back() if there else came_back(mine)
    return replace(
        price,
        cents=price.cents - saved + late,
        full_cents=price.full_cents + late,
        saved_cents=saved,
        late_cents=late,
        late_half_days=half_days_of(kept),
        back_cents=back.cents,
        back=back.half_days,
        kept_of=tuple(dict.fromkeys(one.spent_pass for one in kept if one.spent_pass)),
        before_cents=cents_before_others(mine) if there else None,
        cents_at_stake=cents_at_stake(of_person(there), mine),
        keeps_clock=keeps_clock(of_person(there), mine),
    )


def passes_told(price: Price) -> list[Pass]:
    """Return the passes that cover a booking, it was given back to, or some was kept of."""
    spent, back = (one.row for one in price.spent), (row for row, _count in price.back)
    return [*dict.fromkeys((*spent, *back, *price.kept_of))]


def passes_of(rows: Iterable[Pass], now: datetime) -> dict[int, Held]:
    """Return those of some passes that have not ended, by key, with what is left of each.

    Not those without bound: nothing is ever left less of them.
    """
    keys = {row.pk for row in rows}
    if not keys:
        return {}
    kept = Pass.objects.filter(pk__in=keys, valid_until__gt=now, is_unbounded=False)
    return {one.row.pk: one for one in held(kept, now)}


def of_person(lines: Iterable[Standing]) -> list[Standing]:
    """Return the lines that the person owes."""
    return [one for one in lines if one.line.organisation_id is None]


def told(
    lines: Sequence[Standing],
    site: Site,
    now: datetime,
    left: Mapping[Pass, int],
    written: Sequence[Charge],
) -> Price:
    """Return the price that lines of use make by themselves; all of their booking are `written`."""
    mine = of_person(lines)
    free_until = min((one.line.free_until for one in mine if one.line.free_until), default=None)
    first = [one for one in mine if one.is_late(max(now, free_until or now))]
    return Price(
        zone=site.zone,
        told_at=now,
        cents=sum(one.line.amount_cents for one in mine),
        full_cents=sum(one.line.full_price_cents for one in mine),
        spent=tuple(spent(mine, left)),
        free_until=free_until,
        late_percent=max((one.line.late_percent for one in mine), default=0),
        at_stake=kept_if_late(first, written),
        most_at_stake=kept_if_late(mine, written),
        shared_clock=shared_clock(mine),
        lines=tuple(priced_line(one.line) for one in mine),
        on_account_of=payer_of(chain(written, (one.line for one in mine))),
    )


def payer_of(lines: Iterable[Charge]) -> str:
    """Return the name of the organisation on whose account lines are; of a person's, nothing."""
    return next((one.on_account_of.name for one in lines if one.on_account_of), "")


def priced_line(line: Charge) -> PricedLine:
    """Return a line of use as it is told."""
    assert line.starts_at is not None
    assert line.ends_at is not None
    return PricedLine(
        line.duration,
        line.starts_at,
        line.ends_at,
        line.quantity,
        line.unit_price_cents,
        line.amount_cents,
        line.spent_pass.told_name.text if line.spent_pass else "",
        line.is_off_peak,
    )


def spent(lines: Sequence[Standing], left: Mapping[Pass, int]) -> Iterable[Spent]:
    """Yield the passes that cover some of those lines."""
    for row in dict.fromkeys(one.covered_by for one in lines if one.covered_by):
        count = sum(one.half_days for one in lines if one.covered_by == row)
        yield Spent(row, count, None if row.is_unbounded else left.get(row))


def half_days_of(lines: Iterable[Charge]) -> int:
    """Return the half-days of passes that some lines take."""
    return sum(one.quantity // HUNDRED for one in lines if one.spent_pass_id)
