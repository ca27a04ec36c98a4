"""Beside each further choice stands how many sites it leaves: as many as choosing it finds."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from bookings.forms.search import SearchForm
from bookings.search.choices import Choices, choices_of
from bookings.search.having import read_sites
from bookings.search.slots import SlotSearch
from network.models import Commune
from sites.models import Equipment, Site, Space, Specialisation
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    interval,
    make_commune,
    make_site,
    make_space,
    make_stop,
    open_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
#: Kilometres east of Villé at 48.34° north, in degrees.
KM = 1 / 74.0
TERMS = ("oak", "pine")
TOOLS = ("screen", "desk-lamp", "standing-desk")
#: A choice of each question that has several answers, and all of those that have few.
OFFERED = (
    *(("category", one) for one in ("flagship", "urban", "rural", "business_centre")),
    *(("host", one) for one in ("library", "fablab", "town_hall")),
    *(("specialisation", one) for one in TERMS),
    *(("step_free", ""), ("on_saturday", "")),
    *(("min_mbps", one) for one in ("", "30", "100", "300", "1000")),
    *(("radius_km", one) for one in ("10", "25", "50", "0")),
    *(("equipment", one) for one in TOOLS),
)
SEVERAL = ("category", "host", "specialisation", "equipment")


def some(of: Iterable[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(of)), max_size=2, unique=True)


spaces = st.fixed_dictionaries({"units": st.integers(1, 3), "equipment": some(TOOLS)})
networks = st.lists(
    st.fixed_dictionaries(
        {
            "km": st.sampled_from([0, 8, 12, 24, 40, 90]),
            "stands_at_km": st.sampled_from([None, None, 5, 60]),
            "is_itinerant": st.sampled_from([False, False, True]),
            "category": st.sampled_from(["rural", "urban"]),
            "host": st.sampled_from(["", "library", "fablab"]),
            "download_mbps": st.sampled_from([20, 100, 500]),
            "step_free_access": st.booleans(),
            "saturday": st.booleans(),
            "specialisations": some(TERMS),
            "spaces": st.lists(spaces, min_size=1, max_size=3),
        }
    ),
    max_size=5,
)
searches = st.fixed_dictionaries(
    {"people": st.sampled_from(["1", "2"]), "where": st.sampled_from(["Villé", "Villé", ""])},
    optional={
        "category": some(["rural", "urban"]),
        "host": some(["library", "town_hall"]),
        "specialisation": some(TERMS),
        "equipment": some(TOOLS),
        "step_free": st.just(["on"]),
        "on_saturday": st.just(["on"]),
        "min_mbps": st.sampled_from([["30"], ["300"]]),
        "radius_km": st.sampled_from([["10"], ["50"], ["0"]]),
    },
)


def build(network: list[dict[str, Any]], home: Commune) -> None:
    """Make those sites, each so many km east of home, or standing there on Tuesday."""
    for one in network:
        names = ("category", "host", "download_mbps", "step_free_access", "is_itinerant")
        place = {"latitude": home.latitude, "longitude": home.longitude + one["km"] * KM}
        site = make_site(commune=home, **{name: one[name] for name in names}, **place)
        if one["saturday"]:
            open_on(site, 5, ("09:00", "12:00"))
        if one["is_itinerant"] and one["stands_at_km"] is not None:
            there = {"longitude": home.longitude + one["stands_at_km"] * KM}
            make_stop(site, home, interval(TUESDAY, "08:00", "18:00"), **there)
        site.specialisations.set(Specialisation.objects.filter(code__in=one["specialisations"]))
        for space in one["spaces"]:
            made = make_space(site, units=space["units"])
            made.equipment.set(Equipment.objects.filter(code__in=space["equipment"]))


def make_terms() -> None:
    Specialisation.objects.bulk_create(Specialisation(code=one, name=one) for one in TERMS)
    Equipment.objects.bulk_create(Equipment(code=one, name=one) for one in TOOLS)


def form_of(query: QueryDict) -> SearchForm:
    form = SearchForm(query, today=MONDAY)
    assert form.is_valid(), form.errors
    return form


def asked(search: dict[str, Any], name: str = "", value: str = "") -> SearchForm:
    """Return the search as an address asks it, with one choice made as well."""
    query = QueryDict(mutable=True)
    query["on"] = TUESDAY.isoformat()
    for key, values in search.items():
        query.setlist(key, [values] if isinstance(values, str) else values)
    if name in SEVERAL:
        query.setlist(name, list(dict.fromkeys([*query.getlist(name), value])))
    elif name:
        query[name] = value or ("on" if name in ("step_free", "on_saturday") else "")
    return form_of(query)


def found(form: SearchForm) -> int:
    """Return how many sites within reach the search itself finds."""
    return len(SlotSearch(form.search(), form.when.days, NOW).sites(form.when))


def choices(form: SearchForm) -> Choices:
    return Choices(form.search(), TUESDAY, read_sites(form.sought_kind, NOW), form.reach_of)


@settings(max_examples=25)
@given(networks, searches)
def test_the_figure_beside_a_choice_is_what_a_search_with_it_finds(
    network: list[dict[str, Any]], search: dict[str, Any]
) -> None:
    with transaction.atomic():
        make_terms()
        build(network, make_commune())

        counted = choices(asked(search))
        told = {one: counted.figure(*one).left for one in OFFERED}

        assert told == {one: found(asked(search, *one)) for one in OFFERED}
        transaction.set_rollback(True)


def page(client: Client, **query: Any) -> str:
    response = client.get(reverse("search"), {"on": TUESDAY.isoformat()} | query)
    return response.content.decode()


def box(page: str, value: str) -> str:
    """Return the box of that value as it is drawn, with its words."""
    (found,) = re.findall(rf'<input type="checkbox"[^>]* value="{value}"[^>]*>[^<]*', page)
    return str(found).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def three() -> None:
    """Make two rural sites, one of them with a screen, and an urban one."""
    with_screen = make_space(make_site(category=Site.Category.RURAL))
    with_screen.equipment.add(Equipment.objects.create(code="screen", name="Écran"))
    make_space(make_site(category=Site.Category.RURAL))
    make_space(make_site(category=Site.Category.URBAN, step_free_access=True))


def test_each_choice_tells_how_many_sites_it_leaves(client: Client, three: None) -> None:
    drawn = page(client)

    assert box(drawn, "rural").endswith("Télécentre rural (2)")
    assert box(drawn, "screen").endswith("Écran (1)")
    assert "Accès de plain-pied\N{NO-BREAK SPACE}(1)</label>" in drawn
    assert "≥ 1\N{NO-BREAK SPACE}Gbit/s\N{NO-BREAK SPACE}(0)</option>" in drawn


def test_what_would_leave_nothing_cannot_be_chosen(client: Client, three: None) -> None:
    drawn = page(client)

    assert " disabled" in box(drawn, "flagship")
    assert box(drawn, "flagship").endswith("(0)")
    assert " disabled" not in box(drawn, "urban")
    assert '<option value="1000" disabled>' in drawn


def test_what_is_chosen_can_be_taken_back_though_it_leaves_nothing(
    client: Client, three: None
) -> None:
    drawn = page(client, category="flagship")

    assert " checked" in box(drawn, "flagship")
    assert " disabled" not in box(drawn, "flagship")
    assert box(drawn, "flagship").endswith("(0)")


def test_a_second_of_several_kinds_tells_how_many_it_adds(client: Client, three: None) -> None:
    drawn = page(client, category="rural")

    assert box(drawn, "rural").endswith("(2)")
    assert box(drawn, "urban").endswith("(+1)")
    assert box(drawn, "flagship").endswith("(+0)")
    assert " disabled" in box(drawn, "flagship")


def test_a_wrong_search_counts_nothing_and_forbids_no_choice(client: Client, three: None) -> None:
    drawn = page(client, where="Nowhere at all")

    assert box(drawn, "rural").endswith("Télécentre rural")
    assert " disabled" not in box(drawn, "flagship")
    assert "[[" not in drawn
    assert "data-of" not in drawn


def test_a_full_site_counts_as_the_page_still_tells_of_it(client: Client) -> None:
    space = make_space(kind=Space.Kind.PHONE_BOOTH)
    space.units.update(is_active=False)

    assert box(page(client, kind="phone_booth"), "rural").endswith("(1)")


def test_figures_ask_the_database_nothing_for_a_minute(
    three: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    form = asked({"where": "Villé"})
    search, day = form.search(), TUESDAY
    with django_assert_num_queries(2):
        choices_of(search, day, form.reach_of, NOW)

    with django_assert_num_queries(0):
        counted = choices_of(search, day + timedelta(days=1), form.reach_of, NOW)
        assert counted.figure("category", "rural").left == 2
