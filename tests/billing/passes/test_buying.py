"""A pass is bought on account, once, of what is sold that day."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from billing.errors import KeyOfAnother, PassOver
from billing.ledger.accounts import earned_by, owed_by
from billing.ledger.balances import balance
from billing.ledger.checking import faults
from billing.models import Charge, Pass, VatRegime
from billing.passes.buying import buy_pass
from tests.billing.bought import bought, make_offer, selling_site
from tests.billing.tariffs import make_grid
from tests.factories import MONDAY, NOW, at, make_site, make_user

pytestmark = pytest.mark.django_db


def test_a_pass_holds_its_half_days_and_its_price_is_owed_to_the_site_s_operator() -> None:
    ada, site = make_user(), selling_site()
    offer = make_offer(10, price_cents=6500)

    mine = buy_pass(offer=offer, site=site, by=ada, now=NOW, key=uuid4())

    assert balance(mine.account) == 10
    assert balance(owed_by(ada)) == -6500
    assert balance(earned_by(site.operator)) == 6500
    assert (mine.operator, mine.site) == (site.operator, None)
    assert not list(faults())


def test_it_leaves_a_line_with_the_vat_of_its_seller_that_day() -> None:
    site = selling_site()
    VatRegime.objects.create(operator=site.operator, starts_on=MONDAY, regime="franchise", rate=0)

    mine = bought(make_user(), site=site, name="Carnet de dix", price_cents=6500)

    line = Charge.objects.get()
    assert (line.kind, line.words, line.amount_cents) == ("pass", "Carnet de dix", 6500)
    assert (line.vat_regime, line.vat_rate) == ("franchise", 0)
    assert (line.subject, line.site, line.person) == (f"pass:{mine.pk}", site, mine.person)


def test_who_said_nothing_of_vat_is_subject_to_it() -> None:
    bought(make_user())

    line = Charge.objects.get()
    assert (line.vat_regime, line.vat_rate) == ("taxable", 2000)


def test_pressed_twice_it_is_bought_once() -> None:
    ada, site, offer, key = make_user(), selling_site(), make_offer(), uuid4()

    first = buy_pass(offer=offer, site=site, by=ada, now=NOW, key=key)
    again = buy_pass(offer=offer, site=site, by=ada, now=NOW + timedelta(days=400), key=key)

    assert again == first
    assert (Pass.objects.count(), Charge.objects.count()) == (1, 1)
    assert balance(owed_by(ada)) == -6500


def test_the_key_of_a_pass_buys_no_other() -> None:
    site, key = selling_site(), uuid4()
    offer, other = make_offer(10), make_offer(2)
    ada = make_user()
    buy_pass(offer=offer, site=site, by=ada, now=NOW, key=key)

    with pytest.raises(KeyOfAnother):
        buy_pass(offer=other, site=site, by=ada, now=NOW, key=key)
    with pytest.raises(KeyOfAnother):
        buy_pass(offer=offer, site=site, by=make_user(), now=NOW, key=key)


def test_a_pass_of_a_grid_that_is_no_longer_in_force_is_not_sold() -> None:
    site, offer = selling_site(), make_offer()
    make_grid(from_day=date(2027, 1, 1))

    assert bought(make_user(), site=site, grid=offer.grid, now=at(date(2026, 12, 31), "23:59"))
    with pytest.raises(PassOver):
        bought(make_user(), site=site, grid=offer.grid, now=at(date(2027, 1, 1), "00:00"))


@pytest.mark.parametrize(
    "fields", [{"category": "urban"}, {"kind": "office"}], ids=["another category", "no office"]
)
def test_a_site_sells_only_what_holds_there(fields: dict[str, Any]) -> None:
    with pytest.raises(PassOver):
        bought(make_user(), site=selling_site(), **fields)

    assert not Charge.objects.exists()


def test_a_site_that_takes_no_bookings_sells_nothing() -> None:
    with pytest.raises(PassOver):
        bought(make_user(), site=selling_site(is_active=False))


def test_a_pass_of_one_site_holds_there_alone() -> None:
    site = selling_site()

    assert bought(make_user(), site=site, is_of_one_site=True).site == site


def test_a_free_pass_is_a_line_of_nothing() -> None:
    ada = make_user()

    mine = bought(ada, price_cents=0)

    assert balance(mine.account) == 10
    assert balance(owed_by(ada)) == 0
    assert Charge.objects.get().amount_cents == 0


def test_the_operator_of_another_site_earns_nothing() -> None:
    other = make_site()

    bought(make_user(), site=selling_site())

    assert balance(earned_by(other.operator)) == 0
