"""A booking on an employer's account keeps its team's rules, spends its seats, counts for it."""

from datetime import timedelta

import pytest

from billing.prices.durations import Duration
from bookings.actions import book, cancel, change
from bookings.charges.prices import price_of
from bookings.charges.turns import Agreed
from bookings.holds.holding import confirm
from bookings.models import Booking
from bookings.wishes import Means, Wish
from network.models import User
from sites.models import Space
from subscriptions.errors import CreditsUsedUp, RuleRefused, ToBeApproved
from subscriptions.models import Employee, OnAccount
from subscriptions.taking.seats import seat_newcomer
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid
from tests.bookings.charges.on_account import on_account
from tests.bookings.holds.holding import held
from tests.factories import MONDAY, NOW, interval, make_space, make_user
from tests.subscriptions.employers import (
    make_cost_centre,
    make_employee,
    make_employer,
    make_team,
)
from tests.subscriptions.taken import taken, version

pytestmark = pytest.mark.django_db
DAYS = [MONDAY + timedelta(days=7 + n) for n in range(5)]
MORNINGS = [interval(day, "08:00", "12:00") for day in DAYS]
DAY = interval(DAYS[0], "08:00", "18:00")


@pytest.fixture
def space() -> Space:
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})
    return make_space(units=3)


@pytest.fixture
def boss() -> User:
    return make_user()


@pytest.fixture
def ada(boss: User) -> Employee:
    employer = make_employer(boss)
    team = make_team(employer, "Ventes", days_a_week=2, approval_above_cents=1000)
    return make_employee(employer, team=team, cost_centre=make_cost_centre(employer, "V-1"))


def booked(by: Employee, space: Space, *days: int) -> list[Booking]:
    """Have somebody book some mornings of next week, each by itself."""
    assert by.person is not None
    return [on_account(by.person, by.organisation, space, MORNINGS[day]) for day in days]


def wish_of(booking: Booking, *days: int) -> Wish:
    times = tuple(MORNINGS[day] for day in days)
    return Wish(space_id=booking.space_id, intervals=times, spends_passes=True)


def test_it_counts_for_its_employer_in_the_team_and_cost_centre_of_that_day(
    ada: Employee, space: Space
) -> None:
    (booking,) = booked(ada, space, 0)
    Employee.objects.update(team=None, cost_centre=None)

    row = OnAccount.objects.get()
    assert (row.subject, row.person, row.made_at) == (booking.reference, ada.person, NOW)
    assert (row.team, row.cost_centre) == (ada.team, ada.cost_centre)


def test_the_third_day_of_a_week_is_refused_in_words_and_nothing_is_written(
    ada: Employee, space: Space
) -> None:
    booked(ada, space, 0, 1)

    with pytest.raises(RuleRefused, match="Ventes"):
        booked(ada, space, 2)

    assert Booking.objects.count() == OnAccount.objects.count() == 2


def test_a_cancelled_day_is_free_again(ada: Employee, space: Space) -> None:
    first, _second = booked(ada, space, 0, 1)
    assert ada.person is not None

    cancel(booking=first, by=ada.person, now=NOW)

    booked(ada, space, 2)


def test_a_change_keeps_the_rules_too_and_one_that_takes_less_is_never_refused(
    ada: Employee, space: Space
) -> None:
    first, _second = booked(ada, space, 0, 1)
    assert ada.person is not None

    with pytest.raises(RuleRefused):
        change(booking=first, wish=wish_of(first, 0, 2), by=ada.person, now=NOW)
    first.refresh_from_db()

    moved = change(booking=first, wish=wish_of(first, 3), by=ada.person, now=NOW)
    assert moved.starts_at == MORNINGS[3].starts_at


def test_days_without_a_price_count_as_well(ada: Employee) -> None:
    free = make_space(units=3)
    booked(ada, free, 0, 1)

    with pytest.raises(RuleRefused):
        booked(ada, free, 2)


def test_above_a_price_somebody_has_to_approve_first(ada: Employee, space: Space) -> None:
    assert ada.person is not None

    with pytest.raises(ToBeApproved):
        on_account(ada.person, ada.organisation, space, DAY)
    assert not Booking.objects.exists()

    hold = held(space, DAY)
    made = confirm(
        hold=hold,
        person=ada.person,
        now=NOW,
        agreed=Agreed(is_approved=True),
        means=Means(on_account_of=ada.organisation_id),
    )
    assert OnAccount.objects.get().subject == made.reference


def test_the_persons_own_bookings_ask_nobody(ada: Employee, space: Space) -> None:
    assert ada.person is not None
    for time in MORNINGS:
        wish = Wish(space_id=space.pk, intervals=(time,))
        book(wish=wish, person=ada.person, by=ada.person, now=NOW)

    assert not OnAccount.objects.exists()


def test_a_seat_pays_before_the_employer_does(boss: User, ada: Employee, space: Space) -> None:
    taken(version(half_days=1), boss, organisation=ada.organisation, starts_on=MONDAY)
    seat_newcomer(employee=ada, now=NOW)
    space.site.category = "rural"
    space.site.save()

    covered, owed = booked(ada, space, 1, 2)  # both in December

    prices = [price_of(one, NOW) for one in (covered, owed)]
    assert [one and one.cents for one in prices] == [0, 800]
    assert all_adds_up()


def test_a_plan_without_anything_beyond_its_credits_refuses_what_they_do_not_cover(
    boss: User, ada: Employee, space: Space
) -> None:
    of = version(half_days=1, has_overage=False)
    taken(of, boss, organisation=ada.organisation, starts_on=MONDAY)
    seat_newcomer(employee=ada, now=NOW)

    booked(ada, space, 1)

    with pytest.raises(CreditsUsedUp):
        booked(ada, space, 2)
