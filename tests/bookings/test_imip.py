"""What calendar programs hold once they have read our mails: what is booked, and nothing else."""

import random
import smtplib
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult
from time_machine import Traveller

from bookings.actions import book, cancel, change
from bookings.models import Booking, SentAppointment
from bookings.templatetags.when import when
from bookings.wishes import Wish
from network import tasks
from network.models import User
from sites.intervals import Interval
from sites.models import Space, Stop
from tests.bookings.calendars import feed
from tests.bookings.imip import CalendarProgram, Forbidden, Outlook, times_of
from tests.factories import (
    NOW,
    PARIS,
    TUESDAY,
    interval,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)
from tests.mails import mailbox, part, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

RunTasks = Callable[..., list[object]]
LEA = "lea@maillage.example"
MORNING, AFTERNOON = interval(TUESDAY, "09:00", "12:00"), interval(TUESDAY, "13:00", "17:00")
WEEK = [TUESDAY + timedelta(days=days) for days in range(3)]


def person() -> User:
    return User.objects.filter(email=LEA).first() or make_user(email=LEA)


def booked(*intervals: Interval, space: Space | None = None) -> Booking:
    space = space or make_space()
    wish = Wish(space_id=space.pk, intervals=intervals)
    return book(wish=wish, person=person(), by=person(), now=NOW)


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


@pytest.mark.parametrize("kind", [CalendarProgram, Outlook])
@pytest.mark.parametrize(
    ("times", "messages"),
    [
        ([MORNING], 1),
        ([MORNING, AFTERNOON], 2),
        (days("09:00", "17:00", *WEEK), 1),
        (days("09:00", "12:00", *WEEK) + days("13:00", "17:00", *WEEK), 2),
        (days("09:00", "17:00", WEEK[0], WEEK[2], TUESDAY + timedelta(days=8)), 1),
        (days("09:00", "17:00", TUESDAY, TUESDAY + timedelta(days=7)), 1),
        (days("09:00", "17:00", *WEEK[:2]) + days("09:00", "16:00", WEEK[2]), 2),
    ],
)
def test_every_program_holds_what_is_booked(
    run_tasks: RunTasks, kind: type[CalendarProgram], times: list[Interval], messages: int
) -> None:
    booked(*times)

    run_tasks()

    assert len(mail.outbox) == messages
    assert calendar_after(kind, mailbox()).times == sorted(times)


def test_days_on_both_sides_of_the_clocks_change_are_one_series(
    run_tasks: RunTasks, frozen: Traveller
) -> None:
    times = days("09:00", "17:00", date(2027, 3, 25), date(2027, 3, 30))
    frozen.move_to(times[0].starts_at - timedelta(days=1))
    wish = Wish(space_id=make_space().pk, intervals=tuple(times))
    book(wish=wish, person=person(), by=person(), now=times[0].starts_at - timedelta(days=1))

    run_tasks()

    assert len(mail.outbox) == 1
    assert calendar_after(CalendarProgram, mailbox()).times == times


def test_where_clocks_follow_no_yearly_rule_days_are_a_series_in_utc(run_tasks: RunTasks) -> None:
    zone = ZoneInfo("Africa/Casablanca")
    times = [interval(day, "09:00", "12:00", zone) for day in WEEK]
    booked(*times, space=make_space(make_site(time_zone="Africa/Casablanca")))

    run_tasks()

    assert calendar_after(Outlook, mailbox()).times == times


def test_the_reader_refuses_two_uids_in_one_request(run_tasks: RunTasks) -> None:
    booked(MORNING, AFTERNOON)
    run_tasks()
    first, second = mailbox()
    merged = part(first, "text/calendar").replace(
        "END:VCALENDAR", events_of(second) + "END:VCALENDAR"
    )
    set_calendar(first, merged)

    with pytest.raises(Forbidden, match="one UID"):
        CalendarProgram(LEA).read(first)
    outlook = Outlook(LEA)
    outlook.read(first)
    assert outlook.times == [MORNING]


