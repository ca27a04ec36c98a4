"""Text twice as large, as browsers are told to show it, lies over nothing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.journeys.test_long_words import LEAVING
from tests.journeys.test_pages import PAGES, make_world

OpenPage = Callable[..., Page]
LARGE = 32  # pixels: twice what browsers come with
#: Pairs of things to read or press of which one lies over the other.
OVERLAPPING = """() => {
  const words = "a, button, input:not([type=hidden]), select, label, h1, h2, h3, p, small, summary";
  const isSeen = (one) => one.checkVisibility({visibilityProperty: true})
    && one.getBoundingClientRect().width > 2
    && !one.closest("svg, .visually-hidden, .leaflet-container, .skip");
  const seen = [...document.querySelectorAll(words)].filter(isSeen);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  const name = (one) => `${one.tagName} ${one.name || one.textContent.trim().slice(0, 30)}`;
  return seen.flatMap((one, number) => seen.slice(number + 1)
    .filter((other) => !one.contains(other) && !other.contains(one))
    .filter((other) => meet(one.getBoundingClientRect(), other.getBoundingClientRect()))
    .map((other) => `${name(one)} / ${name(other)}`));
}"""


def enlarge(tab: Page) -> None:
    """Have the browser's text twice as large, as its settings do."""
    session = tab.context.new_cdp_session(tab)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE, "fixed": LARGE}})


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [640, 1280])
def test_text_twice_as_large_lies_over_nothing(page: OpenPage, width: int) -> None:
    world = make_world()
    tabs = {who: page(user=person) for who, person in world.people.items()}
    faults = {}

    for name, path, who in PAGES:
        tab = tabs[who]
        tab.set_viewport_size({"width": width, "height": 900})
        enlarge(tab)
        tab.goto(world.address(path))
        found = [*tab.evaluate(LEAVING), *tab.evaluate(OVERLAPPING)]
        if found or tab.evaluate("document.documentElement.scrollWidth") > width:
            faults[name] = found

    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{LARGE}px"
    assert faults == {}


def test_layouts_follow_the_size_of_the_text_not_of_the_screen() -> None:
    sheets = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("*.css"))
    queries = [
        query
        for sheet in sheets
        for query in re.findall(r"@media[^{]*width[^{]*", sheet.read_text())
    ]

    assert len(queries) > 10
    assert [query for query in queries if "px" in query] == []
