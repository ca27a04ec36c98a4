"""Accounts and bookings as old as it takes."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from bookings.models import Allocation, Booking
from network.models import User
from tests.bookings.bookings import booked
from tests.factories import NOW, make_space
from tests.network.people import make_member

LONG_AGO = NOW - timedelta(days=3000)


def unused_member(days: int) -> User:
    person = make_member()
    ages = {"joined_at": LONG_AGO, "last_login": NOW - timedelta(days=days)}
    User.objects.filter(pk=person.pk).update(**ages)
    return User.objects.get(pk=person.pk)


def make_old_booking(at: datetime) -> None:
    booking = booked(make_space())
    times = {"starts_at": at - timedelta(hours=3), "ends_at": at}
    Booking.objects.filter(pk=booking.pk).update(note="With Ada", **times)
    Allocation.objects.filter(booking=booking).update(**times)
    DBTaskResult.objects.all().delete()
