"""Who leaves an employer no longer uses its account: what they booked on it for later is cancelled.

They are told by the usual mail, and may book again on their own account. What is kept of what is
cancelled so late is the employer's to pay.
"""

from datetime import date, datetime
from typing import Any

from bookings.actions import give_back
from bookings.models import Booking
from sites.rules import local_day
from subscriptions.models import Employee
from subscriptions.signals import employee_leaves


def listen() -> None:
    """Follow who leaves."""
    employee_leaves.connect(follow, dispatch_uid="bookings.leaving")


def follow(employee: Employee, last_day: date, now: datetime, **told: Any) -> None:
    """Cancel what an employee has booked on the employer's account after their last day."""
    if employee.person is None:
        return
    mine = Booking.objects.active().filter(
        person=employee.person, organisation=employee.organisation_id, ends_at__gt=now
    )
    for booking in mine.select_related("site", "person").order_by("pk"):
        cancel_after(booking, last_day, now)


def cancel_after(booking: Booking, last_day: date, now: datetime) -> None:
    """Give back what a booking has after a day, if something, as its person would."""
    end = local_day(last_day, booking.site.zone).ends_at
    times = [one.interval for one in booking.allocations.confirmed() if one.starts_at >= end]
    if times:
        give_back(booking=booking, by=booking.person, now=now, times=times)
