"""The same journeys by keyboard only, and without script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bookings.models import Booking
from tests.factories import make_user
from tests.journeys.world import make_fabrique, tomorrow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
MOST_STEPS = 60
#: What the focused element looks like, and whether it comes after the one focused before.
FOCUSED = """() => {
  const now = document.activeElement, before = window.focusedBefore;
  window.focusedBefore = now;
  const box = now.getBoundingClientRect(), style = getComputedStyle(now);
  const follows = Node.DOCUMENT_POSITION_FOLLOWING;
  return {
    tag: now.tagName, classes: now.className.toString(), name: now.getAttribute("name"),
    text: now.textContent.trim(),
    isOutlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    isInSight: box.bottom > 0 && box.top < innerHeight,
    isInOrder: !before?.isConnected || before === now  // the parts of a date
      || Boolean(before.compareDocumentPosition(now) & follows),
  };
}"""


def tab_to(page: Page, is_sought: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Press Tab until what is sought has the focus; each stop must be seen and in reading order."""
    page.wait_for_load_state()  # what came before may have led to another page
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focused: dict[str, Any] = page.evaluate(FOCUSED)
        assert focused["isOutlined"], f"no visible focus on {focused}"
        assert focused["isInSight"], f"the focus is out of sight on {focused}"
        assert focused["isInOrder"], f"the focus jumps back to {focused}"
        if is_sought(focused):
            return focused
    pytest.fail("Tab never came there")


def test_the_first_tab_stop_skips_to_the_content(page: OpenPage) -> None:
    make_fabrique()
    tab = page("/", locale="en-GB")

    tab.keyboard.press("Tab")
    skip = tab.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    tab.keyboard.press("Enter")

    expect(tab.locator("main")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(tab.get_by_label("Where")).to_be_focused()


def test_a_desk_is_found_and_booked_by_keyboard_only(page: OpenPage) -> None:
    space = make_fabrique()
    tab = page("/", locale="en-GB", user=make_user(language="en"))
    tab_to(tab, lambda focused: focused["name"] == "where")
    tab.keyboard.type("vil")
    expect(tab.locator(".suggestions [role=option]")).to_have_count(1)
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Where")).to_have_value("Villé (67220)")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search/**")
    expect(tab.locator(".day small.places").first).not_to_have_text("")

    tab_to(tab, lambda focused: "slot" in focused["classes"].split())
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/book/{space.pk}/**")
    tab_to(tab, lambda focused: focused["text"] == "Book this desk")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/bookings/**")

    assert f"/bookings/{Booking.objects.get().reference}/" in tab.url
    assert "commune=67507" not in tab.url


def test_without_script_a_desk_is_found_booked_and_given_back(page: OpenPage) -> None:
    space = make_fabrique()
    tab = page("/", viewport="phone", script=False, locale="en-GB", user=make_user(language="en"))
    tab.get_by_label("Where").fill("VILLE")
    tab.get_by_label("When").fill(tomorrow().isoformat())
    tab.get_by_role("button", name="Search", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("1 site free near Villé")

    tab.locator("a.slot").first.click()
    tab.get_by_role("button", name="Book this desk").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Your place is booked")
    assert Booking.objects.active().get().space == space

    tab.get_by_role("link", name="Cancel the booking").click()
    tab.get_by_role("button", name="Yes, cancel it").click()
    expect(tab.get_by_role("status")).to_contain_text("The booking is cancelled")
    assert not Booking.objects.active().exists()


def test_without_script_the_map_is_a_picture_of_links(page: OpenPage) -> None:
    make_fabrique()
    tab = page("/search/", script=False, locale="en-GB")

    marker = tab.locator(".map-svg a.marker")
    expect(marker).to_have_count(1)
    expect(marker).to_be_visible()
    expect(tab.get_by_role("button", name="Near me")).to_be_hidden()
    marker.click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("La Fabrique")
