"""Changes of times and of address, accidents, mails mixed up: each mailbox ends as it should."""

import random
from datetime import timedelta

import pytest

from bookings.actions import change
from bookings.models import Booking
from bookings.wishes import Wish
from network.jobs import tasks
from network.models import User
from tests.bookings.calendars.histories import LEA, booked, booking_times
from tests.bookings.calendars.imip import CalendarProgram, times_of
from tests.bookings.calendars.test_imip import Accidents, Reading, in_feed, some_times
from tests.factories import NOW, make_site, make_space
from tests.mails import mailbox
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

ADDRESSES = [LEA, "lea2@maillage.example", "lea3@maillage.example"]


def move_or_change(booking: Booking, chance: random.Random, step: int) -> None:
    """Have the person choose another address, or other times."""
    person = User.objects.get(pk=booking.person_id)
    if chance.random() < 0.4:
        person.email = chance.choice([one for one in ADDRESSES if one != person.email])
        person.save()
        return
    times = tuple(some_times(chance))
    wish = Wish(space_id=booking.space_id, intervals=times, note=f"{step}")
    change(booking=booking, wish=wish, by=person, now=NOW + timedelta(minutes=step))


@pytest.mark.parametrize("seed", range(15))
def test_only_the_present_address_holds_what_is_booked(
    run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  # a seed of its own, so that a failure comes again
    space = make_space(make_site(hours=(("08:00", "12:00"), ("13:00", "18:30"))), units=3)
    booking = booked(*some_times(chance), space=space)
    reading = Reading(booking)
    monkeypatch.setattr(tasks, "deliver", reading)
    for step in range(1, chance.randint(2, 7)):
        with monkeypatch.context() as patch:
            patch.setattr(tasks, "deliver", Accidents(chance))
            _ = run_tasks(may_fail=True) if chance.random() < 0.6 else None
        move_or_change(Booking.objects.get(pk=booking.pk), chance, step)
    run_tasks()
    sent, programs = mailbox(), {one: CalendarProgram(one) for one in ADDRESSES}
    chance.shuffle(sent)

    for one in sent:
        programs[one["To"]].read(one)

    booking = Booking.objects.get(pk=booking.pk)
    here = programs.pop(booking.person.email)
    assert reading.lies == []
    assert here.times == booking_times(booking)
    assert in_feed(booking) == {str(event["UID"]): times_of(event) for event in here.events}
    assert [one.times for one in programs.values()] == [[], []]
