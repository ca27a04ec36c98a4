"""What a wish is decided on is read before anybody knows in which time zone its days are."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.ground import window_around
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.rules import local_day

NOW = datetime(2026, 3, 28, 12, tzinfo=UTC)
#: Those that are farthest from UTC, and days of 23 and of 25 hours in Paris.
ZONES = ["Pacific/Kiritimati", "Etc/GMT+12", "Europe/Paris", "UTC", "Indian/Reunion"]
STARTS = [NOW, datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 10, 25, 21, tzinfo=UTC)]


def wish_of(*intervals: Interval) -> Wish:
    return Wish(space_id=1, intervals=intervals)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("starts_at", STARTS)
@pytest.mark.parametrize("hours", [1, 24, 50])
def test_the_window_has_each_local_day_of_a_wish_in_any_zone(
    zone: str, starts_at: datetime, hours: int
) -> None:
    wished = Interval(starts_at, starts_at + timedelta(hours=hours))

    window = window_around(wish_of(wished), NOW)

    for instant in (wished.starts_at, wished.ends_at):
        assert window.covers(local_day(instant.astimezone(ZoneInfo(zone)).date(), ZoneInfo(zone)))


def test_nothing_is_read_of_years_that_are_past() -> None:
    ancient = Interval(datetime(1, 2, 1, tzinfo=UTC), NOW + timedelta(hours=1))

    assert window_around(wish_of(ancient), NOW).starts_at == NOW - timedelta(hours=25)


@pytest.mark.parametrize(
    "wished", [(), (Interval(NOW + timedelta(hours=2), NOW + timedelta(hours=1)),)]
)
def test_a_wish_that_makes_no_sense_is_left_to_the_rules(wished: tuple[Interval, ...]) -> None:
    window = window_around(wish_of(*wished), NOW)

    assert window.starts_at < window.ends_at
