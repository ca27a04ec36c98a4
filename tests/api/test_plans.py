"""GET /plans."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.api.calls import Program
from tests.factories import MONDAY
from tests.subscriptions.plans import make_plan, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def codes(**asked: str) -> list[str]:
    return [one["code"] for one in Program().get("/plans", **asked).json()["items"]]


def test_anybody_reads_the_plans_on_offer_the_cheapest_first() -> None:
    make_version(make_plan("dear"), price_cents=9000)
    make_version(make_plan("cheap"), price_cents=2000)
    make_version(make_plan("draft"), from_day=None)
    make_version(make_plan("ended", withdrawn_from=MONDAY))

    assert codes() == ["cheap", "dear"]


def test_terms_are_those_of_the_day_that_is_asked_for() -> None:
    plan = make_plan("half")
    make_version(plan, price_cents=9000)
    make_version(plan, from_day=date(2027, 1, 1), price_cents=9500)

    prices = [
        Program().get("/plans", **asked).json()["items"][0]["price_cents"]
        for asked in ({}, {"on": "2026-12-31"}, {"on": "2027-01-01"})
    ]

    assert prices == [9000, 9000, 9500]


def test_a_plan_to_be_withdrawn_is_on_offer_until_the_day_before() -> None:
    make_version(make_plan("ends", withdrawn_from=MONDAY + timedelta(days=2)))

    assert codes(on="2026-11-24") == ["ends"]
    assert codes(on="2026-11-25") == []


def test_without_plans_the_list_is_empty_and_what_is_no_day_is_refused() -> None:
    assert codes() == []
    assert Program().get("/plans", on="2026-02-30").status_code == 422


def test_however_many_plans_as_many_questions(django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        make_version(make_plan())

    with django_assert_max_num_queries(5):
        assert len(codes()) == 5
