"""Who may spend a pass: its buyer, or all whom it is granted to, each until an instant."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from billing.models import Account, Pass, Transfer
from billing.passes.granting import Bearer, Grant, add_to, grant_pass, pass_to, take_from
from billing.passes.holding import UNBOUNDED, ask_held, held_of
from network.models import User
from network.sql import together
from sites.intervals import Interval
from sites.models import Site
from tests.billing.bought import bought, selling_site, spent_on
from tests.billing.charging.turns import Customer, all_adds_up, left, use
from tests.billing.tariffs import make_grid
from tests.factories import NOW, at, interval, make_organisation, make_user

pytestmark = pytest.mark.django_db

DECEMBER = Interval(at(date(2026, 12, 1), "00:00"), at(date(2027, 1, 1), "00:00"))
TAKES = {"rural": {"desk": 1}}


@pytest.fixture(autouse=True)
def _prices() -> None:
    make_grid()


def grant(**fields: object) -> Grant:
    usual = {
        "seller": make_organisation("", "operator"),
        "name": "Équipe",
        "takes": TAKES,
        "half_days": 4,
        "price_cents": 2800,
        "time": DECEMBER,
        "last_on": date(2026, 12, 31),
    }
    return Grant(**usual | fields)  # type: ignore[arg-type]


def granted(*bearers: User, **fields: object) -> Pass:
    some = map(Bearer, bearers)
    return grant_pass(grant=grant(**fields), bearers=some, now=NOW, key=uuid4())


def morning(site: Site, day: date) -> Interval:
    return interval(day, "08:00", "12:00")


def book(person: User, site: Site, day: date, name: str = "") -> None:
    name = name or f"{person.pk}-{day}"
    Customer(person).book(name, use(site, morning(site, day)))


def holds(person: User, payer: int | None = None, now: datetime = NOW) -> list[tuple[str, int]]:
    asked = ask_held(person.pk, payer, now)
    together(asked)
    return [(one.row.name, one.left) for one in held_of(asked.rows)]


def test_all_who_bear_a_pass_spend_the_same_half_days() -> None:
    ada, bob, site = make_user(), make_user(), selling_site()
    some = granted(ada, bob)

    for day in (1, 2, 3):
        book(ada, site, date(2026, 12, day))
    book(bob, site, date(2026, 12, 1))
    book(bob, site, date(2026, 12, 2), "too late")

    assert left(some) == 0
    assert all_adds_up()


def test_who_bears_it_no_longer_spends_nothing_more_and_keeps_what_it_covers() -> None:
    ada, site = make_user(), selling_site()
    some = granted(ada)
    book(ada, site, date(2026, 12, 1))

    take_from(granted=[some], person=ada, at=NOW)
    book(ada, site, date(2026, 12, 2))

    assert left(some) == 3
    assert holds(ada) == []

    pass_to(granted=some, person=ada)
    assert holds(ada) == [("Équipe", 3)]


def test_it_covers_only_what_is_used_in_its_time() -> None:
    ada, site = make_user(), selling_site()
    some = granted(ada)

    book(ada, site, date(2026, 11, 30))
    book(ada, site, date(2027, 1, 4))
    assert left(some) == 4

    book(ada, site, date(2026, 12, 31))
    assert left(some) == 3


def test_without_bound_it_covers_all_and_nothing_of_it_is_ever_left_over() -> None:
    ada, site = make_user(), selling_site()
    some = granted(ada, half_days=None)

    for day in (1, 2, 3, 4):
        book(ada, site, date(2026, 12, day))

    assert some.account.floor is None
    assert left(some) == -4
    assert holds(ada) == [("Équipe", UNBOUNDED)]
    assert all_adds_up()


def test_what_is_granted_is_spent_before_what_was_bought() -> None:
    ada, site = make_user(), selling_site()
    mine = bought(ada, site=site, valid_months=1)
    some = granted(ada, time=replace_end(DECEMBER, 60))

    book(ada, site, date(2026, 12, 1))

    assert (left(mine), left(some)) == (10, 3)


def replace_end(time: Interval, days: int) -> Interval:
    return replace(time, ends_at=time.ends_at + timedelta(days=days))


def test_on_account_of_an_organisation_it_is_not_the_persons_own() -> None:
    ada, employer = make_user(), make_organisation("", "employer")
    granted(ada, on_account_of=employer)

    assert holds(ada) == []
    assert holds(ada, employer.pk) == [("Équipe", 4)]
    assert holds(ada, make_organisation("", "employer").pk) == []


def test_a_grant_is_written_once_by_its_key_and_added_to_once_by_its() -> None:
    ada, key, more = make_user(), uuid4(), uuid4()
    told = grant()

    first = grant_pass(grant=told, bearers=[Bearer(ada)], now=NOW, key=key)
    again = grant_pass(grant=told, bearers=[Bearer(ada)], now=NOW, key=key)
    for _time in range(2):
        add_to(granted=first, half_days=2, now=NOW, key=more)

    assert first == again
    assert left(first) == 6
    assert Transfer.objects.count() == 2
    assert Account.objects.filter(kind="pass").count() == 1


def test_a_bought_pass_is_its_buyers_alone() -> None:
    ada, site = make_user(), selling_site()
    mine = bought(ada, site=site)

    spent_on(make_user(), site, 1)

    assert [one.person for one in mine.bearers.all()] == [ada]
    assert left(mine) == 10
