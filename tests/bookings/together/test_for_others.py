"""Who books for an employer's people may act for them on its account alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from billing.models import CancellationPolicy, Charge
from billing.prices.durations import Duration
from bookings.actions import book, cancel, change
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from subscriptions.errors import NotOnAccount, RuleRefused
from subscriptions.models import Employee
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.together.office import DAYS, Office, make_office
from tests.factories import MONDAY, NOW, TUESDAY, interval, make_manager, make_user
from tests.subscriptions.employers import make_employee, make_employer, make_team, runs

pytestmark = pytest.mark.django_db
MORNINGS = [interval(day, "08:00", "12:00") for day in DAYS]


@pytest.fixture
def office() -> Office:
    return make_office()


def wish(office: Office, day: int = 0, account: int | None = None) -> Wish:
    """Return a morning at the first site."""
    account = office.employer.pk if account is None else account
    return Wish(
        space_id=office.spaces[0].pk, intervals=(MORNINGS[day],), on_account_of=account or None
    )


def test_an_assistant_and_who_runs_the_employer_book_for_its_people(office: Office) -> None:
    boss, ada = make_user(), office.people[0]
    runs(boss, office.employer)

    for day, by in enumerate((office.assistant, boss)):
        made = book(wish=wish(office, day), person=ada, by=by, now=NOW)
        assert (made.person, made.booked_by, made.organisation) == (ada, by, office.employer)


def test_never_on_the_persons_own_account(office: Office) -> None:
    with pytest.raises(PermissionDenied):
        book(wish=wish(office, account=0), person=office.people[0], by=office.assistant, now=NOW)


def test_never_on_the_account_of_the_persons_other_employer(office: Office) -> None:
    other = make_employer()
    make_employee(other, office.people[0])

    with pytest.raises(PermissionDenied):
        book(
            wish=wish(office, account=other.pk),
            person=office.people[0],
            by=office.assistant,
            now=NOW,
        )


def test_each_employer_of_a_person_of_two_books_on_its_own_account(office: Office) -> None:
    other, assistant, ada = make_employer(), make_user(), office.people[0]
    make_employee(other, ada)
    make_employee(other, assistant, books_for_others=True)

    mine = book(wish=wish(office), person=ada, by=office.assistant, now=NOW)
    theirs = book(wish=wish(office, 1, other.pk), person=ada, by=assistant, now=NOW)

    with pytest.raises(PermissionDenied):
        cancel(booking=theirs, by=office.assistant, now=NOW)
    with pytest.raises(PermissionDenied):
        cancel(booking=mine, by=assistant, now=NOW)


def test_never_for_somebody_who_is_not_of_the_employer(office: Office) -> None:
    with pytest.raises(NotOnAccount):
        book(wish=wish(office), person=make_user(), by=office.assistant, now=NOW)


def test_a_stranger_among_the_people_of_an_order_is_refused(office: Office) -> None:
    stranger = make_user()
    make_employee(make_employer(), stranger)
    cell = office.cell(0, 0)

    with pytest.raises(PermissionDenied):
        office.book(cell, type(cell)(stranger, cell.site, cell.day))


@pytest.mark.parametrize("who", ["left", "no longer", "other employer", "colleague"])
def test_who_does_not_book_for_others_may_not_order(office: Office, who: str) -> None:
    by = refused_one(office, who)

    with pytest.raises(PermissionDenied):
        office.book(office.cell(0, 0), by=by)
    assert not Booking.objects.exists()


def refused_one(office: Office, who: str) -> User:
    """Return somebody who does not book for the employer's people."""
    mine = Employee.objects.filter(person=office.assistant)
    if who == "left":
        mine.update(since=MONDAY - timedelta(days=9), until=MONDAY - timedelta(days=1))
    elif who == "no longer":
        mine.update(books_for_others=False)
    elif who == "other employer":
        by = make_user()
        make_employee(make_employer(), by, books_for_others=True)
        return by
    else:
        return office.people[1]
    return office.assistant


def test_an_assistant_changes_and_cancels_what_was_booked_for_somebody(office: Office) -> None:
    (booking,) = office.book(office.cell(0, 0))

    moved = change(booking=booking, wish=wish(office, 2), by=office.assistant, now=NOW)
    assert (moved.starts_at, moved.organisation) == (MORNINGS[2].starts_at, office.employer)

    assert not cancel(booking=moved, by=office.assistant, now=NOW).is_active


def test_a_change_by_an_assistant_keeps_the_rules_of_the_team(office: Office) -> None:
    team = make_team(office.employer, "Ventes", days_a_week=1)
    Employee.objects.filter(person=office.people[0]).update(team=team)
    (booking,) = office.book(office.cell(0, 0))
    two_days = Wish(space_id=office.spaces[0].pk, intervals=tuple(MORNINGS[:2]))

    with pytest.raises(RuleRefused):
        change(booking=booking, wish=two_days, by=office.assistant, now=NOW)


def test_what_a_person_booked_alone_is_left_to_them(office: Office) -> None:
    own = book_for(
        office.people[0], office.spaces[0], MORNINGS[0], on_account_of=office.employer.pk
    )

    with pytest.raises(PermissionDenied):
        cancel(booking=own, by=office.assistant, now=NOW)


def test_an_assistant_of_yesterday_cancels_nothing(office: Office) -> None:
    (booking,) = office.book(office.cell(0, 0))
    Employee.objects.filter(person=office.assistant).update(books_for_others=False)

    with pytest.raises(PermissionDenied):
        cancel(booking=booking, by=office.assistant, now=NOW)


def test_who_books_for_others_sees_no_hours_nor_desk_of_it(office: Office) -> None:
    (booking,) = office.book(office.cell(0, 0))

    assert not Booking.objects.visible_to(office.assistant).exists()
    assert list(Booking.objects.visible_to(office.people[0])) == [booking]


@pytest.mark.parametrize(("by_site", "kept"), [(False, 1400), (True, 0)])
def test_late_an_assistant_cancels_as_the_person_would_and_the_site_for_nothing(
    office: Office, by_site: bool, kept: int
) -> None:
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})
    CancellationPolicy.objects.create(kind="desk", free_hours=48, late_percent=100)
    cell = office.cell(0, 0)
    (booking,) = office.book(type(cell)(cell.person, cell.site, TUESDAY))
    by = make_manager(office.sites[0]) if by_site else office.assistant

    cancel(booking=booking, by=by, now=NOW)

    lines = Charge.objects.filter(on_account_of=office.employer)
    assert sum(lines.values_list("amount_cents", flat=True)) == kept
    assert all_adds_up()