def events_of(message: EmailMessage) -> str:
    text = part(message, "text/calendar")
    return text[text.index("BEGIN:VEVENT") : text.index("END:VCALENDAR")]


def set_calendar(message: EmailMessage, text: str) -> None:
    (found,) = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
    found.set_content(text, subtype="calendar", params={"method": "REQUEST"})


class TestNoGhost:
    def test_three_days_one_day_a_note_at_once_then_cancelled(self, run_tasks: RunTasks) -> None:
        booking = booked(*days("09:00", "17:00", WEEK[0]), *days("09:00", "16:00", *WEEK[1:]))
        run_tasks()
        booking = changed(booking, *days("09:00", "17:00", WEEK[0]))
        booking = changed(booking, *days("09:00", "17:00", WEEK[0]), note="Late", minutes=2)
        run_tasks()
        after_the_note = calendar_after(CalendarProgram, mailbox()).times
        cancelled(booking, minutes=3)
        run_tasks()

        assert after_the_note == days("09:00", "17:00", WEEK[0])
        for order in (mailbox(), mailbox()[::-1], mailbox() * 2):
            assert calendar_after(CalendarProgram, order).times == []

    def test_a_mail_of_unknown_fate_counts_as_sent(
        self, run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def deliver_and_die(message: tasks.Message) -> None:
            really_deliver(message)
            raise MemoryError

        really_deliver = tasks.deliver
        booking = booked(MORNING, AFTERNOON)
        with monkeypatch.context() as patch:
            patch.setattr(tasks, "deliver", deliver_and_die)
            run_tasks(may_fail=True)

        changed(booking, MORNING)
        run_tasks()

        assert calendar_after(CalendarProgram, mailbox()).times == [MORNING]

    def test_a_withdrawal_of_unknown_fate_is_sent_again(self, run_tasks: RunTasks) -> None:
        booking = booked(MORNING, AFTERNOON)
        run_tasks()
        booking = changed(booking, MORNING)

        def lose(message: object) -> None:
            raise MemoryError

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tasks, "deliver", lose)
            run_tasks(may_fail=True)
        changed(booking, MORNING, note="Late", minutes=2)
        run_tasks()

        assert calendar_after(CalendarProgram, mailbox()).times == [MORNING]

    @pytest.mark.parametrize(
        ("before", "meanwhile"),
        [
            ([MORNING, AFTERNOON], [MORNING]),
            ([MORNING], [MORNING, AFTERNOON]),
            ([MORNING, AFTERNOON], [AFTERNOON]),
        ],
    )
    def test_a_change_while_a_mail_is_being_handed_over_is_told_after_it(
        self,
        run_tasks: RunTasks,
        monkeypatch: pytest.MonkeyPatch,
        before: list[Interval],
        meanwhile: list[Interval],
    ) -> None:
        booking = booked(MORNING, AFTERNOON)
        run_tasks()
        booking = changed(booking, *before, note="First", minutes=1)
        changes = [meanwhile]

        def change_then_deliver(message: tasks.Message) -> None:
            while changes:
                changed(booking, *changes.pop(), note="Second", minutes=2)
            really_deliver(message)

        really_deliver = tasks.deliver
        monkeypatch.setattr(tasks, "deliver", change_then_deliver)
        run_tasks()

        for order in (mailbox(), mailbox()[::-1]):
            assert calendar_after(CalendarProgram, order).times == meanwhile

    def test_what_was_never_sent_is_not_withdrawn(self, run_tasks: RunTasks) -> None:
        booking = booked(MORNING, AFTERNOON)
        changed(booking, MORNING)

        run_tasks()

        assert len(mail.outbox) == 1
        assert mail.outbox[0].subject.startswith("Réservation confirmée")


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
        assert withdrawn["Subject"].startswith("Horaire retiré")
        assert withdrawn["Subject"].replace("\xa0", " ").endswith(f", {hours}")
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
        assert "Horaire retiré" not in words(withdrawn)
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


