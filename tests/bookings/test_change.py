"""A person changes a booking, under the same reference."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from bookings.actions import cancel, change
from bookings.errors import (
    AlreadyCancelled,
    AlreadyStarted,
    NoUnitFree,
    OutsideOpeningHours,
    OverlapsOwnBooking,
)
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_manager, make_space, make_user

pytestmark = pytest.mark.django_db
MORNING = interval(TUESDAY, "08:00", "12:00")
LATER = interval(TUESDAY, "10:00", "14:00")


def booked(space: Space, times: Interval = MORNING, **fields: Any) -> Booking:
    person = fields.pop("person", None) or make_user()
    return book_for(person, space, times, **fields)


def changed(booking: Booking, space: Space, times: Interval = LATER, **fields: Any) -> Booking:
    wish = Wish(space_id=space.pk, intervals=(times,), **fields)
    return change(booking=booking, wish=wish, by=booking.person, now=NOW)


def test_new_times_keep_the_reference_and_raise_the_revision() -> None:
    booking = booked(space := make_space())

    after = changed(booking, space, note="Quiet corner, please")

    assert (after.reference, after.sequence, after.note) == (
        booking.reference,
        1,
        "Quiet corner, please",
    )
    assert [one.interval for one in after.allocations.all()] == [LATER]


def test_a_booking_does_not_collide_with_itself() -> None:
    booking = booked(space := make_space(units=1))

    after = changed(booking, space, interval(TUESDAY, "09:00", "13:00"))

    assert after.interval == interval(TUESDAY, "09:00", "13:00")


def test_a_refused_change_leaves_the_booking_as_it_was() -> None:
    space = make_space(units=1)
    booking = booked(space)
    booked(space, interval(TUESDAY, "13:00", "15:00"))

    with pytest.raises(NoUnitFree):
        changed(booking, space)
    with pytest.raises(OutsideOpeningHours):
        changed(booking, space, interval(TUESDAY, "17:00", "20:00"))

    booking.refresh_from_db()
    assert (booking.interval, booking.sequence) == (MORNING, 0)
    assert [one.interval for one in booking.allocations.all()] == [MORNING]


def test_it_may_move_to_another_space_and_frees_the_first() -> None:
    old, new = make_space(), make_space()
    booking = booked(old)

    changed(booking, new, MORNING)

    assert Allocation.objects.confirmed().get().space == new
    assert booked(old).pk


def test_more_people_take_more_desks() -> None:
    space = make_space(units=3)
    booking = booked(space)

    after = changed(booking, space, MORNING, people=3)

    assert after.allocations.confirmed().count() == 3


def test_ones_other_booking_is_still_in_the_way() -> None:
    person, space = make_user(), make_space(units=2)
    booking = booked(space, person=person)
    booked(space, interval(TUESDAY, "13:00", "15:00"), person=person)

    with pytest.raises(OverlapsOwnBooking):
        changed(booking, space)


def test_a_begun_or_cancelled_booking_does_not_change() -> None:
    space = make_space()
    cancelled = booked(space)
    cancel(booking=cancelled, by=cancelled.person, now=NOW)
    begun = booked(space)
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "15:00", "16:00"),))

    with pytest.raises(AlreadyCancelled):
        changed(cancelled, space)
    with pytest.raises(AlreadyStarted):
        change(
            booking=begun, wish=wish, by=begun.person, now=MORNING.starts_at + timedelta(seconds=1)
        )


def test_a_stranger_may_not_change_it_but_the_sites_manager_may() -> None:
    booking = booked(space := make_space())
    wish = Wish(space_id=space.pk, intervals=(LATER,))

    with pytest.raises(PermissionDenied):
        change(booking=booking, wish=wish, by=make_user(), now=NOW)
    after = change(booking=booking, wish=wish, by=make_manager(space.site), now=NOW)

    assert after.interval == LATER


def test_wished_as_it_is_it_gets_no_revision_and_no_mail() -> None:
    booking = booked(space := make_space(), note="Bonjour")

    after = changed(booking, space, MORNING, note="Bonjour")

    assert (after.sequence, after.changed_at) == (0, NOW)
    assert DBTaskResult.objects.count() == 1  # booked


def typed(starts: str, ends: str) -> dict[str, str]:
    """Return what the form sends of a booking on the Tuesday."""
    counted = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "people": "1"}
    return counted | {"form-0-on": "2026-11-24", "form-0-starts": starts, "form-0-ends": ends}


@pytest.mark.parametrize(
    ("note", "words", "sequence"),
    [("Bonjour", "Rien n’a changé.", 0), ("Bonsoir", "La réservation est modifiée.", 1)],
)
@pytest.mark.usefixtures("frozen")
def test_the_page_says_whether_anything_changed(
    client: Client, note: str, words: str, sequence: int
) -> None:
    booking = booked(make_space(), note="Bonjour")
    client.force_login(booking.person)
    fields = typed("08:00", "12:00") | {"note": note}

    answer = client.post(reverse("booking-change", args=[booking.reference]), fields, follow=True)

    booking.refresh_from_db()
    assert words in html.unescape(answer.content.decode())
    assert booking.sequence == sequence


@pytest.mark.parametrize(
    ("starts", "ends", "field", "words"),
    [
        ("12:00", "08:00", "ends", "La fin doit venir après le début."),
        ("08:10", "12:00", "starts", "Les heures vont par quarts d’heure"),
        ("08:00", "11:59", "ends", "Les heures vont par quarts d’heure"),
    ],
)
@pytest.mark.usefixtures("frozen")
def test_what_is_wrong_with_an_hour_is_said_under_it(
    client: Client, starts: str, ends: str, field: str, words: str
) -> None:
    booking = booked(make_space())
    client.force_login(booking.person)

    answer = client.post(reverse("booking-change", args=[booking.reference]), typed(starts, ends))

    (line,) = answer.context["times"].errors
    assert {name: said[0].startswith(words) for name, said in line.items()} == {field: True}
    assert f'id="id_form-0-{field}_error"' in answer.content.decode()
    booking.refresh_from_db()
    assert booking.sequence == 0
