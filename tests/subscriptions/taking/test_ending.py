"""A subscription ends with a month, after notice and commitment, never before what is booked."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from subscriptions.errors import EndRefused
from subscriptions.models import Subscription
from subscriptions.taking.ending import earliest_end, end_subscription, go_on
from subscriptions.taking.warning import warn_of_ends
from tests.billing.bought import selling_site
from tests.billing.charging.turns import Customer, use
from tests.billing.tariffs import make_grid
from tests.factories import MONDAY, NOW, interval, make_space, make_user
from tests.subscriptions.employers import make_employer
from tests.subscriptions.taken import grants, passes, taken, version
from tests.tasks import RunTasks

pytestmark = pytest.mark.django_db

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)


@pytest.fixture(autouse=True)
def _horizon() -> None:
    make_space(advance_days=60)


def mine(**terms: Any) -> Subscription:
    return taken(version(**terms), make_user())


def ended(of: Subscription, day: date, now: object = NOW) -> Subscription:
    assert of.person is not None
    return end_subscription(subscription=of, ends_on=day, by=of.person, now=now)  # type: ignore[arg-type]


def test_it_ends_with_the_month_after_notice_and_commitment() -> None:
    assert earliest_end(mine(), MONDAY) == NOVEMBER
    assert earliest_end(mine(notice_days=30), MONDAY) == DECEMBER
    assert earliest_end(mine(commitment_months=2), MONDAY) == JANUARY


def test_told_on_the_first_of_a_month_without_notice_it_ends_with_that_month() -> None:
    assert earliest_end(mine(), date(2026, 12, 1)) == DECEMBER


@pytest.mark.parametrize("day", [NOVEMBER, date(2027, 1, 15)])
def test_too_soon_or_within_a_month_is_refused(day: date) -> None:
    with pytest.raises(EndRefused):
        ended(mine(notice_days=30), day)


def test_what_it_granted_of_later_months_is_taken_back_and_the_rest_holds_until_the_end() -> None:
    of = mine(carry_over_months=2)
    assert grants(of) == [("11", 1, 2), ("12", 1, 4), ("01", 1, 4)]

    ended(of, DECEMBER)

    assert [row[2] for row in grants(of)] == [2, 4, 0]
    assert [one.last_on for one in passes(of)[:2]] == [DECEMBER, DECEMBER]


def test_it_does_not_end_before_what_is_booked_with_it() -> None:
    make_grid()
    of, site = mine(), selling_site()
    assert of.person is not None
    somebody = Customer(of.person)
    somebody.book("LATER", use(site, interval(date(2027, 1, 5), "08:00", "12:00")))

    with pytest.raises(EndRefused):
        ended(of, DECEMBER)

    somebody.cancel("LATER", is_free=True)
    assert ended(of, DECEMBER).ends_on == DECEMBER


def test_it_goes_on_after_all_as_if_nothing_had_been_said() -> None:
    of = mine(carry_over_months=1)
    before = [(one.last_on, one.half_days) for one in passes(of)]
    ended(of, NOVEMBER)
    assert of.person is not None

    go_on(subscription=of, by=of.person, now=NOW)

    assert [(one.last_on, one.half_days) for one in passes(of)] == before
    assert Subscription.objects.get(pk=of.pk).ends_on is None


def test_once_over_it_does_not_go_on() -> None:
    of = mine()
    ended(of, NOVEMBER)
    assert of.person is not None

    with pytest.raises(EndRefused):
        go_on(subscription=of, by=of.person, now=NOW + timedelta(days=30))


def test_only_whose_it_is_ends_it() -> None:
    boss, stranger = make_user(), make_user()
    theirs = taken(version(), boss, organisation=make_employer(boss))

    for of in (mine(), theirs):
        with pytest.raises(PermissionDenied):
            end_subscription(subscription=of, ends_on=NOVEMBER, by=stranger, now=NOW)


def test_who_pays_is_told_and_warned_a_month_before_once(
    run_tasks: RunTasks, mailoutbox: list[object]
) -> None:
    ended(mine(), JANUARY)
    run_tasks()
    mailoutbox.clear()

    warn_of_ends(NOW)
    run_tasks()
    assert len(mailoutbox) == 0

    for _time in range(2):
        warn_of_ends(NOW + timedelta(days=40))
        run_tasks()
    assert len(mailoutbox) == 1
