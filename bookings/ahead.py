"""What a person has booked that is not over: two statements, however much it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, DateTimeField, QuerySet

from bookings.models import Allocation, Booking, BookingQuerySet
from network.models import User
from network.sql import Given, kept, together
from sites.intervals import Interval


@dataclass(frozen=True)
class Ahead:
    """A booking that is not over, and what it holds."""

    booking: Booking
    allocations: Sequence[Allocation]

    @property
    def intervals(self) -> list[Interval]:
        """Return the booking's times, sorted, once each."""
        return sorted({one.interval for one in self.allocations})

    @property
    def last_day(self) -> date:
        """Return the last day of its times, by the clocks of the site."""
        return self.booking.ends_at.astimezone(self.booking.site.zone).date()

    def with_times(self) -> Booking:
        """Return the booking, of which no time is read any more: as if prefetched."""
        rows = self.booking.allocations.all()
        rows._result_cache = list(self.allocations)
        self.booking._prefetched_objects_cache = {"allocations": rows}  # type: ignore[attr-defined]  # Django's own
        return self.booking


def bookings_ahead(person: User, now: datetime) -> list[Ahead]:
    """Return the person's bookings that are not over, the next one first."""
    asked = AskedAhead(person, now)
    together(*asked.statements)
    return asked.found()


class AskedAhead:
    """What `bookings_ahead` reads, to be asked together with something else."""

    def __init__(self, person: User, now: datetime) -> None:
        self.times = times_ahead_of_person().asked(person=person.pk, now=now)
        self.bookings = told_ahead_of_person().asked(person=person.pk, now=now)
        self.statements = self.times, self.bookings

    def found(self) -> list[Ahead]:
        """Return what was read, once it was asked."""
        held: dict[int | None, list[Allocation]] = defaultdict(list)
        for one in self.times.rows:
            held[one.booking_id].append(one)
        return [Ahead(one, held[one.pk]) for one in self.bookings.rows]


def ahead_of_person() -> BookingQuerySet:
    """Return what a person who is told later has, at an instant told later."""
    person, now = Given("person", BigIntegerField()), Given("now", DateTimeField())
    return Booking.objects.of(person).active().upcoming(now)


@kept
def told_ahead_of_person() -> QuerySet[Booking]:
    """Return the bookings with what pages tell of them."""
    told = ahead_of_person().select_related("space", "site__commune")
    return told.order_by("starts_at", "pk")


@kept
def times_ahead_of_person() -> QuerySet[Allocation]:
    """Return the times of those bookings, each with its unit."""
    times = Allocation.objects.kept().filter(booking__in=ahead_of_person())
    return times.select_related("unit").order_by("starts_at", "unit__label")
