"""What calendar programs hold once they have read our mails: what is booked, and nothing else."""

import random
import smtplib
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.core import mail
from time_machine import Traveller

from bookings.actions import book
from bookings.models import Booking
from bookings.wishes import Wish
from network.jobs import tasks
from network.mails.wire import Message
from sites.intervals import Interval
from sites.templatetags.when import when
from tests.bookings.calendars.histories import (
    AFTERNOON,
    LEA,
    MORNING,
    WEEK,
    booked,
    booking_times,
    calendar_after,
    cancelled,
    changed,
    days,
    events_of,
    person,
)
from tests.bookings.calendars.imip import CalendarProgram, Forbidden, Outlook, times_of
from tests.bookings.calendars.reading import feed
from tests.factories import (
    PARIS,
    TUESDAY,
    interval,
    make_site,
    make_space,
)
from tests.mails import mailbox, part
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


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
        def deliver_and_die(message: Message) -> None:
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

        def change_then_deliver(message: Message) -> None:
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


class Accidents:
    """A mail server behind a bad line: some mails are lost before it, after others we die."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.deliver = chance, tasks.deliver

    def __call__(self, message: Message) -> None:
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

    def __call__(self, message: Message) -> None:
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
