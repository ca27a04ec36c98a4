"""Before a pass is bought it is said what it saves its buyer, or that it does not."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from billing.models import GroupMembership, Pass, PassOffer
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.models import User
from sites.models import Site
from tests.billing.bought import make_offer, selling_site
from tests.billing.tariffs import local_price, make_grid, price
from tests.factories import MONDAY, NOW, make_user, reads_english
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def ada(client: Client) -> User:
    person = reads_english(make_user())
    client.force_login(person)
    return person


@pytest.fixture
def job_seeker(ada: User) -> User:
    GroupMembership.objects.create(
        person=ada,
        group=Group.JOB_SEEKER,
        ends_on=MONDAY + timedelta(days=90),
        granted_at=NOW,
    )
    return ada


def said(client: Client, offer: PassOffer, site: Site) -> str:
    answer = client.get(f"/passes/{offer.pk}/", {"site": site.slug})
    assert answer.status_code == 200
    assert not Pass.objects.exists()
    return plain(" ".join(unescape(strip_tags(answer.content.decode())).split()))


@pytest.mark.usefixtures("ada")
def test_what_it_saves_is_said_before_it_is_bought(client: Client) -> None:
    site, offer = selling_site(), make_offer(10, price_cents=6500)

    told = said(client, offer, site)

    assert "Without a pass, 10 half-days cost €80.00 here. This one saves you €15.00." in told
    assert "In full weeks they cost €50.00: for these it saves you nothing." in told


def ville() -> Site:
    """Make the site of the demo that has prices of its own, in its grid."""
    grid = make_grid({Duration.HALF_DAY: 600, Duration.DAY: 1000, Duration.WEEK: 4000})
    price(grid, Duration.MONTH, 12000)
    site = selling_site()
    local_price(site, Duration.HALF_DAY, 540)
    local_price(site, Duration.DAY, 900)
    return site


def month_pass(**fields: Any) -> PassOffer:
    usual = {"price_cents": 12000, "valid_months": 1, "is_of_one_site": True}
    return make_offer(62, **usual | fields)


@pytest.mark.usefixtures("ada")
def test_a_month_is_held_against_four_weeks_which_cost_no_more_than_their_price(
    client: Client,
) -> None:
    site, offer = ville(), month_pass()

    told = said(client, offer, site)

    assert "Without a pass, 4 full weeks cost €160.00 here. This one saves you €40.00." in told
    assert "half-days cost" not in told


@pytest.mark.usefixtures("ada")
def test_a_month_that_costs_four_weeks_saves_nothing(client: Client) -> None:
    site, offer = ville(), month_pass(price_cents=16000)

    assert "This one saves you nothing." in said(client, offer, site)


@pytest.mark.usefixtures("ada")
def test_without_a_week_on_sale_a_month_is_held_against_twenty_days(client: Client) -> None:
    make_grid({Duration.HALF_DAY: 600, Duration.DAY: 1000})
    site, offer = selling_site(), month_pass()

    told = said(client, offer, site)

    assert "Without a pass, 4 full weeks cost €200.00 here. This one saves you €80.00." in told


@pytest.mark.usefixtures("job_seeker")
def test_a_month_is_held_against_the_weeks_of_who_pays_less(client: Client) -> None:
    site, offer = ville(), month_pass(price_cents=7000)
    grid = offer.grid
    price(grid, Duration.HALF_DAY, 300, group=Group.JOB_SEEKER)
    price(grid, Duration.WEEK, 2000, group=Group.JOB_SEEKER)

    told = said(client, offer, site)

    words = "At your price (Job seeker), 4 full weeks cost €80.00 here without a pass."
    assert f"{words} This one saves you €10.00." in told


@pytest.mark.usefixtures("ada")
def test_of_twelve_half_days_two_are_a_day_beside_the_week(client: Client) -> None:
    site, offer = ville(), make_offer(12, price_cents=4500)

    told = said(client, offer, site)

    assert "12 half-days cost €64.80 here. This one saves you €19.80." in told
    assert "In full weeks they cost €49.00: for these it saves you €4.00." in told


@pytest.mark.usefixtures("job_seeker")
def test_to_whom_pays_less_than_others_it_is_said_that_it_saves_nothing(client: Client) -> None:
    grid, site = make_grid(), selling_site()
    price(grid, Duration.HALF_DAY, 350, group=Group.JOB_SEEKER)
    offer = make_offer(10, price_cents=6500)

    told = said(client, offer, site)

    words = "At your price (Job seeker), 10 half-days cost €35.00 here without a pass."
    assert f"{words} This one saves you nothing." in told


@pytest.mark.usefixtures("ada")
def test_at_the_same_price_it_saves_nothing(client: Client) -> None:
    site, offer = selling_site(), make_offer(10, price_cents=8000)

    assert "This one saves you nothing." in said(client, offer, site)


@pytest.mark.usefixtures("ada")
def test_who_comes_for_days_is_told_that_these_cost_no_more_without_it(client: Client) -> None:
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})
    site, offer = selling_site(), make_offer(10, price_cents=7000)

    told = said(client, offer, site)

    assert "This one saves you €10.00." in told
    assert "As whole days they cost €70.00: for these it saves you nothing." in told
    PassOffer.objects.update(price_cents=6500)
    told = said(client, offer, site)
    assert "As whole days they cost €70.00: for these it saves you €5.00." in told


@pytest.mark.usefixtures("ada")
def test_the_price_of_the_site_counts(client: Client) -> None:
    site, offer = selling_site(), make_offer(10, price_cents=6500)
    local_price(site, Duration.HALF_DAY, 700)

    assert "10 half-days cost €70.00 here. This one saves you €5.00." in said(client, offer, site)


@pytest.mark.usefixtures("ada")
def test_where_no_half_day_has_a_price_nothing_is_said(client: Client) -> None:
    grid, site = make_grid({Duration.DAY: 1400}), selling_site()

    assert "saves you" not in said(client, make_offer(10, grid=grid), site)
