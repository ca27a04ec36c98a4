"""What lay in closures is given back by itself once its day is over, and its person is told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError
from time_machine import Traveller

from billing.charging.checking import faults_of_charges
from billing.ledger.checking import faults
from billing.models import Charge, TariffGrid
from bookings.actions import cancel, give_back
from bookings.following.closures import LOOKS_BACK, give_back_closed_days
from bookings.models import Booking
from network.jobs.regular import REGULAR
from sites.intervals import Interval
from sites.models import Space
from tests.billing.charging.turns import left, make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.factories import (
    TUESDAY,
    at,
    interval,
    make_closure,
    make_site,
    make_space,
    make_user,
)
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY, MONDAY = TUESDAY + timedelta(days=3), TUESDAY + timedelta(days=6)
DAY, NEXT = interval(FRIDAY, "08:00", "18:00"), interval(MONDAY, "08:00", "18:00")
MORNING, EVENING = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "17:00", "18:00")
MIDNIGHT = at(FRIDAY + timedelta(days=1), "00:00")


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space(make_site(name="La Fabrique"))


def booked(space: Space, *times: Interval) -> Booking:
    return book_for(make_user(language="en"), space, *times)


def owes(booking: Booking) -> int:
    return sum(one.amount_cents for one in Charge.objects.of_person(booking.person))


def found(booking: Booking) -> tuple[str, int, int]:
    booking.refresh_from_db()
    return booking.status, booking.sequence, owes(booking)


def sent_at(now: datetime, frozen: Traveller, run_tasks: RunTasks) -> list[str]:
    """Return the mails that the job has written, in one text each."""
    run_tasks()
    mail.outbox.clear()
    frozen.move_to(now)
    give_back_closed_days(now)
    run_tasks()
    return [" ".join(plain(f"{one.subject} {one.body}").split()) for one in mail.outbox]


def test_a_closed_day_that_nobody_gave_up_is_owed_no_longer(space: Space) -> None:
    booking = booked(space, DAY)
    make_closure(space.site, DAY)

    for _time in range(2):
        give_back_closed_days(MIDNIGHT)

    assert found(booking) == ("cancelled", 1, 0)
    assert [*faults(), *faults_of_charges()] == []


def test_nothing_is_done_before_the_day_is_over(space: Space) -> None:
    booking = booked(space, DAY)
    make_closure(space.site, DAY)

    give_back_closed_days(MIDNIGHT - timedelta(seconds=1))

    assert found(booking) == ("confirmed", 0, 1400)


def test_half_days_come_back(space: Space) -> None:
    person = make_user()
    held = make_pass(person, TariffGrid.objects.get(), 10, at(MONDAY, "20:00"))
    booking = book_for(person, space, DAY)
    make_closure(space.site, DAY)

    give_back_closed_days(MIDNIGHT)

    assert (found(booking), left(held)) == (("cancelled", 1, 0), 10)


def test_of_several_days_only_the_closed_one_goes(space: Space) -> None:
    booking = booked(space, DAY, NEXT)
    make_closure(space.site, DAY)

    give_back_closed_days(MIDNIGHT)

    assert (found(booking), booking.interval) == (("confirmed", 1, 1400), NEXT)


def test_of_one_day_only_the_closed_hours_go(space: Space) -> None:
    booking = booked(space, MORNING, EVENING)
    make_closure(space.site, EVENING)

    give_back_closed_days(MIDNIGHT)

    assert (found(booking), booking.interval) == (("confirmed", 1, 800), MORNING)


def test_hours_that_were_open_in_part_stay(space: Space) -> None:
    booking = booked(space, DAY)
    make_closure(space.site, EVENING)

    give_back_closed_days(MIDNIGHT)

    assert found(booking) == ("confirmed", 0, 1400)


def test_what_was_cancelled_stays_as_it_is(space: Space) -> None:
    booking = booked(space, DAY)
    cancel(booking=booking, by=booking.person, now=at(FRIDAY, "07:00"))
    make_closure(space.site, DAY)

    give_back_closed_days(MIDNIGHT)

    assert found(booking) == ("cancelled", 1, 700)


def test_what_was_never_charged_stays() -> None:
    booking = booked(space := make_space(), DAY)
    make_closure(space.site, DAY)

    give_back_closed_days(MIDNIGHT)

    assert found(booking) == ("confirmed", 0, 0)


def test_what_is_long_ago_stays(space: Space) -> None:
    booking = booked(space, DAY)
    make_closure(space.site, DAY)

    give_back_closed_days(DAY.ends_at + LOOKS_BACK)

    assert found(booking) == ("confirmed", 0, 1400)


def test_one_that_fails_keeps_up_no_other(space: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = booked(space, DAY), booked(make_space(space.site), DAY)
    make_closure(space.site, DAY)

    def failing(*, booking: Booking, **told: Any) -> Booking:
        if booking == first:
            raise OperationalError
        return give_back(booking=booking, **told)

    monkeypatch.setattr("bookings.following.closures.give_back", failing)
    monkeypatch.setattr("network.jobs.chores.BATCH", 1)

    give_back_closed_days(MIDNIGHT)

    assert (found(first)[0], found(second)) == ("confirmed", ("cancelled", 1, 0))


def test_the_mail_says_that_the_site_was_closed_and_what_came_back(
    space: Space, frozen: Traveller, run_tasks: RunTasks
) -> None:
    booked(space, DAY)
    make_closure(space.site, DAY)

    (sent,) = sent_at(MIDNIGHT, frozen, run_tasks)

    assert sent.startswith("Booking cancelled: La Fabrique, Friday 27 November")
    assert "The site was closed during your booking. It is cancelled, and you do not pay" in sent
    assert "Price: Nothing to pay. €14.00 is no longer owed. Nothing is kept." in sent


def test_the_mail_of_a_part_says_what_came_back_and_what_holds(
    space: Space, frozen: Traveller, run_tasks: RunTasks
) -> None:
    booked(space, MORNING, EVENING)
    make_closure(space.site, EVENING)

    sent, taken_out = sent_at(MIDNIGHT, frozen, run_tasks)

    assert sent.startswith("Booking changed: La Fabrique, Friday 27 November, 8:00 – 13:00")
    assert "A part of your booking is given back because of a closure of the site" in sent
    assert "Price: €8.00. €3.00 is no longer owed. Nothing is kept." in sent
    assert taken_out.startswith("No longer booked: La Fabrique, Friday 27 November, 17:00 – 18:00")
    assert "These times are given back because of a closure of the site" in taken_out


def test_workers_do_it_every_hour() -> None:
    assert [one.every_s for one in REGULAR if one.act is give_back_closed_days] == [3600.0]
