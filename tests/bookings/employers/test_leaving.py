"""Who leaves an employer keeps what is theirs; what it was to pay for after that is cancelled."""

from datetime import timedelta

import pytest

from billing.models import Charge
from bookings.models import Booking
from network.models import User
from sites.models import Space
from subscriptions.models import Employee, OnAccount
from subscriptions.people.leaving import leave
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.charges.on_account import on_account
from tests.factories import MONDAY, NOW, interval, make_space, make_user
from tests.subscriptions.employers import make_employee, make_employer

pytestmark = pytest.mark.django_db
LAST = MONDAY + timedelta(days=2)
BEFORE, AFTER = (interval(MONDAY + timedelta(days=n), "08:00", "12:00") for n in (2, 7))


@pytest.fixture
def boss() -> User:
    return make_user()


@pytest.fixture
def ada(boss: User) -> Employee:
    return make_employee(make_employer(boss))


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space(units=3)


def is_active(booking: Booking) -> bool:
    booking.refresh_from_db()
    return booking.is_active


def test_what_is_booked_on_its_account_after_the_last_day_is_cancelled_and_nothing_else(
    ada: Employee, boss: User, space: Space
) -> None:
    assert ada.person is not None
    kept = on_account(ada.person, ada.organisation, space, BEFORE)
    gone = on_account(ada.person, ada.organisation, space, AFTER)
    own = book_for(ada.person, space, interval(MONDAY + timedelta(days=8), "08:00", "12:00"))

    leave(employee=ada, last_day=LAST, by=boss, now=NOW)

    assert [is_active(one) for one in (kept, gone, own)] == [True, False, True]
    owed = Charge.objects.of_organisation(ada.organisation).of_subject(gone.reference)
    assert sum(one.amount_cents for one in owed) == 0
    assert all_adds_up()


def test_of_several_days_those_after_it_go_and_the_others_stay(
    ada: Employee, boss: User, space: Space
) -> None:
    assert ada.person is not None
    both = on_account(ada.person, ada.organisation, space, BEFORE, AFTER)

    leave(employee=ada, last_day=LAST, by=boss, now=NOW)

    assert [one.interval for one in both.allocations.confirmed()] == [BEFORE]


def test_the_employers_totals_stay(ada: Employee, boss: User, space: Space) -> None:
    assert ada.person is not None
    on_account(ada.person, ada.organisation, space, BEFORE)

    leave(employee=ada, last_day=LAST, by=boss, now=NOW)

    assert OnAccount.objects.filter(organisation=ada.organisation).count() == 1
    owed = Charge.objects.of_organisation(ada.organisation)
    assert sum(one.amount_cents for one in owed) == 800
