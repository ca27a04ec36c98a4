"""Prices of a draft that look like slips are told where it is written and before its vote."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from billing.models import TariffGrid
from billing.prices.durations import Duration
from tests.billing.pages.reading import page, signed_in, words_of
from tests.billing.tariffs import make_draft, price
from tests.factories import holder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TITLE = "Some prices look like a slip"


@pytest.fixture
def adopter(client: Client) -> Client:
    return signed_in(client, holder("adopt_tariffgrid"))


@pytest.fixture
def draft() -> TariffGrid:
    return make_draft({Duration.HALF_DAY: 800, Duration.DAY: 1400}, from_day=date(2027, 6, 1))


def send(client: Client, draft: TariffGrid, **typed: str) -> Any:
    return client.post(f"/manage/grids/{draft.pk}/prices/rural/", typed, follow=True)


def test_they_are_saved_and_told_atop_the_table(adopter: Client, draft: TariffGrid) -> None:
    saved = send(
        adopter,
        draft,
        **{"desk-hour": "9", "desk-half_day": "8", "desk-day": "6", "desk-week": "40"},
    )

    told = words_of(saved)
    assert "The prices are saved." in told
    assert TITLE in told
    assert "Desk, Hour: €9.00. “Half-day” is longer and costs less: €8.00." in told
    assert "Desk, Half-day: €8.00. “Day” is longer and costs less: €6.00." in told
    assert "Rural telecentre – Desk, Week: €40.00. Five days cost less: €30.00." in told
    assert draft.gridprices.get(duration="hour").price_cents == 900


def test_without_a_slip_nothing_is_said(adopter: Client, draft: TariffGrid) -> None:
    address = f"/manage/grids/{draft.pk}"

    for rest in ("/", "/prices/rural/", "/vote/"):
        told = page(adopter, f"{address}{rest}")
        assert TITLE not in told
        assert "like a slip" not in told


def test_the_draft_lists_all_of_them_and_its_vote_says_how_many(
    adopter: Client, draft: TariffGrid
) -> None:
    price(draft, Duration.DAY, 1500, group="student")
    price(draft, Duration.HOUR, 900, kind="office")
    price(draft, Duration.DAY, 800, kind="office")
    address = f"/manage/grids/{draft.pk}"

    told = page(adopter, f"{address}/")

    student = "Rural telecentre – Desk, Day, Student: €15.00. Everybody else pays less: €14.00."
    assert student in told
    assert "Office, Hour: €9.00. “Day” is longer and costs less: €8.00." in told
    assert "2 prices of this draft look like slips" in page(adopter, f"{address}/vote/")
    assert student in page(adopter, f"{address}/prices/rural/", group="student")
    assert TITLE not in page(adopter, f"{address}/prices/urban/")
