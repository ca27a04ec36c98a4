"""A calendar's event keeps its UID, and what a mail server refused was not told."""

import smtplib

import icalendar
import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from bookings.models import Booking, SentAppointment
from network.jobs import tasks
from network.mails.wire import Message
from sites.intervals import Interval
from sites.models import Stop
from tests.bookings.calendars.histories import (
    AFTERNOON,
    MORNING,
    WEEK,
    booked,
    booking_times,
    calendar_after,
    changed,
    days,
    events_of,
)
from tests.bookings.calendars.imip import CalendarProgram, times_of
from tests.factories import TUESDAY, interval, make_commune, make_site, make_space, make_stop
from tests.mails import mailbox, part, words
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


class TestAnEventKeepsItsUid:
    """RFC 5545 §3.8.4.7: what is withdrawn is what really went."""

    @pytest.mark.parametrize(
        ("kept", "number", "gone", "hours"),
        [
            (MORNING, 1, AFTERNOON, "13 h – 17 h"),
            (AFTERNOON, 2, MORNING, "9 h – 12 h"),
        ],
    )
    def test_of_a_day_cut_by_lunch_one_half_is_kept(
        self, run_tasks: RunTasks, kept: Interval, number: int, gone: Interval, hours: str
    ) -> None:
        booking = booked(MORNING, AFTERNOON)
        run_tasks()
        before = uids(calendar_after(CalendarProgram, mailbox()))
        mail.outbox.clear()

        changed(booking, kept)
        run_tasks()

        told, withdrawn = mailbox()
        assert before == {f"{booking.reference}-1": MORNING, f"{booking.reference}-2": AFTERNOON}
        assert told["Subject"].startswith("Réservation modifiée")
        assert uids(calendar_after(CalendarProgram, [told])) == {
            f"{booking.reference}-{number}": kept
        }
        assert withdrawn["Subject"].startswith("Créneau retiré")
        assert plain(withdrawn["Subject"]).endswith(f", {hours}")
        assert times_of(icalendar.Event.from_ical(events_of(withdrawn))) == [gone]

    def test_what_comes_back_is_a_new_event(self, run_tasks: RunTasks) -> None:
        booking = booked(MORNING, AFTERNOON)
        run_tasks()
        booking = changed(booking, AFTERNOON)
        run_tasks()
        changed(booking, MORNING, AFTERNOON, minutes=2)
        run_tasks()

        assert uids(calendar_after(CalendarProgram, mailbox())) == {
            f"{booking.reference}-2": AFTERNOON,
            f"{booking.reference}-3": MORNING,
        }

    def test_an_only_event_stays_itself_when_it_is_moved(self, run_tasks: RunTasks) -> None:
        booking = booked(MORNING)
        run_tasks()
        changed(booking, AFTERNOON)
        run_tasks()

        assert len(mail.outbox) == 2
        assert uids(calendar_after(CalendarProgram, mailbox())) == {
            f"{booking.reference}-1": AFTERNOON
        }

    @pytest.mark.parametrize("backwards", [False, True])
    def test_numbers_hold_in_whatever_order_mails_go_out(
        self, run_tasks: RunTasks, backwards: bool
    ) -> None:
        booking = booked(MORNING, AFTERNOON)
        run_tasks()
        evening, next_day = interval(TUESDAY, "17:00", "18:00"), days("08:00", "09:00", WEEK[1])[0]
        changed(booking, AFTERNOON, evening, next_day)
        if backwards:
            turn_round_waiting_mails()
        run_tasks()

        assert uids(calendar_after(CalendarProgram, mailbox())) == {
            f"{booking.reference}-2": AFTERNOON,
            f"{booking.reference}-3": evening,
            f"{booking.reference}-4": next_day,
        }

    def test_two_events_that_become_one_read_as_no_loss(self, run_tasks: RunTasks) -> None:
        stops, booking = on_the_bus(run_tasks)
        mail.outbox.clear()

        stops[1].place = stops[0].place
        stops[1].save()
        run_tasks()

        told, withdrawn = mailbox()
        assert calendar_after(CalendarProgram, [told]).times == booking_times(booking)
        assert withdrawn["Subject"].startswith("Mise à jour de votre calendrier")
        assert "Créneau retiré" not in words(withdrawn)
        assert "line-through" not in part(withdrawn, "text/html")

    def test_an_event_is_withdrawn_from_where_it_was(self, run_tasks: RunTasks) -> None:
        stops, booking = on_the_bus(run_tasks)
        mail.outbox.clear()

        changed(booking, booking_times(booking)[0])
        stops[1].delete()
        run_tasks()

        withdrawn = mailbox()[-1]
        assert "Place Haute" in events_of(withdrawn)
        assert "Place Haute" in words(withdrawn)

    def test_a_place_that_nobody_wrote_down_is_not_told(self, run_tasks: RunTasks) -> None:
        _stops, booking = on_the_bus(run_tasks)
        SentAppointment.objects.update(place=None)
        mail.outbox.clear()

        changed(booking, booking_times(booking)[0])
        run_tasks()

        withdrawn = mailbox()[-1]
        assert "LOCATION" not in events_of(withdrawn)
        assert "Lieu" not in words(withdrawn)


