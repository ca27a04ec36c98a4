"""Everybody reads the plans; the network team writes them on its pages."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from subscriptions.models import Plan, PlanVersion
from subscriptions.plans.terms import costs_of
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import MONDAY, holder, make_organisation, make_user
from tests.subscriptions.plans import DESK, OFFICE, RURAL, URBAN, make_plan, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ENGLISH = {"headers": {"accept-language": "en"}}
TYPED = {
    "name": "Mi-temps",
    "price_cents": "89,50",
    "half_days": "20",
    "carry_over_months": "1",
    "has_overage": "on",
    "trial_days": "14",
    "commitment_months": "0",
    "notice_days": "30",
    "rural-desk": "1",
    "urban-desk": "2",
    "rural-office": "4",
}


@pytest.fixture
def planner(client: Client) -> Client:
    return signed_in(client, holder("manage_plans"))


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def begin(planner: Client, **fields: Any) -> Any:
    seller = make_organisation("Réseau", "network_team")
    return planner.post(
        "/manage/plans/new/", TYPED | {"seller": seller.pk, "holders": "both"} | fields
    )


def test_everybody_reads_what_a_plan_grants_and_opens(reader: Client) -> None:
    make_version(make_plan(), half_days=8, carry_over_months=1, trial_days=14, notice_days=30)

    told = page(reader, "/plans/")

    for words in (
        "€28.00 per seat and month",
        "8 half-days a month for each seat.",
        "What a month leaves of them holds for one month more.",
        "Beyond them, bookings go on account at the tariff of the network.",
        "Trial of 14 days.",
        "No commitment.",
        "Notice of 30 days.",
        "Desk 2 1",
    ):
        assert words in told


def test_a_plan_without_bounds_says_so_and_nothing_of_what_is_left(reader: Client) -> None:
    make_version(make_plan(), half_days=None)

    told = page(reader, "/plans/")

    assert "As many half-days as you like." in told
    assert "What it opens Kind of space Urban coworking Rural telecentre Desk included" in told
    assert "Beyond them" not in told


def test_a_shared_plan_says_so(reader: Client) -> None:
    make_version(make_plan(is_shared=True, holders="organisations"))

    assert "The seats of an organisation share their half-days." in page(reader, "/plans/")


def test_the_next_terms_are_told_before_their_day(reader: Client) -> None:
    plan = make_plan()
    make_version(plan)
    make_version(plan, from_day=date(2027, 1, 1), price_cents=3000)

    told = page(reader, "/plans/")

    assert "New terms for who subscribes from 1 January 2027 on: €30.00 per seat and month" in told


def test_without_plans_the_page_says_so(reader: Client) -> None:
    assert "The network offers no subscription for now." in page(reader, "/plans/")


def test_the_team_makes_a_plan_and_puts_it_in_force(planner: Client, reader: Client) -> None:
    answer = begin(planner, holders="organisations", is_shared="on")

    plan = Plan.objects.get()
    assert answer.headers["Location"] == f"/manage/plans/{plan.code}/"
    assert (plan.holders, plan.is_shared) == ("organisations", True)
    draft = plan.versions.get()
    assert (draft.price_cents, draft.half_days, draft.trial_days) == (8950, 20, 14)
    assert costs_of(draft) == {(RURAL, DESK): 1, (RURAL, OFFICE): 4, (URBAN, DESK): 2}
    assert "Mi-temps" not in page(reader, "/plans/")

    planner.post(f"/manage/plans/{plan.code}/publish/", {"first_day": MONDAY.isoformat()})

    assert "Mi-temps" in page(reader, "/plans/")
    assert "In force" in page(planner, f"/manage/plans/{plan.code}/")


def test_the_next_version_begins_with_what_the_last_one_says(planner: Client) -> None:
    plan = make_plan("half")
    make_version(plan, name="Mi-temps", price_cents=8950)

    form = planner.get("/manage/plans/half/terms/").content.decode()

    assert 'value="89.50"' in form
    assert 'name="urban-desk" value="2"' in form
    planner.post("/manage/plans/half/terms/", TYPED | {"price_cents": "95"})
    assert PlanVersion.objects.get(published_at=None).price_cents == 9500


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("price_cents", "-5", "An amount is not below zero."),
        ("price_cents", "12 CHF", "Prices are in euros"),
        ("half_days", "0", "from 1 to 62"),
        ("half_days", "", "Without a number of half-days nothing is left over"),
        ("rural-desk", "1.5", "from 1 to 20"),
        ("name", "", "An answer is missing here"),
        ("seller", "0", "This choice is not in the list"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    planner: Client, field: str, typed: str, words: str
) -> None:
    answer = begin(planner, **{field: typed})

    assert words in words_of(answer)
    assert not Plan.objects.exists()


def test_a_version_is_refused_on_a_day_that_is_over(planner: Client) -> None:
    make_version(make_plan("half"), from_day=None)

    answer = planner.post("/manage/plans/half/publish/", {"first_day": "2026-11-22"})

    assert answer.status_code == 409
    assert "A version begins on a day to come." in words_of(answer)


def test_withdrawn_and_offered_again(planner: Client, reader: Client) -> None:
    make_version(make_plan("half"), name="Mi-temps")

    planner.post("/manage/plans/half/withdraw/", {"from_day": MONDAY.isoformat()})

    assert "Mi-temps" not in page(reader, "/plans/")
    assert "Withdrawn" in page(planner, "/manage/plans/")
    planner.post("/manage/plans/half/offer/")
    assert "Mi-temps" in page(reader, "/plans/")


def test_a_draft_is_deleted_when_its_writer_says_so(planner: Client) -> None:
    make_version(make_plan("half"), from_day=None)

    assert "Yes, delete it" in page(planner, "/manage/plans/half/discard/")
    planner.post("/manage/plans/half/discard/")

    assert "There is no plan yet" in page(planner, "/manage/plans/")


@pytest.mark.parametrize(
    "address",
    ["", "new/", "half/", "half/terms/", "half/publish/", "half/withdraw/", "half/offer/"],
)
def test_nobody_else_comes_here(client: Client, address: str) -> None:
    make_version(make_plan("half"))

    assert client.get(f"/manage/plans/{address}").status_code == 302
    signed_in(client, make_user())
    assert client.get(f"/manage/plans/{address}").status_code == 403
