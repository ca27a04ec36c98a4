"""Of a day on which the site was closed nothing is owed, whenever that is said."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from billing.models import TariffGrid
from bookings.actions import cancel, give_back
from bookings.errors import AlreadyOver, AlreadyStarted
from bookings.models import Booking
from network.models import User
from sites.models import OpeningHours, Space
from tests.billing.charging.turns import all_adds_up, left, make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.charges.test_charged import owes
from tests.factories import TUESDAY, at, interval, make_closure, make_manager, make_space, make_user

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY = TUESDAY + timedelta(days=3), TUESDAY + timedelta(days=6)
DAY, NEXT = interval(FRIDAY, "08:00", "18:00"), interval(MONDAY, "08:00", "18:00")
MORNING, EVENING = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "17:00", "18:00")
LATE, NOON = at(FRIDAY, "07:00"), at(FRIDAY, "12:00")
AFTER = at(FRIDAY + timedelta(days=1), "12:00")
ALL_DAY = interval(FRIDAY, "00:00", "23:45")
Act = Callable[..., Booking]


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space()


def states(booking: Booking) -> list[str]:
    return [one.status for one in booking.allocations.order_by("starts_at")]


def manager_of(booking: Booking) -> User:
    return make_manager(booking.site)


def person_of(booking: Booking) -> User:
    return booking.person


@pytest.mark.parametrize("by", [person_of, manager_of])
@pytest.mark.parametrize("act", [cancel, give_back])
@pytest.mark.parametrize("now", [LATE, NOON, AFTER])
def test_a_day_on_which_the_site_is_closed_is_given_up_for_nothing_at_any_time(
    space: Space, now: datetime, act: Act, by: Callable[[Booking], User]
) -> None:
    booking = book_for(make_user(), space, DAY)
    make_closure(space.site, ALL_DAY)

    act(booking=booking, by=by(booking), now=now)

    booking.refresh_from_db()
    assert (booking.status, owes(booking.person)) == ("cancelled", 0)
    assert all_adds_up()


@pytest.mark.parametrize("now", [NOON, AFTER])
def test_what_a_pass_gave_for_it_comes_back(space: Space, now: datetime) -> None:
    person = make_user()
    held = make_pass(person, TariffGrid.objects.get(), 10, at(MONDAY, "20:00"))
    booking = book_for(person, space, DAY)
    make_closure(space.site, ALL_DAY)
    taken = 10 - left(held)

    cancel(booking=booking, by=person, now=now)

    assert (taken, left(held), owes(person)) == (2, 10, 0)
    assert all_adds_up()


def test_two_closures_that_follow_each_other_close_the_day(space: Space) -> None:
    booking = book_for(make_user(), space, DAY)
    make_closure(space.site, MORNING)
    make_closure(space.site, interval(FRIDAY, "13:00", "18:00"), space)

    cancel(booking=booking, by=booking.person, now=AFTER)

    assert owes(booking.person) == 0


def test_another_space_s_closure_closes_nothing_here(space: Space) -> None:
    booking = book_for(make_user(), space, DAY)
    make_closure(space.site, ALL_DAY, make_space(space.site))

    with pytest.raises(AlreadyStarted):
        cancel(booking=booking, by=booking.person, now=AFTER)


def test_a_day_that_was_open_in_part_is_owed_once_it_has_begun(space: Space) -> None:
    booking = book_for(make_user(), space, DAY)
    make_closure(space.site, MORNING)

    for by in (booking.person, manager_of(booking)):
        with pytest.raises(AlreadyStarted):
            cancel(booking=booking, by=by, now=AFTER)
        with pytest.raises(AlreadyOver):
            give_back(booking=booking, by=by, now=AFTER)
    assert owes(booking.person) == 1400


def test_hours_that_change_afterwards_close_no_day_that_is_over(space: Space) -> None:
    booking = book_for(make_user(), space, DAY)
    OpeningHours.objects.filter(site=space.site).delete()

    with pytest.raises(AlreadyStarted):
        cancel(booking=booking, by=booking.person, now=AFTER)


def test_of_several_days_the_closed_one_is_given_back_once_it_is_over(space: Space) -> None:
    booking = book_for(make_user(), space, DAY, NEXT)
    make_closure(space.site, ALL_DAY)

    for _time in range(2):
        give_back(booking=booking, by=booking.person, now=AFTER, times=[DAY])

    booking.refresh_from_db()
    assert states(booking) == ["given_back", "confirmed"]
    assert (booking.interval, booking.sequence) == (NEXT, 1)
    assert owes(booking.person) == 1400
    assert all_adds_up()


def test_with_all_that_is_left_the_closed_day_goes_too(space: Space) -> None:
    booking = book_for(make_user(), space, DAY, NEXT)
    make_closure(space.site, ALL_DAY)

    give_back(booking=booking, by=booking.person, now=AFTER)

    booking.refresh_from_db()
    assert (booking.status, owes(booking.person)) == ("cancelled", 0)


def test_while_it_runs_the_closed_part_goes_whole_and_the_open_one_stays(space: Space) -> None:
    booking = book_for(make_user(), space, MORNING, EVENING)
    make_closure(space.site, EVENING)
    whole = owes(booking.person)

    give_back(booking=booking, by=booking.person, now=at(FRIDAY, "17:30"))

    booking.refresh_from_db()
    assert (states(booking), booking.interval) == (["confirmed", "given_back"], MORNING)
    assert owes(booking.person) == 800 < whole


def test_a_closed_evening_does_not_make_the_morning_free(space: Space) -> None:
    booking = book_for(make_user(), space, MORNING, EVENING)
    whole = owes(booking.person)
    make_closure(space.site, EVENING)

    cancel(booking=booking, by=booking.person, now=LATE)

    assert owes(booking.person) == whole // 2


def test_the_closed_evening_itself_is_given_back_late_for_nothing(space: Space) -> None:
    booking = book_for(make_user(), space, MORNING, EVENING)
    make_closure(space.site, EVENING)

    give_back(booking=booking, by=booking.person, now=LATE, times=[EVENING])

    assert owes(booking.person) == 800


def test_a_day_to_come_on_which_the_site_no_longer_opens_is_free_as_well(space: Space) -> None:
    booking = book_for(make_user(), space, DAY)
    OpeningHours.objects.filter(site=space.site).delete()

    cancel(booking=booking, by=booking.person, now=LATE)

    assert owes(booking.person) == 0


def test_a_day_of_which_the_site_opens_for_less_is_free_until_it_begins(space: Space) -> None:
    booking = book_for(make_user(), space, DAY)
    OpeningHours.objects.filter(site=space.site).update(closes_at="12:00")

    cancel(booking=booking, by=booking.person, now=LATE)

    assert owes(booking.person) == 0


def test_a_day_without_a_break_that_is_closed_in_part_is_free_until_it_begins(
    space: Space,
) -> None:
    booking = book_for(make_user(), space, DAY)
    make_closure(space.site, MORNING)

    cancel(booking=booking, by=booking.person, now=LATE)

    assert owes(booking.person) == 0
    assert all_adds_up()
