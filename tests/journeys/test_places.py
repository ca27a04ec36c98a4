"""Places with script: what is written, picked or found last is what is searched."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Geolocation, Locator, Page, expect

from tests.chromium import follow
from tests.factories import make_commune, make_site, make_space, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
STRASBOURG: Geolocation = {"latitude": 48.5839, "longitude": 7.7455}


@pytest.fixture(autouse=True)
def _places() -> None:
    """Make Villé and Strasbourg, each with a site."""
    ville = make_commune("Villé", "67507", latitude=48.3427, longitude=7.3029)
    strasbourg = make_commune("Strasbourg", "67482", postal_code="67000", **STRASBOURG)
    for commune in (ville, strasbourg):
        make_space(make_site(f"Site of {commune.name}", commune=commune), units=2)


def searched(tab: Page) -> dict[str, str]:
    """Return what the address asks for, of the place."""
    asked = parse_qs(urlsplit(tab.url).query)
    return {name: asked[name][0] for name in ("where", "commune", "latitude") if name in asked}


def suggestions(tab: Page) -> Locator:
    return tab.locator(".suggestions [role=option]")


def search(tab: Page) -> None:
    follow(tab.get_by_role("button", name="Search", exact=True))


def near_me(tab: Page) -> None:
    tab.context.grant_permissions(["geolocation"])
    tab.context.set_geolocation(STRASBOURG)
    tab.get_by_role("button", name="Near me").click()
    tab.wait_for_url("**/search/**")


def test_a_place_written_after_near_me_wins(page: OpenPage) -> None:
    tab = page("/", locale="en-GB")
    near_me(tab)
    assert searched(tab) == {"latitude": "48.58390"}
    expect(tab.get_by_role("heading", level=1)).to_contain_text("near you,")

    tab.get_by_label("Where").fill("Ville")
    search(tab)

    assert searched(tab) == {"where": "Ville"}
    expect(tab.get_by_role("heading", level=1)).to_contain_text("near Villé,")


def test_near_me_wins_over_what_was_written_before(page: OpenPage) -> None:
    tab = page("/search/?where=Vill%C3%A9&commune=67507", locale="en-GB")

    near_me(tab)
    tab.wait_for_url("**latitude=48.58390**")

    assert searched(tab) == {"latitude": "48.58390"}


def test_another_commune_written_after_picking_one_wins(page: OpenPage) -> None:
    tab = page("/", locale="en-GB")
    tab.get_by_label("Where").press_sequentially("stras")
    suggestions(tab).first.click()
    search(tab)
    assert searched(tab) == {"where": "Strasbourg (67000)", "commune": "67482"}

    tab.get_by_label("Where").fill("Ville")
    search(tab)

    assert searched(tab) == {"where": "Ville"}


def test_without_script_a_place_written_after_picking_one_wins(page: OpenPage) -> None:
    tab = page("/search/?where=Strasbourg&commune=67482", script=False, locale="en-GB")

    tab.get_by_label("Where").fill("Ville")
    search(tab)

    expect(tab.get_by_role("heading", level=1)).to_contain_text("near Villé,")


def test_the_home_commune_written_after_picking_one_wins(page: OpenPage) -> None:
    person = make_user(language="en")
    tab = page("/account/", locale="en-GB", user=person)
    home = tab.get_by_label("Where you live")
    home.press_sequentially("stras")
    suggestions(tab).first.click()
    home.fill("67220")
    tab.get_by_role("button", name="Save").click()

    expect(tab.get_by_label("Where you live")).to_have_value("Villé")
    person.refresh_from_db()
    assert str(person.home_commune) == "Villé"


def test_all_communes_of_a_postcode_are_reached_by_keyboard(page: OpenPage) -> None:
    for number in range(12):
        make_commune(f"Commune {number:02}", postal_code="67140", population=100 - number)
    tab = page("/", locale="en-GB")
    where = tab.get_by_label("Where")
    where.press_sequentially("67140")
    expect(suggestions(tab)).to_have_count(9)
    expect(tab.get_by_role("status").filter(has_text="8 places")).to_contain_text("Show all 12")

    where.press("ArrowUp")
    where.press("Enter")
    expect(suggestions(tab)).to_have_count(12)
    expect(where).to_have_value("67140")
    where.press("ArrowUp")
    where.press("Enter")

    expect(where).to_have_value("Commune 11 (67140)")


def test_an_option_that_only_says_something_cannot_be_picked(page: OpenPage) -> None:
    for number in range(62):
        make_commune(f"Commune {number:02}", postal_code="67140")
    tab = page("/", locale="en-GB")
    where = tab.get_by_label("Where")
    where.press_sequentially("comm")
    expect(suggestions(tab)).to_have_count(9)

    where.press("ArrowUp")
    where.press("Enter")
    suggestions(tab).last.click(force=True)

    expect(where).to_have_value("comm")
    expect(suggestions(tab)).to_have_count(9)
