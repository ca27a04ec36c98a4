"""A pass: what it would save, bought on account, spent by booking, given back or kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from billing.models import CancellationPolicy, Pass, TariffGrid
from bookings.models import Booking
from network.models import User
from sites.models import Space
from tests.axe import violations
from tests.billing.bought import bought, make_offer
from tests.billing.tariffs import make_grid
from tests.chromium import follow
from tests.factories import make_space, make_user, reads_english
from tests.journeys.walk import Walk
from tests.journeys.world import (
    at_text,
    local,
    make_fabrique,
    make_open_site,
    tomorrow,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
KeepCost = Callable[[str, Walk], None]
LATER = timedelta(days=4)


@pytest.fixture
def grid() -> TariffGrid:
    """Put a grid in force, and have tomorrow's bookings be late to cancel at any hour of today."""
    CancellationPolicy.objects.create(kind="desk", free_hours=48, late_percent=50)
    return make_grid(from_day=tomorrow() - timedelta(days=30))


@pytest.fixture
def space(grid: TariffGrid) -> Space:
    return make_fabrique()


@pytest.fixture
def ada() -> User:
    return reads_english(make_user())


def buy_ten(person: User, space: Space) -> Pass:
    """Have somebody buy ten half-days, an hour ago."""
    now = timezone.now() - timedelta(hours=1)
    return bought(person, 10, site=space.site, now=now, name="Carnet de dix")


def test_a_visitor_compares_three_sites_for_a_regular_use(page: OpenPage, space: Space) -> None:
    make_offer(10, name="Carnet de dix", price_cents=5000)
    for name in ("Le Comptoir", "La Forge"):
        make_space(make_open_site(name, operator=space.site.operator))
    tab = page("/tariffs/", viewport="phone", script=False, locale="en-GB")

    follow(tab.get_by_role("link", name="Simulate it"))
    for number, name, days in ((1, "La Fabrique", "2"), (2, "Le Comptoir", "1"), (3, "forge", "3")):
        row = tab.get_by_role("group", name=f"Site {number}")
        row.get_by_label("Name of the site").fill(name)
        row.get_by_label("Whole days a week").select_option(days)
    follow(tab.get_by_role("button", name="Reckon"))

    table = tab.get_by_role("table")
    for words in ("La Fabrique – 2 days a week", "Le Comptoir – 1 day", "La Forge – 3 days"):
        expect(table).to_contain_text(words)
    expect(tab.get_by_role("heading", name="for four weeks")).to_contain_text("€250.00")
    expect(table).to_contain_text("€92.00 (1 × Carnet de dix, €42.00 by use for 3 days)")
    recipe = "La Fabrique and La Forge: €200.00 – 4 × Carnet de dix."
    expect(tab.get_by_role("main")).to_contain_text(recipe)


def test_a_pass_is_bought_on_account_and_stands_on_the_statement(
    page: OpenPage, space: Space, ada: User
) -> None:
    make_offer(10, name="Carnet de dix", price_cents=6500)
    tab = page("/passes/", viewport="phone", script=False, locale="en-GB", user=ada)

    follow(tab.get_by_role("link", name="Choose"))
    tab.get_by_label("Site where you buy it").select_option("La Fabrique")
    follow(tab.get_by_role("button", name="Go on"))
    expect(tab.get_by_role("main")).to_contain_text("On account. You pay nothing now")
    follow(tab.get_by_role("button", name="Buy on account"))

    expect(tab.get_by_role("main")).to_contain_text("10 of 10 half-days left")
    tab.goto("/account/credits/")
    expect(tab.get_by_role("main")).to_contain_text("Owed this month: €65.00")


def test_a_pass_adds_no_click_to_a_booking_and_is_told_before_and_after(
    page: OpenPage, keep_cost: KeepCost, space: Space, ada: User
) -> None:
    buy_ten(ada, space)
    walk = Walk(page("/", viewport="phone", locale="en-GB", user=ada))
    walk.search("ville", tomorrow().isoformat())
    walk.start()

    walk.click(walk.page.locator("a.slot").first)
    main = walk.page.get_by_role("main")
    expect(main).to_contain_text("1 half-day of your pass, or €8.00")
    expect(main.get_by_label("1 half-day of “Carnet de dix”. 9 will be left.")).to_be_checked()
    expect(main.get_by_label("Pay €8.00")).not_to_be_checked()
    expect(main).to_contain_text("If you cancel, 1 half-day is kept.")
    assert violations(walk.page) == []
    walk.confirm()

    assert walk.clicks == 2
    expect(main).to_contain_text("1 half-day of “Carnet de dix”.")
    expect(main).to_contain_text("9 half-days are left of “Carnet de dix”.")
    expect(main).to_contain_text("If you cancel, 1 half-day is kept.")
    keep_cost("signed in, with a pass", walk)


