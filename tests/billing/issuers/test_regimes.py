"""An operator says how it stands to VAT from a day on; what began is not told again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from billing.errors import RegimeRefused
from billing.issuers.regimes import Standing, tell_regime
from billing.models import VatRegime
from billing.prices.vat import Regime
from network.models import Membership, Organisation, User
from tests.factories import MONDAY, NOW, TUESDAY, holder, make_manager, make_site, make_user
from tests.waiting import ON_POSTGRESQL, has_to_wait

pytestmark = pytest.mark.django_db
YESTERDAY = MONDAY - timedelta(days=1)


@pytest.fixture
def operator() -> Organisation:
    return make_site().operator


@pytest.fixture
def manager(operator: Organisation) -> User:
    person = make_user()
    Membership.objects.create(person=person, organisation=operator, role="manager")
    return person


def told(
    operator: Organisation,
    by: User,
    starts_on: date = MONDAY,
    regime: Regime = Regime.TAXABLE,
    rate: int = 550,
) -> VatRegime:
    standing = Standing(regime, rate if regime == Regime.TAXABLE else 0, starts_on)
    return tell_regime(operator=operator, standing=standing, by=by, now=NOW)


def test_it_holds_from_its_day_on_and_what_was_stays(operator: Organisation, manager: User) -> None:
    told(operator, manager)
    told(operator, manager, TUESDAY, Regime.FRANCHISE)

    days = (YESTERDAY, MONDAY, TUESDAY)
    rows = [VatRegime.objects.of(operator, day) for day in days]
    assert [(row.regime, row.rate) for row in rows] == [
        ("taxable", 2000),
        ("taxable", 550),
        ("franchise", 0),
    ]
    assert (rows[1].set_by, rows[1].set_at) == (manager, NOW)


def test_of_a_day_to_come_the_last_word_counts_of_one_that_began_the_first(
    operator: Organisation, manager: User
) -> None:
    told(operator, manager)
    told(operator, manager, TUESDAY, Regime.FRANCHISE)
    told(operator, manager, TUESDAY, Regime.NON_PROFIT)

    for day in (YESTERDAY, MONDAY):
        with pytest.raises(RegimeRefused):
            told(operator, manager, day, Regime.FRANCHISE)
    assert VatRegime.objects.of(operator, MONDAY).regime == "taxable"
    assert VatRegime.objects.of(operator, TUESDAY).regime == "non_profit"


@pytest.mark.parametrize("rate", [0, -1, 10_001])
def test_who_is_subject_to_vat_has_a_rate_that_there_is(
    operator: Organisation, manager: User, rate: int
) -> None:
    with pytest.raises(RegimeRefused):
        told(operator, manager, rate=rate)

    assert not VatRegime.objects.exists()


def test_only_who_runs_its_sites_says_it(operator: Organisation) -> None:
    member = make_user()
    Membership.objects.create(person=member, organisation=operator, role="member")

    for stranger in (member, make_manager(make_site()), holder("adopt_tariffgrid")):
        with pytest.raises(PermissionDenied):
            told(operator, stranger)


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_of_two_who_tell_it_of_today_at_once_the_second_waits_and_is_refused(
    operator: Organisation, manager: User
) -> None:
    with transaction.atomic():
        told(operator, manager)
        assert has_to_wait(lambda: told(operator, manager, TUESDAY))

    with pytest.raises(RegimeRefused):
        told(operator, manager, regime=Regime.FRANCHISE)
