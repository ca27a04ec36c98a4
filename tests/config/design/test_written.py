"""What results are drawn with without a template: cards of sites, markers of the map."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override

from bookings.search.results import Card
from config.design.cards import site_card
from config.design.cells import draw_cells, draw_heads
from config.design.markers import draw_markers
from config.design.pieces import slot
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


def test_a_free_cell_of_a_day_is_a_link_that_says_its_space_and_what_is_left() -> None:
    cell = {"span": 8, "css": "free left-2", "hours": "8:00 – 10:00", "note": "2 free", "left": 2}

    html = draw_cells({"about": ODD, "cells": [cell | {"href": "/book/1/?at=a&people=2"}]})

    assert html == (
        '<td class="free left-2" colspan="8">'
        '<a href="/book/1/?at=a&amp;people=2" data-left="2">'
        '<span class="visually-hidden" lang="fr">&quot;L&#x27;Île&quot; &lt;b&gt;, </span>'
        "<b>8:00 – 10:00</b> <small>2 free</small></a></td>"
    )


@pytest.mark.parametrize(
    ("note", "told"),
    [("2 free", "<small>2 free <b>€8</b></small>"), ("", "<small><b>€8</b></small>")],
)
def test_a_free_cell_tells_its_price_after_what_is_left(note: str, told: str) -> None:
    cell = {"span": 8, "css": "free", "hours": "8:00 – 10:00", "note": note, "price": "€8"}

    assert told in draw_cells({"about": "Room", "cells": [cell | {"href": "/book/1/"}]})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"free": 7, "price": "€8"}, "<small>7 free <b>€8</b></small></a>"),
        ({"price": "€8"}, "<small><b>€8</b></small></a>"),
        ({"free": 7, "price": ""}, "<small>7 free</small></a>"),
        ({"price": "€8", "small": "8:00"}, "<small><b>€8</b></small><small>8:00</small></a>"),
        ({"free": 7, "price": "<b>"}, "<small>7 free <b>&lt;b&gt;</b></small></a>"),
        ({"free": 0, "price": "€8"}, "<small>full</small></span>"),
    ],
)
def test_a_time_tells_its_price_after_what_is_left(fields: dict[str, Any], told: str) -> None:
    assert slot("8:00", href="/book/1/", **fields).endswith(told)


def test_a_cell_that_cannot_be_had_says_why_and_writes_no_markup_of_others() -> None:
    cell = {"span": 4, "css": "closed told", "hours": "8:00 – 9:00", "note": ODD, "left": None}

    html = draw_cells({"about": "Room, Site", "cells": [cell]})

    assert html == (
        '<td class="closed told" colspan="4"><div><b>8:00 – 9:00</b>'
        " <small>&quot;L&#x27;Île&quot; &lt;b&gt;</small></div></td>"
    )


def test_the_hours_of_a_day_stand_over_as_many_quarters_as_they_have() -> None:
    html = draw_heads([{"span": 4, "text": "8:00"}, {"span": 2, "text": "9:00"}])

    assert html == '<td colspan="4">8:00</td><td colspan="2">9:00</td>'
