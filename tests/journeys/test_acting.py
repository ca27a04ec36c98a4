"""Looking at the pages as one's commune: by keyboard, without script, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.axe import violations
from tests.chromium import follow
from tests.factories import reads_english
from tests.journeys.test_other_ways import tab_to
from tests.journeys.world import make_fabrique, make_official

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
CHOICE = "Commune de Villé – Employer"


def test_by_keyboard_one_switches_and_comes_back(page: OpenPage) -> None:
    make_fabrique()
    tab = page("/", locale="en-GB", user=reads_english(make_official()))

    tab_to(tab, lambda focused: focused["tag"] == "SUMMARY")
    tab.keyboard.press("Enter")
    tab_to(tab, lambda focused: focused["text"] == CHOICE)
    tab.keyboard.press("Enter")
    expect(tab.locator(".acting")).to_contain_text(f"You see the pages as {CHOICE}")
    tab_to(tab, lambda focused: focused["text"] == "Back to myself")
    tab.keyboard.press("Enter")

    said = tab.get_by_role("status").filter(has_text="You see the pages as yourself.")
    expect(said).to_be_visible()
    expect(tab.locator(".acting")).to_have_count(0)


def test_without_script_on_a_phone_the_choice_is_made_and_seen(page: OpenPage) -> None:
    make_fabrique()
    official = reads_english(make_official())
    tab = page("/", viewport="phone", script=False, locale="en-GB", user=official)

    tab.get_by_text("Menu", exact=True).click()
    follow(tab.get_by_role("button", name=CHOICE))

    expect(tab.locator(".acting")).to_contain_text(CHOICE)
    expect(tab.locator(".acting")).to_be_in_viewport()
    tab.get_by_text("Menu", exact=True).click()
    chosen = tab.locator(".switcher button[aria-current]:visible")
    expect(chosen).to_have_text(CHOICE)


def test_the_open_menu_and_the_line_under_the_header_fit_and_can_be_read(page: OpenPage) -> None:
    make_fabrique()
    tab = page("/", viewport="phone", user=make_official())
    tab.get_by_text("Menu", exact=True).click()
    follow(tab.get_by_role("button", name="Commune de Villé – Collectivité"))
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.get_by_text("Menu", exact=True).click()

    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    menu = tab.locator(".menu-panel:visible")
    assert menu.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
