"""What results show of a day whose half-days are gone."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bookings.search.candidates import Search
from bookings.search.days.pieces import spaces_drawn
from bookings.search.slots import Slot, SlotSearch, When
from sites.models import Space
from tests.bookings.search.days.crowds import crowded_space, over_crowds, wishes_within
from tests.bookings.search.offers import can_book, take
from tests.factories import NOW, TUESDAY, at, interval, make_site, make_space

pytestmark = pytest.mark.django_db


def shown(space: Space, people: int = 1, now: datetime = NOW) -> list[Slot]:
    """Return what can be pressed of the only space of its site on Tuesday."""
    found = SlotSearch(Search(site=space.site.slug, people=people), [TUESDAY], now)
    when = When((TUESDAY,))
    drawn = [one for site in found.sites(when) for one in spaces_drawn(found, site, when)]
    return [slot for one in drawn for slot in one.slots if slot.is_free]


@over_crowds
def test_what_results_show_can_be_booked_and_where_they_show_nothing_nothing_can(
    crowd: dict[str, Any], people: int, clock: str
) -> None:
    space, instant = crowded_space(crowd), at(TUESDAY, clock)

    slots = shown(space, people, instant)

    for slot in slots:
        assert can_book(space, slot.intervals, people, instant)
        assert can_book(space, slot.intervals, slot.units_free, instant)
        assert not can_book(space, slot.intervals, slot.units_free + 1, instant)
    if not slots:
        for one in wishes_within(
            interval(TUESDAY, "08:00", "11:00"), timedelta(minutes=crowd["least"])
        ):
            assert not can_book(space, [one], people, instant), one


def test_numbered_desks_free_in_turn_are_two_pieces() -> None:
    desks = make_space(make_site(hours=(("08:00", "12:00"),)), units=2, is_fungible=False)
    early, late = interval(TUESDAY, "08:00", "10:00"), interval(TUESDAY, "10:00", "12:00")
    take(desks, early)
    take(desks, late)
    desks.allocations.filter(starts_at=late.starts_at).update(unit=desks.units.last())

    assert [one.span for one in shown(desks)] == [early, late]


def test_a_piece_of_a_pool_is_as_long_as_there_is_room_though_more_are_free_for_a_while() -> None:
    pool = make_space(make_site(hours=(("08:00", "12:00"),)), units=2)
    take(pool, interval(TUESDAY, "08:00", "09:00"))
    take(pool, interval(TUESDAY, "11:00", "12:00"), people=2)

    (piece,) = shown(pool)

    assert (piece.span, piece.units_free) == (interval(TUESDAY, "08:00", "11:00"), 1)


def test_a_space_given_for_longer_than_an_hour_and_less_than_a_half_day_is_shown() -> None:
    room = make_space(min_minutes=90, max_minutes=120)

    (first, *_others) = shown(room)

    assert first.span == interval(TUESDAY, "08:00", "09:30")
