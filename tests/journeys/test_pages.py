"""Every page, as browsers and axe-core see it."""

import re
from collections.abc import Iterator, Sequence

import pytest
from _pytest.mark import ParameterSet
from django.test import Client
from playwright.sync_api import Page, ViewportSize

from tests.axe import COLOURS, violations
from tests.journeys.naming import namesakes
from tests.journeys.pages import PAGES, VARIANTS, WHO, OpenPage, World, make_world, pages_of

NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1440, "height": 900}
#: Pages that one test reads: they share a world, which takes as long to make as a page to read.
PAGES_A_TEST = 9


@pytest.fixture
def world() -> World:
    return make_world()


def batches() -> Iterator[ParameterSet]:
    """Yield the pages that each test reads, and who looks at them."""
    for who in WHO:
        pages = pages_of(who)
        for start in range(0, len(pages), PAGES_A_TEST):
            some = pages[start : start + PAGES_A_TEST]
            yield pytest.param(who, some, id=f"{who}: {some[0][0]} to {some[-1][0]}")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("who", "pages"), list(batches()))
def test_anybody_can_read_the_pages_on_any_screen(
    page: OpenPage, world: World, who: str, pages: Sequence[tuple[str, str]]
) -> None:
    tab = page(viewport="phone", user=world.people[who])
    faults: dict[str, list[str]] = {}

    for name, path in pages:
        tab.set_viewport_size(PHONE)
        tab.emulate_media(color_scheme="light")
        tab.goto(world.address(path))
        faults[name] = [*faults_of(tab), *other_language(tab)]

    assert {name: found for name, found in faults.items() if found} == {}


def faults_of(tab: Page) -> list[str]:
    """Return what is wrong with a page on a phone and a wide screen, in light and dark."""
    found = violations(tab)
    tab.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in violations(tab, COLOURS)]
    tab.set_viewport_size(NARROW)
    width = tab.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        found.append(f"{width} px wide")
    tab.set_viewport_size(WIDE)
    found += [f"wide: {one}" for one in violations(tab)]
    if (heads := tab.locator("h1").count()) != 1:
        found.append(f"{heads} headings of the first level")
    return found + namesakes(tab)


def other_language(tab: Page) -> list[str]:
    """Return the language that a page says it is in, if it is not French."""
    lang = tab.locator("html").get_attribute("lang")
    return [] if lang == "fr" else [f"lang={lang}"]


@pytest.mark.once
@pytest.mark.django_db
def test_every_page_has_a_title_of_its_own(world: World) -> None:
    titles: dict[str, str] = {}

    for name, path, who in PAGES:
        client = Client(headers={"accept-language": "fr"})
        person = world.people[who]
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        found = re.search(
            r"<title>\s*(.+?)\s+– Maillage</title>",
            client.get(world.address(path)).content.decode(),
            re.DOTALL,
        )
        assert found, f"{name}: no title"
        if name not in VARIANTS:
            assert found[1] not in titles, f"{name} and {titles[found[1]]} share a title"
            titles[found[1]] = name

    assert len(titles) == len(PAGES) - len(VARIANTS)
