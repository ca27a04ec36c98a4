"""A long statement is read page by page; each says what all its lines come to."""

import pytest
from django.test import Client

from billing.views.statements import LINES_A_PAGE
from tests.billing.charged import make_charge
from tests.billing.passes.test_pass_pages import page
from tests.factories import make_operator, make_user, reads_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
HERE = "/account/statements/2026-11/"


@pytest.fixture
def lines(client: Client) -> int:
    """Charge somebody for more than a page of half-days, and sign them in."""
    ada, operator = reads_english(make_user()), make_operator()
    for _ in range(LINES_A_PAGE + 2):
        make_charge(ada, operator)
    client.force_login(ada)
    return LINES_A_PAGE + 2


def test_a_page_has_fifty_lines_and_leads_to_the_rest(client: Client, lines: int) -> None:
    first, second = page(client, HERE), page(client, f"{HERE}?page=2")

    assert (first.count("Desk, half-day"), second.count("Desk, half-day")) == (LINES_A_PAGE, 2)
    assert "23 November 2026 €416.00" in first
    assert "23 November 2026 (continued) Desk, half-day" in second


def test_each_page_says_what_the_month_comes_to(client: Client, lines: int) -> None:
    for number in (1, 2):
        assert "This month, VAT included €416.00" in page(client, f"{HERE}?page={number}")


@pytest.mark.parametrize("number", ["0", "99", "-1", "two"])
def test_a_page_that_is_not_there_is_the_nearest(client: Client, lines: int, number: str) -> None:
    assert "Desk, half-day" in page(client, f"{HERE}?page={number}")
