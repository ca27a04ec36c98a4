"""The home page and the search, as a visitor's browser gets them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.actions import book
from bookings.search.counting import Why
from bookings.wishes import Wish
from sites.models import Equipment, Site, Space, Specialisation
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_commune,
    make_site,
    make_space,
    make_user,
    open_on,
)
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def names(response: Any) -> list[str]:
    return [found.site.name for found in response.context["sites"]]


def search(client: Client, **query: Any) -> Any:
    return client.get(reverse("search"), {"on": TUESDAY.isoformat()} | query)


@pytest.fixture
def valley() -> None:
    """Make Villé and Sélestat 14 km apart, Strasbourg 43 km away, each with a site."""
    places = (
        ("Villé", 48.3427, 7.3029, "67220", Site.Category.RURAL),
        ("Sélestat", 48.2598, 7.4543, "67600", Site.Category.URBAN),
        ("Strasbourg", 48.5839, 7.7455, "67000", Site.Category.FLAGSHIP),
    )
    for name, latitude, longitude, postal_code, category in places:
        commune = make_commune(
            name, latitude=latitude, longitude=longitude, postal_code=postal_code
        )
        make_space(make_site(f"Site of {name}", commune=commune, category=category), units=2)


@pytest.mark.parametrize("typed", ["Villé", "ville", "VILLE", "67220", "vill"])
def test_results_come_nearest_first_however_the_commune_is_typed(
    client: Client, valley: None, typed: str
) -> None:
    response = search(client, where=typed, radius_km="0")

    assert names(response) == ["Site of Villé", "Site of Sélestat", "Site of Strasbourg"]


@pytest.mark.parametrize(
    ("query", "near", "farther"),
    [
        ({}, ["Villé", "Sélestat"], ["Strasbourg"]),
        ({"radius_km": "10"}, ["Villé"], ["Sélestat", "Strasbourg"]),
        ({"radius_km": "50"}, ["Villé", "Sélestat", "Strasbourg"], []),
        ({"radius_km": "0"}, ["Villé", "Sélestat", "Strasbourg"], []),
    ],
)
def test_what_is_beyond_the_reach_is_told_apart(
    client: Client, valley: None, query: dict[str, str], near: list[str], farther: list[str]
) -> None:
    response = search(client, where="Villé", **query)

    assert names(response) == [f"Site of {name}" for name in near]
    beyond = response.context["results"].farther
    assert [site.name for site in beyond.sites] == [f"Site of {name}" for name in farther]
    assert beyond.total == len(farther)


def test_the_browsers_position_is_a_place(client: Client, valley: None) -> None:
    response = search(client, latitude="48.58", longitude="7.74", radius_km="10")

    assert names(response) == ["Site of Strasbourg"]


def test_results_show_distance_places_left_and_hours(client: Client, valley: None) -> None:
    page = search(client, where="Villé").content.decode()

    assert "à 15\N{NO-BREAK SPACE}km" in page
    assert "2 postes" in page
    assert "8 h – 18" in plain(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"category": "rural"}, ["Site of Villé"]),
        ({"category": ["rural", "urban"]}, ["Site of Sélestat", "Site of Villé"]),
        ({"host": "library"}, []),
        ({"min_mbps": "1000"}, []),
        ({"step_free": "on"}, []),
        ({"people": "2"}, ["Site of Sélestat", "Site of Strasbourg", "Site of Villé"]),
        ({"people": "3"}, []),
        ({"kind": "meeting_room"}, []),
    ],
)
def test_filters_narrow_the_results(
    client: Client, valley: None, query: dict[str, Any], found: list[str]
) -> None:
    assert names(search(client, **query)) == found


def test_open_on_saturday_and_equipment_are_filters(client: Client, valley: None) -> None:
    saturday = Site.objects.get(name="Site of Villé")
    open_on(saturday, 5, ("09:00", "12:00"))
    screen = Equipment.objects.create(code="second-screen", name="Second screen")
    Site.objects.get(name="Site of Sélestat").spaces.get().equipment.add(screen)

    assert names(search(client, on_saturday="on")) == ["Site of Villé"]
    assert names(search(client, equipment="second-screen")) == ["Site of Sélestat"]


def test_several_days_are_offered_only_where_all_have_room(client: Client) -> None:
    space = make_space(units=1)
    person = make_user()
    wednesday = TUESDAY + timedelta(days=1)
    book(
        wish=Wish(space_id=space.pk, intervals=(interval(wednesday, "08:00", "18:30"),)),
        person=person,
        by=person,
        now=NOW,
    )
    thursday = TUESDAY + timedelta(days=2)

    assert len(names(search(client, also=thursday.isoformat()))) == 1
    assert names(search(client, also=[wednesday.isoformat(), thursday.isoformat()])) == []


def test_free_hours_are_offered_when_a_unit_is_free_throughout(client: Client) -> None:
    space, person = make_space(units=1), make_user()
    book(
        wish=Wish(space_id=space.pk, intervals=(interval(TUESDAY, "10:00", "11:00"),)),
        person=person,
        by=person,
        now=NOW,
    )

    assert len(names(search(client, part="hours", starts="11:00", ends="12:00"))) == 1
    assert names(search(client, part="hours", starts="10:30", ends="12:00")) == []


@pytest.mark.parametrize("part", [{}, {"part": ""}, {"part": "hours"}])
def test_hours_that_are_given_count_without_a_part_of_the_day(
    client: Client, part: dict[str, str]
) -> None:
    make_space()

    (found,) = search(client, starts="10:00", ends="15:00", **part).context["page"]

    (slot,) = found.spaces[0].slots
    assert slot.intervals == (interval(TUESDAY, "10:00", "15:00"),)


def test_half_of_the_hours_asks_for_the_other_half(client: Client) -> None:
    response = search(client, starts="10:00")

    assert response.status_code == 400
    assert "starts" in response.context["form"].errors


def test_days_that_nobody_counted_bear_no_sign(client: Client, valley: None) -> None:
    thursday = (TUESDAY + timedelta(days=2)).isoformat()

    page = search(client, on=thursday).content.decode()
    counted = client.get(reverse("search-week"), {"on": thursday}).content.decode()

    over = (TUESDAY - NOW.date()).days - 1
    assert page.count('<small class="places">passé</small>') == over
    assert counted.count('<small class="places">passé</small>') == over
    assert page.count('<small class="places">\u00a0</small>') == 7 - over
    assert "\u00a0</small>" not in counted


def test_a_full_day_says_when_the_next_one_is(client: Client) -> None:
    space, person = make_space(units=1), make_user()
    book(
        wish=Wish(space_id=space.pk, intervals=(interval(TUESDAY, "08:00", "18:30"),)),
        person=person,
        by=person,
        now=NOW,
    )

    response = search(client)

    assert response.context["next_day"] == TUESDAY + timedelta(days=1)


@pytest.mark.parametrize(
    "query",
    [
        {"where": "Xyzzy"},
        {"on": "nonsense"},
        {"on": "1999-01-01"},
        {"on": "9999-12-31"},
        {"also": "9999-12-31"},
        {"also": "x"},
        {"people": "0"},
        {"people": "999999999"},
        {"kind": "castle"},
        {"part": "hours"},
        {"part": "hours", "starts": "12:00", "ends": "09:00"},
        {"latitude": "nan", "longitude": "7"},
        {"latitude": "91", "longitude": "7"},
        {"commune": "'; drop"},
    ],
)
def test_nonsense_is_refused_in_words_and_keeps_what_was_typed(
    client: Client, valley: None, query: dict[str, Any]
) -> None:
    response = search(client, **query)

    assert response.status_code == 400
    assert response.context["form"].errors
    assert "sites" not in response.context


def test_the_week_counts_free_places_day_by_day(client: Client, valley: None) -> None:
    response = client.get(reverse("search-week"), {"on": TUESDAY.isoformat()})

    counts = {day["date"].isoweekday(): day["count"] for day in response.context["week"]["days"]}
    assert {day: count.free for day, count in counts.items() if not count.why} == dict.fromkeys(
        range(1, 6), 6
    )
    assert {counts[day].why for day in (6, 7)} == {Why.SHUT}


def test_suggestions_forgive_accents_and_give_the_code(client: Client, valley: None) -> None:
    page = client.get(reverse("suggest"), {"q": "sele"}).content.decode()

    assert 'data-value="Sélestat (67600)"' in page
    assert client.get(reverse("suggest"), {"q": " "}).content.decode().strip() == ""


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_of_search_are_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)(reverse("search")).status_code == 405


def test_a_booth_given_for_two_hours_shows_its_next_free_ones(client: Client) -> None:
    booth = make_space(kind=Space.Kind.PHONE_BOOTH, max_minutes=120)
    person = make_user()
    book(
        wish=Wish(space_id=booth.pk, intervals=(interval(TUESDAY, "08:30", "09:30"),)),
        person=person,
        by=person,
        now=NOW,
    )

    (found,) = search(client, kind="phone_booth").context["sites"]

    assert [slot.span for slot in found.spaces[0].slots] == [
        interval(TUESDAY, "10:00", "11:00"),
        interval(TUESDAY, "11:00", "12:00"),
        interval(TUESDAY, "12:00", "13:00"),
    ]


def test_results_come_twenty_a_page(client: Client) -> None:
    commune = make_commune()
    for _ in range(21):
        make_space(make_site(commune=commune))

    assert len(search(client).context["page"]) == 20
    assert len(search(client, page="2").context["page"]) == 1
    assert len(search(client, page="nonsense").context["page"]) == 20


def test_sites_are_found_by_any_of_their_specialisations(client: Client, valley: None) -> None:
    wood = Specialisation.objects.create(code="wood", name="Filière bois")
    crafts = Specialisation.objects.create(code="crafts", name="Métiers d’art")
    ville, selestat = (Site.objects.get(commune__name=name) for name in ("Villé", "Sélestat"))
    ville.specialisations.set([wood, crafts])
    selestat.specialisations.set([crafts])

    assert names(search(client, specialisation="wood")) == [ville.name]
    assert sorted(names(search(client, specialisation=["wood", "crafts"]))) == sorted(
        [ville.name, selestat.name]
    )
    assert search(client, specialisation="gold").status_code == 400


def test_filters_are_named_in_the_language_of_the_page(client: Client, valley: None) -> None:
    Specialisation.objects.create(
        code="wood", name="Filière bois", other_words={"en": {"name": "Wood industry"}}
    )

    english = client.get(reverse("search"), headers={"Accept-Language": "en"}).content.decode()
    french = client.get(reverse("search"), headers={"Accept-Language": "fr"}).content.decode()

    assert "Wood industry" in english
    assert "Filière bois" in french


def groups(client: Client, **query: str) -> list[str]:
    """Return the groups of further choices as they are drawn."""
    page = search(client, **query).content.decode()
    return re.findall(r'<details class="filter-group".*?</details>', page, re.DOTALL)


def test_what_one_person_chooses_is_not_drawn_for_another(client: Client, valley: None) -> None:
    plain = groups(client)

    chosen = groups(client, category="rural", radius_km="10", part="morning", min_mbps="100")

    assert all(" open>" in one for one in chosen)
    assert groups(client) == plain
    assert not any(" open>" in one for one in plain)


def test_a_radius_left_empty_chooses_none_for_others(client: Client, valley: None) -> None:
    groups(client, radius_km="")

    assert '<option value="25" selected>' in groups(client)[1]


def test_further_days_and_equipment_follow_the_day_and_the_kind(
    client: Client, valley: None
) -> None:
    tuesday, wednesday = (groups(client, on=day) for day in ("2026-11-24", "2026-11-25"))
    rooms = groups(client, kind="meeting_room")

    assert 'value="2026-11-25"' in tuesday[0]
    assert 'value="2026-11-25"' not in wednesday[0]
    assert rooms[0] == groups(client)[0]
