"""A pass holds until the end of its last day, by the clocks of the site."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from billing.passes.validity import last_day, valid_until
from tests.factories import PARIS, at

BEIRUT = ZoneInfo("Asia/Beirut")


@pytest.mark.parametrize(
    ("bought_on", "months", "last"),
    [
        ((2026, 11, 23), 6, (2027, 5, 23)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2027, 8, 31), 6, (2028, 2, 29)),
        ((2026, 1, 31), 24, (2028, 1, 31)),
    ],
)
def test_a_pass_ends_on_its_date_of_the_month_or_on_that_month_s_last_day(
    bought_on: tuple[int, int, int], months: int, last: tuple[int, int, int]
) -> None:
    assert last_day(date(*bought_on), months) == date(*last)


@pytest.mark.parametrize(
    ("bought_on", "end"),
    [
        # 25 October 2026 has 25 hours, 28 March 2027 has 23: midnight is after the change.
        (date(2026, 9, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2027, 2, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2026, 9, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
    ],
)
def test_on_the_day_that_clocks_change_a_pass_ends_at_midnight_all_the_same(
    bought_on: date, end: datetime
) -> None:
    assert valid_until(at(bought_on, "12:00"), 1, PARIS) == end


def test_where_clocks_change_at_midnight_itself_the_day_ends_as_it_is_skipped() -> None:
    # In Beirut, 28 March 2027 begins at one o'clock: 00:00 does not exist.
    bought_at = at(date(2027, 2, 27), "12:00", BEIRUT)

    assert valid_until(bought_at, 1, BEIRUT) == datetime(2027, 3, 27, 22, tzinfo=UTC)


def test_bought_before_midnight_it_is_of_that_day_by_the_site_s_clocks() -> None:
    late = datetime(2026, 11, 23, 22, 59, tzinfo=UTC)
    later = datetime(2026, 11, 23, 23, 1, tzinfo=UTC)

    assert valid_until(late, 1, PARIS) == at(date(2026, 12, 24), "00:00")
    assert valid_until(later, 1, PARIS) == at(date(2026, 12, 25), "00:00")
