"""What is read of a person's bookings."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch, Q

from api.queries.cursors import opened, page_of
from api.schemas.bookings import BookingsIn
from bookings.models import Allocation, Booking, BookingQuerySet
from network.models import User


def with_places(bookings: BookingQuerySet) -> BookingQuerySet:
    """Return `bookings` with all that an answer tells of them."""
    kept = Allocation.objects.kept().order_by("starts_at", "pk")
    allocations = Prefetch("allocations", queryset=kept)
    return bookings.select_related("site", "space", "person").prefetch_related(allocations)


def bookings_page(
    person: User, query: BookingsIn, now: datetime
) -> tuple[Sequence[Booking], str | None]:
    """Return a page of the person's own bookings, latest first, and the cursor."""
    bookings = with_places(Booking.objects.of(person)).order_by("-starts_at", "-pk")
    if query.status:
        bookings = bookings.filter(status=query.status)
    if query.when:
        bookings = bookings.upcoming(now) if query.when == "upcoming" else bookings.past(now)
    if query.cursor:
        text, pk = opened("bookings", query.cursor)
        starts_at = datetime.fromisoformat(text)
        earlier = Q(starts_at__lt=starts_at) | Q(starts_at=starts_at, pk__lt=pk)
        bookings = bookings.filter(earlier)
    rows = list(bookings[: query.limit + 1])
    return page_of(rows, query.limit, "bookings", lambda one: [one.starts_at.isoformat(), one.pk])
