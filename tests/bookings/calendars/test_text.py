"""Whatever people typed, a calendar can be read whole, by whichever program."""

from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings.calendars import appointments_of, feed_calendar, invitation
from bookings.models import Booking
from network.text import many_lines, one_line
from tests.bookings.calendars.reading import feed, make_booking
from tests.factories import NOW, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

NAMES = (
    *("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "CREATED", "LAST-MODIFIED", "STATUS"),
    *("TRANSP", "SUMMARY", "LOCATION", "GEO", "URL", "DESCRIPTION"),
)
SIGNS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r\n\t\x00\x7f\u202e\u2066\ufeff;,:\\\"'^é😀 n"
#: A database holds neither lone halves of a character nor, on PostgreSQL, NUL.
typed = st.text(st.one_of(st.sampled_from(SIGNS), st.characters()), max_size=40)


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_sign_loses_the_door_code(sign: str) -> None:
    person = make_user()
    site = make_site(name=f"La Fabrique{sign}du Val", access_notes=f"Sonnez{sign}Code 1234")
    make_booking(person, space=make_space(site), note=f"Un{sign}mot")

    calendar: Any = icalendar.Calendar.from_ical(feed(person))

    (event,) = calendar.walk("VEVENT")
    assert event.errors == []
    assert "Sonnez\nCode 1234" in event["DESCRIPTION"]
    assert event["LOCATION"].startswith("La Fabrique du Val, ")
    assert len(feed(person).decode().splitlines()) == feed(person).count(b"\r\n")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=typed, note=typed, access=typed, who=typed)
def test_any_text_comes_back_whole(name: str, note: str, access: str, who: str) -> None:
    booking = unsaved(name, note, access, who)

    for calendar in (feed_calendar([booking], NOW), invitation(booking, NOW)):
        for event in read_twice(calendar):
            assert [one for one in NAMES if one not in event] == []
            if many_lines(access).strip():
                assert many_lines(access).strip() in event["DESCRIPTION"]
            assert event["SUMMARY"].startswith(one_line(f"{name} – Salle"))


def unsaved(name: str, note: str, access: str, who: str) -> Any:
    """Return an appointment whose rows say what no form would let through."""
    kept = Booking.objects.first() or make_booking(make_user(email="lea@maillage.example"))
    (appointment,) = appointments_of(Booking.objects.filter(pk=kept.pk))
    booking = appointment.booking
    booking.site.name, booking.site.access_notes, booking.note = name, access, note
    booking.space.name, booking.person.name = "Salle", who
    return appointment


def read_twice(calendar: bytes) -> list[dict[str, str]]:
    """Return the one event as two libraries read it."""
    event: Any = icalendar.Calendar.from_ical(calendar).walk("VEVENT")[0]
    assert event.errors == []
    other = vobject.readOne(calendar.decode()).vevent
    read = {key.upper(): str(line[0].value) for key, line in other.contents.items()}
    return [{key: str(value) for key, value in event.items()}, read]


def test_an_address_in_a_calendar_is_ascii() -> None:
    booking = make_booking(make_user(email="a%b?c@xn--mairie-vill-lbb.example"))
    (appointment,) = appointments_of(Booking.objects.filter(pk=booking.pk))

    event = vobject.readOne(invitation(appointment, NOW).decode()).vevent

    assert event.attendee.value == "mailto:a%25b%3Fc@xn--mairie-vill-lbb.example"


def test_a_calendar_without_bookings_has_a_component() -> None:
    calendar: Any = icalendar.Calendar.from_ical(feed(make_user()))

    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]
