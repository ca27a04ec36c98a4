"""Spaces of which some time is taken, drawn at random, and what might be wished there."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings.rules import GRID
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.search.offers import can_book, take
from tests.factories import NOW, TUESDAY, at, make_site, make_space

HOURS = (("08:00", "09:30"), ("10:00", "11:00"))
taken = st.lists(st.tuples(st.integers(0, 11), st.integers(1, 6)), max_size=6)
crowds = st.fixed_dictionaries(
    {
        "units": st.integers(1, 3),
        "is_fungible": st.booleans(),
        "taken": taken,
        "least": st.sampled_from([15, 30, 40, 60, 75]),
        "most": st.sampled_from([75, 90, 300]),
    }
)


def over_crowds(test: Any) -> Any:
    """Have a test see many a crowd, number of people and time of Tuesday morning."""
    drawn = given(crowd=crowds, people=st.integers(1, 2), clock=st.sampled_from(["07:00", "09:07"]))
    bounded = settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    return bounded(drawn(test))


def crowded_space(crowd: dict[str, Any]) -> Space:
    """Make a space of that many units, take of it what is free, and let it be given so long."""
    space = make_space(
        make_site(hours=HOURS),
        units=crowd["units"],
        capacity=3,
        is_fungible=crowd["is_fungible"],
        min_minutes=15,
        max_minutes=crowd["most"],
    )
    for starts, quarters in crowd["taken"]:
        start = at(TUESDAY, "08:00") + starts * GRID
        busy = Interval(start, start + quarters * GRID)
        if can_book(space, [busy], 1, NOW):
            take(space, busy)
    Space.objects.filter(pk=space.pk).update(min_minutes=crowd["least"])
    return space


def wishes_within(stretch: Interval, least: timedelta) -> list[Interval]:
    """Return the shortest wishes that the rules admit and that meet a quarter of the stretch."""
    length = -(-least // GRID) * GRID
    first = stretch.starts_at - length + GRID
    number = (stretch.ends_at - first) // GRID
    starts = (first + step * GRID for step in range(number))
    return [Interval(one, one + length) for one in starts]