def booking_times(booking: Booking) -> list[Interval]:
    held = booking.allocations.holding().values_list("starts_at", "ends_at")
    return sorted({Interval(*pair) for pair in held})


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

    def __call__(self, message: tasks.Message) -> None:
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

        def change_and_refuse(message: tasks.Message) -> None:
            monkeypatch.undo()
            changed(booking, AFTERNOON)
            raise smtplib.SMTPDataError(451, b"Try again later")

        monkeypatch.setattr(tasks, "deliver", change_and_refuse)
        run_tasks()

        assert calendar_after(CalendarProgram, mailbox()).times == [AFTERNOON]


class Accidents:
    """A mail server behind a bad line: some mails are lost before it, after others we die."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.deliver = chance, tasks.deliver

    def __call__(self, message: tasks.Message) -> None:
        luck = self.chance.random()
        if luck < 0.1:
            raise smtplib.SMTPDataError(550, b"No")
        if luck > 0.3:
            self.deliver(message)
        if luck < 0.6:
            raise MemoryError


class Reading:
    """A person who reads each mail: `lies` are the times it says are lost, though they are held."""

    def __init__(self, booking: Booking) -> None:
        self.booking, self.deliver = booking, tasks.deliver
        self.lies: list[str] = []

    def __call__(self, message: tasks.Message) -> None:
        if message["subject"].startswith("Horaire retiré"):
            held = {when(one, PARIS) for one in booking_times(self.booking)}
            self.lies += held.intersection(message["body"].splitlines())
        self.deliver(message)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens_calendars_end_up_as_the_booking(
    run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Changes, accidents, mails that are overtaken, lost, late, mixed up, repeated."""
    chance = random.Random(seed)  # noqa: S311  # a seed of its own, so that a failure comes again
    space = make_space(make_site(hours=(("08:00", "12:00"), ("13:00", "18:30"))), units=3)
    booking = booked(*some_times(chance), space=space)
    reading = Reading(booking)
    monkeypatch.setattr(tasks, "deliver", reading)
    steps = chance.randint(1, 6)
    for step in range(1, steps):
        with monkeypatch.context() as patch:
            patch.setattr(tasks, "deliver", Accidents(chance))
            _ = run_tasks(may_fail=True) if chance.random() < 0.6 else None
        booking = changed(booking, *some_times(chance), note=f"{step}", minutes=step)
    if chance.random() < 0.4:
        booking = cancelled(booking, minutes=steps)
    run_tasks()
    sent = mailbox()
    sent += chance.sample(sent, chance.randint(0, len(sent)))
    chance.shuffle(sent)

    program = calendar_after(CalendarProgram, sent)

    held = booking.allocations.filter(status="confirmed").values_list("starts_at", "ends_at")
    assert reading.lies == []
    assert program.times == sorted({Interval(*pair) for pair in held})
    assert in_feed(booking) == {str(event["UID"]): times_of(event) for event in program.events}


def some_times(chance: random.Random) -> list[Interval]:
    """Return some days of the week, some cut by lunch, some longer."""
    times = []
    for day in chance.sample(range(1, 5), chance.randint(1, 4)):
        on = TUESDAY + timedelta(days=day - 1)
        morning = interval(on, chance.choice(("08:00", "09:00")), "12:00")
        afternoon = interval(on, "13:00", "17:00")
        times += chance.choice(([morning], [morning, afternoon], [afternoon]))
    return times


def in_feed(booking: Booking) -> dict[str, list[Interval]]:
    """Return what who subscribes sees of the booking, by UID."""
    calendar: Any = icalendar.Calendar.from_ical(feed(booking.person))
    return {
        str(event["UID"]): times_of(event)
        for event in calendar.walk("VEVENT")
        if event["STATUS"] != "CANCELLED"
    }
