"""The mail that tells of a booking: the fact, what to do, where, how to get in, the appointment."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from time_machine import Traveller

from bookings.actions import book, cancel, change
from bookings.errors import NoUnitFree
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_manager,
    make_site,
    make_space,
    make_user,
)
from tests.mails import part, read
from tests.mailserver import MailServer
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

MORNING = interval(TUESDAY, "09:00", "12:30")
AFTERNOON = interval(TUESDAY, "14:00", "16:00")
NEXT_MORNING = interval(TUESDAY + timedelta(days=1), "09:00", "12:30")


def fabrique() -> Space:
    site = make_site(name="La Fabrique de Villé", access_notes="Code 1234\nSonnez deux fois")
    return make_space(site, name="Salle bleue", units=3)


def booked(
    *intervals: Interval, space: Space | None = None, person: User | None = None, note: str = ""
) -> Booking:
    person = person or make_user(email="lea@maillage.example", name="Léa")
    return book_for(person, space or fabrique(), *(intervals or (MORNING,)), note=note)


class TestBooked:
    def test_the_subject_says_the_fact(self, run_tasks: RunTasks) -> None:
        booked()

        run_tasks()

        assert plain(mail.outbox[0].subject) == (
            "Réservation confirmée : La Fabrique de Villé, mardi 24 novembre, 9 h – 12 h 30"
        )
        assert mail.outbox[0].to == ["lea@maillage.example"]

    @pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
    def test_text_and_html_say_where_how_to_get_in_and_what_to_do(
        self, run_tasks: RunTasks, media_type: str
    ) -> None:
        booking = booked()

        run_tasks()
        text = plain(part(read(mail.outbox[0]), media_type))

        for words in [
            "Votre réservation est confirmée.",
            "mardi 24 novembre, 9 h – 12 h 30",
            "La Fabrique de Villé, 1 place de la Mairie, 67220 Villé",
            "Salle bleue",
            "Code 1234",
            "Sonnez deux fois",
            booking.reference,
            f"http://localhost:8000/bookings/{booking.reference}/",
        ]:
            assert words in text

    def test_the_action_comes_before_the_details(self, run_tasks: RunTasks) -> None:
        booking = booked()

        run_tasks()
        text = part(read(mail.outbox[0]), "text/plain")

        assert text.index("http://localhost:8000/bookings/") < text.index("Référence")
        assert booking.reference in text

    def test_the_appointment_is_a_request_for_programs_and_a_file_for_people(
        self, run_tasks: RunTasks
    ) -> None:
        booking = booked()

        run_tasks()
        message = read(mail.outbox[0])
        calendar = vobject.readOne(part(message, "text/calendar"))

        (appointment,) = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
        assert appointment.get_param("method") == "REQUEST"
        assert appointment.get_content_charset() == "utf-8"
        assert calendar.method.value == "REQUEST"
        assert calendar.vevent.uid.value == f"{booking.reference}-1@localhost"
        assert calendar.vevent.dtstart.value == MORNING.starts_at
        (file,) = message.iter_attachments()
        assert file.get_filename() == "reservation.ics"

    def test_names_cannot_write_html_nor_are_they_spoilt_in_text(self, run_tasks: RunTasks) -> None:
        site = make_site(name="<b>L'Atelier & Cie</b>")
        booked(space=make_space(site), note="<script>alert(1)</script>")

        run_tasks()
        message = read(mail.outbox[0])

        assert "<script>" not in part(message, "text/html")
        assert "<b>L'Atelier" not in part(message, "text/html")
        assert "<b>L'Atelier & Cie</b>" in part(message, "text/plain")
        assert "<script>alert(1)</script>" in part(message, "text/plain")

    def test_several_days_are_all_listed(self, run_tasks: RunTasks) -> None:
        booked(MORNING, NEXT_MORNING)

        run_tasks()
        message = read(mail.outbox[0])
        text = plain(part(message, "text/plain"))

        assert plain(mail.outbox[0].subject).endswith("9 h – 12 h 30 et 1 autre créneau")
        assert "mardi 24 novembre, 9 h – 12 h 30" in text
        assert "mercredi 25 novembre, 9 h – 12 h 30" in text
        event = vobject.readOne(part(message, "text/calendar")).vevent
        assert event.rrule.value == "FREQ=DAILY;COUNT=2;INTERVAL=1"

    def test_a_day_cut_by_lunch_is_told_whole_then_its_afternoon_follows(
        self, run_tasks: RunTasks
    ) -> None:
        booked(MORNING, AFTERNOON)

        run_tasks()
        first, second = (plain(sent.body) for sent in mail.outbox)

        assert "9 h – 12 h 30" in first
        assert "14 h – 16 h" in first
        assert "un autre courriel suit, pour les autres créneaux" in first
        assert "Un autre rendez-vous de votre réservation" in second
        assert "9 h – 12 h 30" not in second
        assert plain(mail.outbox[1].subject).endswith("mardi 24 novembre, 14 h – 16 h")

    def test_hours_are_the_sites_own_and_a_far_zone_is_named(self, run_tasks: RunTasks) -> None:
        zone = ZoneInfo("Indian/Reunion")
        space = make_space(make_site(time_zone="Indian/Reunion"))
        booked(interval(TUESDAY, "09:00", "12:00", zone), space=space)

        run_tasks()
        text = plain(part(read(mail.outbox[0]), "text/plain"))

        assert "mardi 24 novembre, 9 h – 12 h" in text
        assert "Heures du site (Indian/Reunion)." in text

    def test_a_booking_made_by_somebody_else_says_by_whom(self, run_tasks: RunTasks) -> None:
        space = fabrique()
        manager = make_manager(space.site, name="Paul Accueil")
        wish = Wish(space_id=space.pk, intervals=(MORNING,))
        book(wish=wish, person=make_user(email="lea@maillage.example"), by=manager, now=NOW)

        run_tasks()

        assert mail.outbox[0].to == ["lea@maillage.example"]
        assert "Paul Accueil" in mail.outbox[0].body


class TestChangedAndCancelled:
    def test_a_change_says_the_new_time_and_moves_the_appointment(
        self, run_tasks: RunTasks
    ) -> None:
        booking = booked()
        run_tasks()
        wish = Wish(space_id=booking.space_id, intervals=(AFTERNOON,))

        change(booking=booking, wish=wish, by=booking.person, now=NOW)
        run_tasks()
        message = read(mail.outbox[1])
        event = vobject.readOne(part(message, "text/calendar")).vevent

        assert plain(mail.outbox[1].subject) == (
            "Réservation modifiée : La Fabrique de Villé, mardi 24 novembre, 14 h – 16 h"
        )
        assert event.uid.value == f"{booking.reference}-1@localhost"
        assert event.sequence.value == "1"

    def test_a_cancellation_takes_the_appointment_out_and_hides_the_code(
        self, run_tasks: RunTasks
    ) -> None:
        booking = booked()
        run_tasks()

        cancel(booking=booking, by=booking.person, now=NOW)
        run_tasks()
        message = read(mail.outbox[1])
        calendar = vobject.readOne(part(message, "text/calendar"))

        assert mail.outbox[1].subject.startswith("Réservation annulée")
        assert calendar.method.value == "CANCEL"
        assert calendar.vevent.status.value == "CANCELLED"
        assert "Code 1234" not in message.as_string()
        assert f"/sites/{booking.site.slug}/" in part(message, "text/plain")

    def test_a_mail_that_comes_late_does_not_tell_old_news(self, run_tasks: RunTasks) -> None:
        booking = booked()
        cancel(booking=booking, by=booking.person, now=NOW)

        results = run_tasks()

        assert [result.return_value for result in results] == ["overtaken", "sent"]
        assert [sent.subject[:19] for sent in mail.outbox] == ["Réservation annulée"]


class TestNotLost:
    def test_the_mail_is_a_row_of_the_bookings_own_transaction(self) -> None:
        space = fabrique()
        Space.objects.filter(pk=space.pk).update(capacity=9)
        space.units.exclude(label="1").delete()
        booked(space=space)

        with pytest.raises(NoUnitFree):
            booked(space=space, person=make_user())

        assert Booking.objects.count() == DBTaskResult.objects.count() == 1

    def test_nothing_is_left_to_the_moment_after_the_commit(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            booked()

        assert callbacks == []
        assert DBTaskResult.objects.count() == 1

    def test_a_server_that_refuses_gets_it_later_under_the_same_message_id(
        self, run_tasks: RunTasks, settings: Settings, frozen: Traveller
    ) -> None:
        server = MailServer()
        server.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        server.answers.append("451 Later")
        booking = booked()

        run_tasks()
        refused = len(server.mails)
        frozen.move_to(NOW + timedelta(minutes=1))
        run_tasks()
        server.stop()

        assert refused == 0
        assert [m["Message-ID"] for m in server.mails] == [
            f"<{booking.reference}-0-booked@localhost>"
        ]

    def test_a_late_attempt_is_dropped_when_the_booking_moved_on(
        self, run_tasks: RunTasks, settings: Settings, frozen: Traveller
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nothing listens there
        booking = booked()
        run_tasks()

        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        cancel(booking=booking, by=booking.person, now=NOW)
        frozen.move_to(NOW + timedelta(minutes=1))
        run_tasks()

        assert [sent.subject[:19] for sent in mail.outbox] == ["Réservation annulée"]
