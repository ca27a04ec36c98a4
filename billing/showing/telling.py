"""What a booking costs, as people are told: before they confirm, and of what they have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from billing.charging.cases import Case
from billing.charging.draft import Draft
from billing.charging.late import kept_if_late
from billing.charging.quotes import CUSTOMER, HUNDRED
from billing.charging.settling import drafted, settlement_lines
from billing.charging.standing import LATE, Standing, lines_of_subjects, standing
from billing.charging.subjects import spots
from billing.models import Charge, Pass
from billing.passes.holding import Held, held
from billing.showing.aids import Aid, aids_of, helping
from billing.showing.stakes import cents_at_stake, keeps_clock
from sites.models import Site


@dataclass(frozen=True)
class Spent:
    """Half-days that a pass covers, and what is left of it then, if that is known."""

    row: Pass
    half_days: int
    left: int | None


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


@dataclass(frozen=True)
class Price:
    """What the person pays, what it would cost in full, what covers it, how it is cancelled.

    It is so at `told_at`. `saved_cents` is what it costs less beside other bookings, `late_cents`
    and `late_half_days` what was kept of what was given up late. `cents` is the sum of the lines,
    less the one, with the other. `passes` are those that cover it and have not ended, `aids` who
    pays the rest of the full price, and why. Once it is not free to cancel, `at_stake` half-days
    would be kept; `most_at_stake` when no day of it is. `unused` half-days are left of passes that
    hold for it, too few for a day that is owed. Where passes can be spent on it or not, `otherwise`
    is what it costs the other way. Once some was kept, `cents_at_stake` is the most that cancelling
    would keep more; `keeps_clock` when a day of it is cancelled by the clock of one it moved from.
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
    cents_at_stake: int | None = None
    keeps_clock: bool = False

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
    def is_late(self) -> bool:
        """Tell whether cancelling is no longer free."""
        return self.free_until is not None and self.free_until <= self.told_at


def price_before(case: Case) -> Price | None:
    """Return what a booking would cost, by the rule that charges it; None without any price."""
    draft = drafted(case)
    new = draft.own_new
    if not new or case.turn.after is None:
        return None
    saved = sum(-one.cents for one in draft.own_adjusted if one.payer == CUSTOMER)
    price = told(new, case.turn.after.site, case.now, case.facts.purse.left, case.facts.written)
    aids = helping(aids_of(new), new)
    unused = too_few(case, new)
    return replace(price, cents=price.cents - saved, saved_cents=saved, aids=aids, unused=unused)


def price_both_ways(case: Case) -> Price | None:
    """Return the same, and what it would cost the other way, if passes can be spent on it."""
    passes = price_paid(case, spends_passes=True)
    if passes is None or not passes.is_covered:  # as for most: the rest is not reckoned twice
        return passes if case.turn.spends_passes else price_paid(case, spends_passes=False)
    money = price_paid(case, spends_passes=False)
    chosen, other = (passes, money) if case.turn.spends_passes else (money, passes)
    return replace(chosen, otherwise=other) if chosen else None


def price_paid(case: Case, *, spends_passes: bool) -> Price | None:
    """Return what a booking would cost if it spends passes, or if it does not."""
    turn = replace(case.turn, spends_passes=spends_passes)
    return price_before(Case(turn, replace(case.facts, purse=case.facts.purse.copy()), case.now))


def too_few(case: Case, new: Sequence[Standing]) -> int:
    """Return the half-days of fitting passes that do not suffice for a day that is owed."""
    use, purse = case.turn.after, case.facts.purse
    if use is None or not case.turn.spends_passes:
        return 0
    owed = [one for one in new if one.covered_by is None and one.line.amount_cents]
    return max(
        (
            sum(held.left for held in purse.fitting(use, piece.ends_at))
            for spot, piece in spots(use).items()
            if any(spot.day in one.days for one in owed)
        ),
        default=0,
    )


