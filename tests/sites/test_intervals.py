"""Half-open intervals, against a count of the minutes they hold."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sites.intervals import Interval, envelope, merged

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


def hours(starts: int, ends: int) -> Interval:
    return Interval(MIDNIGHT + timedelta(hours=starts), MIDNIGHT + timedelta(hours=ends))


@st.composite
def some_hours(draw: st.DrawFn) -> Interval:
    starts = draw(st.integers(0, 11))
    return hours(starts, draw(st.integers(starts + 1, 12)))


def held(*intervals: Interval) -> set[int]:
    """Return the hours of the day that `intervals` hold, by looking at each."""
    instants = {hour: MIDNIGHT + timedelta(hours=hour) for hour in range(24)}
    return {
        hour
        for hour, instant in instants.items()
        if any(one.starts_at <= instant < one.ends_at for one in intervals)
    }


def test_ending_at_ten_does_not_meet_starting_at_ten() -> None:
    assert not hours(9, 10).overlaps(hours(10, 11))
    assert not hours(10, 11).overlaps(hours(9, 10))


def test_one_microsecond_in_common_is_an_overlap() -> None:
    longer = Interval(hours(9, 10).starts_at, hours(9, 10).ends_at + timedelta(microseconds=1))

    assert longer.overlaps(hours(10, 11))
    assert hours(10, 11).overlaps(longer)


@given(some_hours(), some_hours())
def test_overlap_cover_and_clip_agree_with_the_hours_held(one: Interval, other: Interval) -> None:
    common = one.clipped_to(other)

    assert one.overlaps(other) == bool(held(one) & held(other))
    assert one.covers(other) == (held(other) <= held(one))
    assert (held(common) if common else set()) == held(one) & held(other)


@given(some_hours(), some_hours())
def test_what_is_left_without_another_is_what_it_does_not_hold(
    one: Interval, other: Interval
) -> None:
    left = one.without(other)

    assert held(*left) == held(one) - held(other)
    assert all(part.length > timedelta() for part in left)


@given(st.lists(some_hours(), max_size=6))
def test_merged_intervals_hold_the_same_hours_and_neither_meet_nor_touch(
    intervals: list[Interval],
) -> None:
    result = merged(intervals)

    assert held(*result) == held(*intervals)
    assert all(one.ends_at < other.starts_at for one, other in pairwise(result))


def test_an_envelope_runs_from_the_first_start_to_the_last_end() -> None:
    assert envelope([hours(14, 18), hours(9, 12), hours(10, 15)]) == hours(9, 18)


def test_length_is_real_time_over_a_change_of_clocks() -> None:
    night = Interval(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))

    assert night.length == timedelta(hours=25)
