"""What a use costs is held against every way of covering it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.prices.cheapest import NoPrice, Part, Price, Prices, Quarter, cheapest, cost
from billing.prices.durations import HALF_DAY, Duration, first_after_month, first_after_week

MONDAY = date(2026, 11, 23)
HOUR, HALF_DAY_PRICE, DAY = Price(300, 200), Price(800, 500), Price(1400, 900)
USUAL: Prices = {
    Duration.HOUR: HOUR,
    Duration.HALF_DAY: HALF_DAY_PRICE,
    Duration.DAY: DAY,
    Duration.WEEK: Price(5000, 5000),
    Duration.MONTH: Price(15000, 15000),
}


def quarters(day: date, starts: int, count: int, *, off_peak_from: int = 96) -> list[Quarter]:
    """Return so many quarters of a day from the quarter `starts` (32 is eight o'clock) on."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return [
        Quarter(midnight + timedelta(minutes=15 * i), day, i >= off_peak_from)
        for i in range(starts, starts + count)
    ]


def days(*offsets: int, count: int = 32) -> list[Quarter]:
    """Return eight hours of each of those days after Monday."""
    return [q for one in offsets for q in quarters(MONDAY + timedelta(days=one), 36, count)]


def cents(use: Sequence[Quarter], prices: Prices = USUAL) -> float:
    return cheapest(prices, use).quarter_cents / 4


def durations(use: Sequence[Quarter], prices: Prices = USUAL) -> list[Duration]:
    return [part.duration for part in cheapest(prices, use).parts]


def test_a_short_use_is_charged_by_quarters_of_an_hour() -> None:
    use = quarters(MONDAY, 36, 6)

    assert cents(use) == 450


def test_three_hours_never_cost_more_than_the_half_day() -> None:
    use = quarters(MONDAY, 36, 12)

    assert cents(use) == 800
    assert durations(use) == [Duration.HALF_DAY]


def test_two_half_days_of_one_day_are_a_day_when_that_is_cheaper() -> None:
    use = [*quarters(MONDAY, 32, 16), *quarters(MONDAY, 56, 16)]

    assert cents(use) == 1400
    assert durations(use) == [Duration.DAY]


def test_an_afternoon_until_seven_is_a_half_day() -> None:
    use = quarters(MONDAY, 52, 24)

    assert durations(use) == [Duration.HALF_DAY]


def test_seven_hours_are_a_half_day_and_an_hour() -> None:
    use = quarters(MONDAY, 32, 28)

    assert cents(use) == 1100
    assert durations(use).count(Duration.HALF_DAY) == 1


def test_five_days_never_cost_more_than_the_week() -> None:
    assert cents(days(0, 1, 2, 3, 4)) == 5000
    assert cents(days(0, 1, 2)) == 4200


def test_the_sunday_after_next_is_outside_the_week() -> None:
    assert durations(days(0, 1, 2, 3, 7)) == [Duration.WEEK, Duration.DAY]


def test_a_month_lasts_until_the_same_date() -> None:
    use = days(*(week * 7 + day for week in range(5) for day in range(4)))

    assert durations(use)[0] == Duration.MONTH
    assert cents(use) == 15000 + 2 * 1400  # from 23 December on


def test_a_use_outside_peak_hours_costs_what_is_written_for_them() -> None:
    use = quarters(MONDAY, 64, 8, off_peak_from=64)

    assert cents(use) == 400


def test_a_half_day_that_begins_at_peak_may_be_cheaper_in_two_parts() -> None:
    use = quarters(MONDAY, 60, 20, off_peak_from=61)

    assert cents(use) == 75 + 500


def test_what_no_price_covers_is_refused() -> None:
    with pytest.raises(NoPrice):
        cheapest({}, quarters(MONDAY, 36, 4))


def test_where_no_hours_are_sold_the_half_day_is_charged() -> None:
    assert cents(quarters(MONDAY, 36, 4), {Duration.HALF_DAY: HALF_DAY_PRICE}) == 800


@st.composite
def some_prices(draw: st.DrawFn) -> Prices:
    sold = draw(st.sets(st.sampled_from(list(Duration)), min_size=1))
    peaks = {one: draw(st.integers(0, 40)) for one in sold}
    return {one: Price(peak, draw(st.integers(0, peak))) for one, peak in peaks.items()}


@st.composite
def some_uses(draw: st.DrawFn) -> list[Quarter]:
    """Return up to five pieces of two hours each, on days near and far."""
    offsets = st.sampled_from([0, 0, 1, 6, 7, 29, 30, 31])
    picked = draw(
        st.sets(st.tuples(offsets, st.integers(0, 11), st.booleans()), min_size=1, max_size=5)
    )
    by_time = {(day, two_hours): calm for day, two_hours, calm in sorted(picked)}
    return [
        Quarter(
            datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day, hours=2 * two_hours),
            date(2026, 1, 1) + timedelta(days=day),
            calm,
        )
        for (day, two_hours), calm in sorted(by_time.items())
    ]


def every_part(prices: Prices, use: Sequence[Quarter], start: int) -> Iterator[Part]:
    """Yield every lawful part from a quarter on, read off the grid's terms one by one."""
    for end in range(start + 1, len(use) + 1):
        covered = use[start:end]
        first, last = covered[0], covered[-1]
        is_one_day = first.day == last.day
        lawful = {
            Duration.HOUR: len(covered) == 1,
            Duration.HALF_DAY: is_one_day and last.starts_at - first.starts_at < HALF_DAY,
            Duration.DAY: is_one_day,
            Duration.WEEK: last.day < first_after_week(first.day),
            Duration.MONTH: last.day < first_after_month(first.day),
        }
        is_calm = is_one_day and all(one.is_off_peak for one in covered)
        longer = (Duration.WEEK, Duration.MONTH)
        yield from (
            Part(one, start, end, is_calm and one not in longer) for one in prices if lawful[one]
        )


def brute_force(prices: Prices, use: Sequence[Quarter], start: int = 0) -> int | None:
    """Return the least cost of all lawful combinations, by trying each."""
    if start == len(use):
        return 0
    rests = [(part, brute_force(prices, use, part.end)) for part in every_part(prices, use, start)]
    return min(
        (cost(prices, part) + rest for part, rest in rests if rest is not None), default=None
    )


@given(prices=some_prices(), use=some_uses())
def test_nobody_pays_more_than_the_cheapest_of_all_combinations(
    prices: Prices, use: list[Quarter]
) -> None:
    least = brute_force(prices, use)

    if least is None:
        with pytest.raises(NoPrice):
            cheapest(prices, use)
        return
    found = cheapest(prices, use)
    assert found.quarter_cents == least
    assert found.quarter_cents == sum(cost(prices, part) for part in found.parts)
    assert [part.start for part in found.parts] == [0, *(part.end for part in found.parts[:-1])]


@given(prices=some_prices(), use=some_uses())
def test_what_is_used_less_never_costs_more(prices: Prices, use: list[Quarter]) -> None:
    if brute_force(prices, use) is None:
        return

    assert cents(use[1:], prices) <= cents(use, prices)
    assert cents(use[:-1], prices) <= cents(use, prices)


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 11, 23), date(2026, 12, 23)),
        (date(2026, 12, 23), date(2027, 1, 23)),
        (date(2027, 1, 31), date(2027, 3, 1)),
        (date(2028, 1, 30), date(2028, 3, 1)),
    ],
)
def test_a_month_is_reckoned_by_the_calendar(day: date, until: date) -> None:
    assert first_after_month(day) == until
