"""German words are long: on a small phone none leaves its box and no page scrolls sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from network.models import User
from tests.journeys.pages import PAGES, make_world
from tests.journeys.test_pages import NARROW

OpenPage = Callable[..., Page]
#: Pages where words stand in boxes, and one of each form; every page takes too long.
TIGHT = {
    *("home", "home of a regular", "results", "open site", "closed site", "itinerant site"),
    *("review with a pass", "booking with a pass", "booking to pay", "cancel with a pass"),
    *("review", "booking", "bookings", "give back", "account", "calendar", "second factor"),
}
#: Text that stands in a box of its own and would lie over what is beside it.
LEAVES_ITS_BOX = """() => [...document.querySelectorAll(".button, .slot, .day, .chip, .menu a")]
  .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1)
  .map(box => box.innerText)"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_german_word_leaves_its_box_on_a_small_phone(page: OpenPage) -> None:
    world = make_world()
    User.objects.update(language="de")
    tabs = world.tabs(page, viewport="phone", locale="de-DE")
    too_wide: dict[str, object] = {}

    for name, path, who in [line for line in PAGES if line[0] in TIGHT]:
        tab = tabs[who]
        tab.set_viewport_size(NARROW)
        tab.goto(world.address(path))
        assert tab.locator("html").get_attribute("lang") == "de"
        over = tab.evaluate("document.documentElement.scrollWidth") - NARROW["width"]
        left = tab.evaluate(LEAVES_ITS_BOX)
        too_wide |= {name: (over, left)} if over > 0 or left else {}

    assert too_wide == {}
