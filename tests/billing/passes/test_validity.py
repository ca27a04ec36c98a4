"""A pass holds until the end of its last day, by the clocks of the site."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from billing.passes.validity import last_day
from tests.billing.bought import bought, selling_site
from tests.billing.tariffs import make_grid
from tests.factories import at, make_user


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


def ended(now: datetime, zone: str = "Europe/Paris") -> datetime:
    """Return when a pass of a month ends that is bought at a site of that zone."""
    site = selling_site(time_zone=zone)
    grid = make_grid(from_day=date(2026, 1, 1))
    mine = bought(make_user(), site=site, grid=grid, now=now, valid_months=1)
    assert mine.valid_until.astimezone(site.zone).date() == mine.last_on + timedelta(days=1)
    return mine.valid_until


@pytest.mark.django_db
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
    assert ended(at(bought_on, "12:00")) == end


@pytest.mark.django_db
def test_where_clocks_change_at_midnight_itself_the_day_ends_as_it_is_skipped() -> None:
    # In Beirut, 28 March 2027 begins at one o'clock: 00:00 does not exist.
    bought_at = at(date(2027, 2, 27), "12:00", ZoneInfo("Asia/Beirut"))

    assert ended(bought_at, "Asia/Beirut") == datetime(2027, 3, 27, 22, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bought_at", "last"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 12, 24)),
        (datetime(2026, 11, 23, 23, 1, tzinfo=UTC), date(2026, 12, 25)),
    ],
)
def test_bought_before_midnight_it_is_of_that_day_by_the_site_s_clocks(
    bought_at: datetime, last: date
) -> None:
    assert ended(bought_at) == at(last, "00:00")
