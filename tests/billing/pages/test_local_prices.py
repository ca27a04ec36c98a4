"""Operators see what their sites ask beside the grid, and set it within the band."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from billing.grids.tables import table_of
from billing.models import LocalPrice, TariffGrid
from billing.prices.durations import Duration
from sites.models import Site
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import band, local_price, make_grid, price, subsidy
from tests.factories import TUESDAY, make_manager, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def site() -> Site:
    band(make_grid(), below=10, above=25)
    return make_space(make_site("La Fabrique", slug="fabrique")).site


@pytest.fixture
def manager(client: Client, site: Site) -> Client:
    return signed_in(client, make_manager(site))


PAGE = "/manage/prices/fabrique/"
SETTING = f"{PAGE}desk/half_day/standard/"
WITHDRAWING = f"{SETTING}withdraw/"


def set_price(client: Client, typed: str, **fields: Any) -> Any:
    return client.post(SETTING, {"price": typed, "starts_on": "2026-11-24", **fields})


def test_the_page_tells_the_grid_the_band_the_own_price_and_the_one_to_come(
    manager: Client, site: Site
) -> None:
    local_price(site, Duration.HALF_DAY, 750)
    local_price(site, Duration.HALF_DAY, 950, starts_on=TUESDAY)
    local_price(site, Duration.DAY, 1400, starts_on=TUESDAY, is_withdrawn=True)

    told = words_of(manager.get(PAGE))

    assert "€8.00 €7.20 to €10.00 €7.50 since 23 November 2026" in told
    assert "€9.50 from 24 November 2026" in told
    assert "the grid’s price from 24 November 2026" in told


def test_a_subsidised_price_stands_with_its_funder_its_reason_and_the_full_price(
    manager: Client, site: Site
) -> None:
    local_price(site, Duration.DAY, 1500)
    subsidy(site, Duration.DAY, 500, ends_on=NEW_YEAR)

    told = words_of(manager.get(PAGE))

    assert "Day, subsidised People pay €5.00 from 23 November 2026 to 1 January 2027" in told
    assert "Full price €15.00 Paid by CC de la Vallée de Villé" in told
    assert "Reason Telework in the valley" in told


def test_what_the_site_does_not_sell_is_not_listed(manager: Client, site: Site) -> None:
    grid = site.spaces.get()
    site.spaces.update(kind="office")

    assert "€8.00" not in words_of(manager.get(PAGE))
    assert grid.kind == "desk"


def test_each_group_has_its_prices_and_the_page_says_how_they_go_together(
    manager: Client, site: Site
) -> None:
    price(TariffGrid.objects.get(), Duration.HALF_DAY, 500, group="student")

    assert "€5.00" in words_of(manager.get(PAGE, {"group": "student"}))
    assert "the lowest price counts" in words_of(manager.get(PAGE))


def test_a_price_within_the_band_is_set_and_told(manager: Client) -> None:
    answer = set_price(manager, "8,50")

    assert answer.status_code == 302
    row = LocalPrice.objects.get()
    assert (row.price_cents, row.off_peak_cents, row.starts_on) == (850, None, TUESDAY)
    told = words_of(manager.get(answer.headers["Location"]))
    assert "The price is set." in told
    assert "€8.50 from 24 November 2026" in told


@pytest.mark.parametrize(
    ("typed", "fields", "why"),
    [
        ("7,19", {}, "The grid allows from €7.20 to €10.00 here."),
        ("10.01", {}, "The grid allows from €7.20 to €10.00 here."),
        ("-8", {}, "An amount is not below zero."),
        ("8 CHF", {}, "Prices are in euros"),
        ("8,505", {}, "two decimals at most"),
        ("eight", {}, "such as 8.50"),
        ("", {}, "An answer is missing here."),
        (
            "8",
            {"starts_on": "2026-11-23"},
            "A price begins tomorrow at the earliest: what is booked",
        ),
        ("8", {"starts_on": "9999-12-31"}, "Choose a year between"),
        ("8", {"starts_on": "soon"}, "This date cannot be read"),
        ("8", {"off_peak": "9"}, "the price is at most that of peak hours"),
        ("8", {"off_peak": "1"}, "The grid allows from €7.20 to €10.00 here."),
    ],
)
def test_anything_else_is_refused_in_words_and_nothing_is_adjusted(
    manager: Client, typed: str, fields: dict[str, str], why: str
) -> None:
    answer = set_price(manager, typed, **fields)

    assert answer.status_code == 409
    assert why in words_of(answer)
    assert not LocalPrice.objects.exists()
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_the_bounds_of_the_next_grid_are_told_and_hold_from_its_day_on(
    manager: Client, site: Site
) -> None:
    following = make_grid({Duration.HALF_DAY: 2000}, from_day=NEW_YEAR)

    assert "From 1 January 2027 €20.00; the site may ask €20.00 alone" in words_of(
        manager.get(SETTING)
    )
    refused = set_price(manager, "8,50", starts_on="2027-02-01")
    assert refused.status_code == 409
    assert "On 1 February 2027 €20.00; the site may ask €20.00 alone" in words_of(refused)
    following.gridprices.all().delete()
    table_of.cache_clear()
    assert "From 1 January 2027 The grid of that day does not have this price." in words_of(
        manager.get(SETTING)
    )


def test_a_price_that_a_narrower_band_holds_is_told_with_what_is_charged(
    manager: Client, site: Site, frozen: Traveller
) -> None:
    local_price(site, Duration.HALF_DAY, 900)
    band(make_grid({Duration.HALF_DAY: 800}, from_day=TUESDAY), 5, 5)

    frozen.shift(timedelta(days=1))
    told = words_of(manager.get(PAGE))

    why = "€9.00 is above the band of the grid in force since 24 November 2026"
    assert f"Desk, Half-day: {why}: €8.40 is charged." in told
    assert "€9.00 since 23 November 2026; €8.40 charged" in told


def test_every_grid_to_come_that_holds_a_price_is_named_with_what_it_charges(
    manager: Client, site: Site
) -> None:
    local_price(site, Duration.HALF_DAY, 900)
    local_price(site, Duration.DAY, 1400, starts_on=date(2027, 3, 1))
    make_grid({Duration.DAY: 1400}, from_day=NEW_YEAR)
    band(make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1500}, from_day=date(2027, 2, 1)), 5, 5)

    told = words_of(manager.get(PAGE))

    assert "The grid that comes into force on 1 January 2027 holds prices of yours" in told
    assert "Desk, Half-day: this grid has no such price: from 1 January 2027 it does not" in told
    assert "The grid that comes into force on 1 February 2027 holds prices of yours" in told
    assert "Desk, Half-day: €9.00 is above the band: €8.40 is charged from 1 February" in told
    assert "Desk, Day: €14.00 is below the band: €14.25 is charged from 1 March 2027." in told


def test_a_grid_to_come_that_holds_no_price_is_told_once(manager: Client, site: Site) -> None:
    band(make_grid(from_day=NEW_YEAR), 10, 25)
    local_price(site, Duration.HALF_DAY, 900)

    told = words_of(manager.get(PAGE))

    assert told.count("Another grid comes into force on 1 January 2027.") == 1
    assert "holds prices of yours" not in told


def test_a_site_goes_back_to_the_grid(manager: Client, site: Site) -> None:
    local_price(site, Duration.HALF_DAY, 750)

    assert "Grid’s price €8.00" in words_of(manager.get(WITHDRAWING))
    late = manager.post(WITHDRAWING, {"starts_on": "2026-11-20"})
    answer = manager.post(WITHDRAWING, {"starts_on": "2026-11-24"})

    assert late.status_code == 409
    assert answer.status_code == 302
    assert LocalPrice.objects.get(starts_on=TUESDAY).is_withdrawn
    told = words_of(manager.get(answer.headers["Location"]))
    assert "From 24 November 2026 the site asks the grid’s price, €8.00." in told
    assert "What was planned" not in told


def test_going_back_says_the_grid_s_price_of_that_day_and_what_ends_with_it(
    manager: Client, site: Site
) -> None:
    make_grid({Duration.HALF_DAY: 900}, from_day=NEW_YEAR)
    local_price(site, Duration.HALF_DAY, 750)
    local_price(site, Duration.HALF_DAY, 950, starts_on=date(2027, 3, 1))

    asked = words_of(manager.get(WITHDRAWING))
    answer = manager.post(WITHDRAWING, {"starts_on": "2027-02-01"}, follow=True)

    assert "What is planned from that day on is withdrawn with it." in asked
    assert "From 1 January 2027 €9.00; the site may ask" in asked
    told = words_of(answer)
    assert "From 1 February 2027 the site asks the grid’s price, €9.00." in told
    assert "What was planned does not come: €9.50 from 1 March 2027." in told
    assert LocalPrice.objects.get(starts_on=date(2027, 2, 1)).price_cents == 900


def test_each_planned_price_is_withdrawn_by_a_press(manager: Client, site: Site) -> None:
    local_price(site, Duration.HALF_DAY, 950, starts_on=TUESDAY)

    for page in (PAGE, SETTING):
        shown = manager.get(page)
        assert "Planned Desk, Half-day: €9.50 from 24 November 2026" in words_of(shown)
        assert f'action="{SETTING}planned/"' in shown.content.decode()
    pressed = manager.post(f"{SETTING}planned/", {"starts_on": "2026-11-24"}, follow=True)
    again = manager.post(f"{SETTING}planned/", {"starts_on": "2026-11-24"}, follow=True)

    assert "It is withdrawn: what held before goes on." in words_of(pressed)
    assert "Planned" not in words_of(pressed)
    assert "Nothing is planned from this day on any more." in words_of(again)
    assert not LocalPrice.objects.exists()
    assert manager.get(f"{SETTING}planned/").status_code == 405
    assert manager.post(f"{SETTING}planned/", {"starts_on": "soon"}).status_code == 404


def test_going_back_is_offered_for_a_price_of_its_own_alone(manager: Client, site: Site) -> None:
    local_price(site, Duration.HALF_DAY, 800, is_withdrawn=True)

    assert f'href="{WITHDRAWING}"' not in manager.get(SETTING).content.decode()
    refused = manager.post(WITHDRAWING, {"starts_on": "2026-11-24"})
    assert refused.status_code == 409
    assert "The site asks the grid’s price from this day on already." in words_of(refused)
    local_price(site, Duration.HALF_DAY, 850, starts_on=TUESDAY)
    assert f'href="{WITHDRAWING}"' in manager.get(SETTING).content.decode()


def test_the_sites_are_listed_with_what_lies_outside_the_band(
    manager: Client, site: Site, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    local_price(site, Duration.DAY, 100)
    for number in range(3):
        another = make_site(f"Site {number}", operator=site.operator)
        local_price(another, Duration.DAY, 1400)
    manager.get("/manage/prices/")

    with django_assert_num_queries(7):
        told = words_of(manager.get("/manage/prices/"))

    assert "La Fabrique" in told
    assert told.count("1 price of its own") == 4
    assert told.count("1 outside the band today") == 1


def test_the_list_says_from_when_on_a_grid_to_come_leaves_a_price_outside(
    manager: Client, site: Site
) -> None:
    local_price(site, Duration.HALF_DAY, 900)
    band(make_grid({Duration.HALF_DAY: 400}, from_day=NEW_YEAR), 10, 24)

    told = words_of(manager.get("/manage/prices/"))

    assert "1 outside the band from 1 January 2027" in told
    assert "1 outside the band today" not in told


@pytest.mark.parametrize("address", [PAGE, SETTING, WITHDRAWING])
def test_who_does_not_run_the_site_does_not_see_it(
    client: Client, site: Site, address: str
) -> None:
    assert client.get(address).status_code == 302
    for stranger in (make_user(), make_manager(make_site())):
        client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(address).status_code == 404
        assert client.post(address, {"price": "8"}).status_code in (404, 405)
        assert client.post(f"{SETTING}planned/", {"starts_on": "2026-11-24"}).status_code == 404


def test_who_runs_no_site_has_no_list(client: Client) -> None:
    assert client.get("/manage/prices/").status_code == 302
    assert signed_in(client, make_user()).get("/manage/prices/").status_code == 403


@pytest.mark.parametrize(
    "what", ["boat/day/standard", "desk/year/standard", "desk/day/kings", "office/day/standard"]
)
def test_what_the_grid_or_the_site_has_not_is_not_there(manager: Client, what: str) -> None:
    assert manager.get(f"{PAGE}{what}/").status_code == 404


def test_without_a_grid_the_page_says_so(client: Client) -> None:
    site = make_site(slug="fabrique")

    assert "no grid in force" in words_of(signed_in(client, make_manager(site)).get(PAGE))
    assert client.get(SETTING).status_code == 404
