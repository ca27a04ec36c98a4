"""Mail and calendars as a neighbour from across the Rhine reads them."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from bookings.actions import cancel, change
from bookings.models import Booking
from bookings.wishes import Wish
from network.actions import choose_language
from tests.billing.bought import bought
from tests.bookings.calendars.reading import MORNING, make_booking
from tests.bookings.messages.test_impossible_told import save_closed
from tests.factories import NOW, TUESDAY, interval, make_manager, make_site, make_space, make_user
from tests.mails import mailbox, part
from tests.network.people import PASSWORD, make_member, sign_in
from tests.shown import marked_catalogue, said_by, strangers
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

AFTERNOON = interval(TUESDAY, "14:00", "16:00")
NEXT_DAY = interval(TUESDAY + timedelta(days=1), "09:00", "12:00")


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ").replace("\u2060", "")


def booked() -> Booking:
    """Give Jürgen Tuesday and Wednesday morning in La Fabrique."""
    person = make_user(email="juergen@maillage.example", name="Jürgen", language="de")
    site = make_site(name="La Fabrique", access_notes="Code 1234")
    space = make_space(site, units=2, name="Salle bleue")
    return make_booking(person, MORNING, NEXT_DAY, space=space, note="Bis bald!")


def moved(booking: Booking) -> Booking:
    wish = Wish(space_id=booking.space_id, intervals=(AFTERNOON,), note="Bis bald!")
    return change(booking=booking, wish=wish, by=booking.person, now=NOW)


def test_subjects_say_the_fact_the_day_and_the_hours(run_tasks: RunTasks) -> None:
    booking = booked()
    run_tasks()
    moved(booking)
    run_tasks()
    cancel(booking=booking, by=booking.person, now=NOW)
    run_tasks()

    subjects = [plain(message["Subject"]) for message in mailbox()]

    where = "La Fabrique, Dienstag, 24. November"
    assert f"Buchung bestätigt: {where}, 9–12:30 Uhr und 1 weitere Zeit" in subjects
    assert f"Buchung geändert: {where}, 14–16 Uhr" in subjects
    assert f"Buchung storniert: {where}, 14–16 Uhr" in subjects


def test_the_appointment_is_in_german_too(run_tasks: RunTasks) -> None:
    booking = booked()
    run_tasks()

    event = vobject.readOne(part(mailbox()[0], "text/calendar")).vevent

    assert event.summary.value == "La Fabrique – Salle bleue"
    assert event.description.value == (
        f"Buchung {booking.reference}\nIhre Nachricht: Bis bald!\nSo kommen Sie hinein: Code 1234\n"
        f"Ansehen, ändern oder stornieren: http://localhost:8000/bookings/{booking.reference}/"
    )


@pytest.fixture
def marked(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [marked_catalogue("de", tmp_path)]


def said(message: EmailMessage) -> Iterator[str]:
    """Yield what a mail says: subject, text, page and appointment."""
    yield str(message["Subject"])
    for one in message.walk():
        if one.get_content_type() == "text/plain":
            yield str(one.get_content())
        elif one.get_content_type() == "text/html":
            yield said_by(str(one.get_content()), "de")
        elif one.get_content_type() == "text/calendar":
            event = vobject.readOne(part(message, "text/calendar")).vevent
            yield f"{event.summary.value}\n{event.description.value}"


def left_over() -> list[str]:
    """Return what any mail says that is in no catalogue."""
    return strangers("\n".join(text for message in mailbox() for text in said(message)), "de")


def german() -> Client:
    return Client(headers={"accept-language": "de"})


@pytest.mark.usefixtures("marked")
def test_no_mail_about_a_booking_says_anything_in_another_language(
    team: Client, run_tasks: RunTasks
) -> None:
    booking = booked()
    make_manager(booking.site, email="leitung@maillage.example", language="de")
    run_tasks()
    moved(booking)
    run_tasks()
    save_closed(team, booking.site)
    run_tasks()
    cancel(booking=booking, by=booking.person, now=NOW)
    run_tasks()

    assert len(mailbox()) > 6
    assert left_over() == []


@pytest.mark.usefixtures("marked")
def test_no_mail_about_a_pass_says_anything_in_another_language(run_tasks: RunTasks) -> None:
    bought(make_user(language="de"))
    run_tasks()

    assert len(mailbox()) == 1
    assert left_over() == []


@pytest.mark.usefixtures("marked")
def test_no_mail_about_an_account_says_anything_in_another_language(run_tasks: RunTasks) -> None:
    choose_language(by=make_member(), language="de")
    for email in ("ada@maillage.example", "neu@maillage.example"):
        newcomer = {"name": "Neu", "email": email, "password1": "correct horse 9"}
        german().post(reverse("account_signup"), newcomer)
        german().post(reverse("account_reset_password"), {"email": f"x{email}"})
    german().post(reverse("account_reset_password"), {"email": "ada@maillage.example"})
    client = german()
    sign_in(client)
    words = {"oldpassword": PASSWORD, "password1": "otter horse 9", "password2": "otter horse 9"}
    client.post(reverse("account_change_password"), words)
    run_tasks()

    said_first = {str(message["Subject"]).rpartition(": ")[2] for message in mailbox()}
    assert {subject.strip("⟦⟧") for subject in said_first} == {
        "Ihr Code für Maillage",
        "Ihr Code für ein neues Passwort",
        "Ihr Passwort wurde geändert",
        "Kein Konto mit dieser Adresse",
        "Sie haben schon ein Konto",
    }
    assert left_over() == []
