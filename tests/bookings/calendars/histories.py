"""A booking of Léa's as it changes, and what programs make of the mails about it."""

from datetime import date, timedelta
from email.message import EmailMessage

from bookings.actions import cancel, change
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.bookings.calendars.imip import CalendarProgram
from tests.factories import NOW, TUESDAY, interval, make_space, make_user
from tests.mails import part

LEA = "lea@maillage.example"
MORNING, AFTERNOON = interval(TUESDAY, "09:00", "12:00"), interval(TUESDAY, "13:00", "17:00")
WEEK = [TUESDAY + timedelta(days=days) for days in range(3)]


def person() -> User:
    return User.objects.filter(email=LEA).first() or make_user(email=LEA)


def booked(*intervals: Interval, space: Space | None = None) -> Booking:
    return book_for(person(), space or make_space(), *intervals)


def changed(booking: Booking, *intervals: Interval, note: str = "", minutes: int = 1) -> Booking:
    wish = Wish(space_id=booking.space_id, intervals=intervals, note=note)
    now = NOW + timedelta(minutes=minutes)
    return change(booking=booking, wish=wish, by=person(), now=now)


def cancelled(booking: Booking, minutes: int = 2) -> Booking:
    return cancel(booking=booking, by=person(), now=NOW + timedelta(minutes=minutes))


def calendar_after(kind: type[CalendarProgram], sent: list[EmailMessage]) -> CalendarProgram:
    program = kind(LEA)
    for one in sent:
        program.read(one)
    return program


def days(starts: str, ends: str, *which: date) -> list[Interval]:
    return [interval(day, starts, ends) for day in which]


def events_of(message: EmailMessage) -> str:
    text = part(message, "text/calendar")
    return text[text.index("BEGIN:VEVENT") : text.index("END:VCALENDAR")]


def booking_times(booking: Booking) -> list[Interval]:
    held = booking.allocations.confirmed().values_list("starts_at", "ends_at")
    return sorted({Interval(*pair) for pair in held})
