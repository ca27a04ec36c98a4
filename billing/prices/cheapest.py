"""The cheapest lawful combination of a grid's prices for a use. Pure: quarters in, parts out.

Lawful is: an hour's price for each quarter a fourth; a half-day for quarters of one local day that
follow each other in the use and lie within HALF_DAY; a day for quarters that follow each other on
one local day; a week and a month for all that is used from then on. A part of a day is off peak,
and never dearer for it, when all that it covers is. Each quarter is covered once.

Every combination can be told in the order of what its parts cover. So the best way on from each
quarter, the last first, leads to the cheapest of all. Of parts at one price the one that reaches
furthest is enough, for what is left after it never costs more. Only weeks and months go beyond a
day, and they begin and end between days: so what is best within a day depends on no other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby, takewhile
from typing import NamedTuple

from billing.prices.durations import (
    HALF_DAY,
    QUARTERS_OF_AN_HOUR,
    Duration,
    first_after_month,
    first_after_week,
)


class Price(NamedTuple):
    """Cents for one place, in peak hours and, never more, outside of them."""

    peak: int
    off_peak: int


#: What one place costs for one duration; a duration that is not sold is left out.
Prices = Mapping[Duration, Price]
#: The same, to look things up by.
Sold = tuple[tuple[Duration, Price], ...]
#: Hours of a day at some prices whose parts a process remembers, some kilobytes each.
MOST_DAYS = 1_024


class Quarter(NamedTuple):
    """A quarter of an hour of a use: its instant, the site's day, and whether it is off peak."""

    starts_at: datetime
    day: date
    is_off_peak: bool


class Part(NamedTuple):
    """One price of a combination: it covers the quarters `start` to before `end` of the use."""

    duration: Duration
    start: int
    end: int
    is_off_peak: bool


class Combination(NamedTuple):
    """The cost of a use, in fourths of a cent, and the parts that cover it."""

    quarter_cents: int
    parts: tuple[Part, ...]


class NoPrice(Exception):
    """No combination of what is sold covers the use."""


class Moment(NamedTuple):
    """A quarter of one local day: how long after that day's first, and whether it is off peak."""

    after: timedelta
    is_off_peak: bool


class Step(NamedTuple):
    """The best way on from a quarter: the cost and number of all parts to come, the next first."""

    quarter_cents: int
    number: int
    parts: tuple[Part, ...]


END = Step(0, 0, ())
#: By quarter; None from where nothing that is sold leads to the end.
Steps = list[Step | None]


def cheapest(prices: Prices, use: Sequence[Quarter]) -> Combination:
    """Return the cheapest lawful combination for `use`, sorted quarters; of equals the shortest.

    Raises NoPrice when nothing that is sold covers some of it.
    """
    sold = tuple(prices.items())
    steps: Steps = [None] * len(use) + [END]
    for first, last in reversed(list(spans_of_days(use))):
        ways: list[tuple[Part, ...]] = [(part,) for part in over_days(prices, use, first)]
        if parts := through_a_day(sold, moments(use[first:last])):
            ways.append(tuple(later(one, first) for one in parts))
        steps[first] = best_of(prices, ways, steps)
    if (found := steps[0]) is None:
        raise NoPrice
    return Combination(found.quarter_cents, tuple(followed(steps)))


@lru_cache(maxsize=MOST_DAYS)
def through_a_day(sold: Sold, day: tuple[Moment, ...]) -> tuple[Part, ...]:
    """Return the cheapest parts that cover a day by itself; none when nothing covers all of it.

    Many use the same hours at the same prices: each process reckons them once.
    """
    prices, end = dict(sold), len(day)
    steps: Steps = [None] * end + [END]
    for start in reversed(range(end)):
        ways = [(part,) for part in within_a_day(prices, day, start)]
        steps[start] = best_of(prices, ways, steps)
    return tuple(followed(steps))


def moments(day: Sequence[Quarter]) -> tuple[Moment, ...]:
    """Return a day's quarters by how long they are after its first."""
    first = day[0].starts_at
    return tuple(Moment(one.starts_at - first, one.is_off_peak) for one in day)


def later(part: Part, quarters: int) -> Part:
    """Return a part of so many quarters later."""
    return part._replace(start=part.start + quarters, end=part.end + quarters)


def spans_of_days(use: Sequence[Quarter]) -> Iterator[tuple[int, int]]:
    """Yield of each local day its first quarter and the one after its last."""
    start = 0
    for _day, some in groupby(use, key=lambda one: one.day):
        end = start + len(list(some))
        yield start, end
        start = end


def best_of(prices: Prices, ways: Iterable[tuple[Part, ...]], steps: Steps) -> Step | None:
    """Return the cheapest of those ways on, or None when none of them leads to the end."""
    onward = (
        Step(
            sum(cost(prices, part) for part in parts) + rest.quarter_cents,
            len(parts) + rest.number,
            parts,
        )
        for parts in ways
        if (rest := steps[parts[-1].end]) is not None
    )
    return min(onward, key=lambda way: (way.quarter_cents, way.number), default=None)


def followed(steps: Steps) -> Iterator[Part]:
    """Yield the parts of the best way through all of the use."""
    at = steps[0]
    while at is not None and at.parts:
        yield from at.parts
        at = steps[at.parts[-1].end]


def cost(prices: Prices, part: Part) -> int:
    """Return what a part costs, in fourths of a cent."""
    price = prices[part.duration]
    quarters = 1 if part.duration == Duration.HOUR else QUARTERS_OF_AN_HOUR
    return (price.off_peak if part.is_off_peak else price.peak) * quarters


def within_a_day(prices: Prices, day: Sequence[Moment], start: int) -> list[Part]:
    """Return the parts of a day that may begin at `start`, longest first."""
    parts = []
    if Duration.DAY in prices:
        parts += furthest(Duration.DAY, day, start, len(day))
    if Duration.HALF_DAY in prices:
        until = day[start].after + HALF_DAY
        within = takewhile(lambda i: day[i].after < until, range(start, len(day)))
        parts += furthest(Duration.HALF_DAY, day, start, start + len(list(within)))
    if Duration.HOUR in prices:
        parts.append(Part(Duration.HOUR, start, start + 1, day[start].is_off_peak))
    return parts


def furthest(duration: Duration, day: Sequence[Moment], start: int, end: int) -> list[Part]:
    """Return the part that reaches to `end` and, off peak, the one that reaches as far as that."""
    calm = start + len(list(takewhile(lambda i: day[i].is_off_peak, range(start, end))))
    parts = [Part(duration, start, end, calm == end)]
    if start < calm < end:
        parts.append(Part(duration, start, calm, True))
    return parts


def over_days(prices: Prices, use: Sequence[Quarter], start: int) -> Iterator[Part]:
    """Yield the month and the week that begin with the first quarter of a day.

    One that began later that day would leave more to pay and cover nothing more.
    """
    ends = {Duration.MONTH: first_after_month, Duration.WEEK: first_after_week}
    for duration, first_after in ends.items():
        if duration in prices:
            until = first_after(use[start].day)
            end = next((i for i in range(start, len(use)) if use[i].day >= until), len(use))
            yield Part(duration, start, end, False)
