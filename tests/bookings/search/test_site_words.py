"""What a site's page says of the site; the page only places these words."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from bookings.templatetags.places import (
    accessibility_words,
    closed_words,
    connection_words,
    shut_title,
    site_kinds,
    site_place,
    space_equipment,
    step_free_words,
    surface_words,
    way_to_site,
)
from bookings.templatetags.surroundings import years_words
from network.models import Commune
from sites.models import Equipment, Site, Stop
from sites.queries import SiteFacts
from tests.words import plain


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def site(**fields: object) -> Site:
    """Return a site that nobody keeps."""
    usual = {
        "name": "La Fabrique",
        "address": "1 place de la Mairie",
        "postal_code": "67220",
        "commune": Commune(name="Villé"),
        "category": Site.Category.RURAL,
        "technology": Site.Technology.FIBRE,
        "download_mbps": 500,
        "upload_mbps": 300,
    }
    return Site(**usual | fields)


def test_the_line_under_the_name_says_where_and_what() -> None:
    category = site().get_category_display()
    library = site(host=Site.Host.LIBRARY)
    stop = Stop(place="Place du Marché", commune=Commune(name="Sélestat"))

    assert site_place(site(), None) == "1 place de la Mairie, 67220 Villé"
    assert site_place(site(), stop) == "Place du Marché, Sélestat"
    assert site_kinds(site()) == category
    assert site_kinds(library) == f"{category}\u00a0· {library.get_host_display()}"


def test_the_way_back_is_the_search() -> None:
    assert way_to_site(site()) == [
        {"text": "Find a place", "href": "/"},
        {"text": "La Fabrique", "is_own": True},
    ]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "1 250 m²"), ("de", "1.250 m²"), ("en", "1,250 m²")]
)
def test_a_large_surface_has_its_thousands_apart(language: str, words: str) -> None:
    with translation.override(language):
        assert plain(surface_words(1250)) == words
        assert plain(surface_words(80)) == "80 m²"


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "2021 – 2023"), ("de", "2021–2023"), ("en", "2021 – 2023")],
)
def test_years_are_joined_as_the_reader_writes_them(language: str, words: str) -> None:
    with translation.override(language):
        assert plain(years_words(date(2021, 3, 1), date(2023, 12, 31))) == words


def test_the_connection_says_its_speed_both_ways() -> None:
    technology = site().get_technology_display()

    assert connection_words(site()) == f"{technology}, 500\u00a0Mbit/s down, 300\u00a0Mbit/s up"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"step_free_access": True}, "Step-free access"),
        ({"accessibility_note": "Ring twice"}, "No step-free access"),
        (
            {"accessible_toilet": True, "accessible_parking": True, "hearing_loop": True},
            "No step-free access, accessible toilet, accessible parking, hearing loop",
        ),
    ],
)
def test_accessibility_is_told_where_something_is_known(
    fields: dict[str, object], words: str
) -> None:
    assert accessibility_words(site(**fields)) == words


def test_a_way_in_without_a_step_is_told_either_way() -> None:
    assert step_free_words(site()) == "No step-free access"
    assert step_free_words(site(step_free_access=True)) == "Step-free access"


def test_equipment_comes_before_video_standards() -> None:
    screen, board, lamp = (
        Equipment(name=name, other_words={"en": {"name": name}})
        for name in ("Screen", "Board", "Lamp")
    )
    facts = SiteFacts(equipment={1: [screen, board], 2: [lamp]}, video={1: ["SIP"], 3: ["X"]})

    held = [space_equipment(facts, space_id) for space_id in (1, 2, 3, 4)]

    assert held == ["Screen, Board\N{NO-BREAK SPACE}· SIP", "Lamp", "X", ""]


def test_a_closed_day_says_why_where_it_is_known() -> None:
    assert closed_words({"why_closed": "Works"}) == "closed (Works)"
    assert closed_words({"why_closed": ""}) == "closed"


def test_a_bus_that_stops_nowhere_is_not_called_closed() -> None:
    bus = site(is_itinerant=True)

    assert shut_title(bus, None) == "The site does not stop anywhere that day"
    assert shut_title(bus, Stop()) == "Closed that day"
    assert shut_title(site(), None) == "Closed that day"
