"""What lay in closures and nobody gave up is given back once its day is over: nobody could come.

A closure may be told late, or be told to people who do nothing about it: they do not pay it.
"""

from datetime import datetime, timedelta

import structlog
from django.db.models import Exists, OuterRef, Q, QuerySet

from billing.models import Charge
from bookings.actions import give_back
from bookings.lost import closed_times, held_times
from bookings.models import Allocation, Booking
from network.jobs.chores import next_batch
from sites.intervals import Interval
from sites.models import Closure
from sites.rules import local_day

logger = structlog.get_logger(__name__)

#: What was closed longer ago is left as it was charged.
LOOKS_BACK = timedelta(days=62)


def give_back_closed_days(now: datetime) -> None:
    """Give back what is over and lay in closures, each booking in a transaction of its own."""
    after = None
    while batch := next_batch(met_by_closures(now), after):
        for booking in Booking.objects.filter(pk__in=batch).select_related("site", "person"):
            give_back_in_passing(booking, now)
        after = batch[-1]


def met_by_closures(now: datetime) -> QuerySet[Booking]:
    """Return the bookings that were charged and hold something past that meets a closure."""
    since = now - LOOKS_BACK
    recent = Closure.objects.filter(starts_at__lt=now, ends_at__gt=since)
    meeting = recent.filter(
        Q(space=OuterRef("space")) | Q(space=None),
        site=OuterRef("site"),
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    past = Allocation.objects.confirmed().filter(
        Exists(meeting), booking=OuterRef("pk"), ends_at__gt=since, ends_at__lte=now
    )
    charged = Charge.objects.filter(subject=OuterRef("reference"))
    at_sites = Booking.objects.active().filter(site__in=recent.values("site"))
    return at_sites.filter(Exists(past), Exists(charged), ends_at__gt=since, starts_at__lt=now)


def give_back_in_passing(booking: Booking, now: datetime) -> None:
    """Give back what of a booking is to be, if it still is; one that fails keeps up no other."""
    try:
        if times := closed_and_over(booking, now):
            give_back(booking=booking, by=booking.person, now=now, times=times)
    except Exception:
        logger.exception("closed day not given back", booking=booking.reference)


def closed_and_over(booking: Booking, now: datetime) -> list[Interval]:
    """Return the times of a booking that lie in closures, of local days that are over."""
    zone = booking.site.zone
    days = {one: one.starts_at.astimezone(zone).date() for one in held_times(booking)}
    return closed_times(
        booking, (one for one, day in days.items() if local_day(day, zone).ends_at <= now)
    )
