"""Own bookings: list, one, change, cancel, again."""

import html
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from bookings.actions import cancel
from bookings.models import Booking
from bookings.search.repeats import next_times
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import (
    NOW,
    PARIS,
    TUESDAY,
    interval,
    make_commune,
    make_manager,
    make_site,
    make_space,
    make_stop,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORNING = interval(TUESDAY, "08:00", "12:00")
PAGES = ("booking", "booking-change", "booking-cancel", "booking-event")


def booked(person: User, space: Space | None = None, times: Interval = MORNING) -> Booking:
    return book_for(person, space or make_space(), times)


@pytest.mark.parametrize("name", PAGES)
def test_another_persons_booking_is_not_found(client: Client, person: User, name: str) -> None:
    theirs = booked(make_user())

    address = reverse(name, args=[theirs.reference])
    assert client.get(address).status_code == 404
    if name in ("booking-change", "booking-cancel"):
        assert client.post(address).status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_active


@pytest.mark.parametrize("name", [*PAGES, "bookings"])
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str) -> None:
    args = [] if name == "bookings" else [booked(make_user()).reference]

    response = client.get(reverse(name, args=args))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_the_sites_manager_sees_a_booking_of_the_site(client: Client) -> None:
    booking = booked(make_user(name="Ann"))
    client.force_login(make_manager(booking.site))

    response = client.get(booking.get_absolute_url())

    assert response.status_code == 200
    assert "Ann" in response.content.decode()


def test_bookings_to_come_are_first_then_the_past(client: Client, person: User) -> None:
    soon, later = booked(person), booked(person, times=interval(TUESDAY, "14:00", "15:00"))
    Booking.objects.filter(pk=soon.pk).update(
        starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1)
    )

    response = client.get(reverse("bookings"))

    assert list(response.context["upcoming"]) == [later]
    assert list(response.context["page"]) == [soon]


def test_a_booking_of_two_days_says_which_is_the_last(client: Client, person: User) -> None:
    thursday = interval(TUESDAY + timedelta(days=2), "08:00", "12:00")
    book_for(person, make_space(), MORNING, thursday)

    page = html.unescape(client.get(reverse("bookings")).content.decode())

    assert "(2 jours, le dernier\u202f: jeudi 26 novembre)" in page


def test_a_cancelled_booking_is_listed_as_such_and_hides_how_to_get_in(
    client: Client, person: User
) -> None:
    booking = booked(person)
    cancel(booking=booking, by=person, now=NOW)

    listed = client.get(reverse("bookings"))
    page = client.get(booking.get_absolute_url()).content.decode()

    assert list(listed.context["upcoming"]) == []
    assert list(listed.context["cancelled"]) == [booking]
    assert booking.site.access_notes not in page


