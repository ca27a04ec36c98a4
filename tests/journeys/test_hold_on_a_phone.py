"""The page that asks for the code of a held place, as a phone shows it before one scrolls."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.axe import violations
from tests.billing.tariffs import make_tariffs
from tests.chromium import VIEWPORTS, follow
from tests.journeys.world import at_text, make_fabrique, tomorrow
from tests.network.accounts.coming_in import wrong_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
LANGUAGES = ["fr-FR", "de-DE", "en-GB"]


def end_of(control: Locator) -> float:
    """Return how many pixels below the top of the page a control ends."""
    box = control.bounding_box()
    assert box is not None
    return box["y"] + box["height"] + float(control.evaluate("() => scrollY"))


def held_page(page: OpenPage, locale: str, *, script: bool = True) -> Page:
    """Choose a desk that has a price and give an address; return the page that asks for a code."""
    space, query = make_fabrique(), at_text(tomorrow()).replace("+", "%2B")
    make_tariffs()
    address = f"/book/{space.pk}/?at={query}"
    tab = page(address, viewport="phone", locale=locale, script=script)
    tab.fill("[name=email]", "lea.schneider@collectivite.example")
    follow(tab.locator("main .button.next"))
    return tab


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_code_and_its_button_are_on_the_first_screen_of_a_phone(
    page: OpenPage, locale: str
) -> None:
    tab = held_page(page, locale)
    code, button = tab.locator("[name=code]"), tab.locator("main .button.next").first

    shown = end_of(code), end_of(button)
    code.fill(wrong_code())
    follow(button)

    assert max(*shown, end_of(code), end_of(button)) <= VIEWPORTS["phone"][1]
    assert tab.evaluate("scrollY") == 0
    assert violations(tab) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_wrong_code_is_told_once_at_its_field_which_is_focused(
    page: OpenPage, script: bool
) -> None:
    tab = held_page(page, "en-GB", script=script)
    tab.fill("[name=code]", wrong_code())

    follow(tab.locator("main .button.next").first)

    expect(tab.get_by_text("This is not the code.")).to_have_count(1)
    expect(tab.get_by_label("Six-digit code")).to_be_focused()
    expect(tab.get_by_label("Six-digit code")).to_have_accessible_description(
        "We have sent it to lea.schneider@collectivite.example. It works for 15 more minutes."
        " Error: This is not the code. Look at the e-mail again: you have 4 more tries."
    )


def test_an_address_that_is_none_is_told_once_at_its_field(page: OpenPage) -> None:
    tab = held_page(page, "en-GB")
    tab.get_by_text("Send the code to another address").click()
    tab.get_by_label("E-mail address").fill("lea")

    follow(tab.get_by_role("button", name="Send me a code"))

    expect(tab.get_by_label("E-mail address")).to_be_focused()
    expect(tab.locator("main .error")).to_have_count(1)
    expect(tab.locator("main .error-summary")).to_have_count(0)
