"""What a space is sold as stays in the administration while somebody has it to come."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from bookings.actions import cancel
from bookings.models import Booking
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, at, interval, make_space, make_user
from tests.sites.test_admin import site_fields, space_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

MORNING = interval(TUESDAY, "09:00", "12:00")
MEETINGS = {"kind": "meeting_room"}
WHOLE = {"sold_by": "whole"}


def booked() -> Booking:
    return book_for(make_user(), make_space(name="Grand plateau", units=4), MORNING)


def save(team: Client, space: Space, **fields: Any) -> Any:
    """Save a space on its own page in the administration."""
    url = reverse("admin:sites_space_change", args=[space.pk])
    return team.post(url, space_fields(name=space.name) | fields)


def sold(space: Space) -> tuple[str, str]:
    space.refresh_from_db()
    return space.kind, space.sold_by


@pytest.mark.parametrize("otherwise", [MEETINGS, WHOLE])
def test_a_space_with_a_booking_to_come_is_not_sold_as_something_else(
    team: Client, otherwise: dict[str, str]
) -> None:
    booking = booked()

    answer = save(team, booking.space, **otherwise)
    (words,) = answer.context["adminform"].form.non_field_errors()

    assert sold(booking.space) == ("desk", "place")
    assert booking.reference in words
    assert "Grand plateau" in words


def test_it_is_not_on_the_page_of_its_site_either(team: Client) -> None:
    booking = booked()
    url = reverse("admin:sites_site_change", args=[booking.site_id])

    answer = team.post(url, site_fields(team.get(url)) | {"spaces-0-kind": "meeting_room"})
    (words,) = answer.context["adminform"].form.non_field_errors()

    assert sold(booking.space) == ("desk", "place")
    assert booking.reference in words


def test_while_the_booking_runs_it_stays(team: Client, frozen: Traveller) -> None:
    booking = booked()
    frozen.move_to(at(TUESDAY, "11:00"))

    save(team, booking.space, **MEETINGS)

    assert sold(booking.space) == ("desk", "place")


def test_once_the_booking_is_over_it_is_free_again(team: Client, frozen: Traveller) -> None:
    booking = booked()
    frozen.move_to(at(TUESDAY, "12:00"))

    answer = save(team, booking.space, **MEETINGS | WHOLE)

    assert answer.status_code == 302
    assert sold(booking.space) == ("meeting_room", "whole")


def test_a_cancelled_booking_does_not_matter(team: Client) -> None:
    booking = booked()
    cancel(booking=booking, by=booking.person, now=NOW)

    save(team, booking.space, **MEETINGS)

    assert sold(booking.space) == ("meeting_room", "place")


def test_all_else_of_a_booked_space_can_be_changed(team: Client) -> None:
    booking = booked()

    answer = save(team, booking.space, capacity="3", description="Au calme")

    assert answer.status_code == 302
    assert Space.objects.get().description == "Au calme"
