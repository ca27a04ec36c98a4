"""What a team's rules say of what is asked, beside what stands: told all, reading nothing."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charging.days import monday_of
from sites.models import Site, Space
from subscriptions.teams.rules import (
    Asked,
    FullWeek,
    Rules,
    SpentMonth,
    Usage,
    full_weeks,
    is_kind_refused,
    is_place_refused,
    is_to_approve,
    spent_months,
)
from tests.factories import MONDAY

DESK, OFFICE = Space.Kind.DESK, Space.Kind.OFFICE
SITE = Site(pk=7, name="La Ruche")
NOTHING = Usage()
DAYS = [MONDAY + timedelta(days=n) for n in range(28)]


def rules(**fields: Any) -> Rules:
    return Rules(team="Ventes", employer="Adira", **fields)


def asked(*days: date, **fields: Any) -> Asked:
    usual: dict[str, Any] = {"site": SITE, "kind": DESK, "days": frozenset(days)}
    return Asked(**usual | fields)


def there(*days: date, **fields: Any) -> Usage:
    return Usage(days=frozenset(days), **fields)


def day(number: int) -> date:
    """Return a day of the usual weeks: 0 is the first Monday."""
    return DAYS[number]


def test_a_team_without_rules_refuses_nothing_and_asks_nobody() -> None:
    wish = asked(*DAYS, cents={day(0): 1_000_000})

    assert not list(full_weeks(rules(), wish, NOTHING, NOTHING))
    assert not list(spent_months(rules(), wish, NOTHING, NOTHING))
    assert not is_kind_refused(rules(), wish, NOTHING)
    assert not is_place_refused(rules(), wish, NOTHING)
    assert not is_to_approve(rules(), wish, NOTHING)


def test_the_third_day_of_a_week_of_two_is_one_too_many() -> None:
    found = list(full_weeks(rules(days_a_week=2), asked(day(4)), NOTHING, there(day(0), day(1))))

    assert found == [FullWeek(day(0), 3, 1)]


def test_a_second_booking_of_a_day_is_no_further_day() -> None:
    others = there(day(0), day(1))

    assert not list(full_weeks(rules(days_a_week=2), asked(day(1)), NOTHING, others))


def test_sunday_belongs_to_the_week_before_and_monday_begins_the_next() -> None:
    others = there(day(0), day(6))

    assert not list(full_weeks(rules(days_a_week=2), asked(day(7)), NOTHING, others))
    assert list(full_weeks(rules(days_a_week=2), asked(day(5)), NOTHING, others))


def test_several_weeks_are_each_looked_at() -> None:
    wish = asked(day(0), day(1), day(7), day(8), day(9))

    assert list(full_weeks(rules(days_a_week=2), wish, NOTHING, NOTHING)) == [
        FullWeek(day(7), 3, 3)
    ]


def test_a_booking_that_is_changed_counts_as_it_will_be() -> None:
    own, others = there(day(0)), there(day(1))

    assert not list(full_weeks(rules(days_a_week=2), asked(day(4)), own, others))


def test_what_stays_on_its_days_is_not_asked_about_though_the_rule_became_stricter() -> None:
    own, others = there(day(0)), there(day(1), day(2))

    assert not list(full_weeks(rules(days_a_week=1), asked(day(0)), own, others))
    assert list(full_weeks(rules(days_a_week=1), asked(day(3)), own, others))


def test_days_of_bookings_without_a_price_count_too() -> None:
    wish = asked(day(2), days_beside=frozenset({day(0), day(1)}))

    assert list(full_weeks(rules(days_a_week=2), wish, NOTHING, NOTHING))


def test_the_budget_is_of_the_month_in_which_it_is_used() -> None:
    last, first = date(2026, 11, 30), date(2026, 12, 1)
    others = Usage(owed=Counter({date(2026, 11, 1): 11_000}))
    wish = asked(last, first, cents={last: 1_000, first: 12_000})

    assert not list(spent_months(rules(budget_cents=12_000), wish, NOTHING, others))
    assert list(spent_months(rules(budget_cents=11_999), wish, NOTHING, others)) == [
        SpentMonth(date(2026, 11, 1), 999, 1_000),
        SpentMonth(date(2026, 12, 1), 11_999, 12_000),
    ]


def test_without_a_price_and_within_the_subscription_no_budget_is_touched() -> None:
    covered = asked(day(0), cents={day(0): 9_000}, is_covered=True)

    assert not list(spent_months(rules(budget_cents=1), asked(day(0)), NOTHING, NOTHING))
    assert not list(spent_months(rules(budget_cents=1), covered, NOTHING, NOTHING))
    assert not is_to_approve(rules(approval_above_cents=0), covered, NOTHING)


def test_a_change_that_costs_no_more_is_let_through_by_a_lower_budget() -> None:
    own = Usage(owed=Counter({date(2026, 11, 1): 5_000}))
    others = Usage(owed=Counter({date(2026, 11, 1): 9_000}))

    for cents, is_refused in ((5_000, False), (4_000, False), (5_001, True)):
        wish = asked(day(0), cents={day(0): cents})
        assert bool(list(spent_months(rules(budget_cents=100), wish, own, others))) is is_refused


def test_kinds_and_places_bound_what_is_new_and_leave_what_is_booked() -> None:
    only = rules(kinds=frozenset({OFFICE}), is_place_open=False)
    booked = Usage(places=frozenset({(7, DESK)}))

    assert is_kind_refused(only, asked(day(0)), NOTHING)
    assert is_place_refused(only, asked(day(0)), NOTHING)
    assert not is_kind_refused(only, asked(day(0)), booked)
    assert not is_place_refused(only, asked(day(0)), booked)
    assert not is_kind_refused(only, asked(day(0), kind=OFFICE), NOTHING)


@pytest.mark.parametrize(("cents", "is_asked"), [(4_000, False), (4_001, True)])
def test_somebody_approves_of_what_costs_more_than_the_bound(cents: int, is_asked: bool) -> None:
    wish = asked(day(0), cents={day(0): cents})

    assert is_to_approve(rules(approval_above_cents=4_000), wish, NOTHING) is is_asked


def test_what_was_approved_of_is_not_asked_again_at_its_price() -> None:
    own = Usage(owed=Counter({date(2026, 11, 1): 5_200}))

    wish = asked(day(0), cents={day(0): 5_200})

    assert not is_to_approve(rules(approval_above_cents=4_000), wish, own)


wishes = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d"]),
        st.sets(st.sampled_from(DAYS[:14]), max_size=4),
    ),
    max_size=20,
)


@given(wishes, st.integers(1, 7))
def test_in_whatever_order_no_week_has_more_days_than_the_rule(
    turns: list[tuple[str, set[date]]], most: int
) -> None:
    booked: dict[str, set[date]] = {}

    for name, days in turns:
        own = there(*booked.get(name, ()))
        others = there(*(one for other, some in booked.items() if other != name for one in some))
        broken = list(full_weeks(rules(days_a_week=most), asked(*days), own, others))
        would = Counter(monday_of(one) for one in others.days | days)
        assert bool(broken) == any(count > most for count in would.values())
        if not broken:
            booked[name] = days

        used = Counter(monday_of(one) for one in set().union(*booked.values()))
        assert all(count <= most for count in used.values())
