"""The day of a site: a table of quarters of an hour where there is room, else a list to press."""

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize

from sites.models import Site, Space
from tests.billing.tariffs import make_grid
from tests.factories import make_space, make_user
from tests.journeys.fitting import misfits
from tests.journeys.world import at_text, book_morning, make_fabrique, tomorrow

OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: Pixels that a finger needs; and the line of a phone below which most people have to scroll.
TARGET, FOLD = 44, 500


@pytest.fixture
def address() -> str:
    """Make a pool, a room that is taken for the morning, a booth; return the page of their day.

    Desks have prices.
    """
    make_grid(from_day=date(2020, 1, 1))
    pool = make_fabrique()
    room = make_space(pool.site, name="Salle du haut", kind=Space.Kind.MEETING_ROOM)
    make_space(pool.site, name="Cabine", kind=Space.Kind.PHONE_BOOTH, max_minutes=120)
    book_morning(room, make_user(), tomorrow())
    return f"/sites/la-fabrique/?on={tomorrow().isoformat()}"


def test_its_pieces_and_the_hours_form_fit_every_width(page: OpenPage, address: str) -> None:
    tab = page(address)
    faults = {}

    for width in (320, 360, 480, 640, 768, 1000, 1440, 1920):
        tab.set_viewport_size(ViewportSize(width=width, height=900))
        if found := misfits(tab):
            faults[width] = found

    assert faults == {}


def test_on_a_phone_each_free_time_is_as_large_as_a_finger(page: OpenPage, address: str) -> None:
    tab = page(address, viewport="phone")

    links = tab.locator(".day-grid a").all()
    boxes = [one.bounding_box() for one in links]

    assert len(boxes) > 10
    assert all(box and min(box["width"], box["height"]) >= TARGET for box in boxes)
    assert tab.locator(".day-grid .closed").first.is_hidden()


@pytest.mark.parametrize("language", ["fr-FR", "de-DE", "en-GB"])
def test_the_first_time_to_book_is_above_the_fold_of_a_phone(
    page: OpenPage, address: str, language: str
) -> None:
    Site.objects.update(
        name="Bureau mobile du pays de Hanau et de la Petite-Pierre",
        description="In the old mill above the river. " * 12,
        surface_m2=95,
    )

    tab = page(address, script=False, locale=language, viewport="phone")

    first = tab.locator("a.slot").first.bounding_box()
    told = tab.locator("#about").bounding_box()
    assert first
    assert told
    assert first["y"] < FOLD < told["y"]
    assert "€" in tab.locator("a.slot").first.inner_text()
    assert tab.evaluate("document.documentElement.scrollWidth") == 360


def test_on_a_wide_screen_what_the_site_is_like_stands_beside_its_times(
    page: OpenPage, address: str
) -> None:
    tab = page(address)

    strip = tab.locator(".site-top .date-strip").bounding_box()
    told = tab.locator("section:has(> #about)").bounding_box()

    assert strip
    assert told
    assert told["x"] > strip["x"] + strip["width"]
    assert abs(told["y"] - strip["y"]) < TARGET


def test_it_is_walked_by_keyboard_in_the_order_of_the_day(page: OpenPage, address: str) -> None:
    tab = page(address)
    tab.locator(".day-grid a").first.focus()

    names = []
    for _ in range(3):
        names.append(tab.evaluate("document.activeElement.textContent").split(", ")[0].strip())
        tab.keyboard.press("Tab")
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Shift+Tab")
    with tab.expect_request(lambda one: "/book/" in one.url) as pressed:
        tab.keyboard.press("Enter")

    assert names == ["Grande salle", "Salle du haut", "Cabine"]
    assert parse_qs(urlsplit(pressed.value.url).query)["at"] == [
        at_text(tomorrow(), "12:00", "18:30")
    ]
