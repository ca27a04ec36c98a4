"""An operator writes the next grid and puts it to the vote; the network team puts it in force."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from billing.models import Proposal, TariffGrid
from billing.prices.durations import Duration
from network.models import Membership
from sites.models import Site
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.pages.test_drafts import WRITTEN
from tests.billing.tariffs import make_draft, make_grid, make_proposal
from tests.factories import NOW, holder, make_manager, make_operator, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEXT = {"name": "2027", "in_force_from": "2027-01-01"}


@pytest.fixture
def site() -> Site:
    return make_site("La Fabrique", operator=make_operator("Giessen"))


@pytest.fixture
def manager(client: Client, site: Site) -> Client:
    return signed_in(client, make_manager(site))


def send(client: Client, grid: TariffGrid, rest: str, **fields: Any) -> Any:
    return client.post(f"/manage/grids/{grid.pk}/{rest}", fields)


def test_it_begins_with_the_grid_in_force_in_its_own_name_without_being_asked(
    manager: Client, site: Site
) -> None:
    grid = make_grid()

    asked = manager.get("/manage/grids/new/")
    manager.post("/manage/grids/new/", NEXT | {"source": grid.pk, "percent": "2"})

    assert "In the name of" not in words_of(asked)
    draft = TariffGrid.objects.get(name="2027")
    assert draft.operator == site.operator
    assert draft.gridprices.get(duration=Duration.HALF_DAY).price_cents == 820


def test_who_runs_sites_of_two_operators_says_for_which(client: Client, site: Site) -> None:
    person, other = make_manager(site), make_site().operator
    Membership.objects.create(person=person, organisation=other, role="manager")
    signed_in(client, person)

    silent = client.post("/manage/grids/new/", NEXT)
    foreign = client.post("/manage/grids/new/", NEXT | {"body": make_site().operator_id})
    team = client.post("/manage/grids/new/", NEXT | {"body": "team"})
    client.post("/manage/grids/new/", NEXT | {"body": other.pk})

    assert [one.status_code for one in (silent, foreign, team)] == [200, 200, 200]
    assert TariffGrid.objects.get().operator == other


def test_it_edits_its_draft_and_puts_it_to_the_vote_which_the_public_page_tells(
    manager: Client, site: Site
) -> None:
    draft = make_draft(from_day=date(2027, 1, 1), name="2027", operator=site.operator)

    send(manager, draft, "prices/rural/", **{"desk-day": "15"})
    send(manager, draft, "vote/", reasons="Heating", last_day="2026-12-10")

    assert draft.gridprices.get().price_cents == 1500
    public = Client(headers={"accept-language": "en"})
    for address in ("/tariffs/proposals/", f"/tariffs/proposals/{draft.proposal.pk}/"):
        assert "Proposed by Giessen" in words_of(public.get(address))


def test_it_does_not_put_in_force_what_it_proposes(manager: Client, site: Site) -> None:
    draft = make_draft(operator=site.operator)

    told = words_of(manager.get(f"/manage/grids/{draft.pk}/"))

    assert "the network team puts it in force" in told
    assert "Put in force" not in told
    assert manager.get(f"/manage/grids/{draft.pk}/adopt/").status_code == 403
    assert send(manager, draft, "adopt/", day="2026-11-20", number="1").status_code == 403


def test_drafts_of_others_are_not_there(manager: Client) -> None:
    drafts = [make_draft(name="Hidden", operator=one) for one in (make_site().operator, None)]

    for draft in drafts:
        for part in ("", *WRITTEN):
            assert manager.get(f"/manage/grids/{draft.pk}/{part}").status_code == 404
        assert send(manager, draft, "prices/rural/", **{"desk-day": "1"}).status_code == 404
        assert send(manager, draft, "discard/").status_code == 404
        assert manager.post("/manage/grids/new/", NEXT | {"source": draft.pk}).status_code == 200
    assert "Hidden" not in words_of(manager.get("/manage/grids/"))
    assert "Hidden" not in words_of(manager.get("/manage/grids/new/"))
    assert TariffGrid.objects.count() == 2


def test_what_is_under_vote_is_seen_by_all_and_written_by_none(manager: Client, site: Site) -> None:
    mine, other = make_draft(operator=site.operator), make_draft(name="Asked")
    for grid in (mine, other):
        make_proposal(grid)

    assert "Asked" in words_of(manager.get("/manage/grids/"))
    for grid in (mine, other):
        told = words_of(manager.get(f"/manage/grids/{grid.pk}/"))
        assert "See the vote and its comments" in told
        assert "What it says" not in told
    assert send(manager, mine, "prices/rural/", **{"desk-day": "1"}).status_code == 409


def test_the_team_sees_an_operators_draft_and_neither_writes_it_nor_skips_the_vote(
    client: Client, site: Site
) -> None:
    draft = make_draft(name="2027", operator=site.operator, from_day=date(2027, 1, 1))
    signed_in(client, holder("adopt_tariffgrid"))

    told = words_of(client.get(f"/manage/grids/{draft.pk}/"))

    assert "Written by Giessen" in told
    assert "Put in force" not in told
    assert client.get(f"/manage/grids/{draft.pk}/prices/rural/").status_code == 404
    refused = send(client, draft, "adopt/", day="2026-11-20", number="2026-41")
    assert "put in force after its vote" in words_of(refused)
    proposal = make_proposal(draft)
    assert "Put in force" not in words_of(client.get(f"/manage/grids/{draft.pk}/"))
    proposal.votes.create(site=site, choice="yes", cast_at=NOW)
    Proposal.objects.update(opened_at=NOW - timedelta(days=9), closes_at=NOW)
    assert "Put in force" in words_of(client.get(f"/manage/grids/{draft.pk}/"))


def test_two_of_one_operator_lose_nothing_and_the_vote_ends_what_the_other_edits(
    manager: Client, site: Site
) -> None:
    draft = make_draft({Duration.DAY: 1400}, operator=site.operator, from_day=date(2027, 1, 1))
    colleague = signed_in(Client(), make_manager(site))

    send(manager, draft, "prices/rural/", **{"desk-day": "15"})
    send(colleague, draft, "prices/urban/", **{"desk-day": "20"})
    send(manager, draft, "vote/", reasons="Heating", last_day="2026-12-10")
    late = send(colleague, draft, "prices/urban/", **{"desk-day": "30"})

    assert late.status_code == 409
    assert "put to the vote as it is" in words_of(late)
    told = dict(draft.gridprices.values_list("category", "price_cents"))
    assert told == {"rural": 1500, "urban": 2000}


def test_the_team_and_its_operator_read_all_that_a_draft_says_and_others_do_not(
    manager: Client, site: Site
) -> None:
    draft = make_draft(operator=site.operator)
    make_grid()
    address = f"/tariffs/{draft.pk}/"
    visitor, stranger = Client(), signed_in(Client(), make_manager(make_site()))

    for reader in (manager, signed_in(Client(), holder("adopt_tariffgrid"))):
        assert "Read all that this grid says" in words_of(reader.get(f"/manage/grids/{draft.pk}/"))
        told = words_of(reader.get(address))
        assert "nothing is sold at its prices" in told
        assert "€14.00" in told
    assert [one.get(address).status_code for one in (visitor, stranger)] == [404, 404]
    make_proposal(draft)
    assert [one.get(address).status_code for one in (visitor, stranger)] == [200, 200]