def test_the_list_takes_as_many_queries_for_two_as_for_twelve(
    client: Client, person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def add(number: int) -> None:
        for hour in range(number):
            day = TUESDAY + timedelta(days=hour // 8)
            booked(person, times=interval(day, f"{8 + hour % 8:02}:00", f"{8 + hour % 8:02}:30"))

    add(2)
    with django_assert_num_queries(15):
        client.get(reverse("bookings"))
    Booking.objects.all().delete()
    add(12)
    with django_assert_num_queries(15):
        client.get(reverse("bookings"))


def test_cancelling_asks_first_and_is_a_post(client: Client, person: User) -> None:
    booking = booked(person)
    address = reverse("booking-cancel", args=[booking.reference])

    client.get(address)
    booking.refresh_from_db()
    assert booking.is_active

    response = client.post(address)
    booking.refresh_from_db()
    assert response["Location"] == reverse("bookings")
    assert not booking.is_active


def test_what_has_begun_can_no_longer_be_cancelled(client: Client, person: User) -> None:
    booking = booked(person)

    with time_machine.travel(MORNING.starts_at, tick=False):
        response = client.post(reverse("booking-cancel", args=[booking.reference]))

    booking.refresh_from_db()
    assert response.status_code == 409
    assert booking.is_active


def test_a_past_booking_is_booked_again_at_the_same_hours(client: Client, person: User) -> None:
    booking = booked(person)

    with time_machine.travel(MORNING.ends_at + timedelta(days=1), tick=False):
        again = client.get(booking.get_absolute_url()).context["again"]

    assert list(again.intervals) == [interval(TUESDAY + timedelta(days=7), "08:00", "12:00")]


def test_the_same_again_keeps_the_clocks_over_their_change() -> None:
    before = interval(TUESDAY.replace(month=10, day=20), "09:00", "12:00")

    again = next_times([before], PARIS, before.ends_at)

    assert again == (interval(TUESDAY.replace(month=10, day=27), "09:00", "12:00"),)


def test_somebody_elses_booking_is_not_said_to_be_ones_own(
    client: Client, person: User, frozen: Any
) -> None:
    booking = booked(make_user(name="Ann"))
    client.force_login(make_manager(booking.site))
    own = Client()
    own.force_login(booking.person)

    page = html.unescape(client.get(booking.get_absolute_url()).content.decode())
    mine = html.unescape(own.get(booking.get_absolute_url()).content.decode())
    frozen.move_to(NOW + timedelta(days=9))
    past = html.unescape(client.get(booking.get_absolute_url()).content.decode())

    assert "Réservation pour Ann" in page
    assert "Votre réservation est confirmée" not in page
    assert "Votre réservation est confirmée" in mine
    assert "Réserver à nouveau" in mine
    assert "Réserver à nouveau" not in page
    assert "Réserver à nouveau" not in past


def test_what_runs_is_said_to_run(client: Client, person: User, frozen: Any) -> None:
    booking = booked(person)

    before = client.get(reverse("bookings")).content.decode()
    frozen.move_to(booking.starts_at + timedelta(minutes=5))
    listed = client.get(reverse("bookings")).content.decode()
    page = client.get(booking.get_absolute_url()).content.decode()

    assert "En cours" not in before
    assert "En cours" in listed
    assert "En cours" in page


def test_who_closes_an_account_reads_how_many_of_its_bookings_are_to_come(client: Client) -> None:
    booking = booked(make_user())
    over = booked(booking.person, times=interval(TUESDAY, "14:00", "15:00"))
    Booking.objects.filter(pk=over.pk).update(
        starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1)
    )
    client.force_login(make_user(is_staff=True, is_superuser=True))
    address = reverse("admin:network_user_close", args=[booking.person.pk])

    before = client.get(address).content.decode()
    cancel(booking=booking, by=booking.person, now=NOW)
    after = client.get(address).content.decode()

    assert "L’une d’elles est encore à venir" in before
    assert "encore à venir" not in after


def test_a_booking_begins_with_when_where_and_how_to_get_in(client: Client, person: User) -> None:
    site = make_site("La Fabrique", phone="+33353010011", email="accueil@site.example")
    site.photos.create(image="sites/front.jpg", alternative="The door under the chimney")
    booking = booked(person, make_space(site, name="Blue room"))

    page = html.unescape(client.get(booking.get_absolute_url()).content.decode())

    words = [
        "8\N{NO-BREAK SPACE}h",
        "La Fabrique</a>",
        "1 place de la Mairie, 67220 Villé",
        "Blue room",
        site.access_notes,
        booking.reference,
        f"directions?to={site.latitude:.5f}%2C{site.longitude:.5f}",
        f'href="geo:{site.latitude:.5f},{site.longitude:.5f}',
        'alt="The door under the chimney"',
        'href="tel:+33353010011"',
        "mailto:accueil@site.example",
    ]
    places = [page.index(one, page.index("</h1>")) for one in words]
    assert places == sorted(places)


def test_a_booking_on_wheels_tells_where_the_site_stands_then(client: Client, person: User) -> None:
    site = make_site("The bus", hours=(), is_itinerant=True)
    elsewhere = make_commune("Orbey", insee_code="68249")
    stay = interval(TUESDAY, "08:00", "12:00")
    make_stop(site, elsewhere, stay, place="Church square", latitude=48.12, longitude=7.16)
    booking = booked(person, make_space(site))

    page = client.get(booking.get_absolute_url()).content.decode()

    assert "Church square, Orbey" in page
    assert "directions?to=48.12000%2C7.16000" in page
    assert "1 place de la Mairie" not in page
