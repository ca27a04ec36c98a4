"""What each slot of a page costs: what the page that confirms would say of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from billing.models import GroupMembership
from billing.prices.durations import Duration
from billing.prices.groups import Group
from billing.showing.alone import Alone
from billing.showing.asking import networks
from bookings.charges.prices import price_of_wish
from bookings.charges.slots import slot_prices
from bookings.search.candidates import Search, find_candidates
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Space
from tests.billing.charging.turns import left, make_pass
from tests.billing.tariffs import local_price, make_grid, off_peak, price, subsidy
from tests.factories import NOW, TUESDAY, interval, make_space, make_user

pytestmark = pytest.mark.django_db
FRIDAY = TUESDAY + timedelta(days=3)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")
DAY = interval(FRIDAY, "08:00", "18:00")
WEEK = [interval(TUESDAY + timedelta(days=n), "08:00", "18:00") for n in range(4)]
SOON = NOW + timedelta(days=90)
VISITOR = AnonymousUser()


def told(space: Space, *times: Interval, person: Any = VISITOR, people: int = 1) -> Alone | None:
    """Return what a page says, and see that the check page says the same."""
    prices = slot_prices(person, NOW)
    (row,) = (one for one in find_candidates(Search()) if one.id == space.pk)
    alone = prices.of(row, times, people) if prices else None
    wish = Wish(space_id=space.pk, intervals=times, people=people)
    check = price_of_wish(wish, space, person, NOW)
    is_paid_by_pass = bool(check and check.spent and not check.cents)
    assert alone == (check and Alone(check.cents, is_paid_by_pass))
    return alone


def test_each_kind_of_slot_tells_what_the_check_page_tells() -> None:
    make_grid()
    space = make_space(units=8)

    assert told(space, MORNING) == Alone(800)
    assert told(space, DAY) == Alone(1400)
    assert told(space, MORNING, people=3) == Alone(2400)
    assert told(space, interval(FRIDAY, "09:00", "10:30")) == Alone(450)
    assert told(space, *WEEK) == Alone(5000)
    assert told(space, MORNING, interval(FRIDAY + timedelta(days=7), "08:00", "13:00")) == Alone(
        1600
    )


def test_without_a_grid_or_without_a_price_nothing_is_told() -> None:
    space = make_space()
    assert slot_prices(VISITOR, NOW) is None

    networks.clear()
    make_grid()
    room = make_space(kind=Space.Kind.MEETING_ROOM)

    assert told(space, MORNING) == Alone(800)
    assert told(room, MORNING) is None


def test_off_peak_hours_and_prices_of_the_site_count() -> None:
    grid = make_grid({})
    price(grid, Duration.HALF_DAY, 800, off_peak_cents=500)
    off_peak(grid, FRIDAY.weekday(), "13:00", "00:00")
    space, other, helped = make_space(), make_space(), make_space()
    local_price(other.site, Duration.HALF_DAY, 700)
    subsidy(helped.site, Duration.HALF_DAY, 300)

    assert told(space, MORNING) == Alone(800)
    assert told(space, AFTERNOON) == Alone(500)
    assert told(other, MORNING) == Alone(700)
    assert told(helped, MORNING) == Alone(300)


def test_a_group_counts_for_its_person_alone() -> None:
    price(make_grid(), Duration.HALF_DAY, 400, group=Group.STUDENT)
    space, student = make_space(), make_user()
    GroupMembership.objects.create(
        person=student, group=Group.STUDENT, ends_on=FRIDAY, granted_at=NOW
    )

    assert told(space, MORNING, person=student) == Alone(400)
    assert told(space, MORNING, person=make_user()) == Alone(800)
    assert told(space, MORNING) == Alone(800)


def test_what_a_pass_covers_is_told_and_not_taken() -> None:
    space, person = make_space(units=8), make_user()
    three = make_pass(person, make_grid(), 3, SOON)

    assert told(space, MORNING, person=person) == Alone(0, is_covered=True)
    assert told(space, DAY, person=person) == Alone(0, is_covered=True)
    assert told(space, DAY, person=person, people=2) == Alone(2800)
    assert told(space, MORNING) == Alone(800)
    assert left(three) == 3


def test_of_several_days_a_pass_covers_those_that_it_can() -> None:
    space, person = make_space(), make_user()
    make_pass(person, make_grid(), 3, SOON)

    assert told(space, *WEEK[:2], person=person) == Alone(1400)


def test_a_pass_of_another_kind_or_site_or_that_ends_before_covers_nothing() -> None:
    space, other, grid = make_space(), make_space(), make_grid()
    rooms, elsewhere, brief = make_user(), make_user(), make_user()
    make_pass(rooms, grid, 3, SOON, kind=Space.Kind.MEETING_ROOM)
    make_pass(elsewhere, grid, 3, SOON, site=other.site)
    make_pass(brief, grid, 3, NOW + timedelta(days=1))

    assert told(space, MORNING, person=rooms) == Alone(800)
    assert told(space, MORNING, person=elsewhere) == Alone(800)
    assert told(other, MORNING, person=elsewhere) == Alone(0, is_covered=True)
    assert told(space, MORNING, person=brief) == Alone(800)


def test_what_costs_nothing_takes_no_pass() -> None:
    space, person = make_space(), make_user()
    make_pass(person, make_grid({Duration.HALF_DAY: 0}), 3, SOON)

    assert told(space, MORNING, person=person) == Alone(0)


def test_a_price_that_a_site_sets_is_told_a_minute_later_at_most() -> None:
    make_grid()
    space = make_space()
    (row,) = find_candidates(Search())

    def told_after(seconds: int) -> Alone | None:
        prices = slot_prices(VISITOR, NOW + timedelta(seconds=seconds))
        return prices.of(row, [MORNING], 1) if prices else None

    before = told_after(0)
    local_price(space.site, Duration.HALF_DAY, 700)

    assert before == Alone(800)
    assert told_after(59) == Alone(800)
    assert told_after(60) == Alone(700)


def test_a_site_opened_since_has_no_price_yet() -> None:
    make_grid()
    assert slot_prices(VISITOR, NOW)
    make_space()
    (row,) = find_candidates(Search())

    prices = slot_prices(VISITOR, NOW + timedelta(seconds=1))

    assert prices
    assert prices.of(row, [MORNING], 1) is None


def test_it_is_asked_once_for_all_slots(django_assert_num_queries: Any) -> None:
    make_grid()
    make_space(units=8)
    person = make_user()
    make_pass(person, make_grid(from_day=TUESDAY), 3, SOON)
    (row,) = find_candidates(Search())

    with django_assert_num_queries(9):
        slot_prices(VISITOR, NOW)
        slot_prices(person, NOW)
    with django_assert_num_queries(2):
        prices = slot_prices(person, NOW)
        assert prices
        assert [prices.of(row, [one], 1) for one in (MORNING, DAY)] == [
            Alone(0, is_covered=True),
            Alone(0, is_covered=True),
        ]
    with django_assert_num_queries(0):
        slot_prices(VISITOR, NOW)