def prices_now(sites: Mapping[str, Site], now: datetime) -> dict[str, Price]:
    """Return what bookings cost as their lines stand: one query, two with passes.

    Not those that have no lines. `sites` are where they are, by reference.
    """
    lines = lines_of_subjects().read(subjects=list(sites)) if sites else []
    there = standing(lines)
    every = list(chain.from_iterable(there.values()))
    passes, aids = passes_of(every, now), aids_of(every)
    mine: dict[str, list[Charge]] = {}
    for one in lines:
        if one.organisation_id is None:
            mine.setdefault(one.subject, []).append(one)
    return {
        reference: replace(
            price_now(rows, there[reference], sites[reference], now),
            passes=tuple(covering(passes, there[reference])),
            aids=helping(aids, there[reference]),
        )
        for reference, rows in mine.items()
    }


def price_now(
    mine: Sequence[Charge], there: Sequence[Standing], site: Site, now: datetime
) -> Price:
    """Return what a booking costs: by all of its person's lines, and those of use that stand."""
    kept = [one for one in mine if one.kind == LATE]
    late = sum(one.amount_cents for one in kept)
    saved = sum(one.line.amount_cents - one.owed[CUSTOMER] for one in of_person(there))
    price = told(there, site, now, {}, mine)
    return replace(
        price,
        cents=price.cents - saved + late,
        full_cents=price.full_cents + late,
        saved_cents=saved,
        late_cents=late,
        late_half_days=half_days_of(kept),
        cents_at_stake=cents_at_stake(of_person(there), mine),
        keeps_clock=keeps_clock(of_person(there), mine),
    )


def passes_of(lines: Iterable[Standing], now: datetime) -> list[Held]:
    """Return the passes that cover some of those lines and have not ended, with what is left."""
    keys = {one.covered_by.pk for one in of_person(lines) if one.covered_by}
    if not keys:
        return []
    rows = Pass.objects.filter(pk__in=keys, valid_until__gt=now)
    return held(rows.order_by("valid_until", "pk"), now)


def covering(passes: Iterable[Held], lines: Iterable[Standing]) -> list[Held]:
    """Return those passes that cover some of the lines."""
    keys = {one.covered_by.pk for one in of_person(lines) if one.covered_by}
    return [one for one in passes if one.row.pk in keys]


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
        lines=tuple(priced_line(one.line) for one in mine),
    )


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
    )


def spent(lines: Sequence[Standing], left: Mapping[Pass, int]) -> Iterable[Spent]:
    """Yield the passes that cover some of those lines."""
    for row in dict.fromkeys(one.covered_by for one in lines if one.covered_by):
        count = sum(one.half_days for one in lines if one.covered_by == row)
        yield Spent(row, count, left.get(row))


@dataclass(frozen=True)
class Loss:
    """What giving up a booking now gives back, below zero takes, and what is kept of it."""

    back_cents: int
    kept_cents: int
    back_half_days: int
    kept_half_days: int
    #: What other bookings of its weeks cost more without it, and those of its days take more.
    others_cents: int = 0
    others_half_days: int = 0
    #: Something is kept, of a day that is cancelled by the clock of one it moved from.
    keeps_clock: bool = False


def loss(case: Case) -> Loss:
    """Return what becomes of what was paid, by the rule that gives it back."""
    draft = drafted(case)
    kept = [one for one in settlement_lines(case, draft) if one.kind == LATE]
    kept_cents = sum(one.amount_cents for one in kept if one.organisation_id is None)
    kept_half_days = half_days_of(kept)
    return Loss(
        draft.saved_cents[CUSTOMER] - kept_cents,
        kept_cents,
        half_days_saved(draft) - kept_half_days,
        kept_half_days,
        draft.own_saved - draft.saved_cents[CUSTOMER],
        draft.half_days_given_back - half_days_saved(draft),
        any((kept_cents, kept_half_days)) and keeps_clock(case.own, case.facts.written),
    )


def half_days_of(lines: Iterable[Charge]) -> int:
    """Return the half-days of passes that some lines take."""
    return sum(one.quantity // HUNDRED for one in lines if one.spent_pass_id)


def half_days_saved(draft: Draft) -> int:
    """Return the half-days that a draft lets go of, in all."""
    return sum(draft.saved_half_days.values())
