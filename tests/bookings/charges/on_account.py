"""People who book on account of an employer, for tests."""

from typing import Any

from bookings.models import Booking
from network.models import Organisation, User
from sites.intervals import Interval
from sites.models import Space
from subscriptions.models import Employee
from tests.bookings.bookings import book_for
from tests.factories import MONDAY, make_organisation, make_user


def make_employer(name: str = "Scierie du Ried") -> Organisation:
    return make_organisation(name, "employer")


def employ(person: User, *employers: Organisation) -> User:
    """Have a person be an employee of some employers since today."""
    for one in employers:
        Employee.objects.create(person=person, organisation=one, since=MONDAY)
    return person


def make_employee(*employers: Organisation, **fields: Any) -> User:
    return employ(make_user(**fields), *(employers or (make_employer(),)))


def on_account(
    person: User, employer: Organisation, space: Space, *times: Interval, **fields: Any
) -> Booking:
    """Have a person book a space on account of an employer."""
    return book_for(person, space, *times, on_account_of=employer.pk, **fields)
