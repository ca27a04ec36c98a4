"""What is near is offered: in a circle, over the date line, where a site stands that day."""

from datetime import date

import pytest

from bookings.search.availability import find_offers
from bookings.search.candidates import Search
from sites.geo import Point
from tests.bookings.search.offers import MORNING, VILLE, offers
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_commune,
    make_site,
    make_space,
    make_stop,
)

pytestmark = pytest.mark.django_db


def test_an_itinerant_site_is_offered_where_it_stands_that_day_and_only_then() -> None:
    site = make_site(is_itinerant=True)
    space = make_space(site, units=3)
    far = make_commune("Wissembourg", latitude=49.0369, longitude=7.9457)
    make_stop(site, far, interval(TUESDAY, "09:00", "16:00"))
    near_ville = Search(near=VILLE, radius_km=20)
    near_stop = Search(near=Point(49.03, 7.94), radius_km=20)

    assert offers(search=near_ville) == {}
    assert offers(search=near_stop)[space.pk].point == Point(49.0369, 7.9457)
    assert offers(search=near_stop)[space.pk].distance_km == pytest.approx(0.88, abs=0.02)
    assert offers(interval(TUESDAY, "15:00", "16:15")) == {}
    assert offers(interval(date(2026, 11, 25), "09:00", "12:00")) == {}


def test_the_radius_is_of_a_circle_not_of_its_box_and_nearest_come_first() -> None:
    near = make_space(make_site(latitude=48.35, longitude=7.31))
    further = make_space(make_site(latitude=48.40, longitude=7.35))
    corner = make_space(make_site(latitude=48.3427 + 0.17, longitude=7.3029 + 0.25))
    found = find_offers(Search(near=VILLE, radius_km=20), MORNING, NOW)

    assert [offer.space.id for offer in found] == [near.pk, further.pk]
    assert corner.pk in offers(search=Search(near=VILLE, radius_km=27))


def test_a_site_at_exactly_the_radius_is_in_and_a_little_further_is_out() -> None:
    make_space(make_site(latitude=48.5, longitude=7.3029))
    (offer,) = find_offers(Search(near=VILLE), MORNING, NOW)
    assert offer.distance_km

    def found(radius: float) -> int:
        return len(find_offers(Search(near=VILLE, radius_km=radius), MORNING, NOW))

    assert found(offer.distance_km + 0.001) == 1
    assert found(offer.distance_km - 0.001) == 0


def test_a_search_over_the_date_line_finds_both_sides() -> None:
    east = make_space(make_site(latitude=-17.0, longitude=179.99))
    west = make_space(make_site(latitude=-17.0, longitude=-179.99))

    for longitude in (179.95, -179.95):
        search = Search(near=Point(-17.0, longitude), radius_km=20)
        assert offers(search=search).keys() == {east.pk, west.pk}
