"""What a booking moves to is cancelled on no better terms than what it moves from.

Each day that is left hands its clock to the new day that fits best: the cheapest that costs at
least as much, else the dearest, and what is left of it to the next one. The strictest chooses
first, and each new day takes one; a day that only costs something else keeps its own. What no new
day is left for is given up, and settled at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from billing.charging.cases import Case
from billing.charging.days import Spot
from billing.charging.draft import Draft
from billing.charging.quotes import CUSTOMER
from billing.charging.standing import Standing
from billing.models import Charge


@dataclass(frozen=True)
class Day:
    """What a booking has of a day: its lines, and what its person pays for them.

    In cents, and in half-days if passes cover it: then the cents are its full price.
    """

    lines: Sequence[Charge]
    cents: int
    half_days: int

    @property
    def spot(self) -> Spot:
        """Return where and when it is."""
        first = Standing(self.lines[0])
        return Spot(first.place, first.day)

    def part_of(self, other: "Day") -> Fraction:
        """Return which part of another day it stands for, by what is paid: one or more is all."""
        if self.half_days and other.half_days:
            return Fraction(self.half_days, other.half_days)
        return Fraction(self.cents, other.cents)


def hand_on_clocks(case: Case, draft: Draft) -> None:
    """Have the new days of a booking keep the clocks of those that are taken off."""
    new = list(days_of(draft, draft.own_new)) if draft.own_drops else []
    every = sorted(handing_on(case, draft), key=lambda old: strictness(old, case.now))
    for old, left in [(old, after_itself(case, old, new)) for old in every]:
        hand_on(old, left, new)


def after_itself(case: Case, old: Day, new: list[Day]) -> Fraction:
    """Return what a day has to hand on: one that only costs something else keeps its own clock."""
    for one in new:
        if one.spot == old.spot and one.spot not in case.touched:
            return taken_by(one, old, new)
    return Fraction(1)


def hand_on(old: Day, left: Fraction, new: list[Day]) -> None:
    """Have as many new days as it needs take a day's clock."""
    while left > 0 and (taker := best_of(new, old, left)):
        left -= 1 - taken_by(taker, old, new)


def taken_by(taker: Day, old: Day, new: list[Day]) -> Fraction:
    """Have a new day be cancelled on no better terms than another; return what is left of it."""
    for line in taker.lines:
        keep_stricter(line, old.lines)
    new.remove(taker)
    return 1 - taker.part_of(old)


def handing_on(case: Case, draft: Draft) -> Iterator[Day]:
    """Yield the days that hand on a clock: those that anything was paid for.

    None has one on which the site closed, nor has what another operator keeps its share of.
    """
    turn = case.turn
    is_settled = draft.leaves_operator and not turn.is_free
    for one in days_of(draft, draft.own_drops):
        clock = free_until(one.lines)
        is_late = clock is not None and clock <= case.now
        is_closed = one.spot.day in turn.closed
        if one.cents and clock and not is_closed and not (is_settled and is_late):
            yield one


def days_of(draft: Draft, lines: Iterable[Standing]) -> Iterator[Day]:
    """Yield what lines are for, day by day."""
    days: dict[date, list[Standing]] = defaultdict(list)
    for one in lines:
        days[one.day].append(one)
    for _day, some in sorted(days.items()):
        yield day_of(draft, some)


def day_of(draft: Draft, some: Sequence[Standing]) -> Day:
    """Return a day of some lines, with what a draft is about to adjust of them."""
    lines = [one.line for one in some]
    half_days = sum(one.half_days for one in some)
    if half_days:
        return Day(lines, sum(line.full_price_cents for line in lines), half_days)
    adjusted = [one for one in draft.own_adjusted if one.payer == CUSTOMER]
    more = sum(one.cents for one in adjusted if any(one.line is line for line in lines))
    return Day(lines, sum(one.owed[CUSTOMER] for one in some) + more, 0)


def strictness(day: Day, now: datetime) -> tuple[datetime, int]:
    """Return what sorts days, the strictest first: all that are late are as late."""
    return max(free_until(day.lines) or now, now), -late_percent(day.lines)


def best_of(new: Iterable[Day], old: Day, left: Fraction) -> Day | None:
    """Return the new day that stands best for what is left of another one; None for none."""
    some = [one for one in new if one.part_of(old) > 0]
    enough = [one for one in some if one.part_of(old) >= left]
    if enough:
        return min(enough, key=lambda one: one.part_of(old))
    return max(some, key=lambda one: one.part_of(old), default=None)


def keep_stricter(line: Charge, lines: Iterable[Charge]) -> None:
    """Have a line be cancelled on no better terms than others."""
    every = [line, *lines]
    line.free_until = free_until(every)
    line.late_percent = late_percent(every)


def free_until(lines: Iterable[Charge]) -> datetime | None:
    """Return from when on the first of some lines is not free to cancel; None where all are."""
    return min((one.free_until for one in lines if one.free_until), default=None)


def late_percent(lines: Iterable[Charge]) -> int:
    """Return the highest share that is kept of some lines."""
    return max(one.late_percent for one in lines if one.free_until)
