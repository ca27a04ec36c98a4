"""What a search is about is what the ORM says, whichever choices are made together."""

from typing import Any

import pytest
from django.db.models import Count, Exists, OuterRef, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings.search.candidates import EVERYWHERE_KM, Search, find_candidates
from network.models import Commune
from sites.geo import Point, bounding_box
from sites.models import Equipment, OpeningHours, Site, Space, Specialisation
from sites.models.site import maybe_in
from tests.factories import make_commune, make_site, make_space, open_on

VILLE, STRASBOURG = Point(48.34, 7.30), Point(48.58, 7.75)
KINDS, CODES = ("desk", "office", "meeting_room"), ("screen", "whiteboard", "video")
WORDS = ("crafts", "health")


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


SEARCHES = st.builds(
    Search,
    kinds=some(KINDS),
    near=st.sampled_from([None, VILLE, STRASBOURG]),
    radius_km=st.sampled_from([5.0, 60.0, EVERYWHERE_KM]),
    people=st.sampled_from([1, 2, 6]),
    site=st.sampled_from(["", "", "", "one", "nowhere"]),
    categories=some(("rural", "urban")),
    hosts=some(("library", "fablab")),
    equipment=some(CODES),
    specialisations=some(WORDS),
    step_free=st.booleans(),
    min_mbps=st.sampled_from([0, 100, 900]),
    on_saturday=st.booleans(),
)


@pytest.fixture
def network(db: None) -> None:
    equipment = [Equipment.objects.create(code=code, name=code) for code in CODES]
    words = [Specialisation.objects.create(code=code, name=code) for code in WORDS]
    for number, slug in enumerate(("one", "two", "three", "four")):
        site = make_site(
            slug=slug,
            commune=make_commune(slug) if number % 2 else Commune.objects.first(),
            latitude=VILLE.latitude if number % 2 else STRASBOURG.latitude,
            longitude=VILLE.longitude if number % 2 else STRASBOURG.longitude,
            category="rural" if number < 2 else "urban",
            host=("", "library", "fablab", "library")[number],
            step_free_access=number != 1,
            download_mbps=(50, 500, 1000, 900)[number],
            is_itinerant=number == 3,
        )
        site.specialisations.set(words[: number % 3])
        if number % 2:
            open_on(site, 5, ("09:00", "12:00"))
        for index, kind in enumerate(KINDS):
            space = make_space(site, kind=kind, capacity=1 + 2 * index, units=1 + index)
            space.equipment.set(equipment[: (number + index) % 4])
    spaces = list(Space.objects.order_by("pk"))
    Space.objects.filter(pk=spaces[4].pk).update(is_active=False)
    spaces[5].units.update(is_active=False)
    Site.objects.filter(slug="two").update(is_active=False)


def found_by_orm(search: Search) -> set[tuple[Any, ...]]:
    asked: dict[str, Any] = {
        "kind__in": search.kinds,
        "site__slug": search.site,
        "site__category__in": search.categories,
        "site__host__in": search.hosts,
        "site__step_free_access": search.step_free,
        "site__download_mbps__gte": search.min_mbps,
        "capacity__gte": search.people,
    }
    spaces = Space.objects.bookable().filter(Q(**{key: one for key, one in asked.items() if one}))
    if search.near is not None and search.radius_km < EVERYWHERE_KM:
        spaces = spaces.filter(maybe_in(bounding_box(search.near, search.radius_km), "site__"))
    for code in search.equipment:
        spaces = spaces.filter(equipment__code=code)
    if search.specialisations:
        having = Site.objects.filter(specialisations__code__in=search.specialisations)
        spaces = spaces.filter(site__in=having)
    if search.on_saturday:
        hours = OpeningHours.objects.filter(site=OuterRef("site"), weekday=5)
        spaces = spaces.filter(Exists(hours))
    in_use = Count("units", filter=Q(units__is_active=True), distinct=True)
    rows = spaces.annotate(number=in_use)
    return set(rows.values_list("pk", "name", "site__slug", "site__commune__name", "number"))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(search=SEARCHES)
def test_every_mix_of_choices_finds_what_the_orm_finds(network: None, search: Search) -> None:
    found = find_candidates(search)

    told = [(one.id, one.name, one.site.slug, one.site.commune, one.units) for one in found]
    assert set(told) == found_by_orm(search)
    assert len(told) == len(set(told))
