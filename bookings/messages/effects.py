"""What a booking sets going outside the database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Model

from bookings.calendars import appointments_of
from bookings.messages.letters import Change
from bookings.messages.tasks import send_booking_mail, send_farewell
from bookings.messages.warnings import managers_of, send_site_warning
from bookings.models import Booking, SentAppointment
from network.insertions import insert
from network.jobs.rows import task_row
from sites.models import Site

__all__ = ["Change", "announce", "announce_new", "letter_of_new", "warn_site"]


def warn_site(site: Site, bookings: Iterable[Booking], now: datetime) -> None:
    """Have those who run the site told of bookings that became impossible: a mail for each."""
    keys = [booking.pk for booking in bookings]
    for manager in managers_of(site):
        send_site_warning.enqueue(site.pk, manager.pk, keys, now.isoformat())


def letter_of_new(booking: Booking) -> Model:
    """Return the row that has the person told of a booking of one time, as most are: one event.

    It is written together with the booking; nothing is asked of the database for it.
    """
    return task_row(send_booking_mail, booking.pk, Change.BOOKED.value, booking.sequence, 1)


def announce_new(booking: Booking, *, times: int) -> None:
    """Have the person told of what was just booked, `times` stretches of time."""
    if times == 1:
        insert(letter_of_new(booking))
    else:
        announce(booking, change=Change.BOOKED)


def announce(*bookings: Booking, change: Change) -> None:
    """Have each booking's person told, by rows of the current transaction: a mail for each event.

    What their calendar was told and the booking no longer has is taken out, whichever revision
    told it. The caller has locked the bookings, so no mail of an older revision slips in between.
    """
    events = events_to_tell(bookings)
    for booking in bookings:
        for number, former in events[booking.pk]:
            if former is None:
                send_booking_mail.enqueue(booking.pk, change.value, booking.sequence, number)
            else:
                send_farewell.enqueue(booking.pk, booking.sequence, former)


def events_to_tell(bookings: Sequence[Booking]) -> dict[int, list[tuple[int, int | None]]]:
    """Return by booking the numbers of the events that its person is to be told of, in order.

    With each comes the record of what an address they have left is to forget, if it is about that.
    """
    rows = Booking.objects.filter(pk__in=[booking.pk for booking in bookings])
    events: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for appointment in appointments_of(rows):
        events[appointment.booking.pk].append((appointment.number, None))
    standing = SentAppointment.objects.standing().filter(booking__in=rows)
    for sent in standing.select_related("booking__person").order_by("number", "pk"):
        event = sent.number, sent.pk if sent.is_former else None
        if event not in events[sent.booking_id]:
            events[sent.booking_id].append(event)
    return events
