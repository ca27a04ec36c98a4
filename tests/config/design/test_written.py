"""What results are drawn with without a template: cards of sites, markers of the map."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from bookings.search.results import Card
from config.design.cards import site_card
from config.design.markers import draw_markers
from sites.geo import Point
from sites.maps.pins import Marker, Pin
from tests.bookings.search.test_result_words import found

ODD = '"L\'Île" <b>'
PIN = Pin("ile", ODD, "/sites/ile/?a=1&b=2", Point(48.5, 7.25), 3, "Île & lac", is_few=True)


@pytest.fixture(autouse=True)
def english() -> object:
    with override("en"):
        yield


def test_a_marker_is_a_link_that_says_where_it_is_and_what_is_free() -> None:
    (html,) = draw_markers([Marker(PIN, 10.5, 20.0, 12.4, "right")]).splitlines()

    assert html == (
        '<a class="marker few" href="/sites/ile/?a=1&amp;b=2"'
        ' aria-label="&quot;L&#x27;Île&quot; &lt;b&gt; – 3 desks left" data-key="ile"'
        ' data-lat="48.5" data-lon="7.25" data-name="Île &amp; lac">'
        '<circle cx="10.5" cy="20.0" r="12.4"/>'
        '<text class="count" x="10.5" y="20.0" aria-hidden="true">3</text>'
        '<text class="place right" x="27.9" y="20.0" aria-hidden="true">Île &amp; lac</text></a>'
    )


def test_a_marker_without_figure_and_without_room_for_its_name_is_a_circle() -> None:
    html = draw_markers([Marker(replace(PIN, count=None), 1.0, 2.0, 12.0)])

    assert "<text" not in html
    assert '<a class="marker" ' in html


def test_a_card_names_the_site_as_a_link_that_keeps_the_search() -> None:
    site = found(3, km=6.0)
    card = Card(site, site.spaces)

    html = site_card(card, people=1, query="on=2026-11-24&kind=desk", level=3)

    assert '<h3><a href="/sites/la-fabrique/?on=2026-11-24&amp;kind=desk"' in html
    assert '<span class="chip few">3 desks left</span>' in html
    assert "6\N{NO-BREAK SPACE}km away" in html
    assert html.count('class="slot"') == 1


def test_a_card_writes_no_markup_of_others() -> None:
    site = found(3)
    odd = replace(site, site=site.site._replace(name=ODD, commune=ODD))
    spaces = tuple(replace(one, space=one.space._replace(name=ODD)) for one in site.spaces)

    html = site_card(Card(odd, spaces), people=1)

    assert "<b>" not in html
    assert html.count("&lt;b&gt;") >= 4
