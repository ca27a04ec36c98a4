"""A pool of interchangeable units refuses nobody while one fits, and never sells one too many."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings.actions import book, cancel, change
from bookings.errors import NotNumbered, NoUnitFree
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space, Unit
from tests.bookings.guard import consistency
from tests.factories import NOW, TUESDAY, at, interval, make_space, make_user

pytestmark = pytest.mark.django_db
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)


def take(
    space: Space,
    *intervals: Interval,
    now: datetime = NOW,
    person: User | None = None,
    people: int = 1,
    unit: Unit | None = None,
) -> Booking:
    """Book for somebody new unless a person is named."""
    person = person or make_user()
    wish = Wish(
        space_id=space.pk,
        intervals=intervals,
        people=people,
        unit_id=unit.pk if unit else None,
    )
    return book(wish=wish, person=person, by=person, now=now)


def tuesday(starts: str, ends: str) -> Interval:
    return interval(TUESDAY, starts, ends)


def units_of(booking: Booking) -> list[int]:
    """Return the units of a booking in order of time."""
    rows = booking.allocations.order_by("starts_at", "unit")
    return [unit for unit in rows.values_list("unit", flat=True) if unit]


def test_a_pool_serves_as_many_as_it_has_units_and_not_one_more() -> None:
    space = make_space(units=3)
    given = [take(space, tuesday("09:00", "12:00")) for _ in range(3)]

    with pytest.raises(NoUnitFree):
        take(space, tuesday("11:45", "13:00"))

    assert len({units_of(booking)[0] for booking in given}) == 3
    assert units_of(take(space, tuesday("12:00", "13:00")))


def test_two_who_follow_each_other_are_put_on_one_desk_so_that_a_third_fits() -> None:
    space = make_space(units=2)
    first, second = space.units.order_by("pk")
    early = take(space, tuesday("09:00", "10:00"))
    late = take(space, tuesday("10:00", "11:00"))
    Allocation.objects.filter(booking=late).update(unit=second)

    long = take(space, tuesday("09:00", "11:00"))

    assert units_of(early) == units_of(late) == [first.pk]
    assert units_of(long) == [second.pk]
    assert consistency.shared_pairs() == 0


def test_in_numbered_places_nobody_is_moved_for_a_third() -> None:
    space = make_space(units=2, is_fungible=False)
    first, second = space.units.order_by("pk")
    take(space, tuesday("09:00", "10:00"), unit=first)
    take(space, tuesday("10:00", "11:00"), unit=second)

    with pytest.raises(NoUnitFree):
        take(space, tuesday("09:00", "11:00"))

    assert Allocation.objects.get(unit=second).interval == tuesday("10:00", "11:00")


def test_a_place_of_a_pool_cannot_be_asked_for_by_number() -> None:
    space = make_space(units=2)

    with pytest.raises(NotNumbered):
        take(space, tuesday("09:00", "10:00"), unit=space.units.first())


def test_those_who_have_started_stay_while_those_to_come_are_moved() -> None:
    space = make_space(units=2)
    first, second = space.units.order_by("pk")
    started = take(space, tuesday("08:00", "10:00"))
    to_come = take(space, tuesday("10:00", "12:00"))
    Allocation.objects.filter(booking=to_come).update(unit=second)

    long = take(space, tuesday("09:00", "12:00"), now=at(TUESDAY, "09:00"))

    assert units_of(started) == [first.pk]
    assert units_of(to_come) == [first.pk]
    assert units_of(long) == [second.pk]


def test_room_that_only_moving_a_started_one_would_make_is_no_room() -> None:
    space = make_space(units=2)
    _first, second = space.units.order_by("pk")
    take(space, tuesday("08:00", "09:30"))
    started = take(space, tuesday("09:00", "11:00"))
    to_come = take(space, tuesday("10:00", "12:00"))

    with pytest.raises(NoUnitFree):
        take(space, tuesday("09:45", "11:00"), now=at(TUESDAY, "09:15"))

    assert units_of(started) == [second.pk]
    assert units_of(to_come)


def test_a_refusal_moves_nobody() -> None:
    space = make_space(units=2)
    for starts, ends in (("09:00", "10:00"), ("09:30", "11:00"), ("10:00", "11:00")):
        take(space, tuesday(starts, ends))
    before = list(Allocation.objects.order_by("pk").values_list("pk", "unit"))

    with pytest.raises(NoUnitFree):
        take(space, tuesday("09:00", "11:00"))

    assert list(Allocation.objects.order_by("pk").values_list("pk", "unit")) == before


def test_several_days_keep_one_desk_when_one_is_free_on_all() -> None:
    space = make_space(units=2)
    first, second = space.units.order_by("pk")
    take(space, interval(WEDNESDAY, "09:00", "10:00"))

    days = [interval(day, "09:00", "10:00") for day in (TUESDAY, WEDNESDAY, THURSDAY)]

    assert units_of(take(space, *days)) == [second.pk] * 3


def test_several_days_change_desks_rather_than_be_refused() -> None:
    space = make_space(units=2)
    first, second = space.units.order_by("pk")
    take(space, tuesday("09:00", "10:00"))
    wednesday = take(space, interval(WEDNESDAY, "09:00", "10:00"))
    Allocation.objects.filter(booking=wednesday).update(unit=second)

    days = [interval(day, "09:00", "10:00") for day in (TUESDAY, WEDNESDAY)]

    assert units_of(take(space, *days)) == [second.pk, first.pk]


def test_one_full_day_refuses_all_of_the_days() -> None:
    space = make_space(units=1)
    take(space, interval(WEDNESDAY, "09:00", "10:00"))

    with pytest.raises(NoUnitFree):
        take(space, *(interval(day, "09:00", "10:00") for day in (TUESDAY, WEDNESDAY)))

    assert Allocation.objects.count() == 1


def test_a_group_takes_distinct_desks_or_none() -> None:
    space = make_space(units=5)
    group = take(space, tuesday("09:00", "12:00"), people=3)

    with pytest.raises(NoUnitFree):
        take(space, tuesday("09:00", "10:00"), people=3)

    assert len(set(units_of(group))) == 3
    assert len(set(units_of(take(space, tuesday("09:00", "10:00"), people=2)))) == 2


def test_a_desk_taken_out_of_service_is_not_given() -> None:
    space = make_space(units=2)
    space.units.filter(pk=space.units.order_by("pk")[0].pk).update(is_active=False)
    take(space, tuesday("09:00", "10:00"))

    with pytest.raises(NoUnitFree):
        take(space, tuesday("09:00", "10:00"))


def test_what_is_cancelled_is_free_at_once() -> None:
    space = make_space(units=1)
    booking = take(space, tuesday("09:00", "10:00"))
    cancel(booking=booking, by=booking.person, now=NOW)

    assert units_of(take(space, tuesday("09:00", "10:00")))


def test_a_change_can_keep_part_of_its_own_time() -> None:
    space = make_space(units=1)
    booking = take(space, tuesday("09:00", "10:00"))
    wish = Wish(space_id=space.pk, intervals=(tuesday("09:30", "10:30"),))

    changed = change(booking=booking, wish=wish, by=booking.person, now=NOW)

    assert [one.interval for one in changed.allocations.all()] == [tuesday("09:30", "10:30")]
    assert changed.sequence == 1


def test_a_change_refused_leaves_everything_as_it_was() -> None:
    space = make_space(units=1)
    booking = take(space, tuesday("09:00", "10:00"))
    take(space, tuesday("10:00", "11:00"))
    wish = Wish(space_id=space.pk, intervals=(tuesday("09:30", "10:30"),))

    with pytest.raises(NoUnitFree):
        change(booking=booking, wish=wish, by=booking.person, now=NOW)

    booking.refresh_from_db()
    assert booking.sequence == 0
    assert booking.interval == tuesday("09:00", "10:00")
    assert [one.interval for one in booking.allocations.all()] == [tuesday("09:00", "10:00")]


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, int, int, int]:
    """Return what to do, to which booking, and from which quarter for how many."""
    what = draw(st.sampled_from(["book", "book", "book", "change", "cancel"]))
    return what, draw(st.integers(0, 30)), draw(st.integers(0, 15)), draw(st.integers(2, 12))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 3), st.lists(steps(), min_size=4, max_size=14))
def test_whatever_came_before_the_answer_is_that_of_a_count(
    units: int, wanted: Sequence[tuple[str, int, int, int]]
) -> None:
    space = make_space(units=units)
    mine: dict[int, Interval] = {}
    for what, which, starts, quarters in wanted:
        time = quarter_hours(starts, quarters)
        chosen = sorted(mine)[which % len(mine)] if mine and what != "book" else None
        if what == "cancel" and chosen:
            booking = Booking.objects.get(pk=chosen)
            cancel(booking=booking, by=booking.person, now=NOW)
            del mine[chosen]
            continue
        others = [one for pk, one in mine.items() if pk != chosen]
        has_room = count_at_once([*others, time], time) <= units
        try:
            booking = take_or_change(space, time, chosen)
        except NoUnitFree:
            assert not has_room
        else:
            assert has_room
            mine[booking.pk] = time
    assert consistency.shared_pairs() == 0
    assert consistency.overfull_spaces() == []


def quarter_hours(starts: int, quarters: int) -> Interval:
    start = at(TUESDAY, "08:00") + starts * timedelta(minutes=15)
    return Interval(start, start + quarters * timedelta(minutes=15))


def take_or_change(space: Space, time: Interval, chosen: int | None) -> Booking:
    if chosen is None:
        return take(space, time)
    booking = Booking.objects.get(pk=chosen)
    wish = Wish(space_id=space.pk, intervals=(time,))
    return change(booking=booking, wish=wish, by=booking.person, now=NOW)


def count_at_once(intervals: Sequence[Interval], during: Interval) -> int:
    """Return the most intervals that hold one same quarter of `during`, by looking at each."""
    quarters = during.length // timedelta(minutes=15)
    instants = (during.starts_at + step * timedelta(minutes=15) for step in range(quarters))
    return max(
        sum(one.starts_at <= instant < one.ends_at for one in intervals) for instant in instants
    )
