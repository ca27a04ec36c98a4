"""Who changes address takes their bookings along: told to the new one, taken out at the former."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from bookings.actions import cancel, change
from bookings.models import Booking
from bookings.wishes import Wish
from network.actions import correct_address
from network.models import User
from tests.bookings.calendars.imip import CalendarProgram
from tests.bookings.calendars.reading import MORNING, events, make_booking, row
from tests.factories import NOW, TUESDAY, holder, interval, make_site, make_space, make_user
from tests.mails import mailbox, part, words
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

FORMER, NEW = "adda@maillage.example", "ada@maillage.example"
AFTERNOON = interval(TUESDAY, "13:00", "17:00")
CODE = "4711#"


@pytest.fixture
def booking(run_tasks: RunTasks) -> Booking:
    """A booking of tomorrow, morning and afternoon, told to the address that is wrong."""
    space = make_space(make_site(access_notes=CODE))
    made = make_booking(make_user(FORMER), MORNING, AFTERNOON, space=space, note="By train")
    run_tasks()
    return made


def owner_changes(person: User) -> None:
    """Have allauth make a confirmed address the primary one, as its page does."""
    row = EmailAddress.objects.create(user=person, email=NEW, verified=True)
    row.set_as_primary()


def team_corrects(person: User) -> None:
    correct_address(person=person, address=NEW, by=holder("change_user"), now=NOW)


def admin_saves(person: User) -> None:
    person.email = NEW
    person.save()


def of_bookings(address: str) -> list[EmailMessage]:
    return [
        one
        for one in mailbox()
        if one["To"] == address and any(p.get_content_type() == "text/calendar" for p in one.walk())
    ]


def calendar_of(address: str) -> CalendarProgram:
    program = CalendarProgram(address)
    for one in of_bookings(address):
        program.read(one)
    return program


@pytest.mark.parametrize("changes", [owner_changes, team_corrects, admin_saves])
def test_the_new_address_has_the_booking_and_the_former_no_more(
    booking: Booking, run_tasks: RunTasks, changes: Callable[[User], None]
) -> None:
    mail_before = calendar_of(FORMER).times

    changes(booking.person)
    run_tasks()

    assert mail_before == [MORNING, AFTERNOON]
    assert calendar_of(NEW).times == [MORNING, AFTERNOON]
    assert calendar_of(FORMER).times == []
    assert of_bookings(NEW)[0]["Subject"].startswith("Réservation confirmée")
    feed_uids = {event.uid.value for event in events(booking.person)}
    assert feed_uids == {str(event["UID"]) for event in calendar_of(NEW).events}


def test_the_former_address_reads_no_code_no_note_and_not_the_new_address(
    booking: Booking, run_tasks: RunTasks
) -> None:
    mail.outbox.clear()

    team_corrects(booking.person)
    run_tasks()

    for one in of_bookings(FORMER):
        text = words(one) + part(one, "text/html") + part(one, "text/calendar")
        assert one["Subject"].startswith("Mise à jour de votre calendrier")
        assert not [secret for secret in (CODE, "By train", NEW) if secret in text]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_program_that_reads_both_addresses_keeps_the_booking(
    booking: Booking, run_tasks: RunTasks, backwards: bool
) -> None:
    team_corrects(booking.person)
    run_tasks()
    both = of_bookings(FORMER) + of_bookings(NEW)
    program = CalendarProgram("")

    for one in both[::-1] if backwards else both:
        program.me = one["To"]
        program.read(one)

    assert program.times == [MORNING, AFTERNOON]


def test_what_happens_before_the_mails_go_out_leaves_nothing_behind(
    booking: Booking, run_tasks: RunTasks
) -> None:
    team_corrects(booking.person)
    wish = Wish(space_id=booking.space_id, intervals=(AFTERNOON,))
    change(booking=booking, wish=wish, by=booking.person, now=NOW + timedelta(minutes=1))
    run_tasks()

    assert (calendar_of(FORMER).times, calendar_of(NEW).times) == ([], [AFTERNOON])


def test_nothing_is_left_at_the_former_when_it_is_then_cancelled(
    booking: Booking, run_tasks: RunTasks
) -> None:
    team_corrects(booking.person)
    cancel(booking=booking, by=booking.person, now=NOW + timedelta(minutes=1))
    run_tasks()

    assert (calendar_of(FORMER).times, calendar_of(NEW).times) == ([], [])


def test_back_at_the_first_address_the_booking_is_there_again(
    booking: Booking, run_tasks: RunTasks
) -> None:
    team_corrects(booking.person)
    run_tasks()
    correct_address(person=booking.person, address=FORMER, by=holder("change_user"), now=NOW)
    run_tasks()

    assert calendar_of(FORMER).times == [MORNING, AFTERNOON]
    assert calendar_of(NEW).times == []


def test_what_is_over_is_told_to_nobody(run_tasks: RunTasks) -> None:
    person = make_user(FORMER)
    past = row(person, interval(TUESDAY - timedelta(days=7), "09:00", "12:00"), make_space())

    team_corrects(person)
    run_tasks()

    past.refresh_from_db()
    assert past.sequence == 0
    assert of_bookings(NEW) == []


@pytest.mark.parametrize("fields", [["name"], ["last_login"], None])
def test_a_save_of_something_else_tells_nobody(booking: Booking, fields: list[str] | None) -> None:
    booking.person.name = "Ada Weiss"

    booking.person.save(update_fields=fields)

    booking.refresh_from_db()
    assert booking.sequence == 0
