"""What one chooses between on the pages of tariffs fits a phone, whatever groups a grid has."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from billing.prices.durations import Duration
from billing.prices.groups import Group
from sites.models import Site
from tests.billing.tariffs import make_draft, make_grid, make_proposal, price
from tests.journeys.fitting import DOUBLED, LARGE, Reading, misfits, show, unfold

OpenPage = Callable[..., Page]
READINGS = [
    Reading("phone", 360),
    Reading("small phone", 320),
    Reading("phone, text doubled", 360, css=DOUBLED),
    Reading("phone, large text", 360, LARGE),
]


def make_every_choice() -> list[str]:
    """Make grids with prices of every category and group; return the addresses of their pages."""
    now = timezone.now()
    today = timezone.localdate(now)
    grid = make_grid(from_day=today, adopted_at=now)
    asked = make_draft(from_day=today + timedelta(days=90))
    for row in (grid, asked):
        for category in Site.Category:
            for group in Group:
                price(row, Duration.MONTH, 15000, category=category, kind="office", group=group)
    proposal = make_proposal(asked, opened_at=now, closes_at=now + timedelta(days=9))
    return ["/tariffs/", f"/tariffs/{asked.pk}/", f"/tariffs/proposals/{proposal.pk}/"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_category_and_group_to_choose_fits_a_phone(page: OpenPage, language: str) -> None:
    addresses = make_every_choice()
    tab, faults = page(locale=language), {}

    for address in addresses:
        tab.goto(address)
        unfold(tab)
        assert tab.locator("nav a[aria-current]").count() == 2
        for reading in READINGS:
            show(tab, reading)
            if found := misfits(tab):
                faults[f"{address}: {reading.name}"] = found

    assert faults == {}
