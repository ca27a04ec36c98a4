"""The same wish at other sites: the nearest with room, at the same time."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bookings.models import Booking
from bookings.search.candidates import Search
from bookings.search.parts import Part
from bookings.search.repeats import agenda_of
from bookings.search.slots import SlotSearch, When
from bookings.search.where.elsewhere import (
    Elsewhere,
    Wanted,
    elsewhere,
    elsewhere_by_kind,
    elsewhere_found,
    usual_slot,
)
from bookings.templatetags.slots import book_url
from network.models import User
from sites.models import Site, Space
from tests.bookings.bookings import book_for
from tests.bookings.search.offers import MORNING, VILLE, can_book, take
from tests.factories import (
    NOW,
    PARIS,
    TUESDAY,
    interval,
    make_closure,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)

pytestmark = pytest.mark.django_db
KM = 1 / 111.195  # a degree of latitude is so many km


def site_at(km: float, **fields: Any) -> Site:
    return make_site(latitude=VILLE.latitude + km * KM, **fields)


@pytest.fixture
def full() -> Space:
    """A desk in Villé that somebody has on Tuesday morning."""
    space = make_space(site_at(0))
    take(space, MORNING)
    return space


def wanted(space: Space, people: int = 1) -> Wanted:
    return Wanted(space.kind, (MORNING,), people, space.site.point, space.site.slug)


def found(space: Space, people: int = 1, person: User | None = None) -> list[Elsewhere]:
    return elsewhere(wanted(space, people), agenda_of(person or AnonymousUser(), NOW))


def test_the_three_nearest_sites_with_room_are_told_with_their_distance(full: Space) -> None:
    for km in (30, 14, 22, 6, 49):
        make_space(site_at(km, name=f"At {km}"))
    make_space(site_at(51))
    take(Space.objects.get(site__name="At 6"), MORNING)

    told = found(full)

    assert [(one.space.site.name, round(one.distance_km)) for one in told] == [
        ("At 14", 14),
        ("At 22", 22),
        ("At 30", 30),
    ]


def test_what_is_told_can_be_booked(full: Space) -> None:
    shut = site_at(1)
    make_closure(shut, interval(TUESDAY, "11:00", "18:00"))
    make_space(shut, units=9)
    make_space(site_at(2), units=2)
    make_space(site_at(3), units=9, max_minutes=60)
    make_space(site_at(4), units=9, kind=Space.Kind.OFFICE)
    make_space(site_at(5), units=9, is_active=False)
    make_space(site_at(6), units=9)  # half of nine, rounded up, is five: not six
    enough = make_space(site_at(7), units=12)

    (told,) = found(full, people=6)

    assert told.space.id == enough.pk
    assert can_book(enough, told.times, told.people, NOW)


def test_a_site_tells_one_space_and_the_others_are_not_crowded_out(full: Space) -> None:
    near, far = site_at(3), site_at(9)
    second, first = make_space(near, position=2), make_space(near, position=1)
    other = make_space(far)

    assert [one.space.id for one in found(full)] == [first.pk, other.pk]
    assert second.pk not in {one.space.id for one in found(full)}


def test_nothing_is_told_to_somebody_who_has_such_a_place_then(full: Space) -> None:
    person = make_user()
    make_space(site_at(9))
    book_for(person, make_space(site_at(30), units=2), interval(TUESDAY, "11:00", "14:00"))

    assert found(full, person=person) == []
    assert len(found(full, person=make_user())) == 2


def test_an_itinerant_site_is_where_it_stands_that_day(full: Space) -> None:
    bus = site_at(2, is_itinerant=True, hours=())
    make_space(bus)
    make_space(site_at(5))
    commune = make_commune("Erstein", latitude=VILLE.latitude + 20 * KM)
    make_stop(bus, commune, interval(TUESDAY, "08:00", "18:00"))

    assert [round(one.distance_km) for one in found(full)] == [5, 20]


def test_five_queries_whatever_the_number_of_sites(
    full: Space, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for km in range(1, 12):
        make_space(site_at(km, is_itinerant=km == 1))
    agenda = agenda_of(AnonymousUser(), NOW)

    with django_assert_num_queries(5):
        assert len(elsewhere(wanted(full), agenda)) == 3


def test_of_a_search_already_read_the_nearest_to_the_full_site_are_told(
    full: Space, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    take(full, interval(TUESDAY, "12:00", "18:30"))
    far, near = make_space(site_at(20)), make_space(site_at(-4))
    take(near, interval(TUESDAY, "08:00", "12:00"))
    read = SlotSearch(Search(kinds=(Space.Kind.DESK,)), [TUESDAY], NOW)
    sites = read.sites(When((TUESDAY,), Part.MORNING))
    (without,) = [one for one in sites if one.site.id == full.site_id]
    agenda = agenda_of(AnonymousUser(), NOW)

    with django_assert_num_queries(0):
        (told,) = elsewhere_found(without, sites, 1, agenda)

    assert (told.space.id, round(told.distance_km)) == (far.pk, 20)


def test_several_kinds_are_looked_for_in_the_same_five_queries(
    full: Space, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = make_space(site_at(8))
    office = make_space(site_at(3), kind=Space.Kind.OFFICE)
    point, slug = full.site.point, full.site.slug
    wishes = [
        Wanted("desk", (MORNING,), 1, point, slug),
        Wanted("office", (interval(TUESDAY, "13:00", "18:30"),), 1, point, slug),
    ]
    agenda = agenda_of(AnonymousUser(), NOW)

    with django_assert_num_queries(4):  # none of them moves
        told = elsewhere_by_kind(wishes, agenda)

    assert {kind: [one.space.id for one in some] for kind, some in told.items()} == {
        "desk": [desk.pk],
        "office": [office.pk],
    }
    assert told["office"][0].times == (interval(TUESDAY, "13:00", "18:30"),)


def test_a_kind_that_the_person_has_then_is_left_out_and_the_others_are_not(full: Space) -> None:
    person = make_user()
    make_space(site_at(3), units=2)
    office = make_space(site_at(3), kind=Space.Kind.OFFICE)
    book_for(person, make_space(site_at(30)), MORNING)
    point, slug = full.site.point, full.site.slug
    wishes = [Wanted(kind, (MORNING,), 1, point, slug) for kind in ("desk", "office")]

    told = elsewhere_by_kind(wishes, agenda_of(person, NOW))

    assert list(told) == ["office"]
    assert told["office"][0].space.id == office.pk


@pytest.mark.parametrize(
    ("hours", "most_minutes", "usual"),
    [
        ((("08:00", "18:30"),), 720, ("08:00", "18:30")),
        # Longer in the afternoon, yet a morning it is where nobody gets the day.
        ((("09:00", "12:00"), ("14:00", "18:30")), 300, ("09:00", "12:00")),
        ((("14:00", "18:30"),), 720, ("14:00", "18:30")),
        ((("08:00", "18:30"),), 60, ("08:00", "09:00")),
    ],
)
def test_the_usual_time_is_the_day_else_the_morning_else_what_there_is(
    hours: tuple[tuple[str, str], ...], most_minutes: int, usual: tuple[str, str]
) -> None:
    make_space(make_site(hours=hours, slug="here"), max_minutes=most_minutes)
    read = SlotSearch(Search(site="here"), [TUESDAY], NOW)
    (site,) = read.sites(When((TUESDAY,)))

    slot = usual_slot(site.spaces[0].slots)

    assert slot
    assert slot.span == interval(TUESDAY, *usual)


def test_without_any_slot_there_is_no_usual_time() -> None:
    assert usual_slot([]) is None


@pytest.mark.usefixtures("frozen")
def test_the_page_of_a_refused_wish_shows_them_as_links(client: Client, full: Space) -> None:
    client.force_login(make_user())
    other = make_space(site_at(14, name="La Fabrique"))
    url = book_url(full.pk, [MORNING], PARIS)

    page = client.get(url)

    assert [one.space.id for one in page.context["elsewhere"]] == [other.pk]
    words = page.content.decode()
    assert "à 14 km" in words.replace("\u202f", " ").replace("\xa0", " ")
    assert book_url(other.pk, [MORNING], PARIS).replace("&", "&amp;") in words


@pytest.mark.usefixtures("frozen")
def test_what_is_refused_everywhere_offers_no_other_site(client: Client) -> None:
    client.force_login(make_user())
    space = make_space(site_at(0))
    make_space(site_at(14))
    over = interval(NOW.date() - timedelta(days=3), "08:00", "12:00")

    page = client.get(book_url(space.pk, [over], PARIS))

    assert page.context["elsewhere"] == []
    assert not Booking.objects.exists()
