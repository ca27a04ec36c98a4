"""Near means near: named places, what is within reach, what is left by the hour, what is beyond."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from bookings.search.results import Full
from network.models import Territory
from sites.models import Site, TransitStop
from tests.bookings.bookings import book_for
from tests.bookings.search.offers import can_book, take
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WEDNESDAY = TUESDAY + timedelta(days=1)
VALLEY: dict[str, Any] = {"latitude": 48.3427, "longitude": 7.3029}
TOWN: dict[str, Any] = {"latitude": 48.2598, "longitude": 7.4543}
CITY: dict[str, Any] = {"latitude": 48.5839, "longitude": 7.7455}
DAY = interval(TUESDAY, "08:00", "18:30")


def search(client: Client, **query: Any) -> Any:
    response = client.get(reverse("search"), {"on": TUESDAY.isoformat()} | query)
    assert response.status_code == 200, response.context["form"].errors
    return response


def suggested(client: Client, text: str, **query: str) -> list[tuple[str, str]]:
    """Return the labels of what is suggested, and their kinds."""
    page = client.get(reverse("suggest"), {"q": text} | query, headers={"accept-language": "en"})
    return [(one.label, one.kind) for one in page.context["suggestions"].shown]


def told(full: Full) -> list[tuple[str, int]]:
    """Return where the wish of a full site fits instead, and how many km away."""
    return [(one.space.site.name, round(one.distance_km)) for one in full.instead]


@pytest.fixture
def valley() -> dict[str, Site]:
    """Make Villé and Sélestat, 15 km apart, and Strasbourg, 43 km off, each with a desk."""
    places = (("Villé", VALLEY), ("Sélestat", TOWN), ("Strasbourg", CITY))
    sites: dict[str, Site] = {}
    for name, point in places:
        commune = make_commune(name, population=1000, **point)
        sites[name] = make_site(f"Desks of {name}", commune=commune, slug=f"desks-{len(sites)}")
        make_space(sites[name], units=1, name=f"Room of {name}")
    return sites


def make_territory(name: str, kind: str, *communes: str) -> Territory:
    territory = Territory.objects.create(kind=kind, code=f"t{len(name)}", name=name)
    territory.communes.set(Site.objects.get(commune__name=one).commune_id for one in communes)
    return territory


def test_of_communes_that_answer_alike_the_one_with_a_site_near_comes_first(client: Client) -> None:
    make_commune("Saint-Martin", "67424", population=300, **VALLEY)
    make_commune("Saint-Martin", "08396", population=90_000, latitude=49.9, longitude=4.7)
    make_site("La Forge", commune=make_commune("Villé", **VALLEY))

    found = search(client, where="Saint-Martin")

    assert found.context["form"].place.code == "67424"
    page = client.get(reverse("suggest"), {"q": "saint-m"}).content.decode()
    assert page.index("67424") < page.index("08396")


def test_sites_stations_and_territories_are_suggested_with_their_kind(
    client: Client, valley: dict[str, Site]
) -> None:
    make_territory("CC de la Vallée de Villé", Territory.Kind.EPCI, "Villé", "Sélestat")
    make_territory("Vallée de la Bruche", Territory.Kind.PAYS, "Strasbourg")
    for site in (valley["Sélestat"], valley["Villé"]):
        TransitStop.objects.create(site=site, mode="train", name="Gare de Villé", walk_minutes=5)

    assert suggested(client, "ville") == [
        ("Villé", ""),
        ("CC de la Vallée de Villé", "Community of communes"),
        ("Desks of Villé", "Site"),
        ("Gare de Villé", "Station"),
    ]
    assert suggested(client, "Vallée de la br") == [("Vallée de la Bruche", "Pays")]
    assert suggested(client, "communauté de communes de la vallée")[0][0].startswith("CC de la")
    assert suggested(client, "ville", only="communes") == [("Villé", "")]
    assert suggested(client, "67220") == [("Villé", ""), ("Sélestat", ""), ("Strasbourg", "")]


@pytest.mark.parametrize(
    ("where", "nearest"),
    [
        ("Gare Centrale", "Desks of Strasbourg"),
        ("gare cent", "Desks of Strasbourg"),
        ("Desks of Sélestat", "Desks of Sélestat"),
        ("desks of sel", "Desks of Sélestat"),
    ],
)
def test_the_name_of_a_site_or_station_is_a_place_without_script(
    client: Client, valley: dict[str, Site], where: str, nearest: str
) -> None:
    TransitStop.objects.create(
        site=valley["Strasbourg"], mode="train", name="Gare Centrale", walk_minutes=5
    )

    assert search(client, where=where).context["sites"][0].site.name == nearest


def test_a_territory_is_searched_to_its_ends(client: Client, valley: dict[str, Site]) -> None:
    make_territory("Piémont", Territory.Kind.PAYS, "Villé", "Strasbourg")

    found = search(client, where="Piémont", radius_km="10").context

    assert {one.site.name for one in found["sites"]} == {"Desks of Villé", "Desks of Strasbourg"}
    assert found["form"].place.reach_km == pytest.approx(21.2, abs=0.2)


def test_what_was_picked_counts_only_while_it_is_what_is_written(
    client: Client, valley: dict[str, Site]
) -> None:
    make_territory("Villé", Territory.Kind.ZONE, "Villé", "Strasbourg")

    picked = search(client, where="Villé", commune="zone:t5").context["form"]
    other = search(client, where="Sélestat", commune="zone:t5").context["form"]

    assert (picked.place.code, picked.place.reach_km > 10) == ("zone:t5", True)
    assert other.place.label == "Sélestat"
    assert other["commune"].value() == ""


@pytest.mark.parametrize("code", ["zone:none", "site:gone", "bus:99999999999", "bus:x", "a:b"])
def test_a_choice_that_is_gone_is_what_is_written(
    client: Client, valley: dict[str, Site], code: str
) -> None:
    assert search(client, where="Villé", commune=code).context["form"].place.label == "Villé"


def test_a_territory_without_communes_is_no_place(client: Client) -> None:
    Territory.objects.create(kind=Territory.Kind.ZONE, code="empty", name="Nowhere")

    response = client.get(reverse("search"), {"where": "Nowhere"})

    assert response.status_code == 400


def test_farther_sites_say_how_many_and_how_far_and_lead_everywhere(
    client: Client, valley: dict[str, Site]
) -> None:
    page = plain(search(client, where="Villé").content.decode())

    assert "Plus loin (1) · à partir de 42 km" in page
    assert "radius_km=0" in page
    assert "<title>" in page
    assert page.count("2 sites libres près de Villé, mardi 24 novembre") == 2


def test_an_itinerant_site_beyond_the_reach_is_told_where_it_stands(
    client: Client, valley: dict[str, Site]
) -> None:
    bus = make_site("Le Bus", is_itinerant=True, hours=(), commune=valley["Villé"].commune)
    make_space(bus)
    make_stop(bus, valley["Strasbourg"].commune, interval(TUESDAY, "09:00", "17:00"))

    farther = search(client, where="Villé").context["results"].farther

    assert [(one.name, one.commune) for one in farther.sites if one.name == "Le Bus"] == [
        ("Le Bus", "Strasbourg")
    ]
    assert farther.total == 2


def test_a_room_without_a_half_day_offers_its_longest_free_pieces(
    client: Client, valley: dict[str, Site]
) -> None:
    space = valley["Villé"].spaces.get()
    for starts, ends in (("09:00", "10:00"), ("11:00", "14:00"), ("14:15", "16:00")):
        take(space, interval(TUESDAY, starts, ends))

    results = search(client, where="Villé", radius_km="10").context["results"]

    (card,) = results.cards
    pieces = [slot.span for slot in card.spaces[0].slots]
    assert pieces == [
        interval(TUESDAY, "08:00", "09:00"),
        interval(TUESDAY, "10:00", "11:00"),
        interval(TUESDAY, "16:00", "18:30"),
    ]
    assert card.is_partly
    assert results.free == ()
    assert all(can_book(space, [piece], 1, NOW) for piece in pieces)


def test_pieces_of_a_room_of_several_are_free_throughout_for_all_who_come(
    client: Client, valley: dict[str, Site]
) -> None:
    space = make_space(valley["Villé"], units=2, name="Two", is_fungible=False)
    take(valley["Villé"].spaces.get(name="Room of Villé"), DAY)
    take(space, interval(TUESDAY, "08:00", "11:00"))
    take(space, interval(TUESDAY, "11:00", "18:30"))

    results = search(client, where="Villé", radius_km="10", people="2").context["results"]

    pieces = [slot for card in results.cards for one in card.spaces for slot in one.slots]
    assert all(can_book(space, slot.intervals, 2, NOW) for slot in pieces if slot.is_free)
    assert not any(slot.is_free for slot in pieces)


def test_a_full_site_offers_its_next_half_days(client: Client, valley: dict[str, Site]) -> None:
    take(valley["Villé"].spaces.get(), DAY)
    take(valley["Villé"].spaces.get(), interval(WEDNESDAY, "08:00", "13:00"))

    response = search(client, where="Villé", radius_km="10")

    (full,) = response.context["results"].full
    thursday = WEDNESDAY + timedelta(days=1)
    assert [(one.day, one.part) for one in full.half_days] == [
        (WEDNESDAY, "afternoon"),
        (thursday, "morning"),
        (thursday, "afternoon"),
    ]
    assert "at=2026-11-25T13:00" in unquote(response.content.decode())


def test_a_full_site_names_the_nearest_one_where_the_same_fits(
    client: Client, valley: dict[str, Site]
) -> None:
    take(valley["Villé"].spaces.get(), DAY)
    take(valley["Sélestat"].spaces.get(), interval(TUESDAY, "08:00", "13:00"))

    response = search(client, where="Villé", radius_km="50", part="morning")
    words = plain(response.content.decode())

    assert {one.found.site.name: told(one) for one in response.context["results"].full} == {
        "Desks of Villé": [("Desks of Strasbourg", 42)],
        "Desks of Sélestat": [("Desks of Strasbourg", 42)],
    }
    assert "libre à 42 km, 8 h – 13 h" in words


def test_beyond_the_reach_too_and_never_when_the_person_is_elsewhere_then(
    client: Client, valley: dict[str, Site]
) -> None:
    take(valley["Villé"].spaces.get(), DAY)
    person = make_user()
    book_for(person, make_space(make_site(latitude=44.0)), DAY)

    def instead() -> list[tuple[str, int]]:
        (full,) = search(client, where="Villé", radius_km="10").context["results"].full
        return told(full)

    before = instead()
    client.force_login(person)

    assert before == [("Desks of Sélestat", 15)]
    assert instead() == []


def test_where_nothing_near_is_free_the_nearest_with_room_are_shown(
    client: Client, valley: dict[str, Site]
) -> None:
    take(valley["Villé"].spaces.get(), DAY)

    results = search(client, where="Villé", radius_km="10").context["results"]

    assert [one.found.site.name for one in results.beyond] == [
        "Desks of Sélestat",
        "Desks of Strasbourg",
    ]
    assert results.cards == ()
