"""Nobody is offered a time at which they already have a place."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from network.models import User
from sites.models import Site, Space
from tests.api.calls import assert_problem, program_of, wish
from tests.bookings.bookings import book_for
from tests.factories import (
    MONDAY,
    TUESDAY,
    interval,
    make_closure,
    make_site,
    make_space,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WEEK = timedelta(days=7)
MORNING = interval(TUESDAY, "08:00", "12:00")
AT = "2026-11-24T08:00+01:00/2026-11-24T12:00+01:00"


@pytest.fixture
def person(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def test_the_same_again_skips_weeks_in_which_the_person_has_a_place(
    client: Client, person: User, frozen: Any
) -> None:
    space, elsewhere = make_space(), make_space()
    past = book_for(person, space, interval(MONDAY, "11:00", "12:00"))
    book_for(person, elsewhere, interval(MONDAY + WEEK, "08:00", "18:00"))
    book_for(person, elsewhere, interval(MONDAY + 2 * WEEK, "11:45", "14:00"))
    free = interval(MONDAY + 3 * WEEK, "11:00", "12:00")
    frozen.move_to(MORNING.starts_at)

    page = client.get(past.get_absolute_url())
    home = client.get(reverse("home"))
    listed = client.get(reverse("bookings")).content.decode()

    assert list(page.context["again"].intervals) == [free]
    assert [one.intervals[0] for one in home.context["again"]] == [
        interval(day, "11:00", "12:00") for day in (MONDAY + week * WEEK for week in (3, 4, 5))
    ]
    assert "at=2026-12-14T11%3A00%2B01%3A00" in listed
    assert "at=2026-11-30" not in listed


def test_a_room_may_be_booked_again_beside_a_desk(
    client: Client, person: User, frozen: Any
) -> None:
    room = make_space(kind=Space.Kind.MEETING_ROOM)
    past = book_for(person, room, interval(MONDAY, "11:00", "12:00"))
    book_for(person, make_space(), interval(MONDAY + WEEK, "08:00", "18:00"))
    frozen.move_to(MORNING.starts_at)

    page = client.get(past.get_absolute_url())

    assert list(page.context["again"].intervals) == [interval(MONDAY + WEEK, "11:00", "12:00")]


def test_beyond_the_spaces_reach_nothing_is_offered_again(
    client: Client, person: User, frozen: Any
) -> None:
    space = make_space(advance_days=8)
    past = book_for(person, space, interval(MONDAY, "11:00", "12:00"))
    book_for(person, make_space(), interval(MONDAY + WEEK, "08:00", "18:00"))
    frozen.move_to(MORNING.starts_at)

    assert client.get(past.get_absolute_url()).context["again"] is None
    assert client.get(reverse("bookings")).status_code == 200


def test_a_refusal_links_to_the_booking_in_the_way_and_offers_other_times_only(
    client: Client, person: User
) -> None:
    space = make_space(make_site(), units=3)
    own = book_for(person, space, MORNING)

    later = "2026-11-24T10:00+01:00/2026-11-24T12:00+01:00"
    page = client.get(reverse("book", args=[space.pk]), {"at": later})
    offered = [
        one
        for found in page.context["alternatives"]
        for spaces in found.spaces
        for slot in spaces.slots
        for one in slot.intervals
    ]

    assert page.context["preview"].refusal.reference == own.reference
    assert f'href="{own.get_absolute_url()}"' in page.content.decode()
    assert offered == [interval(TUESDAY, "13:00", "18:30")]


def test_a_refused_change_links_to_the_booking_in_the_way(client: Client, person: User) -> None:
    space = make_space(units=3)
    own = book_for(person, space, MORNING)
    other = book_for(person, space, interval(TUESDAY, "14:00", "16:00"))
    fields = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-on": "2026-11-24",
        "form-0-starts": "11:00",
        "form-0-ends": "13:00",
        "people": "1",
    }

    page = client.post(reverse("booking-change", args=[other.reference]), fields)

    assert f'href="{own.get_absolute_url()}"' in page.content.decode()


def test_the_api_names_the_booking_in_the_way_as_data() -> None:
    program, space = program_of(make_user()), make_space(units=3)
    own = program.post("/bookings", wish(space.pk)).json()["reference"]

    first = assert_problem(
        program.post("/bookings", wish(space.pk)), 409, "overlapping_own_booking"
    )
    keyed = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "once"}).json()

    assert first["reference"] == keyed["reference"] == own


def test_the_same_again_skips_days_on_which_the_site_is_closed(
    client: Client, person: User, frozen: Any
) -> None:
    site = make_site(holidays=Site.Holidays.ALSACE_MOSELLE)
    friday = TUESDAY + timedelta(days=3)
    past = book_for(person, make_space(site), interval(friday, "11:00", "12:00"))
    make_closure(site, interval(friday + WEEK, "08:00", "18:00"))
    for weeks in (2, 3):
        book_for(person, past.space, interval(friday + weeks * WEEK, "11:00", "12:00"))
    frozen.move_to(past.ends_at)

    page = client.get(past.get_absolute_url())
    listed = client.get(reverse("bookings")).content.decode()

    after_christmas_and_new_year = date(2027, 1, 8)
    assert page.context["again"].day == after_christmas_and_new_year
    assert "at=2027-01-08T11" in listed
    assert "at=2026-12-04" not in listed
    assert "at=2026-12-25" not in listed
