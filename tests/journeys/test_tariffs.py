"""How prices come about: a site sets one in its band; a grid is voted and put in force."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from billing.charging.quotes import Use, quote
from billing.models import LocalPrice, Proposal, TariffGrid
from network.models import User
from sites.models import Site, Space
from tests.billing.tariffs import band, make_grid
from tests.chromium import follow
from tests.factories import PARIS, holder, interval, make_manager, reads_english
from tests.journeys.world import make_fabrique, tomorrow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
SETTING = "/manage/prices/la-fabrique/desk/half_day/standard/"


@pytest.fixture
def site() -> Site:
    grid = make_grid(from_day=tomorrow() - timedelta(days=30))
    band(grid, below=10, above=25)
    return make_fabrique().site


@pytest.fixture
def manager(site: Site) -> User:
    return reads_english(make_manager(site))


@pytest.fixture
def team() -> User:
    return reads_english(holder("adopt_tariffgrid", is_staff=True))


def test_an_operator_finds_its_prices_in_the_menu_and_sets_one_within_the_band(
    page: OpenPage, manager: User
) -> None:
    tab = page("/account/", locale="en-GB", user=manager)

    tab.locator(".nav-wide details.menu > summary").click()
    follow(tab.get_by_role("link", name="Prices of my sites"))
    follow(tab.get_by_role("link", name="La Fabrique"))
    follow(tab.get_by_role("link", name=re.compile("Set the price.*Desk, Half-day")))
    tab.get_by_label("Price (€, VAT included)").fill("11,00")
    follow(tab.get_by_role("button", name="Set the price"))
    refused = tab.get_by_role("alert")
    expect(refused).to_contain_text("The grid allows from €7.20 to €10.00 here.")
    expect(tab.get_by_label("Price (€, VAT included)")).to_have_value("11,00")
    tab.get_by_label("Price (€, VAT included)").fill("9,50")
    follow(tab.get_by_role("button", name="Set the price"))

    expect(tab.get_by_role("status").first).to_contain_text("The price is set.")
    assert LocalPrice.objects.get().price_cents == 950


def test_without_script_on_a_phone_a_site_goes_back_to_the_grid(
    page: OpenPage, manager: User, site: Site
) -> None:
    today = timezone.localdate(timezone=PARIS)
    site.localprices.create(
        kind="desk", duration="half_day", price_cents=900, starts_on=today, set_at=timezone.now()
    )
    tab = page(SETTING, viewport="phone", script=False, locale="en-GB", user=manager)

    follow(tab.get_by_role("link", name="Go back to the grid’s price"))
    follow(tab.get_by_role("button", name="Go back to the grid’s price"))

    expect(tab.locator("tr", has_text="Half-day").first).to_contain_text("the grid’s price")
    assert LocalPrice.objects.get(starts_on=tomorrow()).is_withdrawn


def days_ahead(days: int) -> str:
    """Return a day to come, as a field of a day takes it."""
    return (timezone.localdate(timezone=PARIS) + timedelta(days=days)).isoformat()


def morning(site: Site) -> Use:
    return Use(site, Space.Kind.DESK, (interval(tomorrow(), "08:00", "12:00"),))


def test_a_grid_is_proposed_voted_and_put_in_force_and_an_older_quote_keeps_its_price(
    page: OpenPage, site: Site, manager: User, team: User
) -> None:
    now, later = timezone.now(), timezone.now() + timedelta(days=30)

    make_next_grid(page("/manage/prices/", locale="en-GB", user=manager))
    vote_for_it(page("/tariffs/proposals/", locale="en-GB", user=manager))
    Proposal.objects.update(opened_at=now - timedelta(days=9), closes_at=timezone.now())
    grid = TariffGrid.objects.get(name="Next")
    put_in_force(page(f"/manage/grids/{grid.pk}/", locale="en-GB", user=team))

    assert quote(morning(site), (), now).total_cents == 800
    assert quote(morning(site), (), later).total_cents == 880


def make_next_grid(tab: Page) -> None:
    """As an operator, draft a grid with prices raised by a tenth, and put it to the vote."""
    follow(tab.get_by_role("link", name="Propose a grid"))
    follow(tab.get_by_role("link", name="Make a draft"))
    tab.get_by_label("Name of the grid", exact=True).fill("Next")
    tab.get_by_label("In force from").fill(days_ahead(29))
    tab.get_by_label("Raise every price by (%)").fill("10")
    follow(tab.get_by_role("button", name="Make the draft"))
    follow(tab.get_by_role("link", name="Prices: Rural telecentre"))
    expect(tab.get_by_label("Desk, Half-day", exact=True)).to_have_value("8.80")
    tab.get_by_label("Desk, Month", exact=True).fill("160")
    follow(tab.get_by_role("button", name="Save the prices"))
    follow(tab.get_by_role("link", name="Back to the draft"))
    follow(tab.get_by_role("link", name="Put to the vote"))
    tab.get_by_label("Reasons").fill("Heating costs more.")
    tab.get_by_label("Last day of the vote").fill(days_ahead(8))
    follow(tab.get_by_role("button", name="Open the vote"))
    expect(tab.get_by_role("link", name="Put in force")).to_have_count(0)


def vote_for_it(tab: Page) -> None:
    """Read what changes, vote for it and say why."""
    follow(tab.get_by_role("link", name="Next"))
    expect(tab.locator("tr", has_text="Desk, Half-day")).to_contain_text("+€0.80 (+10%)")
    tab.get_by_role("group", name="La Fabrique").get_by_label("For", exact=True).check()
    follow(tab.get_by_role("button", name="Vote", exact=True))
    tab.get_by_role("textbox", name="Comment").fill("It is fair.")
    follow(tab.get_by_role("button", name="Publish the comment"))
    expect(tab.locator("main")).to_contain_text("1 place of 1 has voted")
    expect(tab.locator("main")).to_contain_text("It is fair.")


def put_in_force(tab: Page) -> None:
    """Name the deliberation, and see that nothing is edited any more."""
    expect(tab.locator("main")).to_contain_text("The places carried this grid.")
    follow(tab.get_by_role("link", name="Put in force"))
    tab.get_by_label("Number of the deliberation").fill("2026-41")
    follow(tab.get_by_role("button", name="Put in force"))
    expect(tab.locator("main")).to_contain_text("it is no longer edited")
    expect(tab.get_by_role("link", name="Prices: Rural telecentre")).to_have_count(0)
    assert TariffGrid.objects.get(name="Next").is_adopted
