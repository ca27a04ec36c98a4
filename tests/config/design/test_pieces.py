"""The pieces of pages in a real browser: usable by keyboard, without script, on a small screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.fixtures import Settings

from tests.axe import violations
from tests.chromium import follow


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_any_piece(
    page: Callable[..., Page], settings: Settings, theme: str
) -> None:
    settings.DEBUG = True
    opened = page(f"/design?theme={theme}", dark=theme == "dark")

    assert violations(opened) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_overflows_a_screen_of_320_pixels(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page()
    opened.set_viewport_size({"width": 320, "height": 640})
    opened.goto("/design")

    assert opened.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_menu_of_a_phone_opens_without_script_and_closes_with_escape(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    plain = page("/design?theme=light", viewport="phone", script=False)
    plain.locator(".nav-phone summary").click()
    scripted = page("/design?theme=light", viewport="phone")
    scripted.locator(".nav-phone summary").click()
    scripted.keyboard.press("Escape")

    assert plain.locator(".nav-phone .menu-panel").is_visible()
    assert not scripted.locator(".nav-phone .menu-panel").is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_map_keeps_its_land_and_its_links_when_no_tile_comes(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")  # the test network lets no tile through
    opened.locator("[data-map]").scroll_into_view_if_needed()

    opened.locator(".map-tiles .pin").nth(2).click()

    assert opened.url.endswith("#c")
    assert opened.locator(".map-lands path").count() == 2
    land = opened.locator(".map-lands path").first.bounding_box()
    assert land is not None
    assert land["width"] > 50


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_map_of_a_page_without_script_is_made_of_links(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light", script=False)

    opened.get_by_role("link", name="La Filature – complet").or_(
        opened.get_by_role("link", name="La Filature – full")
    ).click()

    assert opened.url.endswith("#c")


SUGGESTIONS = """
<li role="option" data-value="Villé (67220)" data-code="67507">Villé</li>
<li role="option" data-value="Villers (88500)" data-code="88507">Villers</li>
"""


def place_field(opened: Page, answer: str = SUGGESTIONS, status: int = 200) -> Locator:
    """Answer suggestions without a server, and return the field of the place."""
    opened.route("**/design/places*", lambda route: route.fulfill(status=status, body=answer))
    return opened.get_by_role("combobox").first


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_suggested_place_is_picked_with_the_keyboard_and_forgotten_when_edited(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    field = place_field(opened)
    code = opened.locator("#light-place-insee")

    field.press_sequentially("vil")
    expect(opened.locator(".suggestions [role=option]")).to_have_count(2)
    field.press("ArrowDown")
    field.press("Enter")
    picked = (field.input_value(), code.input_value(), field.get_attribute("aria-expanded"))
    field.press_sequentially("x")

    assert picked == ("Villé (67220)", "67507", "false")
    assert code.input_value() == ""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_escape_closes_suggestions_and_keeps_what_was_typed(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    field = place_field(opened)

    field.press_sequentially("vil")
    expect(opened.locator(".suggestions [role=option]")).to_have_count(2)
    field.press("Escape")

    expect(opened.get_by_role("listbox")).to_be_hidden()
    assert field.input_value() == "vil"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_how_many_places_are_suggested_is_told_to_screen_readers(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")

    place_field(opened).press_sequentially("vil")

    expect(opened.locator(".place [role=status]").first).to_contain_text("2")
    assert violations(opened) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_refused_position_is_explained_beside_the_field(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    button = opened.locator("[data-near-me]")

    button.click()

    expect(opened.locator(".place [role=alert]")).not_to_be_empty()
    expect(button).to_be_enabled()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_known_position_fills_the_form_and_sends_it(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    opened.context.grant_permissions(["geolocation"])
    opened.context.set_geolocation({"latitude": 48.34, "longitude": 7.3})

    follow(opened.locator("[data-near-me]"))

    assert "latitude=48.34000" in opened.url
    assert "longitude=7.30000" in opened.url


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_script_no_button_is_shown_that_would_do_nothing(
    page: Callable[..., Page], settings: Settings
) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light", script=False)

    assert not opened.locator("[data-near-me]").is_visible()
    assert not opened.locator("[data-copy]").is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_copying_says_that_it_is_done(page: Callable[..., Page], settings: Settings) -> None:
    settings.DEBUG = True
    opened = page("/design?theme=light")
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])

    opened.locator("[data-copy]").click()

    expect(opened.locator("[data-copy] + [role=status]")).not_to_be_empty()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied == "https://maillage.example/calendrier/8f3a.ics"
