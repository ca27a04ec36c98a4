"""Where a form says what is wrong, and what of a page comes on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.chromium import follow
from tests.journeys.pages import World, make_world
from tests.journeys.who import REGULAR

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
WRONG = "/search/?where=Nulle-Part-sur-Ill&on=1999-01-01&people=0&starts=10:00&ends=09:00"
#: Controls in error: whether the error is right below, in the control's field, as wide as it.
PLACES = """() => [...document.querySelectorAll("[aria-invalid=true]")].map((control) => {
  const error = document.getElementById(`${control.id}_error`).getBoundingClientRect();
  const field = control.closest(".field").getBoundingClientRect();
  const own = control.getBoundingClientRect();
  return [
    control.name,
    error.top >= own.bottom - 1 && error.top < own.bottom + 24 && error.bottom <= field.bottom + 1,
    error.left >= field.left && error.right <= field.right + 1,
    error.width >= own.width - 1,
  ];
})"""


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize("viewport", ["phone", "desktop"])
def test_each_error_of_a_search_stands_under_its_own_field(page: OpenPage, viewport: str) -> None:
    tab = page(WRONG, viewport=viewport)
    tab.locator("main [data-near-me]").evaluate("button => { button.hidden = false; }")

    assert tab.evaluate(PLACES) == [
        [name, True, True, True] for name in ("where", "on", "people", "ends")
    ]
    tall = [error.bounding_box() for error in tab.locator("main .error").all()]
    assert viewport == "phone" or all(box and box["height"] < 60 for box in tall)


@pytest.mark.parametrize("viewport", ["phone", "desktop"])
def test_each_error_of_a_change_stands_under_its_own_field(
    page: OpenPage, world: World, viewport: str
) -> None:
    address = world.address("/bookings/{reference}/change/")
    tab = page(address, viewport=viewport, user=world.people[REGULAR])
    for control in tab.locator(".fields input:not([type=checkbox])").all():
        control.evaluate("one => { one.type = 'text'; one.value = 'soon'; }")
    follow(tab.locator("main form .button.next"))

    places = tab.evaluate(PLACES)

    assert [one[1:] for one in places] == [[True, True, True]] * 3


def test_the_summary_of_errors_leads_to_each_field(page: OpenPage) -> None:
    tab = page(WRONG, viewport="phone")
    summary = tab.locator(".error-summary")

    is_focused_first = summary.evaluate("one => one === document.activeElement")
    names = []
    for link in summary.get_by_role("link").all():
        link.click()
        names.append(tab.evaluate("document.activeElement.name"))

    assert is_focused_first
    assert names == ["where", "on", "people", "ends"]


def shown(tab: Page, selector: str) -> list[Locator]:
    """Return what of that kind is seen in the page."""
    return [one for one in tab.locator(selector).all() if one.is_visible()]


@pytest.mark.parametrize(
    ("path", "facts"),
    [
        ("/sites/la-fabrique/?on={on}", ["Grande salle", "Heures d’ouverture", "Comment venir"]),
        ("/search/?where=Villé&on={on}", ["La Fabrique", "Grande salle"]),
        ("/bookings/", ["Grande salle", "La Fabrique, Villé"]),
        ("/bookings/{reference}/", ["{reference}", "Grande salle", "La Fabrique"]),
    ],
)
def test_paper_has_the_facts_in_black_and_nothing_to_press(
    page: OpenPage, world: World, path: str, facts: list[str]
) -> None:
    tab = page(world.address(path), user=world.people[REGULAR], dark=True)

    tab.emulate_media(media="print")

    text = tab.locator("body").inner_text()
    for fact in facts:
        assert fact.format(**world.words) in text
    pressed = "nav, button, .button, form, details.map, .leaflet-control, footer, .skip"
    assert shown(tab, pressed) == []
    colours = (
        "one => [getComputedStyle(one).color, getComputedStyle(document.body).backgroundColor]"
    )
    for one in shown(tab, "main :is(h1, h2, p, dd, dt, td, .chip, .slot, .booking-when)"):
        assert one.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    breaks = "one => getComputedStyle(one).breakInside"
    assert {card.evaluate(breaks) for card in shown(tab, "main .card")} == {"avoid"}
