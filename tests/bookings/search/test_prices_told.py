"""The price on every time that a page offers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.prices.durations import Duration
from billing.showing.asking import networks
from bookings.templatetags.slots import book_url
from sites.models import Site, Space
from tests.billing.charging.turns import make_pass
from tests.billing.tariffs import local_price, make_grid, subsidy
from tests.bookings.bookings import book_for
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_commune,
    make_site,
    make_space,
    make_user,
)
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
VILLE = {"where": "Villé", "on": TUESDAY.isoformat()}


def slots(response: Any, css: str = "slot") -> list[str]:
    """Return what is said beside each time, in the order of the page."""
    html = response.content.decode()
    parts = html.split(f'class="{css}"')[1:]
    told = (one.partition("</a>")[0].partition("<small>")[2] for one in parts)
    return [
        plain(one.partition("</small>")[0].replace("<b>", "").replace("</b>", "")) for one in told
    ]


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def site_page() -> str:
    """Make a site with a pool of desks in Villé; return the page of its Tuesday."""
    site = make_site("La Fabrique", slug="la-fabrique", commune=make_commune("Villé"))
    make_space(site, units=8)
    return f"{reverse('site', args=['la-fabrique'])}?on={TUESDAY}"


def test_results_and_the_site_tell_the_price_of_each_time(client: Client, site_page: str) -> None:
    make_grid()

    results, page = client.get(reverse("search"), VILLE), client.get(site_page)

    assert slots(results) == ["8 free €8", "8 free €8", "8 free €14"]
    assert slots(page) == ["8 free €8", "8 free €8", "8 free €14"]
    assert slots(page, css='free left-4" colspan="42') == ["8 free €14"]


def test_before_there_is_a_grid_nothing_is_said_of_prices(client: Client, site_page: str) -> None:
    results, page = client.get(reverse("search"), VILLE), client.get(site_page)

    assert slots(results) == slots(page) == ["8 free"] * 3
    assert "€" not in page.content.decode().partition("<main")[2]


def test_what_is_subsidised_tells_what_is_paid(client: Client, site_page: str) -> None:
    make_grid()
    subsidy(Site.objects.get(), Duration.HALF_DAY, 350)

    assert slots(client.get(site_page))[:2] == ["8 free €3.50", "8 free €3.50"]


def test_for_several_people_it_is_the_price_of_all(client: Client, site_page: str) -> None:
    make_grid()

    assert slots(client.get(f"{site_page}&people=2"))[0] == "8 free €16"


def test_what_a_pass_covers_is_included(client: Client, site_page: str) -> None:
    person = make_user(language="en")
    make_pass(person, make_grid(), 1, NOW + timedelta(days=90))
    client.force_login(person)

    results, page = client.get(reverse("search"), VILLE), client.get(site_page)

    covered = ["8 free included", "8 free included", "8 free €14"]
    assert slots(results) == slots(page) == covered


def test_what_costs_nothing_says_so(client: Client, site_page: str) -> None:
    make_grid(dict.fromkeys((Duration.HOUR, Duration.HALF_DAY), 0))

    assert slots(client.get(site_page))[0] == "8 free no charge"


def test_at_home_the_half_days_near_tell_their_price(client: Client, site_page: str) -> None:
    make_grid()
    person = make_user(language="en", home_commune=Site.objects.get().commune)
    client.force_login(person)

    told = slots(client.get("/"))

    assert told == ["8 free €7.50", "8 free €8", "8 free €8"]


def test_a_full_site_tells_the_price_of_its_next_half_days(client: Client, site_page: str) -> None:
    make_grid()
    space = Space.objects.get()
    for _ in range(8):
        book_for(make_user(), space, interval(TUESDAY, "08:00", "18:30"))

    told = slots(client.get(reverse("search"), VILLE))

    assert told == ["8 free €8", "8 free €8", "8 free €8"]


def test_the_same_again_tells_what_it_costs_now(
    client: Client, site_page: str, frozen: Any
) -> None:
    make_grid()
    person = make_user(language="en")
    book_for(person, Space.objects.get(), interval(TUESDAY, "08:00", "13:00"))
    frozen.move_to(at(TUESDAY, "18:00"))
    client.force_login(person)

    told = slots(client.get("/"))

    assert [one.rpartition(" ")[2] for one in told] == ["€8"] * len(told)
    assert told


def test_where_else_it_can_be_had_tells_the_price_there(client: Client, site_page: str) -> None:
    make_grid()
    space, dearer = Space.objects.get(), make_space(make_site("Far"), units=2)
    local_price(dearer.site, Duration.HALF_DAY, 880)
    for _ in range(8):
        book_for(make_user(), space, interval(TUESDAY, "08:00", "13:00"))
    check = book_url(space.pk, (interval(TUESDAY, "08:00", "13:00"),), space.site.zone)

    refused = client.get(check)
    of_day = client.get(f"{reverse('search')}?where=Villé&on={TUESDAY}&part=morning")

    assert slots(refused) == ["8 free €8", "2 free €8.80"]
    assert ", 8:00 – 13:00, €8.80" in plain(of_day.content.decode())


def test_a_site_that_is_full_tells_the_price_elsewhere(client: Client, site_page: str) -> None:
    make_grid()
    space = Space.objects.get()
    make_space(make_site("Far"), units=2)
    for _ in range(8):
        book_for(make_user(), space, interval(TUESDAY, "08:00", "18:30"))

    assert "2 free €14" in slots(client.get(site_page))


def test_prices_ask_nothing_more_of_a_visitor_within_a_minute(
    client: Client, site_page: str
) -> None:
    counts = []
    for has_grid in (False, True):
        if has_grid:
            networks.clear()
            make_grid()
        client.get(site_page)
        with CaptureQueriesContext(connection) as captured:
            assert ("€" in client.get(site_page).content.decode()) == has_grid
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_where_nothing_is_free_nothing_is_said_of_what_prices_mean(client: Client) -> None:
    make_grid()
    make_site("La Fabrique", commune=make_commune("Villé"))
    client.force_login(make_user(language="en"))
    note = "Each price is that of a booking by itself"

    nothing = client.get(reverse("search"), VILLE).content.decode()
    make_space(Site.objects.get(), units=8)
    something = client.get(reverse("search"), VILLE).content.decode()

    assert note not in nothing
    assert note in something
