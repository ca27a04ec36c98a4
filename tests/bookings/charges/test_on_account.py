"""A booking on account of an employer: who may make it, and who owes what becomes of it."""

from datetime import timedelta

import pytest

from billing.models import Charge
from billing.prices.durations import Duration
from bookings.actions import book, cancel, change, give_back
from bookings.charges.agreeing import charged_by, last_loss
from bookings.charges.moves import move_prices
from bookings.charges.prices import loss_of, price_of, price_of_wish
from bookings.charges.promises import Difference
from bookings.charges.repriced import repriced_with
from bookings.holds.holding import confirm
from bookings.models import Booking, Hold
from bookings.wishes import Means, Wish
from network.models import Membership, Organisation, User
from sites.intervals import Interval
from sites.models import Space
from subscriptions.errors import NotOnAccount
from subscriptions.models import Employee
from tests.billing.charging.turns import all_adds_up, told
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.charges.on_account import make_employee, make_employer, on_account
from tests.bookings.holds.holding import held
from tests.factories import (
    MONDAY,
    NOW,
    at,
    interval,
    make_manager,
    make_organisation,
    make_site,
    make_space,
    make_user,
)

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "12:00"), interval(FRIDAY, "14:00", "18:00")
LATE = at(FRIDAY, "07:00")


@pytest.fixture
def employer() -> Organisation:
    return make_employer()


@pytest.fixture
def ada(employer: Organisation) -> User:
    return make_employee(employer)


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space(units=3)


def owed(person: User, employer: Organisation) -> tuple[int, int]:
    """Return the cents that a person owes, and those that their employer does."""
    lines = Charge.objects.of_person(person), Charge.objects.of_organisation(employer)
    own, others = (sum(line.amount_cents for line in some) for some in lines)
    return own, others


def test_the_employer_owes_what_the_person_would_have_and_the_person_nothing(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)

    assert booking.organisation == employer
    assert owed(ada, employer) == (0, 800)
    price = price_of(booking, NOW)
    assert price
    assert price.cents == 800
    assert all_adds_up()


def test_an_own_booking_and_one_on_account_share_nothing_of_their_day(
    ada: User, employer: Organisation, space: Space
) -> None:
    book_for(ada, space, MORNING)

    paid = on_account(ada, employer, space, AFTERNOON)

    assert owed(ada, employer) == (800, 800)
    assert not repriced_with(paid)


def test_two_bookings_on_one_account_share_their_day(
    ada: User, employer: Organisation, space: Space
) -> None:
    on_account(ada, employer, space, MORNING)

    second = on_account(ada, employer, space, AFTERNOON)
    cancel(booking=second, by=ada, now=NOW)

    assert owed(ada, employer) == (0, 800)
    assert told(second.reference)[:2] == [("use", 800), ("adjustment", -200)]
    assert all_adds_up()


def test_bookings_on_two_accounts_share_nothing(space: Space) -> None:
    first, second = make_employer("Scierie"), make_employer("Moulin")
    ada = make_employee(first, second)

    on_account(ada, first, space, MORNING)
    on_account(ada, second, space, AFTERNOON)

    assert (owed(ada, first), owed(ada, second)) == ((0, 800), (0, 800))


