from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sites.clocks import MIDNIGHT, end_text, ends_after, joined_hours

QUARTERS = st.integers(0, 95)
RANGES = st.lists(st.tuples(QUARTERS, st.integers(1, 96)), max_size=6)


def clock(quarter: int) -> time:
    return time(quarter // 4 % 24, quarter % 4 * 15)


def quarters_of(hours: list[tuple[time, time]]) -> set[int]:
    """Return each quarter of an hour that lies in `hours`."""
    return {
        quarter
        for opens_at, closes_at in hours
        for quarter in range(96)
        if opens_at <= clock(quarter) and ends_after(closes_at, clock(quarter))
    }


@given(RANGES)
def test_joined_hours_are_the_same_time_in_ranges_that_do_not_touch(
    ranges: list[tuple[int, int]],
) -> None:
    hours = [(clock(start), clock(end)) for start, end in ranges if start < end]

    joined = joined_hours(hours)

    assert quarters_of(joined) == quarters_of(hours)
    for (_opens, closes_at), (opens_at, _closes) in zip(joined, joined[1:], strict=False):
        assert closes_at != MIDNIGHT
        assert closes_at < opens_at


@pytest.mark.parametrize(
    ("hours", "joined"),
    [
        ([("08:00", "12:00"), ("12:00", "18:00")], [("08:00", "18:00")]),
        ([("12:00", "00:00"), ("00:00", "12:00")], [("00:00", "00:00")]),
        ([("08:00", "12:00"), ("13:00", "18:00")], [("08:00", "12:00"), ("13:00", "18:00")]),
        ([], []),
    ],
)
def test_hours_that_touch_are_one(
    hours: list[tuple[str, str]], joined: list[tuple[str, str]]
) -> None:
    def read(rows: list[tuple[str, str]]) -> list[tuple[time, time]]:
        return [(time.fromisoformat(one), time.fromisoformat(two)) for one, two in rows]

    assert joined_hours(read(hours)) == read(joined)


def test_midnight_is_the_end_of_its_day() -> None:
    assert end_text(MIDNIGHT) == "24:00"
    assert end_text(time(18, 30)) == "18:30"
    assert ends_after(MIDNIGHT, time(23, 45))
    assert not ends_after(time(12), time(12))
