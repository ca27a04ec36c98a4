"""The public pages of tariffs: the grid in force and the next one."""

from datetime import date, timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from billing.prices.durations import Duration
from billing.prices.groups import Group
from tests.billing.pages.reading import page
from tests.billing.tariffs import (
    band,
    make_draft,
    make_grid,
    make_proposal,
    make_voter,
    off_peak,
    price,
)
from tests.factories import MONDAY, NOW, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_the_grid_in_force_is_public(english: Client) -> None:
    grid = make_grid()
    band(grid, 20, 10)
    off_peak(grid, 0, "16:00", "00:00", kind="desk")

    told = page(english, "/tariffs/")

    assert "Rural telecentre" in told
    assert "€8.00" in told
    assert "All spaces: each site may ask from 20% less to 10% more." in told
    assert "Monday, 16:00 – 24:00 (Desk)" in told


def test_before_there_is_a_grid_the_page_says_so(english: Client) -> None:
    make_draft(from_day=MONDAY)

    assert "no tariff grid yet" in page(english, "/tariffs/")


def test_the_next_grid_is_announced_and_shown(english: Client) -> None:
    make_grid()
    following = make_grid({Duration.DAY: 1500}, from_day=NEXT_YEAR, name="2027")

    assert "from 1 January 2027 on follow the next grid" in page(english, "/tariffs/")
    told = page(english, f"/tariffs/{following.pk}/")
    assert "comes into force on 1 January 2027" in told
    assert "€15.00" in told


def test_a_grid_of_the_past_says_that_it_is(english: Client) -> None:
    old = make_grid(from_day=date(2026, 1, 1))
    make_grid()

    assert "no longer in force" in page(english, f"/tariffs/{old.pk}/")


def test_one_category_of_site_is_shown_at_a_time_that_of_most_sites_first(english: Client) -> None:
    grid = make_grid()
    price(grid, Duration.DAY, 9900, category="urban")
    make_site()

    assert "€99.00" not in page(english, "/tariffs/")
    assert "€99.00" in page(english, "/tariffs/", category="urban")
    assert "€8.00" in page(english, "/tariffs/", category="anything")


def test_a_draft_is_not_to_be_seen(client: Client) -> None:
    draft = make_draft()

    assert client.get(f"/tariffs/{draft.pk}/").status_code == 404


def test_each_group_sees_what_it_pays(english: Client) -> None:
    grid = make_grid()
    price(grid, Duration.HALF_DAY, 555, group=Group.STUDENT)

    assert "€5.55" not in page(english, "/tariffs/")
    assert "€5.55" in page(english, "/tariffs/", group="student")
    assert "€8.00" in page(english, "/tariffs/", group="anything")


def test_every_group_with_a_price_of_its_own_is_shown(english: Client) -> None:
    grid = make_grid()
    price(grid, Duration.DAY, 900, group=Group.PUBLIC_BODY, category="urban")

    assert "Public body" in page(english, "/tariffs/")
    assert "Public body" in page(english, "/tariffs/simulator/")


def test_what_is_chosen_goes_along_to_the_next_grid_and_the_simulator(english: Client) -> None:
    grid = make_grid()
    price(grid, Duration.DAY, 700, group=Group.STUDENT)
    following = make_grid(from_day=NEXT_YEAR)

    page = english.get("/tariffs/", {"group": "student"}).content.decode()

    assert f"/tariffs/{following.pk}/?group=student&amp;category=rural" in page
    assert "/tariffs/simulator/?group=student" in page
    form = english.get("/tariffs/simulator/", {"group": "student"}).content.decode()
    assert '<option value="student" selected>' in form
    assert "public_body" not in form


@pytest.mark.parametrize(("choice", "outcome"), [("yes", "Carried"), ("no", "Not carried")])
def test_a_grid_that_is_only_proposed_says_how_its_vote_stands_and_not_how_it_was_decided(
    english: Client, frozen: Traveller, choice: str, outcome: str
) -> None:
    draft = make_draft(from_day=NEXT_YEAR)
    proposal = make_proposal(draft)
    proposal.votes.create(site=make_voter(proposal), choice=choice, cast_at=NOW)

    told = page(english, f"/tariffs/{draft.pk}/")
    frozen.shift(timedelta(days=22))
    later = page(english, f"/tariffs/{draft.pk}/")

    assert "First day that was planned 1 January 2027" in told
    assert "Vote of the places The vote runs See the vote and its comments" in told
    assert f"Vote of the places {outcome} See the vote" in later
    for words in (told, later):
        assert "How it was decided" not in words
        assert "In force from" not in words


def test_a_grid_of_the_past_leads_to_its_vote(english: Client) -> None:
    old = make_grid(from_day=date(2026, 1, 1))
    proposal = make_proposal(old)
    make_grid()

    answer = english.get(f"/tariffs/{old.pk}/").content.decode()

    assert f"/tariffs/proposals/{proposal.pk}/" in answer
    assert "How it was decided" in answer


def test_the_table_says_of_which_category_it_is_and_what_a_month_is_where_it_has_one(
    english: Client,
) -> None:
    price(make_grid(), Duration.DAY, 9900, category="urban")

    told, urban = (page(english, "/tariffs/", category=one) for one in ("rural", "urban"))

    assert "Rural telecentre: price of one place or room" in told
    assert "Urban coworking: price of one place or room" in urban
    assert "The month’s price is for days that you book in one go, ten at most" in told
    assert "The month’s price" not in urban
