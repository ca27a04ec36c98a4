"""Results on a phone and beside a map: what is seen first, what covers what, what is asked for."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sites.models import Site
from tests.factories import make_commune, make_space
from tests.journeys.world import make_fabrique, make_open_site, tomorrow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
#: A phone's first sight: below this line most people have to scroll.
FOLD = 500
#: Pins that a control of the map lies over.
COVERED = """() => [...document.querySelectorAll(".map .pin")].filter((pin) => {
  const a = pin.getBoundingClientRect();
  return [...document.querySelectorAll(".leaflet-control")].some((control) => {
    const b = control.getBoundingClientRect();
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  });
}).length"""


@pytest.fixture(autouse=True)
def _valley() -> None:
    """Make La Fabrique in Villé, a site 15 km off, and one 43 km off."""
    make_fabrique()
    for name, point in (("Sélestat", (48.2598, 7.4543)), ("Strasbourg", (48.5839, 7.7455))):
        commune = make_commune(name, latitude=point[0], longitude=point[1])
        make_space(make_open_site(f"Site of {name}", commune=commune), units=3)


def address(**query: Any) -> str:
    further = "".join(f"&{name}={value}" for name, value in query.items())
    return f"/search/?where=Villé&on={tomorrow().isoformat()}{further}"


@pytest.mark.parametrize("language", ["fr-FR", "de-DE", "en-GB"])
def test_the_first_time_to_book_is_above_the_fold_of_a_phone(page: OpenPage, language: str) -> None:
    tab = page(address(), script=False, locale=language, viewport="phone")

    box = tab.locator("a.slot").first.bounding_box()

    assert box is not None
    assert box["y"] < FOLD
    assert tab.evaluate("document.documentElement.scrollWidth") == 360


def test_without_script_a_phone_changes_the_search_behind_its_line(page: OpenPage) -> None:
    tab = page(
        address(category=Site.Category.RURAL), script=False, locale="en-GB", viewport="phone"
    )
    expect(tab.get_by_label("Where")).to_be_hidden()
    tab.get_by_role("link", name="Rural telecentre").click()
    assert "category" not in tab.url

    tab.locator(".search-recap > summary").click()
    tab.get_by_label("Where").fill("Sélestat")
    tab.get_by_role("button", name="Search", exact=True).click()

    expect(tab.get_by_role("heading", level=1)).to_contain_text("2 sites free near Sélestat")


def test_the_map_marks_the_place_covers_no_pin_and_can_be_skipped(page: OpenPage) -> None:
    tab = page(address(), locale="en-GB")
    expect(tab.locator(".map .pin")).to_have_count(2)

    assert tab.evaluate(COVERED) == 0
    expect(tab.locator(".map-mark")).to_be_visible()
    expect(tab.locator(".pin-name", has_text="Sélestat")).to_be_visible()
    skip = tab.get_by_role("link", name="Skip the map")
    skip.focus()
    expect(skip).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.locator("#after-map")).to_be_focused()
    tab.keyboard.press("Tab")
    focused = tab.evaluate("document.activeElement.closest('.map') === null")
    assert focused, "the focus is still in the map"


def test_no_tile_is_asked_for_before_the_map_is_opened(page: OpenPage) -> None:
    tab = page(address(), locale="en-GB", viewport="phone")
    assert tab.locator(".map-tiles").count() == 0

    tab.get_by_role("link", name="See the map").click()

    expect(tab.locator(".map-tiles .pin")).to_have_count(2)