def on_the_bus(run_tasks: RunTasks) -> tuple[list[Stop], Booking]:
    """Have two days booked at a bus that stands elsewhere each day, and told."""
    bus, commune = make_site(name="Le Bus", hours=(), is_itinerant=True), make_commune()
    stops = [make_stop(bus, commune, one) for one in days("08:00", "18:00", *WEEK[:2])]
    stops[1].place = "Place Haute"
    stops[1].save()
    booking = booked(*days("09:00", "12:00", *WEEK[:2]), space=make_space(bus))
    run_tasks()
    return stops, booking


def uids(program: CalendarProgram) -> dict[str, Interval]:
    """Return the first time of each event, by its UID without our host."""
    return {str(one["UID"]).partition("@")[0]: times_of(one)[0] for one in program.events}


def turn_round_waiting_mails() -> None:
    waiting = list(DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"))
    instants = [one.enqueued_at for one in waiting]
    for one, instant in zip(waiting, reversed(instants), strict=True):
        DBTaskResult.objects.filter(pk=one.pk).update(enqueued_at=instant)


class Refusing:
    """A mail server that answers each mail with that code."""

    def __init__(self, code: int) -> None:
        self.code = code

    def __call__(self, message: Message) -> None:
        raise smtplib.SMTPDataError(self.code, b"No")


class TestARefusedMailWasNotTold:
    @pytest.mark.parametrize("code", [451, 550])
    def test_after_an_edit_the_first_mail_says_that_it_is_booked(
        self, run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch, code: int
    ) -> None:
        booking = booked(MORNING)
        with monkeypatch.context() as patch:
            patch.setattr(tasks, "deliver", Refusing(code))
            run_tasks(may_fail=True)
        assert not SentAppointment.objects.exists()

        changed(booking, MORNING, note="Late")
        run_tasks()

        (told,) = mailbox()
        assert told["Subject"].startswith("Réservation confirmée")

    def test_a_refused_change_leaves_what_was_told_before(
        self, run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        booking = booked(MORNING)
        run_tasks()
        monkeypatch.setattr(tasks, "deliver", Refusing(451))

        changed(booking, AFTERNOON)
        run_tasks()

        (row,) = SentAppointment.objects.all()
        assert (row.requested, row.intervals) == (0, (MORNING,))

    def test_once_the_booking_has_changed_again_the_record_stays(
        self, run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The newer revision may have withdrawn it already."""
        booking = booked(MORNING, AFTERNOON)

        changes = [AFTERNOON]
        really_deliver = tasks.deliver

        def change_and_refuse(message: Message) -> None:
            if not changes:
                return really_deliver(message)
            changed(booking, changes.pop())
            raise smtplib.SMTPDataError(451, b"Try again later")

        monkeypatch.setattr(tasks, "deliver", change_and_refuse)
        run_tasks()

        assert calendar_after(CalendarProgram, mailbox()).times == [AFTERNOON]
