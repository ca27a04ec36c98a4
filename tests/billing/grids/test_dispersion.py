"""How far prices lie apart: by kind, duration and territory."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.grids.dispersion import Place, Spread, spread, spreads
from billing.grids.reviewing import dispersed
from billing.prices.durations import Duration
from sites.models import Space
from tests.billing.tariffs import local_price, make_grid
from tests.factories import TUESDAY, make_site, make_space

DESK = Space.Kind.DESK


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_a_spread_is_what_sorting_says(cents: list[int]) -> None:
    found = spread(cents)

    assert (found.sites, found.least, found.most) == (len(cents), min(cents), max(cents))
    assert abs(found.median - median(cents)) <= 0.5


def test_equal_prices_are_told_as_such() -> None:
    assert spread([800, 800]).is_equal
    assert not spread([800, 801]).is_equal


def test_each_place_has_its_own() -> None:
    barr, ville = Place("Barr", "67021"), Place("Villé", "67507")

    found = spreads([(ville, 800), (barr, 700), (ville, 1000)])

    assert found == {barr: Spread(1, 700, 700, 700), ville: Spread(2, 800, 900, 1000)}


def test_places_of_one_name_are_kept_apart_by_their_codes() -> None:
    places = [Place("Saint-Louis", "97414"), Place("Saint-Louis", "68297")]

    assert len(spreads((one, 800) for one in places)) == 2


@pytest.mark.django_db
def test_sites_are_compared_by_what_they_ask_and_only_of_what_they_sell() -> None:
    make_grid()
    dearer, usual, silent = (make_space(make_site()).site for _number in range(3))
    silent.spaces.update(is_active=False)
    local_price(dearer, Duration.DAY, 1500)

    (day,) = dispersed(TUESDAY, list(Space.Kind), [Duration.DAY])

    assert day.every == Spread(2, 1400, 1450, 1500)
    assert day.departements == {Place("Bas-Rhin", "67"): day.every}
    assert day.epcis == {Place("CC de la Vallée de Villé", "246700744"): day.every}
    assert usual.pk != dearer.pk


@pytest.mark.django_db
def test_before_there_is_a_grid_there_is_nothing_to_compare() -> None:
    make_space(make_site())

    assert dispersed(TUESDAY, [DESK], [Duration.DAY]) == []
