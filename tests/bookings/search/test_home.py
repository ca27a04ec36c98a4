"""The home page: the network at one glance and, of its person, what comes next."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from network.models import Commune, Departement, User
from sites.models import Site, Space
from tests.bookings.bookings import book_for
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WEEK = timedelta(days=7)
FRENCH = {"accept-language": "fr"}


@pytest.fixture
def person(client: Client) -> User:
    user = make_user(home_commune=make_commune("Villé"))
    client.force_login(user)
    return user


def page_of(client: Client) -> Any:
    return client.get(reverse("home"), headers=FRENCH)


def words(client: Client) -> str:
    return plain(page_of(client).content.decode())


def make_sites(number: int) -> None:
    """Make sites in two départements in turn."""
    rhin = make_commune("Colmar")
    other = Departement.objects.create(code="68", name="Haut-Rhin", region=rhin.departement.region)
    moved = make_commune("Mulhouse", departement=other)
    for index in range(number):
        make_space(make_site(commune=moved if index % 2 else rhin), units=3)


def test_a_visitor_sees_the_departements_and_no_wall_of_sites(client: Client) -> None:
    make_sites(5)

    page = page_of(client)

    found = [(one.name, one.sites) for one in page.context["network"].departements]
    assert found == [("Bas-Rhin", 3), ("Haut-Rhin", 2)]
    assert not [one for one in Site.objects.all() if one.name in page.content.decode()]


def test_a_visitors_home_weighs_and_asks_the_same_however_large_the_network(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_sites(2)
    small = len(page_of(client).content)
    make_sites_more(60)

    with django_assert_num_queries(0):
        page_of(client)
    cache.clear()
    with django_assert_num_queries(3):
        large = len(page_of(client).content)
    assert abs(large - small) < 30


def make_sites_more(number: int) -> None:
    commune = Site.objects.earliest("pk").commune
    for _ in range(number):
        make_space(make_site(commune=commune))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(MONDAY, "11:00"), MONDAY),
        (at(MONDAY, "19:00"), TUESDAY),
        (at(MONDAY + timedelta(days=4), "19:00"), MONDAY + WEEK),
    ],
)
def test_in_the_evening_the_search_is_for_the_next_open_day(
    client: Client, frozen: Any, moment: Any, day: Any
) -> None:
    make_space()
    frozen.move_to(moment)

    assert page_of(client).context["form"].initial["on"] == day


def test_the_next_booking_comes_first_with_the_way_and_from_the_day_before_the_code(
    client: Client, person: User, frozen: Any
) -> None:
    space = make_space()
    book_for(person, space, interval(TUESDAY + WEEK, "09:00", "12:00"))
    booking = book_for(person, space, interval(TUESDAY + timedelta(days=1), "09:00", "12:00"))

    early = words(client)
    frozen.move_to(at(TUESDAY, "08:00"))
    late = words(client)

    assert "mercredi 25 novembre" in early
    assert "Door code 1234" not in early
    assert "Door code 1234" in late
    assert "openstreetmap.org/directions?to=48.34270%2C7.30290" in late
    for action in ("change", "cancel"):
        assert reverse(f"booking-{action}", args=[booking.reference]) in late
    assert late.index("Votre prochaine réservation") < late.index("Libre près de chez vous")


def test_a_page_that_may_tell_a_door_code_is_kept_by_nobody(client: Client, person: User) -> None:
    assert "no-store" in page_of(client)["Cache-Control"]
    client.logout()
    assert "no-store" not in page_of(client).get("Cache-Control", "")


def test_sites_near_home_offer_their_next_half_days_nearest_first(
    client: Client, person: User
) -> None:
    make_space(make_site("Far", commune=make_commune("Colmar", latitude=48.08, longitude=7.36)))
    near = make_commune("Sélestat", latitude=48.2598, longitude=7.4543)
    space = make_space(make_site("Near", commune=near))
    bus = make_site("Bus", hours=(), is_itinerant=True)
    make_space(bus)
    make_stop(bus, Commune.objects.get(name="Villé"), interval(TUESDAY, "09:00", "12:00"))
    make_closure(space.site, interval(MONDAY, "00:00", "24:00"))

    found = page_of(client).context["near"]

    assert [one.site.name for one in found] == ["Bus", "Near"]
    assert [half.day for half in found[1].half_days] == [TUESDAY, TUESDAY, TUESDAY + timedelta(1)]


def test_where_nothing_is_near_the_next_sites_are_shown(client: Client, person: User) -> None:
    make_space(make_site("Far", commune=make_commune("Colmar", latitude=48.08, longitude=7.36)))

    assert [one.site.name for one in page_of(client).context["near"]] == ["Far"]


def test_without_a_home_commune_the_last_site_stands_for_it(client: Client, frozen: Any) -> None:
    person, space = make_user(), make_space(units=3)
    book_for(person, space, interval(MONDAY, "11:00", "12:00"))
    client.force_login(person)
    frozen.move_to(at(TUESDAY, "07:00"))

    page = page_of(client)

    assert page.context["around"].site == space.site
    assert [one.site.id for one in page.context["near"]] == [space.site_id]


def test_a_half_day_at_which_the_person_has_a_place_is_not_offered(
    client: Client, person: User
) -> None:
    space = make_space(units=3)
    book_for(person, space, interval(MONDAY, "11:00", "12:00"))

    (near,) = page_of(client).context["near"]

    assert [one.day for one in near.half_days] == [MONDAY, TUESDAY, TUESDAY]


def test_the_same_again_is_for_free_days_without_a_booking_with_the_date_on_the_button(
    client: Client, person: User, frozen: Any
) -> None:
    space = make_space(units=1)
    wednesday = TUESDAY + timedelta(days=1)
    for day in (TUESDAY, wednesday):
        book_for(person, space, interval(day, "09:00", "12:00"))
    book_for(person, make_space(), interval(TUESDAY + WEEK, "16:00", "18:00"))
    book_for(make_user(), space, interval(wednesday + WEEK, "11:00", "14:00"))
    make_closure(space.site, interval(TUESDAY + 2 * WEEK, "00:00", "24:00"))
    frozen.move_to(at(wednesday, "18:00"))

    again = page_of(client).context["again"]

    assert [one.day for one in again] == [
        wednesday + 2 * WEEK,
        TUESDAY + 3 * WEEK,
        wednesday + 3 * WEEK,
    ]
    assert "Réserver mercredi 9 décembre" in words(client)


def test_a_space_that_is_not_offered_any_more_is_not_offered_again(
    client: Client, person: User, frozen: Any
) -> None:
    space = make_space()
    book_for(person, space, interval(MONDAY, "11:00", "12:00"))
    frozen.move_to(at(TUESDAY, "07:00"))
    Space.objects.update(is_active=False)

    assert page_of(client).context["again"] == []


def test_somebody_without_history_nor_home_sees_what_visitors_see(client: Client) -> None:
    make_space()
    client.force_login(make_user())

    assert "Libre près de" not in words(client)
    assert "1 site, une seule adresse" in words(client)


def test_a_persons_home_asks_thirteen_queries_at_most_whatever_the_network(
    client: Client, person: User, django_assert_max_num_queries: DjangoAssertNumQueries, frozen: Any
) -> None:
    space = make_space(units=3)
    for number in range(3):
        book_for(person, space, interval(TUESDAY + number * WEEK, "08:00", "12:00"))
        make_space(units=2)
    frozen.move_to(NOW + timedelta(days=2))
    page_of(client)

    with django_assert_max_num_queries(13):
        page = page_of(client)

    assert page.context["next"]
    assert page.context["near"]
    assert page.context["again"]


def test_the_sites_of_a_departement_come_page_by_page(client: Client) -> None:
    make_sites(2)
    make_sites_more(21)

    first = client.get(reverse("departement", args=["67"]))
    second = client.get(reverse("departement", args=["67"]), {"page": "2"})

    assert [len(page.context["sites"]) for page in (first, second)] == [20, 2]
    assert first.context["day"] == MONDAY


@pytest.mark.parametrize("code", ["99", "67'", "0"])
def test_a_departement_that_is_none_or_has_no_site_is_not_found(client: Client, code: str) -> None:
    make_commune()

    assert client.get(reverse("departement", args=[code])).status_code == 404
    assert client.get(reverse("departement", args=["67"])).status_code == 404
