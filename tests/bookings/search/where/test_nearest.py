"""Half-days of the nearest sites are looked for first: what is shown is as if all had been."""

from datetime import timedelta
from typing import Any

import pytest

from bookings.search.repeats import Agenda
from bookings.search.where import nearby
from bookings.search.where.nearby import offers_for
from network.models import Commune
from sites.geo import Point
from sites.models import Site, Space
from tests.bookings.bookings import book_for
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_closure,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
HOME = Point(48.34, 7.30)


def near(name: str, km: float, **fields: Any) -> Space:
    """Make a site so far north of home, with one desk."""
    commune = Commune.objects.first() or make_commune()
    latitude = HOME.latitude + km / 111.2
    site = make_site(name, commune=commune, latitude=latitude, longitude=HOME.longitude, **fields)
    return make_space(site)


def close(space: Space) -> None:
    """Shut a site for longer than half-days are looked for."""
    closed = interval(TUESDAY - timedelta(days=3), "00:00", "24:00")
    closure = make_closure(space.site, closed)
    closure.ends_at += timedelta(days=30)
    closure.save()


def names() -> list[str]:
    return [one.site.name for one in offers_for(Agenda(NOW, {}), HOME, []).near]


def test_full_and_closed_sites_give_way_to_further_ones() -> None:
    for name, km in (("E", 9), ("D", 8), ("C", 5), ("B", 4), ("A", 3), ("F", 12), ("G", 40)):
        near(name, km)
    for name in "ABD":
        close(Space.objects.get(site__name=name))

    assert names() == ["C", "E", "F"]


def test_of_two_as_far_one_not_looked_at_first_comes_in_its_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nearby, "FIRST_SITES", 3)
    for name, km, slug in (("A", 1, "a"), ("B", 2, "b"), ("D", 3, "d"), ("C", 3, "c")):
        near(name, km, slug=slug)

    assert names() == ["A", "B", "C"]


def test_an_itinerant_site_counts_where_it_stands() -> None:
    bus = near("Bus", 0, hours=(), is_itinerant=True).site
    stand = make_commune("Obernai", latitude=HOME.latitude + 0.1, longitude=HOME.longitude)
    make_stop(bus, stand, interval(TUESDAY, "09:00", "12:00"))
    for name, km in (("A", 1), ("B", 2), ("C", 3), ("D", 4)):
        near(name, km)
    for name in "AB":
        close(Space.objects.get(site__name=name))

    assert names() == ["C", "D", "Bus"]


@pytest.mark.parametrize("first", [0, 1, 2, 3, 5])
def test_however_many_are_looked_at_first_the_same_are_shown(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = near("Bus", 0, hours=(), is_itinerant=True).site
    stand = make_commune("Obernai", latitude=HOME.latitude + 0.05, longitude=HOME.longitude)
    make_stop(bus, stand, interval(TUESDAY, "09:00", "12:00"))
    for number in range(8):
        near(f"Site {number}", 1 + 2 * number)
    for number in (0, 3, 4):
        close(Space.objects.get(site__name=f"Site {number}"))
    book_for(
        make_user(), Space.objects.get(site__name="Site 1"), interval(TUESDAY, "08:00", "18:30")
    )
    monkeypatch.setattr(nearby, "FIRST_SITES", Site.objects.count())
    all_looked_at = offers_for(Agenda(NOW, {}), HOME, []).near

    monkeypatch.setattr(nearby, "FIRST_SITES", first)

    assert offers_for(Agenda(NOW, {}), HOME, []).near == all_looked_at
    assert len(all_looked_at) == 3
