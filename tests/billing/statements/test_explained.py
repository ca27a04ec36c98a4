"""A statement explains itself: what stood before, prices off peak, and what tells a line."""

from datetime import date

import pytest
from django.test import Client

from billing.models import Charge
from billing.prices.durations import Duration
from billing.statements.parties import of_operator, of_person
from tests.billing.bought import bought, selling_site
from tests.billing.charging.turns import Customer, use
from tests.billing.passes.test_pass_pages import page
from tests.billing.statements.told import lines_of, table_of
from tests.billing.tariffs import make_grid, off_peak, price
from tests.factories import TUESDAY, at, interval, make_manager, make_user, reads_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NOVEMBER = "/account/statements/2026-11/"


def test_what_stood_before_the_month_leads_to_the_last_statement_that_has_lines(
    client: Client,
) -> None:
    ada, grid = reads_english(make_user()), make_grid(from_day=date(2026, 1, 1))
    bought(ada, grid=grid, now=at(date(2026, 8, 31), "12:00"), price_cents=1500)
    bought(ada, grid=grid, now=at(date(2026, 10, 31), "23:59"), price_cents=1500)
    client.force_login(ada)

    assert "What stood before the month: statement of October 2026" in page(client, NOVEMBER)
    assert "/account/statements/2026-10/" in client.get(NOVEMBER).content.decode()
    assert "statement of August 2026" in page(client, "/account/statements/2026-10/")
    told = page(client, "/account/statements/2026-08/")
    assert "What stood before" not in told
    assert "as the earlier statements tell" not in told


def test_that_of_an_operator_leads_to_its_own(client: Client) -> None:
    site, grid = selling_site(), make_grid(from_day=date(2026, 1, 1))
    bought(make_user(), site=site, grid=grid, now=at(date(2026, 10, 31), "12:00"))
    client.force_login(reads_english(make_manager(site)))
    earned = f"/manage/statements/{site.operator_id}/earned/"

    told = client.get(f"{earned}2026-11/").content.decode()

    assert f"{earned}2026-10/" in told
    assert "what was earned until then" in told


def test_hours_at_the_price_off_peak_are_named_so_where_it_is_another() -> None:
    grid, somebody, site = make_grid(), Customer(), selling_site()
    off_peak(grid, 1, "16:00", "00:00")
    grid.gridprices.filter(duration=Duration.HOUR).update(off_peak_cents=200)

    somebody.book("A", use(site, interval(TUESDAY, "15:00", "18:00")))

    told = lines_of(of_operator(site.operator))
    assert [row[0] for row in told] == [
        "Desk, 24 November 2026, 15:00 – 16:00",
        "Desk, 24 November 2026, 16:00 – 18:00, off peak",
    ]
    assert [one.is_off_peak for one in Charge.objects.order_by("pk")] == [False, True]


def test_off_peak_is_not_named_where_the_price_is_the_same_nor_lost_where_it_is_given_back() -> (
    None
):
    grid, somebody, site = make_grid({Duration.HALF_DAY: 800}), Customer(), selling_site()
    price(grid, Duration.HOUR, 300, off_peak_cents=100)
    off_peak(grid, 1, "08:00", "00:00")
    somebody.book("A", use(site, interval(TUESDAY, "08:00", "09:00")))
    somebody.book("B", use(site, interval(TUESDAY, "09:00", "14:00")))

    somebody.change("A", use(site, interval(TUESDAY, "07:00", "08:00")))

    told = {(one.subject, one.kind): one.is_off_peak for one in Charge.objects.all()}
    assert told["A", "given_back"] is True
    assert told["A", "use"] is False


def test_a_table_tells_a_pass_by_the_number_of_its_page() -> None:
    ada = make_user()
    sold = bought(ada, price_cents=6500)
    Customer(person=ada).book("ABCD-EFGH", use(selling_site(), interval(TUESDAY, "08:00", "13:00")))

    _heads, *rows = table_of(of_person(ada))

    assert [row[2] for row in rows] == [str(sold.pk), "ABCD-EFGH"]
