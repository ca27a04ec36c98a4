"""Which passes cover a use, and that of these the one that ends first is spent first."""

from datetime import date, timedelta

import pytest

from billing.errors import NotEnough
from billing.ledger.posting import post
from billing.passes.holding import Held
from billing.passes.spending import shares
from sites.intervals import Interval
from sites.models import Space
from tests.billing.accounts import entry, world
from tests.billing.bought import bought, mornings, selling_site, spent_on
from tests.billing.charging.turns import Customer, left, use
from tests.factories import NOW, at, make_user

pytestmark = pytest.mark.django_db


def test_the_pass_that_ends_first_is_spent_first() -> None:
    ada, site = make_user(), selling_site()
    later, sooner = (bought(ada, 2, site=site, valid_months=months) for months in (6, 1))

    spent_on(ada, site, 3)

    assert (left(sooner), left(later)) == (0, 1)


def test_more_than_all_passes_hold_is_refused() -> None:
    ada = make_user()
    some = [Held(bought(ada, 2), 2), Held(bought(ada, 1), 1)]

    assert shares(some, 3) == [(some[0], 2), (some[1], 1)]
    with pytest.raises(NotEnough):
        shares(some, 4)


def test_nobody_spends_the_pass_of_somebody_else() -> None:
    mine, site = bought(make_user()), selling_site()

    spent_on(make_user(), site, 1)

    assert left(mine) == 10


def test_a_pass_holds_for_its_kind_category_and_site_alone() -> None:
    ada, site = make_user(), selling_site()
    time = Interval(at(date(2026, 12, 1), "08:00"), at(date(2026, 12, 1), "12:00"))
    of_site = bought(ada, site=site, is_of_one_site=True)
    rural = bought(ada, site=site, category="rural")
    urban = selling_site(category="urban")

    assert of_site.holds_for("desk", site, time)
    assert rural.holds_for("desk", site, time)
    assert not of_site.holds_for("desk", selling_site(), time)
    assert rural.holds_for("desk", selling_site(), time)
    assert not rural.holds_for("desk", urban, time)
    assert not rural.holds_for(Space.Kind.OFFICE, site, time)


def test_a_pass_counts_for_nothing_from_its_end_on_with_no_job_run() -> None:
    ada, site = make_user(), selling_site()
    mine = bought(ada, site=site, valid_months=1)
    midnight = at(date(2026, 12, 24), "00:00")

    spent_on(ada, site, 1, now=midnight, reference="LATE")

    assert left(mine) == 10


def test_what_is_reserved_of_a_pass_is_not_spent() -> None:
    ada, site = make_user(), selling_site()
    mine = bought(ada, 2, site=site)
    kept = entry(mine.account, world(), 2, until=NOW + timedelta(minutes=15))
    post(entries=[kept], now=NOW)

    somebody = spent_on(ada, site, 1)

    assert left(mine) == 2
    assert somebody.owes("ABCD-EFGH") == 800


def test_what_goes_back_goes_to_the_pass_it_came_from() -> None:
    ada, site = make_user(), selling_site()
    sooner, later = (bought(ada, 2, site=site, valid_months=months) for months in (1, 6))
    somebody: Customer = spent_on(ada, site, 3)

    somebody.change("ABCD-EFGH", use(site, *mornings(1)))

    assert (left(sooner), left(later)) == (1, 2)
