"""A change that cannot be had leads on: to other times of the site, and to other sites."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import Allocation, Booking
from network.models import User
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import (
    TUESDAY,
    interval,
    make_closure,
    make_commune,
    make_manager,
    make_site,
    make_space,
    make_user,
)
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORNING = interval(TUESDAY, "08:00", "12:00")
AFTERNOON = interval(TUESDAY, "14:00", "16:00")


def fields(starts: str, ends: str, **more: str) -> dict[str, str]:
    return {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-on": "2026-11-24",
        "form-0-starts": starts,
        "form-0-ends": ends,
        "people": "1",
        "note": "By the window",
    } | more


def change(client: Client, booking: Booking, **sent: str) -> tuple[int, str]:
    """Return the status and the page of a change to 14–16, or to what is sent."""
    response = client.post(
        reverse("booking-change", args=[booking.reference]), fields("14:00", "16:00") | sent
    )
    return response.status_code, html.unescape(response.content.decode())


def offered(page: str) -> list[str]:
    """Return where the page's buttons move the booking."""
    return re.findall(r'name="instead" value="([^"]+)"', page)


@pytest.fixture
def full(person: User) -> Booking:
    """Give the person a morning at a site whose only desk is taken from 14 to 16."""
    space = make_space(make_site("Ours", commune=make_commune()), units=1)
    book_for(make_user(), space, AFTERNOON)
    return book_for(person, space, MORNING)


@pytest.fixture
def other(full: Booking) -> Space:
    """Make a site 15 km away, all of it free."""
    away = make_commune("Sélestat", latitude=48.2598, longitude=7.4543, postal_code="67600")
    return make_space(make_site("Theirs", commune=away), units=2)


def test_a_refused_change_names_the_nearest_sites_with_room(
    client: Client, full: Booking, other: Space
) -> None:
    status, page = change(client, full)

    assert status == 409
    assert "Libre sur d’autres sites, à la même heure" in page
    assert "Theirs" in page
    assert f"{other.pk} 2026-11-24T14:00+01:00/2026-11-24T16:00+01:00" in offered(page)


def test_pressing_one_moves_the_booking_with_its_number_and_note(
    client: Client, full: Booking, other: Space
) -> None:
    _status, page = change(client, full)

    status, _page = change(client, full, instead=offered(page)[-1])

    moved = Booking.objects.get(reference=full.reference)
    assert status == 302
    assert (moved.space, moved.interval, moved.note) == (other, AFTERNOON, "By the window")
    assert Allocation.objects.confirmed().filter(space=full.space).count() == 1


def test_what_is_not_free_is_no_button(client: Client, full: Booking) -> None:
    _status, page = change(client, full)

    taken = f"{full.space_id} 2026-11-24T14:00+01:00/2026-11-24T16:00+01:00"
    assert offered(page)
    assert taken not in offered(page)


def test_a_place_that_was_taken_meanwhile_leads_on_again(
    client: Client, full: Booking, other: Space
) -> None:
    _status, page = change(client, full)
    book_for(make_user(), other, AFTERNOON, people=1)
    book_for(make_user(), other, AFTERNOON, people=1)

    status, page = change(client, full, instead=offered(page)[-1])

    full.refresh_from_db()
    assert status == 409
    assert not [one for one in offered(page) if one.startswith(f"{other.pk} ")]
    assert "By the window" in page
    assert (full.interval, full.sequence) == (MORNING, 0)


def test_a_refused_button_is_named_with_its_day_hours_and_site(
    client: Client, full: Booking, other: Space
) -> None:
    _status, page = change(client, full)
    make_closure(other.site, AFTERNOON)

    _status, page = change(client, full, instead=offered(page)[-1])

    assert "Non déplacée : mardi 24 novembre, 14 h – 16 h, Theirs" in plain(page)
    assert "Fermé à ce moment" in page


def test_the_persons_own_other_booking_offers_no_site_at_that_time(
    client: Client, person: User, full: Booking, other: Space
) -> None:
    book_for(person, make_space(), AFTERNOON)

    _status, page = change(client, full)

    assert not [one for one in offered(page) if one.startswith(f"{other.pk} ")]


def test_a_manager_is_not_told_where_a_guest_could_go(
    client: Client, full: Booking, other: Space
) -> None:
    client.force_login(make_manager(full.site))

    status, page = change(client, full)

    assert status == 409
    assert offered(page) == []


def test_a_manager_moves_no_guest_to_anothers_site(
    client: Client, full: Booking, other: Space
) -> None:
    client.force_login(make_manager(full.site))
    there = f"{other.pk} 2026-11-24T14:00+01:00/2026-11-24T16:00+01:00"

    status, _page = change(client, full, instead=there)

    full.refresh_from_db()
    assert status == 403
    assert full.sequence == 0


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("x", 400),
        ("1", 400),
        ("1 2026-11-24", 400),
        ("-1 2026-11-24T14:00+01:00/2026-11-24T16:00+01:00", 400),
        ("1 2026-11-24T14:00/2026-11-24T16:00", 400),
        ("987654321 2026-11-24T14:00+01:00/2026-11-24T16:00+01:00", 404),
        (f"{'9' * 30} 2026-11-24T14:00+01:00/2026-11-24T16:00+01:00", 404),
        ("1" + " 2026-11-24T14:00+01:00/2026-11-24T16:00+01:00" * 125, 400),
    ],
)
def test_a_button_made_up_changes_nothing(
    client: Client, full: Booking, place: str, status: int
) -> None:
    answered, _page = change(client, full, instead=place)

    full.refresh_from_db()
    assert answered == status
    assert full.sequence == 0
