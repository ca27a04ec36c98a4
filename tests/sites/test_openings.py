"""When a site is really open: its week or its stops, less holidays and closures."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from sites.intervals import Interval
from sites.models import Site, Space
from sites.openings import Openings, load_openings
from tests.factories import (
    MONDAY,
    PARIS,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_commune,
    make_site,
    make_space,
    make_stop,
    open_on,
)

pytestmark = pytest.mark.django_db
SATURDAY = date(2026, 11, 28)
CHRISTMAS, SECOND_CHRISTMAS = date(2026, 12, 25), date(2026, 12, 26)
GOOD_FRIDAY = date(2027, 3, 26)


def read(site: Site, *days: date) -> Openings:
    return load_openings([site], min(days), max(days))


def open_times(site: Site, day: date, space: Space | None = None) -> list[Interval]:
    return read(site, day).open_intervals(site, day, space.pk if space else None)


def test_a_site_is_open_by_its_week() -> None:
    site = make_site(hours=(("14:00", "18:00"), ("08:00", "12:00")))

    assert open_times(site, TUESDAY) == [
        interval(TUESDAY, "08:00", "12:00"),
        interval(TUESDAY, "14:00", "18:00"),
    ]
    assert open_times(site, SATURDAY) == []


@pytest.mark.parametrize(
    ("hours", "closes"),
    [
        ((("12:00", "18:00"), ("08:00", "12:00")), "18:00"),
        ((("12:00", "00:00"), ("08:00", "12:00")), "24:00"),
        ((("08:00", "10:00"), ("10:00", "12:00"), ("12:00", "14:00")), "14:00"),
    ],
)
def test_ranges_that_touch_are_one_opening(hours: tuple[tuple[str, str], ...], closes: str) -> None:
    assert open_times(make_site(hours=hours), TUESDAY) == [interval(TUESDAY, "08:00", closes)]


def test_stops_that_touch_are_one_opening_at_one_place_but_not_at_two() -> None:
    site, saales = make_site(is_itinerant=True), make_commune("Saales", latitude=48.35)
    make_stop(site, saales, interval(TUESDAY, "09:00", "12:00"))
    make_stop(site, saales, interval(TUESDAY, "12:00", "15:00"))
    make_stop(site, make_commune("Barr", latitude=48.40), interval(TUESDAY, "15:00", "18:00"))

    assert open_times(site, TUESDAY) == [
        interval(TUESDAY, "09:00", "15:00"),
        interval(TUESDAY, "15:00", "18:00"),
    ]


def test_another_sites_week_is_its_own() -> None:
    site, other = make_site(hours=(("08:00", "12:00"),)), make_site(hours=(("09:00", "10:00"),))

    openings = load_openings([site, other], TUESDAY, TUESDAY)

    assert openings.open_intervals(other, TUESDAY) == [interval(TUESDAY, "09:00", "10:00")]


@pytest.mark.parametrize("day", [CHRISTMAS, GOOD_FRIDAY])
def test_it_is_closed_on_alsaces_public_holidays(day: date) -> None:
    assert open_times(make_site(), day) == []


def test_26_december_is_a_holiday_also_on_a_saturday_site() -> None:
    site = make_site()
    open_on(site, 5, ("09:00", "12:00"))

    assert open_times(site, SATURDAY) == [interval(SATURDAY, "09:00", "12:00")]
    assert open_times(site, SECOND_CHRISTMAS) == []
    assert read(site, SECOND_CHRISTMAS).why_closed(site, SECOND_CHRISTMAS)


def test_a_site_of_the_rest_of_france_is_open_on_good_friday() -> None:
    site = make_site(holidays=Site.Holidays.FRANCE)

    assert open_times(site, GOOD_FRIDAY) == [interval(GOOD_FRIDAY, "08:00", "18:30")]


def test_a_closure_of_the_site_cuts_its_hours_and_those_of_its_spaces() -> None:
    site = make_site()
    space = make_space(site)
    make_closure(site, interval(TUESDAY, "12:00", "14:00"))

    left = [interval(TUESDAY, "08:00", "12:00"), interval(TUESDAY, "14:00", "18:30")]

    assert open_times(site, TUESDAY) == left
    assert open_times(site, TUESDAY, space) == left


def test_a_closure_of_a_space_leaves_the_site_and_other_spaces_open() -> None:
    site = make_site()
    space, other = make_space(site), make_space(site)
    make_closure(site, interval(TUESDAY, "00:00", "24:00"), space)

    assert open_times(site, TUESDAY, space) == []
    assert open_times(site, TUESDAY, other) == [interval(TUESDAY, "08:00", "18:30")]
    assert open_times(site, TUESDAY) == [interval(TUESDAY, "08:00", "18:30")]


def test_a_closure_over_several_days_meets_each_of_them() -> None:
    site = make_site()
    make_closure(site, Interval(at(MONDAY, "15:00"), at(TUESDAY, "10:00")))

    assert open_times(site, MONDAY) == [interval(MONDAY, "08:00", "15:00")]
    assert open_times(site, TUESDAY) == [interval(TUESDAY, "10:00", "18:30")]
    assert read(site, TUESDAY).why_closed(site, TUESDAY) == "Works"


def test_the_ordinary_day_knows_no_closure_nor_holiday() -> None:
    site = make_site()

    assert read(site, CHRISTMAS).scheduled(site, CHRISTMAS) == [
        interval(CHRISTMAS, "08:00", "18:30")
    ]


def test_an_itinerant_site_is_open_where_and_when_it_stands() -> None:
    site = make_site(is_itinerant=True)
    stop = make_stop(
        site, make_commune("Saales", latitude=48.35), interval(TUESDAY, "09:00", "16:00")
    )

    openings = read(site, MONDAY, TUESDAY)

    assert openings.open_intervals(site, TUESDAY) == [interval(TUESDAY, "09:00", "16:00")]
    assert openings.stop_on(site, TUESDAY) == stop
    assert openings.open_intervals(site, MONDAY) == []
    assert openings.stop_on(site, MONDAY) is None


def test_a_site_that_does_not_travel_opens_by_its_week_alone() -> None:
    site = make_site()
    make_stop(site, make_commune("Saales"), interval(TUESDAY, "20:00", "22:00"))

    assert open_times(site, TUESDAY) == [interval(TUESDAY, "08:00", "18:30")]


def test_hours_are_those_of_the_sites_own_clocks() -> None:
    guadeloupe = ZoneInfo("America/Guadeloupe")
    site = make_site(time_zone="America/Guadeloupe")

    assert open_times(site, TUESDAY) == [interval(TUESDAY, "08:00", "18:30", guadeloupe)]
    assert open_times(site, TUESDAY)[0].starts_at == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_closure_far_west_still_meets_its_local_day() -> None:
    marquesas = ZoneInfo("Pacific/Marquesas")
    site = make_site(time_zone="Pacific/Marquesas", hours=(("08:00", "00:00"),))
    make_closure(site, interval(TUESDAY, "20:00", "24:00", marquesas))

    assert open_times(site, TUESDAY) == [interval(TUESDAY, "08:00", "20:00", marquesas)]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)], ids=["spring", "autumn"]
)
def test_a_site_that_never_closes_is_open_for_the_whole_of_an_odd_day(
    day: date, hours: int
) -> None:
    site = make_site()
    open_on(site, 6, ("00:00", "00:00"))

    (whole,) = open_times(site, day)

    assert whole.length.total_seconds() == hours * 3600
    assert whole == interval(day, "00:00", "24:00", PARIS)


@pytest.mark.parametrize("number", [1, 12])
def test_openings_are_read_in_three_queries_however_many_the_sites(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sites = [make_site(is_itinerant=not index) for index in range(number + 1)]
    close_all(sites)

    with django_assert_num_queries(3):
        openings = load_openings(sites, MONDAY, SATURDAY)
        for site in sites:
            assert openings.open_intervals(site, TUESDAY) == []


def close_all(sites: Iterable[Site]) -> None:
    for site in sites:
        make_closure(site, interval(TUESDAY, "00:00", "24:00"))


def test_a_stop_of_months_is_open_in_the_hours_of_the_sites_week() -> None:
    site = make_site(is_itinerant=True, hours=(("09:00", "12:00"), ("14:00", "18:00")))
    saales = make_commune("Saales", latitude=48.35)
    until = date(2027, 1, 29)
    stop = make_stop(site, saales, Interval(at(TUESDAY, "13:00"), at(until, "17:00")))

    days = read(site, MONDAY, until)

    assert days.open_intervals(site, MONDAY) == []
    assert days.open_intervals(site, TUESDAY) == [interval(TUESDAY, "14:00", "18:00")]
    assert days.open_intervals(site, date(2027, 1, 12)) == [
        interval(date(2027, 1, 12), "09:00", "12:00"),
        interval(date(2027, 1, 12), "14:00", "18:00"),
    ]
    assert days.open_intervals(site, SATURDAY) == []
    assert days.open_intervals(site, until) == [
        interval(until, "09:00", "12:00"),
        interval(until, "14:00", "17:00"),
    ]
    assert days.open_intervals(site, CHRISTMAS) == []
    assert days.stop_on(site, date(2027, 1, 12)) == stop


def test_a_stop_of_hours_needs_no_week_and_ends_at_midnight_at_the_latest() -> None:
    site = make_site(is_itinerant=True, hours=(("09:00", "12:00"),))
    make_stop(site, make_commune("Saales"), interval(TUESDAY, "19:00", "24:00"))

    assert open_times(site, TUESDAY) == [interval(TUESDAY, "19:00", "24:00")]
