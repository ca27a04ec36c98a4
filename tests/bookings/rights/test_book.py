"""Who may book for somebody else."""

import pytest
from django.core.exceptions import PermissionDenied

from bookings.actions import book
from bookings.models import Booking
from bookings.wishes import Wish
from tests.factories import NOW, TUESDAY, interval, make_space, make_user
from tests.persons import PERSONS

pytestmark = pytest.mark.django_db
MAY = {"manager", "administrator", "manages any", "superuser"}


@pytest.mark.parametrize("name", PERSONS)
def test_only_who_runs_the_site_or_may_manage_any_books_for_others(name: str) -> None:
    space, guest = make_space(), make_user()
    by = PERSONS[name](space.site)
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "09:00", "12:00"),))

    if name in MAY:
        book(wish=wish, person=guest, by=by, now=NOW)
    else:
        with pytest.raises(PermissionDenied):
            book(wish=wish, person=guest, by=by, now=NOW)

    assert Booking.objects.filter(person=guest, booked_by=by).exists() == (name in MAY)
