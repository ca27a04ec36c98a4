"""The next half-days with room: live, in order, and only what can be booked."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from bookings.search.candidates import Search, find_candidates
from bookings.search.days.halfdays import HalfDay, next_half_days
from bookings.search.parts import Part
from bookings.search.slots import SlotSearch, When
from sites.models import Site, Space
from tests.bookings.bookings import book_for
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    interval,
    make_closure,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)

pytestmark = pytest.mark.django_db
DESKS = Search(kinds=(Space.Kind.DESK,))
WEDNESDAY = TUESDAY + timedelta(days=1)


def halves(site: Site, count: int = 3, search: Search = DESKS) -> list[HalfDay]:
    spaces = find_candidates(search)
    return next_half_days(spaces, NOW, count, people=search.people).get(site.pk, [])


def told(found: list[HalfDay]) -> list[tuple[date, Part]]:
    return [(one.day, one.part) for one in found]


def test_the_rest_of_this_morning_comes_first_then_half_by_half() -> None:
    space = make_space(units=2)

    found = halves(space.site)

    assert told(found) == [
        (MONDAY, Part.MORNING),
        (MONDAY, Part.AFTERNOON),
        (TUESDAY, Part.MORNING),
    ]
    assert found[0].intervals == (interval(MONDAY, "10:30", "13:00"),)
    assert [one.units_free for one in found] == [2, 2, 2]


def test_what_is_taken_or_closed_is_passed_over_however_long() -> None:
    space = make_space(units=1)
    book_for(make_user(), space, interval(MONDAY, "12:00", "14:00"))
    friday = TUESDAY + timedelta(days=3)
    make_closure(space.site, interval(TUESDAY, "00:00", "24:00"))
    for number in range(1, 3):
        day = TUESDAY + timedelta(days=number)
        book_for(make_user(), space, interval(day, "08:00", "18:30"))

    assert told(halves(space.site, 2)) == [(friday, Part.MORNING), (friday, Part.AFTERNOON)]


def test_a_second_space_of_the_site_stands_in_for_a_full_one() -> None:
    site = make_site()
    first = make_space(site, position=1)
    second = make_space(site, position=2)
    book_for(make_user(), first, interval(MONDAY, "13:00", "18:30"))

    found = halves(site)

    assert [one.space.id for one in found] == [first.pk, second.pk, first.pk]


def test_in_the_evening_what_is_taken_is_asked_once_of_the_days_to_come(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    space = make_space()
    spaces = find_candidates(DESKS)

    with django_assert_num_queries(3):
        found = next_half_days(spaces, NOW + timedelta(hours=10), 3)[space.site.pk]

    assert told(found)[0] == (TUESDAY, Part.MORNING)


def test_several_people_need_as_many_places_in_one_space() -> None:
    site = make_site()
    make_space(site, units=1)

    assert halves(site, search=Search(kinds=(Space.Kind.DESK,), people=2)) == []


def test_an_itinerant_site_has_half_days_where_it_stops() -> None:
    site = make_site(hours=(), is_itinerant=True)
    make_space(site)
    market = make_stop(site, make_commune("Sélestat"), interval(WEDNESDAY, "09:00", "12:00"))

    (found,) = halves(site)

    assert (found.day, found.part, found.stop) == (WEDNESDAY, Part.MORNING, market)


def test_they_are_those_of_the_search_and_cost_no_more_queries_with_more_sites(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(4):
        space = make_space(units=2)
        book_for(make_user(), space, interval(MONDAY, "11:00", f"{12 + number}:00"))
        book_for(make_user(), space, interval(TUESDAY, "09:00", "10:00"))
    spaces = find_candidates(DESKS)

    with django_assert_max_num_queries(4):
        found = next_half_days(spaces, NOW, 4)

    days = (MONDAY, TUESDAY)
    search = SlotSearch(DESKS, days, NOW)
    for day in days:
        for shown in search.sites(When((day,))):
            slots = {one.part: one.units_free for space in shown.spaces for one in space.slots}
            mine = {one.part: one.units_free for one in found[shown.site.id] if one.day == day}
            assert mine == {part: slots[part] for part in (Part.MORNING, Part.AFTERNOON)}
