"""A person cancels a booking."""

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from bookings.actions import cancel
from bookings.errors import AlreadyCancelled, AlreadyStarted
from bookings.models import Allocation, Booking
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_manager, make_space, make_user

pytestmark = pytest.mark.django_db
MORNING = interval(TUESDAY, "08:00", "12:00")


def booked(space: Space) -> Booking:
    return book_for(make_user(), space, MORNING)


def test_cancelling_frees_the_unit_for_others_and_tells_the_person() -> None:
    booking = booked(space := make_space(units=1))

    cancel(booking=booking, by=booking.person, now=NOW)

    booking.refresh_from_db()
    assert (booking.status, booking.sequence) == (Booking.Status.CANCELLED, 1)
    assert booking.allocations.get().status == Allocation.Status.RELEASED
    assert booked(space).pk
    assert DBTaskResult.objects.count() == 3


def test_cancelling_twice_is_refused() -> None:
    booking = booked(make_space())
    cancel(booking=booking, by=booking.person, now=NOW)

    with pytest.raises(AlreadyCancelled):
        cancel(booking=booking, by=booking.person, now=NOW)


def test_what_has_begun_is_not_cancelled() -> None:
    booking = booked(make_space())

    with pytest.raises(AlreadyStarted):
        cancel(booking=booking, by=booking.person, now=MORNING.starts_at)


def test_a_stranger_may_not_cancel_it_but_the_sites_manager_may() -> None:
    booking = booked(space := make_space())

    with pytest.raises(PermissionDenied):
        cancel(booking=booking, by=make_user(), now=NOW)
    cancel(booking=booking, by=make_manager(space.site), now=NOW)

    booking.refresh_from_db()
    assert not booking.is_active
