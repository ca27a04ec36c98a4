"""Midnight is the end of its day: searched, typed, shown and saved again."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.forms.booking import TimesForm
from bookings.models import Booking
from network.models import User
from sites.models import OpeningHours, Space
from tests.bookings.bookings import book_for
from tests.factories import TUESDAY, interval, make_site, make_space, make_user
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
EVENING = interval(TUESDAY, "20:00", "24:00")
ON = TUESDAY.isoformat()


@pytest.fixture
def person(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def space() -> Space:
    """Make a space of a site that is open until midnight, in two ranges that touch."""
    return make_space(make_site("Le Hibou", hours=(("18:00", "22:00"), ("22:00", "00:00"))))


def booked(space: Space, person: User) -> Booking:
    return book_for(person, space, EVENING)


def change(client: Client, booking: Booking, **times: str) -> Any:
    line = {f"form-0-{name}": text for name, text in times.items()}
    sizes = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"}
    address = reverse("booking-change", args=[booking.reference])
    return client.post(address, sizes | line | {"people": "1", "note": "Bring a lamp"})


def test_a_booking_until_midnight_is_saved_again_as_its_page_shows_it(
    client: Client, person: User, space: Space
) -> None:
    booking = booked(space, person)
    page = client.get(reverse("booking-change", args=[booking.reference]))
    (form,) = page.context["times"]

    assert f'value="{ON}"' in form["on"].as_widget()
    assert 'value="20:00"' in form["starts"].as_widget()
    assert 'value="00:00"' in form["ends"].as_widget()
    assert change(client, booking, on=ON, starts="20:00", ends="00:00").status_code == 302
    booking.refresh_from_db()
    assert (booking.interval, booking.note) == (EVENING, "Bring a lamp")


@pytest.mark.parametrize("ends", ["00:00", "24:00", "24:00:00", " 24:00 "])
def test_midnight_is_typed_as_either_end_of_a_clock(ends: str) -> None:
    form = TimesForm({"on": ON, "starts": "20:00", "ends": ends})

    assert form.is_valid()
    assert form.cleaned_data["ends"].isoformat() == "00:00:00"
    assert 'value="00:00' in form["ends"].as_widget()


@pytest.mark.parametrize("ends", ["24:15", "25:00", "-1:00", "midi"])
def test_what_no_clock_shows_is_no_end(ends: str) -> None:
    assert "ends" in TimesForm({"on": ON, "starts": "20:00", "ends": ends}).errors


def test_a_start_at_24_is_no_time() -> None:
    assert "starts" in TimesForm({"on": ON, "starts": "24:00", "ends": "24:00"}).errors


@pytest.mark.parametrize("ends", ["00:00", "24:00"])
def test_an_evening_until_midnight_is_searched_and_booked_by_hand(
    client: Client, person: User, space: Space, ends: str
) -> None:
    asked = {"on": ON, "starts": "20:00", "ends": ends}

    response = client.get(reverse("search"), asked | {"part": "hours"})
    page = client.get(reverse("book", args=[space.pk]), asked)

    assert [one.site.name for one in response.context["sites"]] == ["Le Hibou"]
    assert list(page.context["intervals"]) == [EVENING]
    assert page.context["preview"].refusal is None


def test_hours_that_run_backwards_are_still_refused(client: Client, space: Space) -> None:
    for starts, ends in (("20:00", "19:00"), ("20:00", "20:00")):
        asked = {"on": ON, "part": "hours", "starts": starts, "ends": ends}
        assert client.get(reverse("search"), asked).status_code == 400


def test_midnight_is_shown_as_the_24th_hour(client: Client, space: Space) -> None:
    page = client.get(reverse("site", args=[space.site.slug]), {"on": ON}).content.decode()

    assert "18 h – 24 h" in plain(page)
    assert ">0\N{NO-BREAK SPACE}h<" not in page
    late = OpeningHours.objects.get(weekday=1, opens_at="22:00")
    assert plain(late).endswith("22 h – 24 h")


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-02", "0001-01-01"])
@pytest.mark.parametrize("ends", ["21:00", "00:00"])
def test_days_that_no_calendar_here_holds_are_refused_in_words(
    client: Client, person: User, space: Space, day: str, ends: str
) -> None:
    booking = booked(space, person)
    times = {"on": day, "starts": "20:00", "ends": ends}

    assert client.get(reverse("book", args=[space.pk]), times).status_code == 400
    assert client.get(reverse("search"), times | {"part": "hours"}).status_code == 400
    assert client.get(reverse("site", args=[space.site.slug]), {"on": day}).status_code == 200
    assert change(client, booking, **times).status_code == 409
    assert Booking.objects.get().interval == EVENING


@pytest.mark.parametrize(
    "at",
    [
        "9999-12-31T22:00+00:00/9999-12-31T23:30+00:00",
        "0001-01-01T08:00+00:00/0001-01-01T09:00+00:00",
        "9999-12-31T22:00-02:00/9999-12-31T23:00-02:00",
        "9999-12-31T22:00-12:00/9999-12-31T23:00-12:00",
    ],
)
def test_times_at_the_end_of_all_calendars_break_no_page(
    client: Client, person: User, space: Space, at: str
) -> None:
    page = client.get(reverse("book", args=[space.pk]), {"at": at})

    assert page.status_code in (200, 400)


@pytest.mark.parametrize("day", [date(1, 2, 1), date(1600, 2, 29), date(9999, 12, 1)])
def test_the_farthest_days_are_told_as_over_or_too_far(
    client: Client, person: User, space: Space, day: date
) -> None:
    times = {"on": day.isoformat(), "starts": "20:00", "ends": "00:00"}

    page = client.get(reverse("book", args=[space.pk]), times)

    refused = {"in_the_past", "too_far_ahead"}
    assert page.context["preview"].refusal.code in refused
