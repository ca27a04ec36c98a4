"""What is offered can be booked and the rest is refused, in as many queries whatever there is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from bookings.models import Allocation
from bookings.search.availability import find_offers, taken_rows
from bookings.search.candidates import Search
from sites.intervals import Interval
from sites.models import Site, Space
from tests.bookings.search.offers import MORNING, VILLE, can_book, free, offers, take
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_site,
    make_space,
    open_on,
)

pytestmark = pytest.mark.django_db


def test_an_empty_pool_offers_all_of_its_units() -> None:
    space = make_space(units=5)

    assert free(space) == 5


def test_a_pool_offers_what_the_fullest_instant_leaves() -> None:
    space = make_space(units=5)
    take(space, interval(TUESDAY, "08:00", "10:00"))
    take(space, interval(TUESDAY, "10:00", "11:00"), people=2)
    take(space, interval(TUESDAY, "12:00", "13:00"), people=4)

    assert free(space) == 3


def test_a_released_unit_is_given_back() -> None:
    space = make_space(units=3)
    take(space, MORNING)
    take(space, MORNING)
    released = Allocation.objects.latest("pk")
    Allocation.objects.filter(pk=released.pk).update(status=Allocation.Status.RELEASED)

    assert free(space) == 2


def test_what_only_touches_the_time_takes_nothing_of_it() -> None:
    space = make_space(units=1)
    take(space, interval(TUESDAY, "08:00", "09:00"))
    take(space, interval(TUESDAY, "12:00", "13:00"))

    assert free(space) == 1


def test_a_full_space_is_left_out() -> None:
    space = make_space(units=1)
    take(space, interval(TUESDAY, "11:45", "12:15"))

    assert space.pk not in offers()


def test_a_numbered_space_counts_its_units_one_by_one() -> None:
    space = make_space(units=3, is_fungible=False)
    take(space, interval(TUESDAY, "09:00", "10:00"))
    take(space, interval(TUESDAY, "11:00", "12:00"))
    first, second = space.units.order_by("pk")[:2]
    Allocation.objects.filter(unit=first, starts_at=at(TUESDAY, "11:00")).update(unit=second)

    assert free(space) == 1


def test_numbered_units_taken_on_either_side_of_midnight_leave_both_halves_bookable() -> None:
    site = make_site(hours=(("00:00", "00:00"),))
    space = make_space(site, units=2, is_fungible=False)
    first, second = space.units.order_by("pk")
    take(space, interval(MONDAY, "22:00", "24:00"))
    take(space, interval(TUESDAY, "00:00", "02:00"))
    Allocation.objects.filter(starts_at=at(TUESDAY, "00:00")).update(unit=second)
    night = Interval(at(MONDAY, "22:00"), at(TUESDAY, "02:00"))

    assert can_book(space, [night], 1, NOW)
    assert free(space, night) == 1


def test_a_group_is_shown_only_where_all_find_a_desk() -> None:
    space = make_space(units=4)
    take(space, MORNING, people=2)

    assert free(space, search=Search(people=2)) == 2
    assert free(space, search=Search(people=3)) == 0


def test_a_room_seats_as_many_as_it_has_seats() -> None:
    room = make_space(kind=Space.Kind.MEETING_ROOM)

    assert free(room, search=Search(people=6)) == 1
    assert free(room, search=Search(people=7)) == 0


def test_nothing_inactive_is_offered() -> None:
    site = make_site()
    space, asleep = make_space(site, units=2), make_space(site, is_active=False)
    elsewhere = make_space(make_site(is_active=False))
    space.units.filter(label="1").update(is_active=False)

    assert {pk: offer.units_free for pk, offer in offers().items()} == {space.pk: 1}
    assert not {asleep.pk, elsewhere.pk} & offers().keys()


def test_who_sits_on_a_unit_out_of_service_takes_none_of_those_in_service() -> None:
    space = make_space(units=2)
    take(space, MORNING)
    Allocation.objects.get()
    space.units.filter(allocations__isnull=False).update(is_active=False)

    assert free(space) == 1
    assert can_book(space, [MORNING], 1, NOW)


@pytest.mark.parametrize(
    ("starts", "ends"), [("07:45", "10:00"), ("18:00", "18:45"), ("20:00", "21:00")]
)
def test_no_time_outside_opening_hours_is_offered(starts: str, ends: str) -> None:
    make_space(units=2)

    assert offers(interval(TUESDAY, starts, ends)) == {}


def test_the_whole_of_the_opening_hours_is_offered() -> None:
    space = make_space(units=2)

    assert free(space, interval(TUESDAY, "08:00", "18:30")) == 2


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2027, 1, 1), date(2026, 11, 28)])
def test_no_holiday_nor_closed_weekday_is_offered(day: date) -> None:
    make_space(units=2)

    assert offers(interval(day, "09:00", "12:00")) == {}


def test_good_friday_and_26_december_are_offered_outside_alsace_only() -> None:
    local, other = make_site(), make_site(holidays=Site.Holidays.FRANCE)
    alsatian = make_space(local, advance_days=200)
    french = make_space(other, advance_days=200)
    for site in (local, other):
        open_on(site, 5, ("09:00", "12:00"))

    for day in (date(2027, 3, 26), date(2026, 12, 26)):
        assert offers(interval(day, "09:00", "12:00")).keys() == {french.pk}
    assert alsatian.pk in offers()


def test_a_closure_of_the_site_or_the_space_takes_them_out() -> None:
    site = make_site()
    closed, open_space = make_space(site), make_space(site)
    other = make_space()
    make_closure(site, interval(TUESDAY, "11:45", "14:00"), closed)
    make_closure(other.site, interval(TUESDAY, "00:00", "24:00"))

    assert offers().keys() == {open_space.pk}
    assert closed.pk in offers(interval(TUESDAY, "09:00", "11:45"))


@pytest.mark.parametrize("minutes", [15, 45, 135])
def test_a_length_that_the_space_is_not_given_for_is_not_offered(minutes: int) -> None:
    space = make_space(min_minutes=60, max_minutes=120)
    start = at(TUESDAY, "09:00")
    wish = Interval(start, start + timedelta(minutes=minutes))

    assert space.pk not in offers(wish)


def test_neither_the_past_nor_what_is_too_far_ahead_is_offered() -> None:
    space = make_space(advance_days=1)

    assert offers(interval(MONDAY, "10:15", "12:00")) == {}
    assert offers(interval(MONDAY, "10:30", "12:00")).keys() == {space.pk}
    assert offers(interval(TUESDAY, "09:30", "10:30")).keys() == {space.pk}
    assert offers(interval(TUESDAY, "17:00", "18:30")).keys() == {space.pk}
    assert offers(interval(TUESDAY + timedelta(days=1), "08:00", "09:00")) == {}


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (NOW, datetime.max.replace(tzinfo=UTC)),
        (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
        (datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC) + timedelta(hours=1)),
        (MORNING.ends_at, MORNING.starts_at),
    ],
    ids=["for ever", "all of time", "its first hour", "backwards"],
)
def test_nonsense_is_answered_at_once_with_nothing(starts_at: datetime, ends_at: datetime) -> None:
    make_space()

    assert offers(Interval(starts_at, ends_at)) == {}


def test_hours_are_those_of_the_sites_own_clocks() -> None:
    guadeloupe = ZoneInfo("America/Guadeloupe")
    space = make_space(make_site(time_zone="America/Guadeloupe"), units=2)

    assert offers(interval(TUESDAY, "09:00", "12:00")) == {}
    assert free(space, interval(TUESDAY, "08:00", "18:30", guadeloupe)) == 2
    assert offers(interval(TUESDAY, "07:45", "09:00", guadeloupe)) == {}


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)], ids=["spring", "autumn"]
)
def test_the_days_on_which_clocks_change_can_be_had_whole_and_no_minute_more(
    day: date, hours: int
) -> None:
    site = make_site()
    open_on(site, 6, ("00:00", "00:00"))
    space = make_space(site, units=2, max_minutes=1500)
    whole = interval(day, "00:00", "24:00")
    longer = Interval(whole.starts_at, whole.ends_at + timedelta(minutes=30))
    before = whole.starts_at - timedelta(days=10)

    assert offers(whole, now=before)[space.pk].units_free == 2
    assert offers(longer, now=before) == {}
    take(space, whole, now=before)
    assert Allocation.objects.get().interval.length == timedelta(hours=hours)
    assert offers(whole, now=before)[space.pk].units_free == 1


@pytest.mark.parametrize("zone", ["Europe/Paris", "Europe/London"])
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_those_days_hours_keep_to_the_clock(day: date, zone: str) -> None:
    site = make_site(time_zone=zone)
    open_on(site, 6, ("09:00", "12:00"))
    space = make_space(site)
    clock = ZoneInfo(zone)
    before = at(day, "00:00") - timedelta(days=5)

    assert offers(interval(day, "09:00", "12:00", clock), now=before).keys() == {space.pk}
    assert offers(interval(day, "08:45", "12:00", clock), now=before) == {}
    assert offers(interval(day, "09:00", "12:15", clock), now=before) == {}


@pytest.mark.parametrize(("sites", "bookings"), [(3, 10), (30, 10), (3, 150)])
def test_a_search_takes_as_many_queries_whatever_there_is(
    sites: int, bookings: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    spaces = [make_space(make_site(), units=5) for _ in range(sites)]
    for number in range(bookings):
        start = at(TUESDAY, "08:00") + timedelta(minutes=30 * (number // (5 * sites)))
        take(spaces[number % sites], Interval(start, start + timedelta(minutes=30)))

    with django_assert_num_queries(4):
        find_offers(Search(near=VILLE, radius_km=50), MORNING, NOW)
    make_space(make_site(is_itinerant=True))
    with django_assert_num_queries(5):
        find_offers(Search(near=VILLE, radius_km=50), MORNING, NOW)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the other engine keeps no plans")
def test_a_plan_for_any_values_finds_what_is_taken_by_the_index_of_what_keeps_out() -> None:
    taken = taken_rows(1)
    values = dict.fromkeys(("now", "start_0", "end_0", "last_end_0"), NOW)
    told = [one.adapted({"spaces": [1], **values}, connection) for one in taken.parameters]

    with connection.lent_cursors(["plan"]) as (cursor,):  # type: ignore[attr-defined]  # of our engine
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {taken.sql}", told)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "using allocation_guarded_in_space" in plan


@st.composite
def times(draw: st.DrawFn) -> Interval:
    """Return some quarters of Monday's afternoon or Tuesday, some of them shut or past."""
    start = at(MONDAY, "17:00") + timedelta(minutes=15 * draw(st.integers(0, 110)))
    return Interval(start, start + timedelta(minutes=15 * draw(st.integers(1, 14))))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(1, 3),
    st.booleans(),
    st.lists(st.tuples(times(), st.integers(1, 2)), max_size=8),
    st.lists(times(), max_size=1),
    st.lists(st.tuples(times(), st.integers(1, 3)), min_size=1, max_size=4),
)
def test_what_is_offered_is_what_can_be_booked(
    units: int,
    is_fungible: bool,  # noqa: FBT001 -- drawn, not passed
    taken: list[tuple[Interval, int]],
    closed: list[Interval],
    wishes: list[tuple[Interval, int]],
) -> None:
    site = make_site(hours=(("00:00", "12:00"), ("13:00", "18:30"), ("20:00", "00:00")))
    space = make_space(site, units=units, is_fungible=is_fungible)
    for time, people in taken:
        if can_book(space, [time], people, NOW):
            take(space, time, people)
    for time in closed:
        make_closure(site, time)

    for wish, people in wishes:
        found = offers(wish, Search(site=site.slug, people=people))
        assert (space.pk in found) == can_book(space, [wish], people, NOW)
        if space.pk in found:
            most = found[space.pk].units_free
            assert can_book(space, [wish], min(most, space.capacity), NOW)
            assert most == units or not can_book(space, [wish], most + 1, NOW)
