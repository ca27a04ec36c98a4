"""Whether a wish gets units is checked against every way of seating everybody."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bookings.units.packing import Placement, Taken, peak, place, repack
from sites.intervals import Interval

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LONG_BEFORE = NINE - timedelta(days=1)
HOURS = 8


def hours(starts: int, ends: int) -> Interval:
    """Return from `starts` to `ends` hours after nine."""
    return Interval(NINE + timedelta(hours=starts), NINE + timedelta(hours=ends))


@st.composite
def some_hours(draw: st.DrawFn) -> Interval:
    starts = draw(st.integers(0, HOURS - 1))
    return hours(starts, draw(st.integers(starts + 1, HOURS)))


def seated(units: Sequence[int], intervals: Sequence[Interval]) -> list[Taken]:
    """Give each interval in turn the first unit that is free, forgetting those that find none."""
    taken: list[Taken] = []
    for number, interval in enumerate(intervals):
        for unit in units:
            if not any(one.unit == unit and one.interval.overlaps(interval) for one in taken):
                taken.append(Taken(number, interval, unit))
                break
    return taken


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[int], list[Taken]]:
    """Return some units and who has them, at odds with one another as they come."""
    units = list(range(1, draw(st.integers(1, 5)) + 1))
    intervals = draw(st.lists(some_hours(), max_size=8))
    preference = draw(st.permutations(units))
    return units, seated(preference, intervals)


def can_seat_all(
    units: Sequence[int], fixed: Sequence[Taken], intervals: Sequence[Interval]
) -> bool:
    """Tell, by trying every unit for every interval, whether all find one."""
    if not intervals:
        return True
    first, rest = intervals[0], intervals[1:]
    for unit in units:
        clash = any(one.unit == unit and one.interval.overlaps(first) for one in fixed)
        if not clash and can_seat_all(units, [*fixed, Taken(-1, first, unit)], rest):
            return True
    return False


def count_at_once(intervals: Sequence[Interval]) -> int:
    """Return the most intervals that hold one same half-hour, by looking at each."""
    half_hours = (NINE + timedelta(minutes=30 * step) for step in range(2 * HOURS))
    return max(
        sum(one.starts_at <= instant < one.ends_at for one in intervals) for instant in half_hours
    )


def after(taken: Sequence[Taken], wishes: Sequence[Interval], placement: Placement) -> list[Taken]:
    """Return who has what once `placement` is carried out."""
    moved = [Taken(one.id, one.interval, placement.moves.get(one.id, one.unit)) for one in taken]
    new = [
        Taken(-1, wish, unit)
        for wish, units in zip(wishes, placement.units, strict=True)
        for unit in units
    ]
    return moved + new


def shares_a_unit(taken: Sequence[Taken]) -> bool:
    return any(
        one.unit == other.unit and one.interval.overlaps(other.interval)
        for index, one in enumerate(taken)
        for other in taken[:index]
    )


@given(st.lists(some_hours(), max_size=8))
def test_the_peak_is_the_most_at_one_instant(intervals: list[Interval]) -> None:
    assert peak(intervals) == (count_at_once(intervals) if intervals else 0)


def test_one_that_ends_as_another_starts_does_not_add_to_the_peak() -> None:
    assert peak([hours(0, 1), hours(1, 2)]) == 1


@given(rooms(), some_hours(), st.integers(1, 3))
def test_a_wish_is_repacked_exactly_when_some_seating_of_everybody_exists(
    room: tuple[list[int], list[Taken]], wish: Interval, count: int
) -> None:
    units, taken = room

    placement = repack(units, taken, [wish], count, LONG_BEFORE)

    everybody = [one.interval for one in taken] + [wish] * count
    assert (placement is not None) == can_seat_all(units, [], everybody)
    assert (placement is not None) == (
        count_at_once([one.clipped_to(wish) or one for one in everybody if one.overlaps(wish)])
        <= len(units)
    )


@given(rooms(), some_hours(), st.integers(0, HOURS - 1), st.integers(1, 2))
def test_nobody_who_has_started_is_moved_and_no_room_is_lost_by_it(
    room: tuple[list[int], list[Taken]], wish: Interval, hour: int, count: int
) -> None:
    units, taken = room
    now = NINE + timedelta(hours=hour)
    wish = Interval(max(wish.starts_at, now), max(wish.ends_at, now + timedelta(hours=1)))
    started = [one for one in taken if one.interval.starts_at <= now]
    coming = [one.interval for one in taken if one.interval.starts_at > now]

    placement = repack(units, taken, [wish], count, now)

    assert (placement is not None) == can_seat_all(units, started, [*coming, *([wish] * count)])
    if placement is not None:
        assert not placement.moves.keys() & {one.id for one in started}


@given(rooms(), st.lists(some_hours(), min_size=1, max_size=3), st.integers(1, 3))
def test_whatever_is_placed_or_repacked_no_unit_is_shared(
    room: tuple[list[int], list[Taken]], wishes: list[Interval], count: int
) -> None:
    units, taken = room
    apart = [
        wish
        for index, wish in enumerate(wishes)
        if not any(wish.overlaps(earlier) for earlier in wishes[:index])
    ]

    placements = [
        place(units, taken, apart, count),
        repack(units, taken, apart, count, LONG_BEFORE),
    ]

    for placement in placements:
        if placement is not None:
            assert [len(set(given)) for given in placement.units] == [count] * len(apart)
            assert not shares_a_unit(after(taken, apart, placement))


@given(rooms(), some_hours(), st.integers(1, 3))
def test_placing_succeeds_exactly_when_enough_units_are_free_throughout(
    room: tuple[list[int], list[Taken]], wish: Interval, count: int
) -> None:
    units, taken = room
    free = [
        unit
        for unit in units
        if not any(one.unit == unit and one.interval.overlaps(wish) for one in taken)
    ]

    placement = place(units, taken, [wish], count)

    assert (placement is not None) == (len(free) >= count)
    assert placement is None or placement.moves == {}


def test_a_numbered_unit_is_given_or_refused_but_never_freed_by_moving() -> None:
    taken = [Taken(1, hours(0, 2), 7)]

    assert place([7], taken, [hours(1, 3)], 1) is None
    assert place([7], taken, [hours(2, 3)], 1) == Placement([[7]])


def test_two_who_sit_apart_are_put_on_one_desk_to_make_room() -> None:
    taken = [Taken(1, hours(0, 1), 7), Taken(2, hours(1, 2), 8)]

    placement = repack([7, 8], taken, [hours(0, 2)], 1, LONG_BEFORE)

    assert placement is not None
    assert placement.moves == {2: 7}
    assert placement.units == [[8]]


def test_the_same_two_stay_where_they_sit_once_they_have_started() -> None:
    taken = [Taken(1, hours(0, 1), 7), Taken(2, hours(1, 3), 8)]

    assert repack([7, 8], taken, [hours(1, 3)], 1, hours(1, 2).starts_at) == Placement([[7]])
    assert repack([7, 8], taken, [hours(1, 3)], 2, hours(1, 2).starts_at) is None


def test_several_days_get_the_same_desk_when_one_is_free_on_all() -> None:
    taken = [Taken(1, hours(0, 1), 7)]

    placement = place([7, 8], taken, [hours(0, 1), hours(1, 2), hours(2, 3)], 1)

    assert placement == Placement([[8], [8], [8]])


def test_several_days_are_split_over_desks_when_none_is_free_on_all() -> None:
    taken = [Taken(1, hours(0, 1), 7), Taken(2, hours(1, 2), 8)]

    placement = place([7, 8], taken, [hours(0, 1), hours(1, 2)], 1)

    assert placement == Placement([[8], [7]])


def test_a_party_gets_as_many_desks_as_it_has_people() -> None:
    placement = place([7, 8, 9], [Taken(1, hours(0, 1), 8)], [hours(0, 1)], 2)

    assert placement == Placement([[7, 9]])


def test_an_empty_space_gives_nothing() -> None:
    assert place([], [], [hours(0, 1)], 1) is None
    assert repack([], [], [hours(0, 1)], 1, LONG_BEFORE) is None
