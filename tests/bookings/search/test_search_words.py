"""What a page of results says of the search itself: title, recap, how far, what was chosen."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from django.utils import translation

from bookings.forms.search import SearchForm
from bookings.search.where.places import Place
from bookings.templatetags.searches import (
    around_words,
    chosen_chips,
    near_words,
    recap,
    search_title,
)
from sites.geo import Point
from sites.models import Equipment
from tests.factories import TUESDAY, make_commune
from tests.words import plain

pytestmark = pytest.mark.django_db
ALSO = (TUESDAY + timedelta(days=1)).isoformat()


def searched(query: str = "") -> SearchForm:
    form = SearchForm(QueryDict(f"on={TUESDAY.isoformat()}&{query}"), today=TUESDAY)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize(
    ("query", "free", "title"),
    [
        ("where=Villé", 12, "12 sites libres près de Villé, mardi 24 novembre"),
        ("where=Villé", 1, "1 site libre près de Villé, mardi 24 novembre"),
        ("where=Villé", 0, "Rien de libre près de Villé, mardi 24 novembre"),
        ("", 12, "12 sites libres, mardi 24 novembre"),
        ("", 0, "Rien de libre, mardi 24 novembre"),
        (f"where=Villé&also={ALSO}", 2, "2 sites libres près de Villé, les 2 jours choisis"),
        ("latitude=48.5&longitude=7.4", 2, "2 sites libres près de vous, mardi 24 novembre"),
    ],
)
def test_the_title_says_how_many_sites_where_and_when(query: str, free: int, title: str) -> None:
    make_commune("Villé")

    with translation.override("fr"):
        assert plain(search_title(searched(query), free)) == title


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Obernai", "près d’Obernai"),
        ("Étival", "près d’Étival"),
        ("Haguenau", "près de Haguenau"),
        ("Le Hohwald", "près du Hohwald"),
        ("La Petite-Pierre", "près de La Petite-Pierre"),
    ],
)
def test_french_joins_a_name_as_it_is_spoken(name: str, words: str) -> None:
    with translation.override("fr"):
        assert near_words(Place(name, Point(48.4, 7.4), "67000")) == words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("where=Villé", "Villé · mar. 24 nov. · 1 poste"),
        ("where=Villé&people=3", "Villé · mar. 24 nov. · 3 postes"),
        ("kind=meeting_room&people=6", "mar. 24 nov. · Salle de réunion, 6 personnes"),
        (f"where=Villé&also={ALSO}", "Villé · les 2 jours choisis · 1 poste"),
    ],
)
def test_the_recap_is_one_line(query: str, words: str) -> None:
    make_commune("Villé")

    with translation.override("fr"):
        assert plain("".join(recap(searched(query)))) == words


def test_words_say_how_far_it_was_looked() -> None:
    make_commune("Villé")

    with translation.override("en"):
        words = [
            around_words(searched(query))
            for query in ("", "where=Villé", "where=Villé&radius_km=10", "where=Villé&radius_km=0")
        ]

    assert words == [
        "",
        "At most 25 km away, the nearest first.",
        "At most 10 km away, the nearest first.",
        "The nearest first.",
    ]


def test_each_choice_is_a_link_that_takes_only_itself_away() -> None:
    Equipment.objects.create(code="screen", name="Second screen")
    query = QueryDict(
        f"on={TUESDAY.isoformat()}&radius_km=10&category=rural&category=urban&equipment=screen"
        "&part=hours&starts=09:00&ends=12:30&page=2"
    )
    form = SearchForm(query, today=TUESDAY)
    assert form.is_valid()

    with translation.override("fr"):
        chips = {plain(one["text"]): parse_qs(one["href"][1:]) for one in chosen_chips(form, query)}

    assert list(chips) == [
        *("9 h – 12 h 30", "10 km au plus", "Télécentre rural", "Espace de coworking"),
        "Second screen",
    ]
    assert chips["Télécentre rural"]["category"] == ["urban"]
    assert chips["9 h – 12 h 30"].keys() == {"on", "radius_km", "category", "equipment"}
    assert chips["10 km au plus"]["part"] == ["hours"]


def test_what_is_usual_is_no_choice() -> None:
    assert searched("radius_km=25&part=").chosen == []