def test_changed_and_moved_it_stays_on_the_account(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    other = make_space(make_site(operator=make_organisation("Town", "operator")))
    day = Wish(space_id=other.pk, intervals=(interval(FRIDAY, "08:00", "18:00"),))

    changed = change(booking=booking, wish=day, by=ada, now=NOW)

    assert changed.organisation == employer
    assert owed(ada, employer) == (0, 1400)
    assert all_adds_up()


def test_a_change_never_moves_it_to_another_account(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    own = Wish(space_id=space.pk, intervals=(AFTERNOON,), on_account_of=None)

    assert change(booking=booking, wish=own, by=ada, now=NOW).organisation == employer


def test_cancelled_in_time_the_employer_owes_nothing(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)

    booking = cancel(booking=booking, by=ada, now=NOW + timedelta(minutes=1))

    assert owed(ada, employer) == (0, 0)
    assert last_loss(booking).back_cents == 800
    assert all_adds_up()


def test_cancelled_late_the_employer_owes_the_share(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)

    assert loss_of(booking, ada, LATE).kept_cents == 400
    cancel(booking=booking, by=ada, now=LATE)

    assert owed(ada, employer) == (0, 400)
    assert all_adds_up()


def test_cancelled_late_by_who_runs_the_site_nothing_is_owed(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)

    cancel(booking=booking, by=make_manager(space.site), now=LATE)

    assert owed(ada, employer) == (0, 0)


def test_a_time_given_back_is_owed_no_more_by_the_employer(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING, AFTERNOON)

    give_back(booking=booking, by=ada, now=NOW, times=[AFTERNOON])

    assert owed(ada, employer) == (0, 800)
    assert all_adds_up()


def test_what_a_change_costs_counts_the_lines_of_the_account(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    day = Wish(space_id=space.pk, intervals=(interval(FRIDAY, "08:00", "18:00"),))

    def act() -> Booking:
        return change(booking=booking, wish=day, by=ada, now=NOW)

    assert charged_by(booking, act)[1] == Difference(600)


def test_what_is_shown_before_is_what_the_employer_will_owe(
    ada: User, employer: Organisation, space: Space
) -> None:
    book_for(ada, space, AFTERNOON)

    wish = Wish(space_id=space.pk, intervals=(MORNING,), on_account_of=employer.pk)

    before = price_of_wish(wish, space, ada, NOW)

    assert before
    assert (before.cents, before.saved_cents) == (800, 0)


def test_where_else_it_could_go_is_told_at_the_standard_price(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)

    prices = move_prices(booking, price_of(booking, NOW), NOW)

    assert prices
    assert (prices.payer.groups, list(prices.payer.held)) == ((), [])


def test_what_was_held_is_confirmed_on_account(
    ada: User, employer: Organisation, space: Space
) -> None:
    kept = held(space, MORNING)

    booking = confirm(hold=kept, person=ada, now=NOW, means=Means(on_account_of=employer.pk))

    assert booking.organisation == employer
    assert owed(ada, employer) == (0, 800)


def test_a_price_of_nothing_is_still_on_account(ada: User, employer: Organisation) -> None:
    make_grid(dict.fromkeys(Duration, 0))

    booking = on_account(ada, employer, make_space(), MORNING)

    assert Charge.objects.get().on_account_of == booking.organisation == employer


def test_who_is_no_employee_cannot_book_on_account(employer: Organisation, space: Space) -> None:
    stranger = make_user()

    with pytest.raises(NotOnAccount):
        on_account(stranger, employer, space, MORNING)

    assert not Booking.objects.exists()
    assert not Charge.objects.exists()


@pytest.mark.parametrize("kind", ["operator", "collectivity", "partner"])
def test_an_organisation_that_is_no_employer_pays_for_nobody(kind: str, space: Space) -> None:
    other = make_organisation("Other", kind)
    person = make_employee(other)

    with pytest.raises(NotOnAccount):
        on_account(person, other, space, MORNING)


def test_an_organisation_that_does_not_exist_is_refused_alike(ada: User, space: Space) -> None:
    with pytest.raises(NotOnAccount):
        book_for(ada, space, MORNING, on_account_of=999)


def test_refused_at_confirming_it_is_held_as_before(employer: Organisation, space: Space) -> None:
    kept = held(space, MORNING)

    with pytest.raises(NotOnAccount):
        confirm(hold=kept, person=make_user(), now=NOW, means=Means(on_account_of=employer.pk))

    assert Hold.objects.live(NOW).get() == kept


def test_who_only_runs_an_employer_does_not_book_on_its_account(
    employer: Organisation, space: Space
) -> None:
    grace = make_user()
    Membership.objects.create(person=grace, organisation=employer, role=Membership.Role.MANAGER)

    with pytest.raises(NotOnAccount):
        on_account(grace, employer, space, MORNING)


def test_until_the_end_of_the_last_day_one_books_on_account(
    ada: User, employer: Organisation, space: Space
) -> None:
    Employee.objects.update(until=MONDAY)

    afternoon = Wish(space_id=space.pk, intervals=(AFTERNOON,), on_account_of=employer.pk)

    on_account(ada, employer, space, MORNING)
    with pytest.raises(NotOnAccount):
        book(wish=afternoon, person=ada, by=ada, now=NOW + timedelta(days=1))

    assert owed(ada, employer) == (0, 800)


def test_who_left_gives_back_a_part_of_what_was_booked_on_account(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING, AFTERNOON)
    Employee.objects.all().delete()

    give_back(booking=booking, by=ada, now=NOW, times=[AFTERNOON])

    assert owed(ada, employer) == (0, 800)


@pytest.mark.parametrize(
    "instead", [AFTERNOON, interval(FRIDAY, "08:00", "18:00"), interval(FRIDAY, "10:00", "14:00")]
)
def test_who_left_takes_nothing_anew_on_account(
    ada: User, employer: Organisation, space: Space, instead: Interval
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    Employee.objects.all().delete()
    other = Wish(space_id=space.pk, intervals=(instead,))

    with pytest.raises(NotOnAccount):
        change(booking=booking, wish=other, by=ada, now=NOW)

    assert owed(ada, employer) == (0, 800)


def test_who_left_cancels_what_was_booked_on_account(
    ada: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(ada, employer, space, MORNING)
    Employee.objects.all().delete()

    cancel(booking=booking, by=ada, now=NOW)

    assert owed(ada, employer) == (0, 0)