def test_ways_to_pay_stand_one_below_the_other_on_a_wide_screen_too(
    page: OpenPage, space: Space, ada: User
) -> None:
    buy_ten(ada, space)
    walk = Walk(page("/", viewport="desktop", locale="en-GB", user=ada))
    walk.search("ville", tomorrow().isoformat())
    walk.start()
    walk.click(walk.page.locator("a.slot").first)

    first, second = (one.bounding_box() for one in walk.page.get_by_role("radio").all())

    assert first
    assert second
    assert first["x"] == second["x"]
    assert first["y"] < second["y"]


def test_what_is_cancelled_in_time_goes_back_to_the_pass(
    page: OpenPage, space: Space, ada: User
) -> None:
    buy_ten(ada, space)
    walk = day_booked(page, space, ada, days_ahead=LATER)

    walk.click(walk.page.get_by_role("link", name="Cancel"))
    expect(walk.page.get_by_role("main")).to_contain_text("2 half-days go back to your pass.")
    expect(walk.page.get_by_role("main")).not_to_contain_text("is kept")
    walk.click(walk.page.get_by_role("button", name="Yes, cancel it"))

    assert left_told(walk.page) == "10 of 10 half-days left"


def test_half_days_spent_in_another_tab_are_told_before_money_is_owed(
    page: OpenPage, space: Space, ada: User
) -> None:
    then = timezone.now() - timedelta(hours=1)
    bought(ada, 2, site=space.site, now=then, price_cents=1200)
    days = [at_text(tomorrow() + LATER + timedelta(days=n), "08:00", "18:00") for n in range(2)]
    addresses = [f"/book/{space.pk}/?at={at.replace('+', '%2B')}" for at in days]
    walks = [Walk(page(one, viewport="phone", locale="en-GB", user=ada)) for one in addresses]
    second = walks[1].page
    second.locator("[name=note]").fill("By the window")

    walks[0].confirm()
    follow(second.locator("main form [type=submit]").first)
    told = second.get_by_role("alert").inner_text()
    note = second.locator("[name=note]").input_value()
    owed_before = Booking.objects.count()
    walks[1].confirm()

    assert "other than this page told you" in told
    assert (note, owed_before, Booking.objects.count()) == ("By the window", 1, 2)


def test_what_is_cancelled_late_is_kept_as_the_page_said(
    page: OpenPage, space: Space, ada: User
) -> None:
    buy_ten(ada, space)
    walk = day_booked(page, space, ada, days_ahead=timedelta())

    walk.click(walk.page.get_by_role("link", name="Cancel"))
    main = walk.page.get_by_role("main")
    expect(main).to_contain_text("1 half-day goes back to your pass.")
    expect(main).to_contain_text("1 half-day is kept, because it is given up late.")
    walk.click(walk.page.get_by_role("button", name="Yes, cancel it"))

    assert left_told(walk.page) == "9 of 10 half-days left"


def day_booked(page: OpenPage, space: Space, person: User, days_ahead: timedelta) -> Walk:
    """Book a whole day with a pass, so many days after tomorrow; return whoever sees its page."""
    at = at_text(tomorrow() + days_ahead, "08:00", "18:00").replace("+", "%2B")
    address = f"/book/{space.pk}/?at={at}"
    walk = Walk(page(address, viewport="phone", locale="en-GB", user=person))
    expect(walk.page.get_by_role("main")).to_contain_text("2 half-days of “Carnet de dix”.")
    walk.confirm()
    assert local(Booking.objects.get().starts_at).date() == tomorrow() + days_ahead
    return walk


def left_told(tab: Page) -> str:
    """Return what the page of credits says is left of the only pass."""
    tab.goto("/account/credits/")
    return tab.locator("article .chip").inner_text().strip()


def test_who_has_a_pass_may_pay_in_money_instead(page: OpenPage, space: Space, ada: User) -> None:
    buy_ten(ada, space)
    at = at_text(tomorrow() + LATER, "08:00", "12:00").replace("+", "%2B")
    address = f"/book/{space.pk}/?at={at}"
    walk = Walk(page(address, viewport="phone", script=False, locale="en-GB", user=ada))

    walk.page.get_by_label("Pay €8.00").check()
    walk.confirm()

    expect(walk.page.get_by_role("main")).to_contain_text("€8.00")
    assert left_told(walk.page) == "10 of 10 half-days left"
    walk.page.goto("/bookings/")
    expect(walk.page.get_by_role("article")).to_contain_text("€8.00")
