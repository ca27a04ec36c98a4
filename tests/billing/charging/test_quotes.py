"""What somebody is told that a use costs, and why."""

from datetime import date, timedelta

import pytest

from billing.charging.quotes import Quote, Use, quote
from billing.errors import NoTariff
from billing.prices.durations import Duration
from billing.prices.groups import Group
from sites.intervals import Interval
from sites.models import Site, Space
from tests.billing.tariffs import (
    local_price,
    make_draft,
    make_grid,
    off_peak,
    price,
    subsidy,
)
from tests.factories import MONDAY, NOW, TUESDAY, interval, make_site

pytestmark = pytest.mark.django_db
MORNING = interval(TUESDAY, "08:00", "13:00")
LATE = interval(TUESDAY, "16:00", "18:00")
DESK = Space.Kind.DESK


def asked(site: Site, *times: Interval, units: int = 1, groups: tuple[Group, ...] = ()) -> Quote:
    return quote(Use(site, DESK, times, units), groups, NOW)


def test_a_morning_costs_the_half_day_of_the_grid() -> None:
    grid = make_grid()

    found = asked(make_site(), MORNING)

    assert found.total_cents == 800
    assert found.grid == grid.pk
    (line,) = found.lines
    assert (line.duration, line.quantity, line.unit_price_cents) == (Duration.HALF_DAY, 100, 800)


def test_a_quarter_of_an_hour_is_a_quarter_of_the_hour() -> None:
    make_grid()

    (line,) = asked(make_site(), interval(TUESDAY, "09:00", "10:15")).lines

    assert (line.quantity, line.amount_cents) == (125, 375)


def test_a_fraction_of_a_cent_is_rounded_once() -> None:
    make_grid({Duration.HOUR: 250})

    assert asked(make_site(), interval(TUESDAY, "09:00", "09:15")).total_cents == 63
    assert asked(make_site(), interval(TUESDAY, "09:00", "09:30")).total_cents == 125


def test_four_places_cost_four_times_one() -> None:
    make_grid()

    assert asked(make_site(), MORNING, units=4).total_cents == 3200


def test_hours_outside_peak_time_cost_what_is_written_for_them() -> None:
    grid = make_grid({})
    price(grid, Duration.HOUR, 300, off_peak_cents=200)
    off_peak(grid, 1, "17:00", "00:00")

    found = asked(make_site(), LATE)

    assert {(line.is_off_peak, line.amount_cents) for line in found.lines} == {
        (False, 300),
        (True, 200),
    }


def test_off_peak_hours_of_another_kind_or_weekday_change_nothing() -> None:
    grid = make_grid({})
    price(grid, Duration.HOUR, 300, off_peak_cents=200)
    off_peak(grid, 1, "17:00", "00:00", kind="meeting_room")
    off_peak(grid, 2, "17:00", "00:00")

    assert asked(make_site(), LATE).total_cents == 600


def test_who_belongs_to_a_group_pays_the_lower_price() -> None:
    grid = make_grid()
    price(grid, Duration.HALF_DAY, 400, group=Group.STUDENT)
    price(grid, Duration.HALF_DAY, 900, group=Group.RESIDENT)
    site = make_site()

    student = asked(site, MORNING, groups=(Group.STUDENT,))
    resident = asked(site, MORNING, groups=(Group.RESIDENT,))

    assert (student.total_cents, student.group) == (400, Group.STUDENT)
    assert (resident.total_cents, resident.group) == (800, Group.STANDARD)


def test_a_site_has_its_own_price_from_its_day_on() -> None:
    make_grid()
    site = make_site()
    local_price(site, Duration.HALF_DAY, 700)
    local_price(site, Duration.HALF_DAY, 750, starts_on=TUESDAY)

    assert asked(site, MORNING).total_cents == 700
    assert asked(make_site(), MORNING).total_cents == 800


def test_a_site_can_go_back_to_the_grid() -> None:
    make_grid()
    site = make_site()
    local_price(site, Duration.HALF_DAY, 700, starts_on=MONDAY - timedelta(days=9))
    local_price(site, Duration.HALF_DAY, 0, is_withdrawn=True)

    assert asked(site, MORNING).total_cents == 800


def test_a_subsidised_price_keeps_the_full_one_beside_it() -> None:
    make_grid()
    site = make_site()
    paid = subsidy(site, Duration.HALF_DAY, 300)

    found = asked(site, MORNING)

    assert (found.total_cents, found.full_cents) == (300, 800)
    assert found.lines[0].rate.subsidy == paid.pk


def test_a_full_price_that_came_down_to_its_subsidy_is_what_is_paid() -> None:
    make_grid()
    site = make_site()
    subsidy(site, Duration.HALF_DAY, 300)
    local_price(site, Duration.HALF_DAY, 250)

    found = asked(site, MORNING)

    assert (found.total_cents, found.full_cents) == (250, 250)
    assert found.lines[0].rate.subsidy is None


def test_a_subsidy_that_is_over_pays_nothing() -> None:
    make_grid()
    site = make_site()
    last_week = MONDAY - timedelta(days=7)
    subsidy(site, Duration.HALF_DAY, 300, starts_on=last_week, ends_on=MONDAY - timedelta(days=1))

    assert asked(site, MORNING).total_cents == 800


def test_a_booking_is_priced_by_the_grid_of_the_day_it_is_made() -> None:
    make_grid()
    make_grid({Duration.HALF_DAY: 900}, from_day=TUESDAY)

    assert asked(make_site(), MORNING).total_cents == 800


def test_a_draft_has_no_price_to_tell() -> None:
    make_draft(from_day=date(2026, 1, 1))

    with pytest.raises(NoTariff):
        asked(make_site(), MORNING)


def test_a_kind_that_the_grid_forgot_has_no_price() -> None:
    make_grid()

    with pytest.raises(NoTariff):
        quote(Use(make_site(), Space.Kind.OFFICE, (MORNING,)), (), NOW)


def test_a_use_over_the_change_of_clocks_costs_the_hours_that_pass() -> None:
    make_grid({Duration.HOUR: 300})
    night = interval(date(2026, 10, 25), "01:00", "04:00")

    assert asked(make_site(), night).total_cents == 4 * 300


def test_a_price_is_found_in_a_handful_of_queries(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    make_grid()
    site = make_site()
    asked(site, MORNING)

    with django_assert_num_queries(3):
        asked(site, MORNING)
