"""The day of a site's spaces in cells: what a press books, and why the rest cannot be had."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bookings.search.candidates import Search
from bookings.search.days.day_grids import Cell, DayGrid, State, day_grid
from bookings.search.slots import SlotSearch
from sites.intervals import Interval
from sites.models import Site, Space
from sites.rules import minus
from tests.bookings.search.days.crowds import crowded_space, over_crowds, wishes_within
from tests.bookings.search.offers import can_book, take
from tests.factories import MONDAY, NOW, TUESDAY, at, interval, make_closure, make_site, make_space

pytestmark = pytest.mark.django_db
LUNCH_BREAK = (("08:00", "12:00"), ("14:00", "18:00"))


def grid_of(site: Site, day: date = TUESDAY, people: int = 1, now: datetime = NOW) -> DayGrid:
    grid = day_grid(SlotSearch(Search(site=site.slug, people=people), [day], now), day)
    assert grid
    return grid


def cells(
    space: Space, day: date = TUESDAY, people: int = 1, now: datetime = NOW
) -> tuple[Cell, ...]:
    """Return the cells of the only space there is."""
    (row,) = grid_of(space.site, day, people, now).rows
    return row.cells


def told(some: tuple[Cell, ...]) -> list[tuple[str, str, State]]:
    """Return the clocks of Alsace (one hour ahead of UTC in November) and the state of each."""
    hour = timedelta(hours=1)
    return [
        (
            f"{one.interval.starts_at + hour:%H:%M}",
            f"{one.interval.ends_at + hour:%H:%M}",
            one.state,
        )
        for one in some
    ]


def test_a_room_partly_taken_offers_what_is_free_around() -> None:
    room = make_space(kind=Space.Kind.MEETING_ROOM)
    take(room, interval(TUESDAY, "10:00", "12:15"))

    assert told(cells(room)) == [
        ("08:00", "10:00", State.FREE),
        ("10:00", "12:15", State.TAKEN),
        ("12:15", "18:30", State.FREE),
        ("18:30", "19:00", State.CLOSED),
    ]


def test_a_pool_tells_how_many_are_left_from_when_to_when() -> None:
    pool = make_space(units=3)
    take(pool, interval(TUESDAY, "08:00", "12:00"))
    take(pool, interval(TUESDAY, "10:00", "18:30"))

    assert [(one.wish, one.units_free) for one in cells(pool)[:3]] == [
        (interval(TUESDAY, "08:00", "10:00"), 2),
        (interval(TUESDAY, "10:00", "12:00"), 1),
        (interval(TUESDAY, "12:00", "18:30"), 2),
    ]


def test_a_quarter_of_an_hour_with_one_more_is_no_piece_of_its_own() -> None:
    pool = make_space(units=2, min_minutes=30)
    take(pool, interval(TUESDAY, "08:15", "18:30"))

    assert [(one.wish, one.units_free) for one in cells(pool)[:1]] == [
        (interval(TUESDAY, "08:00", "18:30"), 1)
    ]


def test_numbered_desks_in_turn_are_no_piece_that_nobody_could_have() -> None:
    desks = make_space(units=2, is_fungible=False)
    take(desks, interval(TUESDAY, "08:00", "10:00"))
    take(desks, interval(TUESDAY, "08:00", "10:00"))
    take(desks, interval(TUESDAY, "12:00", "18:30"))
    desks.allocations.filter(starts_at=at(TUESDAY, "12:00")).update(unit=desks.units.last())
    take(desks, interval(TUESDAY, "10:00", "12:00"))

    assert told(cells(desks))[:3] == [
        ("08:00", "10:00", State.TAKEN),
        ("10:00", "12:00", State.FREE),
        ("12:00", "18:30", State.FREE),
    ]


def test_fewer_than_are_wanted_is_taken_and_tells_how_many() -> None:
    pool = make_space(units=3)
    take(pool, interval(TUESDAY, "08:00", "10:00"), people=2)

    first, second, *_rest = cells(pool, people=2)

    assert (first.state, first.units_free, first.wish) == (State.TAKEN, 1, None)
    assert (second.state, second.units_free) == (State.FREE, 3)


def test_a_booth_is_offered_by_the_hour() -> None:
    booth = make_space(kind=Space.Kind.PHONE_BOOTH, min_minutes=15, max_minutes=240)
    take(booth, interval(TUESDAY, "08:00", "08:30"))

    assert told(cells(booth))[1:4] == [
        ("08:30", "09:00", State.FREE),
        ("09:00", "10:00", State.FREE),
        ("10:00", "11:00", State.FREE),
    ]


def test_what_is_left_between_two_may_be_too_short_to_book() -> None:
    room = make_space(kind=Space.Kind.MEETING_ROOM, min_minutes=60)
    take(room, interval(TUESDAY, "08:00", "09:30"))
    take(room, interval(TUESDAY, "10:00", "18:30"))

    assert told(cells(room))[1] == ("09:30", "10:00", State.TOO_SHORT)


def test_lunch_and_a_closure_are_told_apart() -> None:
    space = make_space(make_site(hours=LUNCH_BREAK))
    make_closure(space.site, interval(TUESDAY, "16:00", "20:00"))

    grid = cells(space)

    assert told(grid) == [
        ("08:00", "12:00", State.FREE),
        ("12:00", "14:00", State.LUNCH),
        ("14:00", "16:00", State.FREE),
        ("16:00", "18:00", State.CLOSED),
    ]
    assert grid[-1].reason == "Works"


def test_a_space_shut_all_day_says_why_beside_one_that_is_open() -> None:
    site = make_site(hours=(("08:00", "18:00"),))
    make_space(site)
    shut = make_space(site)
    make_closure(site, interval(TUESDAY, "00:00", "24:00"), shut)

    _open, row = grid_of(site).rows

    (cell,) = row.cells
    assert (cell.state, cell.reason) == (State.CLOSED, "Works")


def test_of_today_what_is_over_says_so() -> None:
    space = make_space(make_site(hours=(("08:00", "18:00"),)))

    assert told(cells(space, MONDAY, now=at(MONDAY, "10:32"))) == [
        ("08:00", "10:45", State.OVER),
        ("10:45", "18:00", State.FREE),
    ]


def test_a_day_that_is_not_given_yet_offers_nothing() -> None:
    space = make_space(make_site(hours=(("08:00", "18:00"),)), advance_days=7)

    (cell,) = cells(space, TUESDAY + timedelta(days=14))

    assert (cell.state, cell.wish) == (State.TOO_FAR, None)


def test_a_shut_day_has_no_grid() -> None:
    site = make_site()
    make_space(site)
    sunday = date(2026, 11, 29)

    assert day_grid(SlotSearch(Search(site=site.slug), [sunday], NOW), sunday) is None


def test_hours_off_the_quarters_and_a_night_of_25_hours_fill_the_grid() -> None:
    october = date(2026, 10, 25)
    site = make_site(hours=())
    site.opening_hours.create(weekday=6, opens_at="00:10", closes_at="00:00")
    space = make_space(site, max_minutes=1500)

    grid = cells(space, october, now=at(date(2026, 10, 20), "10:00"))

    assert sum((one.interval.length for one in grid), timedelta()) == timedelta(hours=25)
    assert grid[1].wish == Interval(at(october, "00:15"), at(date(2026, 10, 26), "00:00"))


@over_crowds
def test_each_piece_shown_can_be_booked_and_each_quarter_not_shown_cannot(
    crowd: dict[str, Any], people: int, clock: str
) -> None:
    space, instant = crowded_space(crowd), at(TUESDAY, clock)

    grid = grid_of(space.site, TUESDAY, people, instant)
    (row,) = grid.rows

    assert minus([grid.window], [one.interval for one in row.cells]) == []
    for before, after in zip(row.cells, row.cells[1:], strict=False):
        assert before.interval.ends_at == after.interval.starts_at
    for cell in row.cells:
        if cell.wish:
            assert cell.wish.covers(cell.interval)
            assert can_book(space, [cell.wish], people, instant)
            assert can_book(space, [cell.wish], cell.units_free, instant)
            assert not can_book(space, [cell.wish], cell.units_free + 1, instant)
            continue
        for wish in wishes_within(cell.interval, timedelta(minutes=crowd["least"])):
            assert not can_book(space, [wish], people, instant), (cell, wish)
