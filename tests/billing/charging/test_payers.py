"""On account of an organisation: it owes what the person would have, and the person nothing.

Whatever is done in whatever order, the cents are those of an own booking at the standard price.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.ledger.accounts import owed_by_organisation
from billing.ledger.balances import balance
from billing.models import Charge, GroupMembership, Transfer
from billing.prices.durations import Duration
from billing.prices.groups import Group
from tests.billing.charged import make_charge
from tests.billing.charging.test_charged_histories import (
    STEP,
    STEPS,
    Step,
    make_prices,
    play,
)
from tests.billing.charging.turns import (
    Customer,
    all_adds_up,
    left,
    make_pass,
    taken_back,
    told,
    use,
)
from tests.billing.tariffs import make_grid, price, subsidy
from tests.factories import (
    MONDAY,
    NOW,
    at,
    interval,
    make_operator,
    make_organisation,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "12:00"), interval(FRIDAY, "14:00", "18:00")
LATE = at(FRIDAY, "07:00")
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(STEPS, max_size=12))
def test_whatever_is_done_an_employer_owes_the_cents_that_its_employee_would(
    steps: list[Step],
) -> None:
    with taken_back():
        own = lines_after(steps, None)
    with taken_back():
        employer = make_organisation()

        assert lines_after(steps, employer.pk) == own
        on_account = Charge.objects.filter(on_account_of=employer)
        assert not Charge.objects.filter(person__isnull=False).difference(on_account)


def lines_after(steps: list[Step], payer: int | None) -> list[tuple[str, str, int]]:
    """Return all lines of a history of who books on account of a payer: of which, kind, cents."""
    site, _some, _holder = make_prices()
    somebody = Customer(payer=payer)
    for number, step in enumerate(steps):
        play(somebody, site, step, NOW + number * STEP)
    assert somebody.owes() == somebody.owed()
    assert all_adds_up()
    lines = Charge.objects.order_by("pk")
    return [(one.subject, one.kind, one.amount_cents) for one in lines]


def test_an_employer_pays_the_standard_price_whatever_group_its_employee_belongs_to() -> None:
    price(make_grid(), Duration.HALF_DAY, 400, group=Group.STUDENT)
    site, ada = make_site(), make_user()
    own, employed = Customer(ada), Customer(ada, payer=make_organisation().pk)
    ends = timezone.localdate(NOW) + timedelta(days=30)
    GroupMembership.objects.create(person=ada, group="student", ends_on=ends, granted_at=NOW)

    own.book("A", use(site, MORNING))
    employed.book("B", use(site, AFTERNOON))

    assert (own.owes(), employed.owes()) == (400, 800)


def test_a_pass_of_the_person_covers_nothing_that_an_employer_pays() -> None:
    grid, site, ada = make_grid(), make_site(), make_user()
    ten = make_pass(ada, grid, 10, NEXT_YEAR)
    employed = Customer(ada, payer=make_organisation().pk)

    employed.book("A", use(site, MORNING))

    assert (told("A"), left(ten)) == ([("use", 800)], 10)


def test_a_pass_bought_since_pays_nothing_when_the_booking_changes() -> None:
    grid, site, ada = make_grid(), make_site(), make_user()
    employed = Customer(ada, payer=make_organisation().pk)
    employed.book("A", use(site, MORNING))
    ten = make_pass(ada, grid, 10, NEXT_YEAR)

    employed.change("A", use(site, AFTERNOON))
    employed.cancel("A")

    assert (employed.owes(), left(ten)) == (0, 10)
    assert all_adds_up()


def test_what_is_kept_as_late_is_owed_by_the_employer() -> None:
    make_grid()
    site, employer = make_site(), make_organisation()
    employed = Customer(payer=employer.pk)
    employed.book("A", use(site, MORNING))

    employed.cancel("A", LATE)

    late = Charge.objects.get(kind="late")
    assert (late.on_account_of, late.organisation, late.amount_cents) == (employer, None, 400)
    assert -balance(owed_by_organisation(employer)) == 400
    assert all_adds_up()


def test_cancelled_in_time_all_goes_back_to_the_employer() -> None:
    make_grid()
    site, employer = make_site(), make_organisation()
    employed = Customer(payer=employer.pk)
    employed.book("A", use(site, MORNING))

    employed.cancel("A", NOW)

    assert told("A") == [("use", 800), ("given_back", -800)]
    assert balance(owed_by_organisation(employer)) == 0
    assert {one.on_account_of for one in Charge.objects.all()} == {employer}


def test_what_a_funder_pays_stays_the_funders() -> None:
    make_grid()
    site, funder = make_site(), make_organisation("Vallée", "collectivity")
    subsidy(site, Duration.HALF_DAY, 500, funder)
    employer = make_organisation("Scierie")
    employed = Customer(payer=employer.pk)

    employed.book("A", use(site, MORNING))

    lines = Charge.objects.order_by("pk").values_list(
        "organisation__name", "on_account_of__name", "amount_cents"
    )
    assert list(lines) == [(None, "Scierie", 500), ("Vallée", None, 300)]
    assert -balance(owed_by_organisation(funder)) == 300
    employed.cancel("A", LATE)
    assert (employed.owed(), balance(owed_by_organisation(funder))) == (250, 0)
    assert all_adds_up()


def test_an_employer_that_funds_the_site_too_owes_both_parts() -> None:
    make_grid()
    site, town = make_site(), make_organisation("Villé", "collectivity", "employer")
    subsidy(site, Duration.HALF_DAY, 500, town)
    employed = Customer(payer=town.pk)

    employed.book("A", use(site, MORNING))

    assert (employed.owes(), employed.owed()) == (500, 800)
    assert sum(one.amount_cents for one in Charge.objects.of_organisation(town)) == 800
    assert Transfer.objects.count() == 1
    assert all_adds_up()


def test_no_line_is_owed_by_two_organisations() -> None:
    employer, funder = make_organisation(), make_organisation()

    with pytest.raises(IntegrityError, match="charge_owed_by_one_organisation"):
        make_charge(make_user(), make_operator(), organisation=funder, on_account_of=employer)


def test_who_owes_a_line_is_never_changed() -> None:
    line = make_charge(make_user(), make_operator())

    with pytest.raises(IntegrityError, match="ledger_written_once"):
        Charge.objects.filter(pk=line.pk).update(on_account_of=make_organisation())


def test_an_erased_person_leaves_what_the_employer_owes() -> None:
    make_grid()
    site, ada, employer = make_site(), make_user(), make_organisation()
    employed = Customer(ada, payer=employer.pk)
    employed.book("A", use(site, MORNING))

    ada.delete()

    line = Charge.objects.of_organisation(employer).get()
    assert (line.person, line.amount_cents) == (None, 800)
    assert -balance(owed_by_organisation(employer)) == 800
    assert all_adds_up()
