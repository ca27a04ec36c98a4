"""What of a month each seat has: by days, priced to the cent, granted never less than its share."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from billing.statements.months import Month
from subscriptions.months.shares import Counted, Part, credits, paid, parts, price

NOVEMBER, FEBRUARY = Month(date(2026, 11, 1)), Month(date(2028, 2, 1))


def part(first: int, last: int = 30, seats: int = 1) -> Part:
    return Part(seats, date(2026, 11, first), date(2026, 11, last))


def test_a_whole_month_costs_its_price_and_grants_its_half_days() -> None:
    assert price(2800, part(1), NOVEMBER) == 2800
    assert credits(4, part(1), NOVEMBER) == 4


def test_a_leap_february_is_a_whole_month_too() -> None:
    every = parts([Counted(date(2027, 5, 3), 2)], FEBRUARY)

    assert every == [Part(2, date(2028, 2, 1), date(2028, 2, 29))]
    assert price(9900, every[0], FEBRUARY) == 9900


def test_a_share_of_it_costs_its_days_and_grants_at_least_those() -> None:
    assert price(2800, part(16), NOVEMBER) == 1400
    assert credits(4, part(16), NOVEMBER) == 2
    assert credits(4, part(17), NOVEMBER) == 2
    assert credits(4, part(30), NOVEMBER) == 1


def test_seats_that_are_added_are_had_from_their_day_on() -> None:
    counts = [Counted(date(2026, 10, 5), 5), Counted(date(2026, 11, 14), 7)]

    assert parts(counts, NOVEMBER) == [part(1, seats=5), part(14, seats=2)]


def test_fewer_seats_from_the_first_of_a_month_are_fewer_for_all_of_it() -> None:
    counts = [Counted(date(2026, 10, 5), 5), Counted(date(2026, 11, 1), 3)]

    assert parts(counts, NOVEMBER) == [part(1, seats=3)]


def test_it_ends_with_its_last_day() -> None:
    counts = [Counted(date(2026, 10, 5), 5)]

    assert parts(counts, NOVEMBER, date(2026, 11, 10)) == [part(1, 10, seats=5)]
    assert parts(counts, NOVEMBER, date(2026, 10, 31)) == []


def test_what_is_on_trial_is_not_paid() -> None:
    assert paid(part(5), None) == part(5)
    assert paid(part(5), date(2026, 11, 4)) == part(5)
    assert paid(part(5), date(2026, 11, 18)) == part(19)
    assert paid(part(5), date(2026, 11, 30)) is None


@given(
    start=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    more=st.lists(st.tuples(st.integers(1, 40), st.integers(1, 9)), max_size=5),
    cents=st.integers(0, 50_000),
)
def test_a_month_never_costs_more_than_its_seats_at_its_end_do(
    start: date, more: list[tuple[int, int]], cents: int
) -> None:
    counts = [Counted(start, 1)]
    for days, seats in more:
        counts.append(Counted(counts[-1].from_day + timedelta(days=days), counts[-1].seats + seats))
    month = Month.of(counts[-1].from_day)

    every = parts(counts, month)

    assert sum(one.seats for one in every) == counts[-1].seats
    assert sum(one.seats * price(cents, one, month) for one in every) <= cents * counts[-1].seats
    assert all(price(cents, one, month.following) >= 0 for one in parts(counts, month.following))
    assert [one.seats for one in parts(counts, month.following)] == [counts[-1].seats]
