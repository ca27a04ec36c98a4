"""Somebody subscribes: in the terms that they read, once, and what it grants holds at once."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from billing.errors import KeyOfAnother
from subscriptions.errors import AlreadySubscribed, SubscriptionRefused
from subscriptions.models import Plan, Subscription
from subscriptions.plans.publishing import withdraw
from subscriptions.taking.subscribing import Wish, subscribe
from tests.factories import MONDAY, NOW, TUESDAY, holder, make_space, make_user
from tests.subscriptions.employers import make_employer
from tests.subscriptions.plans import make_version
from tests.subscriptions.taken import grants, passes, taken, version

pytestmark = pytest.mark.django_db


def test_a_person_has_its_one_seat_and_the_share_of_its_first_month_at_once() -> None:
    ada = make_user()
    make_space(advance_days=30)

    mine = taken(version(), ada, starts_on=date(2026, 11, 23))

    assert [(one.number, one.person, one.since) for one in mine.seats.all()] == [(1, ada, MONDAY)]
    assert grants(mine) == [("11", 1, 2), ("12", 1, 4)]
    assert [list(one.bearers.values_list("person", flat=True)) for one in passes(mine)] == [
        [ada.pk],
        [ada.pk],
    ]


def test_what_a_month_leaves_holds_for_as_long_as_the_plan_carries_it_over() -> None:
    mine = taken(version(carry_over_months=1), make_user())

    (november,) = passes(mine)

    assert november.last_on == date(2026, 12, 31)
    assert november.takes == {"rural": {"desk": 1}, "urban": {"desk": 2}}


def test_an_employer_shares_one_pool_or_has_a_pass_for_each_seat() -> None:
    make_space(advance_days=30)
    boss = make_user()
    employer = make_employer(boss)
    shared = version(date(2026, 1, 1), plan={"is_shared": True, "holders": "organisations"})
    first = date(2026, 12, 1)

    pool = taken(shared, boss, organisation=employer, seats=5, starts_on=first)
    each = taken(version(), boss, organisation=employer, seats=2, starts_on=first)

    assert grants(pool) == [("12", 0, 20)]
    assert grants(each) == [("12", 1, 4), ("12", 2, 4)]
    assert {one.on_account_of for one in passes(pool) + passes(each)} == {employer}


def test_asked_again_with_the_same_key_it_is_the_one_there_is() -> None:
    ada, key, of = make_user(), uuid4(), version()

    first = taken(of, ada, key=key)

    assert taken(of, ada, key=key) == first
    assert Subscription.objects.count() == 1
    with pytest.raises(KeyOfAnother):
        taken(of, make_user(), key=key)


def test_one_has_one_subscription_of_ones_own_at_a_time() -> None:
    ada, of = make_user(), version()
    taken(of, ada)

    with pytest.raises(AlreadySubscribed):
        taken(of, ada, starts_on=date(2027, 1, 1))


def test_a_plan_that_is_withdrawn_while_it_is_chosen_is_not_taken() -> None:
    of = version()
    withdraw(plan=of.plan, from_day=MONDAY, by=holder("manage_plans"), now=NOW)

    with pytest.raises(SubscriptionRefused):
        taken(of, make_user())


def test_terms_that_are_others_on_the_first_day_are_not_taken() -> None:
    of = version()
    dearer = make_version(of.plan, TUESDAY, price_cents=3000)

    with pytest.raises(SubscriptionRefused, match="other terms|autres conditions"):
        taken(of, make_user(), starts_on=TUESDAY)

    assert taken(dearer, make_user(), starts_on=TUESDAY).version == dearer
    assert taken(of, make_user()).version == of


def test_who_subscribed_keeps_the_terms_of_that_day() -> None:
    of = version()
    mine = taken(of, make_user())

    make_version(of.plan, TUESDAY, price_cents=9000)

    mine.refresh_from_db()
    assert mine.version.price_cents == 2800


@pytest.mark.parametrize(
    ("holders", "is_own"), [(Plan.Holders.ORGANISATIONS, True), (Plan.Holders.PERSONS, False)]
)
def test_a_plan_is_taken_by_those_it_is_for(holders: str, is_own: bool) -> None:
    boss = make_user()
    of = version(plan={"holders": holders})
    organisation = None if is_own else make_employer(boss)

    with pytest.raises(SubscriptionRefused):
        taken(of, boss, organisation=organisation)


def test_nobody_subscribes_for_an_employer_that_they_do_not_run() -> None:
    with pytest.raises(PermissionDenied):
        taken(version(), make_user(), organisation=make_employer(make_user()))


@pytest.mark.parametrize(
    "odd",
    [
        {"seats": 0},
        {"seats": 2001},
        {"starts_on": MONDAY - timedelta(days=1)},
        {"starts_on": MONDAY + timedelta(days=366)},
    ],
)
def test_odd_wishes_are_refused(odd: dict[str, object]) -> None:
    boss = make_user()
    usual = Wish(version=version(), starts_on=MONDAY, organisation=make_employer(boss))

    with pytest.raises(SubscriptionRefused):
        subscribe(wish=replace(usual, **odd), by=boss, now=NOW, key=uuid4())  # type: ignore[arg-type]


def test_one_tries_a_plan_free_of_charge_once() -> None:
    ada, of = make_user(), version(trial_days=14)
    first = taken(of, ada)
    assert first.trial_until == date(2026, 12, 6)

    first.ends_on = date(2026, 11, 30)
    first.save()

    assert taken(of, ada, starts_on=date(2026, 12, 1)).trial_until is None
