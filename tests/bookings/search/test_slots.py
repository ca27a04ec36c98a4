"""The mornings, afternoons, days and hours that people choose from."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from bookings.search.candidates import Search
from bookings.search.counting import Count, Why
from bookings.search.parts import Part
from bookings.search.slots import SiteSlots, Slot, SlotSearch, When
from sites.geo import Point
from sites.intervals import Interval
from sites.models import Closure, Site, Space
from tests.bookings.search.offers import can_book, take
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    interval,
    make_commune,
    make_site,
    make_space,
    make_stop,
    open_on,
)

pytestmark = pytest.mark.django_db
WEDNESDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 28)
DESKS = Search(kinds=(Space.Kind.DESK,))


def found(
    when: When, search: Search = DESKS, now: datetime = NOW, days: tuple[date, ...] = ()
) -> list[SiteSlots]:
    return SlotSearch(search, days or when.days, now).sites(when)


def slots(when: When, search: Search = DESKS, now: datetime = NOW) -> dict[Part, Slot]:
    """Return the slots of the only space there is."""
    (site,) = found(when, search, now)
    return {slot.part: slot for space in site.spaces for slot in space.slots}


def test_a_day_is_offered_as_morning_afternoon_and_whole() -> None:
    make_space(units=3)

    offered = slots(When((TUESDAY,)))

    assert offered[Part.MORNING].intervals == (interval(TUESDAY, "08:00", "13:00"),)
    assert offered[Part.AFTERNOON].intervals == (interval(TUESDAY, "13:00", "18:30"),)
    assert offered[Part.DAY].intervals == (interval(TUESDAY, "08:00", "18:30"),)
    assert {slot.units_free for slot in offered.values()} == {3}


def test_one_part_alone_can_be_asked_for() -> None:
    make_space()

    assert slots(When((TUESDAY,), Part.MORNING)).keys() == {Part.MORNING}


def test_a_day_with_a_break_is_one_slot_of_two_times() -> None:
    make_space(make_site(hours=(("08:00", "12:00"), ("14:00", "18:00"))))

    assert slots(When((TUESDAY,)))[Part.DAY].intervals == (
        interval(TUESDAY, "08:00", "12:00"),
        interval(TUESDAY, "14:00", "18:00"),
    )


def test_each_part_counts_its_own_bookings() -> None:
    space = make_space(units=2)
    take(space, interval(TUESDAY, "09:00", "10:00"))

    offered = slots(When((TUESDAY,)))

    free = {part: slot.units_free for part, slot in offered.items()}
    assert free == {Part.MORNING: 1, Part.AFTERNOON: 2, Part.DAY: 1}


def test_a_full_part_is_shown_as_full_not_left_out() -> None:
    space = make_space(units=1)
    take(space, interval(TUESDAY, "09:00", "10:00"))

    (site,) = found(When((TUESDAY,), Part.MORNING))

    assert not site.is_free
    assert site.units_free[Part.MORNING] == 0
    assert not site.spaces[0].slots[0].is_free


def test_of_today_only_what_is_left_is_offered_from_the_next_quarter() -> None:
    make_space()

    offered = slots(When((MONDAY,)), now=NOW + timedelta(minutes=7))

    assert offered[Part.MORNING].intervals == (interval(MONDAY, "10:45", "13:00"),)


def test_less_than_an_hour_left_is_no_morning_and_so_no_day() -> None:
    make_space()

    offered = slots(When((MONDAY,)), now=at(MONDAY, "12:15"))

    assert offered.keys() == {Part.AFTERNOON}


def test_a_site_shut_that_day_is_found_without_any_slot() -> None:
    make_space()

    (site,) = found(When((SATURDAY,)))

    assert (site.hours, site.spaces, site.is_free, site.count) == (
        (),
        (),
        False,
        Count(why=Why.SHUT),
    )


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2027, 1, 1)])
def test_a_holiday_has_no_slot(day: date) -> None:
    make_space()

    assert slots(When((day,))) == {}


def test_days_beyond_what_can_be_booked_have_no_slot() -> None:
    make_space(advance_days=1)

    assert Part.DAY in slots(When((TUESDAY,)), now=at(MONDAY, "00:05"))
    assert slots(When((WEDNESDAY,)), now=at(MONDAY, "23:55")) == {}


def test_a_space_given_for_less_offers_no_longer_part() -> None:
    make_space(max_minutes=300)

    assert slots(When((TUESDAY,))).keys() == {Part.MORNING}


def test_free_hours_are_offered_inside_opening_hours_only() -> None:
    make_space(units=2)
    inside = When((TUESDAY,), Part.HOURS, (time(9, 15), time(11)))
    outside = When((TUESDAY,), Part.HOURS, (time(7, 45), time(11)))

    assert slots(inside)[Part.HOURS].intervals == (interval(TUESDAY, "09:15", "11:00"),)
    assert slots(outside) == {}


def test_several_days_are_one_slot_with_the_room_of_the_fullest() -> None:
    space = make_space(units=3)
    take(space, interval(WEDNESDAY, "09:00", "10:00"), people=2)

    offered = slots(When((TUESDAY, WEDNESDAY), Part.MORNING))

    assert offered[Part.MORNING].units_free == 1
    assert offered[Part.MORNING].span == Interval(at(TUESDAY, "08:00"), at(WEDNESDAY, "13:00"))


def test_one_shut_day_among_several_leaves_no_slot() -> None:
    make_space()

    assert slots(When((TUESDAY, SATURDAY))) == {}


def test_hours_that_touch_are_one_opening_in_each_part() -> None:
    make_space(make_site(hours=(("12:00", "18:00"), ("08:00", "12:00"))))
    across = When((TUESDAY,), Part.HOURS, (time(11), time(14)))

    assert slots(When((TUESDAY,)))[Part.MORNING].intervals == (interval(TUESDAY, "08:00", "13:00"),)
    assert slots(When((TUESDAY,)))[Part.DAY].intervals == (interval(TUESDAY, "08:00", "18:00"),)
    assert slots(across)[Part.HOURS].is_free


def test_free_hours_may_last_until_midnight() -> None:
    make_space(make_site(hours=(("18:00", "00:00"),)))
    evening = When((TUESDAY,), Part.HOURS, (time(22), time(0)))

    assert slots(evening)[Part.HOURS].intervals == (interval(TUESDAY, "22:00", "24:00"),)


def test_a_closure_shortens_a_part() -> None:
    space = make_space()
    works = interval(TUESDAY, "08:00", "11:00")
    Closure.objects.create(
        site=space.site, starts_at=works.starts_at, ends_at=works.ends_at, reason="Works"
    )

    assert slots(When((TUESDAY,)))[Part.MORNING].intervals == (interval(TUESDAY, "11:00", "13:00"),)


def test_a_group_wants_as_many_desks_and_a_room_one_unit() -> None:
    site = make_site()
    make_space(site, units=3)
    make_space(site, kind=Space.Kind.MEETING_ROOM)

    (row,) = found(When((TUESDAY,), Part.MORNING), Search(people=3))

    assert [space.slots[0].units_wanted for space in row.spaces] == [3, 1]
    assert row.is_free


def test_another_choice_of_days_needs_no_further_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_space()
    days = (MONDAY, TUESDAY, WEDNESDAY)
    search = SlotSearch(DESKS, days, NOW)

    with django_assert_num_queries(0):
        for day in days:
            assert search.count(When((day,))) == Count(1)


@pytest.mark.parametrize("sites", [3, 30])
def test_a_week_of_many_sites_is_read_in_four_queries(
    sites: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(sites):
        take(make_space(make_site(), units=2), interval(TUESDAY, "09:00", "10:00"))
    week = tuple(MONDAY + timedelta(days=number) for number in range(7))

    with django_assert_num_queries(4):
        search = SlotSearch(DESKS, week, NOW)
        assert [search.count(When((day,))).free for day in week[:2]] == [2 * sites] * 2


def test_an_itinerant_site_appears_on_the_days_it_stands_at_the_distance_of_its_stop() -> None:
    site = make_site(is_itinerant=True)
    make_space(site)
    stay = interval(TUESDAY, "09:00", "16:00")
    make_stop(site, make_commune("Wissembourg"), stay, latitude=49.0369, longitude=7.9457)
    near_stop = Search(near=Point(49.03, 7.94), radius_km=5)

    (row,) = found(When((TUESDAY,)), near_stop)

    assert row.distance_km == pytest.approx(0.88, abs=0.02)
    assert row.stop is not None
    assert row.hours == (stay,)
    assert found(When((WEDNESDAY,)), near_stop) == []
    assert found(When((TUESDAY,)), Search(near=Point(48.34, 7.30), radius_km=20)) == []


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)], ids=["spring", "autumn"]
)
def test_a_whole_odd_day_is_one_slot_of_its_real_length(day: date, hours: int) -> None:
    site = make_site()
    open_on(site, 6, ("00:00", "00:00"))
    make_space(site, max_minutes=1500)

    offered = slots(When((day,)), now=at(day, "00:00") - timedelta(days=3))

    assert offered[Part.DAY].span.length == timedelta(hours=hours)


def test_halves_are_cut_by_the_sites_own_clocks() -> None:
    guadeloupe = ZoneInfo("America/Guadeloupe")
    make_space(make_site(time_zone="America/Guadeloupe"))

    offered = slots(When((TUESDAY,)))

    assert offered[Part.MORNING].intervals == (interval(TUESDAY, "08:00", "13:00", guadeloupe),)


HOURS = st.sampled_from(
    [
        (("08:00", "18:30"),),
        (("08:00", "12:00"), ("14:00", "18:00")),
        (("12:15", "20:00"),),
        (("00:00", "00:00"),),
        (("08:10", "13:50"),),
        (("08:00", "12:00"), ("12:00", "18:00")),
        (("14:00", "18:00"), ("18:00", "00:00")),
    ]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    HOURS,
    st.integers(1, 3),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 60), st.integers(2, 14)), max_size=8),
    st.sampled_from([(TUESDAY,), (WEDNESDAY,), (TUESDAY, WEDNESDAY), (MONDAY,)]),
    st.integers(1, 3),
)
def test_a_slot_shown_as_free_is_booked_and_one_shown_as_full_is_refused(
    hours: tuple[tuple[str, str], ...],
    units: int,
    is_fungible: bool,  # noqa: FBT001 -- drawn, not passed
    taken: list[tuple[int, int]],
    days: tuple[date, ...],
    people: int,
) -> None:
    site: Site = make_site(hours=hours)
    space = make_space(site, units=units, capacity=3, is_fungible=is_fungible)
    for starts, quarters in taken:
        start = at(TUESDAY, "07:00") + starts * timedelta(minutes=15)
        time_taken = Interval(start, start + quarters * timedelta(minutes=15))
        if can_book(space, [time_taken], 1, NOW):
            take(space, time_taken)

    for row in found(When(days), Search(site=site.slug, people=people)):
        for slot in (slot for one in row.spaces for slot in one.slots):
            assert slot.is_free == can_book(space, slot.intervals, people, NOW)
