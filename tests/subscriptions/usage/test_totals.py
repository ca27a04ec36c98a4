"""What was used in a month: days and cost by team, site, cost centre and person."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from billing.ledger.accounts import owed_by_organisation
from billing.ledger.balances import balance
from billing.models import CancellationPolicy
from billing.prices.durations import Duration
from billing.statements.months import Month
from billing.statements.parties import of_payer
from billing.statements.reading import moved_cents
from bookings.models import Booking
from bookings.purging import unname
from network.models import Organisation
from sites.models import Space
from subscriptions.models import CostCentre, Employee, Team
from subscriptions.people.leaving import leave
from subscriptions.usage.naming import rows_by
from subscriptions.usage.totals import By, usage_of
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.charges.on_account import on_account
from tests.factories import MONDAY, NOW, interval, make_site, make_space, make_user, open_on
from tests.subscriptions.employers import make_employee, make_employer, make_team
from tests.subscriptions.taken import taken, version
from tests.subscriptions.usage.used import (
    DAYS,
    DECEMBER,
    HALF,
    NOVEMBER,
    WHOLE,
    days_and_cents,
    employee,
    gives_up,
    make_spaces,
    morning,
    november,
    told,
    whole_day,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def spaces() -> tuple[Space, Space]:
    return make_spaces()


@pytest.fixture
def adira() -> Organisation:
    return make_employer(make_user(), "Adira")


@pytest.fixture
def ada(adira: Organisation) -> Employee:
    return employee(adira, "Ada", "Ventes", "V-1")


@pytest.fixture
def bob(adira: Organisation) -> Employee:
    return employee(adira, "Bob", "Études")


def test_a_month_is_told_by_team_site_cost_centre_and_person(
    adira: Organisation, ada: Employee, bob: Employee, spaces: tuple[Space, Space]
) -> None:
    ruche, ville = spaces
    whole_day(ada, ruche, DAYS[0])
    morning(ada, ville, DAYS[1])
    morning(bob, ville, DAYS[1])

    usage = november(adira)

    assert told(usage.total) == (3, 2, 0, WHOLE + 2 * HALF)
    assert days_and_cents(usage, By.TEAM) == {
        ada.team_id: (2, WHOLE + HALF),
        bob.team_id: (1, HALF),
    }
    assert days_and_cents(usage, By.SITE) == {
        ruche.site_id: (1, WHOLE),
        ville.site_id: (2, 2 * HALF),
    }
    assert days_and_cents(usage, By.COST_CENTRE) == {
        ada.cost_centre_id: (2, WHOLE + HALF),
        None: (1, HALF),
    }
    assert days_and_cents(usage, By.PERSON) == {
        ada.person_id: (2, WHOLE + HALF),
        bob.person_id: (1, HALF),
    }


def test_rows_have_names_the_most_days_first(
    adira: Organisation, ada: Employee, bob: Employee, spaces: tuple[Space, Space]
) -> None:
    for day in DAYS[:2]:
        morning(bob, spaces[0], day)
    morning(ada, spaces[0], DAYS[0])

    usage = november(adira)

    def names(by: By) -> list[str]:
        return [row.name for row in rows_by(usage, by)]

    assert names(By.TEAM) == ["Études", "Ventes"]
    assert names(By.SITE) == ["La Ruche"]
    assert names(By.COST_CENTRE) == ["Without a cost centre", "V-1"]
    assert names(By.PERSON) == ["Bob", "Ada"]


def test_every_breakdown_adds_up_to_what_the_ledger_moved(
    adira: Organisation, ada: Employee, bob: Employee, spaces: tuple[Space, Space]
) -> None:
    ruche, ville = spaces
    whole_day(ada, ruche, DAYS[0])
    gives_up(bob, whole_day(bob, ville, DAYS[2]))
    morning(bob, ruche, DAYS[3])

    usage = november(adira)

    _before, moved = moved_cents(of_payer(adira), NOVEMBER)
    assert moved == WHOLE + HALF
    assert [sum(one.cents for one in usage.by[by].values()) for by in By] == [moved] * len(By)
    assert all_adds_up()


def test_over_all_months_it_adds_up_to_the_balance(
    adira: Organisation, ada: Employee, spaces: tuple[Space, Space]
) -> None:
    morning(ada, spaces[0], DAYS[0])
    whole_day(ada, spaces[0], date(2026, 12, 1))

    cents = [usage_of(adira, month).total.cents for month in (NOVEMBER, DECEMBER)]

    assert cents == [HALF, WHOLE]
    assert sum(cents) == -balance(owed_by_organisation(adira))


def test_what_is_cancelled_in_time_is_neither_a_day_nor_cost(
    adira: Organisation, ada: Employee, spaces: tuple[Space, Space]
) -> None:
    gives_up(ada, morning(ada, spaces[0], DAYS[3]))

    assert told(november(adira).total) == (0, 0, 0, 0)


def test_two_bookings_of_a_day_are_one_day_even_at_two_sites(
    adira: Organisation, ada: Employee, spaces: tuple[Space, Space]
) -> None:
    ruche, ville = spaces
    morning(ada, ruche, DAYS[0])
    assert ada.person is not None
    on_account(ada.person, adira, ville, interval(DAYS[0], "14:00", "18:00"))

    usage = november(adira)

    assert usage.total.days == 1
    assert [one.days for one in usage.by[By.SITE].values()] == [1, 1]


def test_what_subscriptions_cost_and_what_people_pay_themselves_is_no_use(
    adira: Organisation, ada: Employee, spaces: tuple[Space, Space]
) -> None:
    assert ada.person is not None
    book_for(ada.person, spaces[0], interval(DAYS[0], "08:00", "12:00"))
    morning(make_employee(make_employer(), make_user()), spaces[0], DAYS[0])

    assert told(november(adira).total) == (0, 0, 0, 0)


def test_credits_count_as_half_days_and_as_days_that_cost_nothing(
    adira: Organisation, ada: Employee, spaces: tuple[Space, Space]
) -> None:
    boss = adira.memberships.get().person
    plan = version(plan={"is_shared": True, "holders": "organisations"})
    subscription = taken(plan, boss, organisation=adira, seats=2)
    subscription.seats.create(number=1, person=ada.person, since=MONDAY)
    assert ada.person is not None
    for grant in subscription.grants.all():
        grant.granted.bearers.create(person=ada.person)
    whole_day(ada, spaces[0], DAYS[0])

    assert told(november(adira).total) == (1, 1, 2, 0)


def test_who_changes_team_takes_nothing_along(
    adira: Organisation, ada: Employee, spaces: tuple[Space, Space]
) -> None:
    before = ada.team_id
    morning(ada, spaces[0], DAYS[0])
    Employee.objects.update(team=make_team(adira, "Achats"))
    morning(ada, spaces[0], DAYS[1])

    by_team = days_and_cents(november(adira), By.TEAM)

    assert by_team[before] == (1, HALF)
    assert len(by_team) == 2


def test_who_leaves_or_is_erased_leaves_the_totals_as_they_were(
    adira: Organisation, ada: Employee, bob: Employee, spaces: tuple[Space, Space]
) -> None:
    for day in DAYS[:2]:
        morning(ada, spaces[0], day)
        morning(bob, spaces[0], day)
    before = november(adira)
    assert ada.person is not None

    leave(employee=bob, last_day=DAYS[3], by=adira.memberships.get().person, now=NOW)
    unname(Booking.objects.filter(person=ada.person), NOW)
    ada.person.delete()

    after = november(adira)
    assert (after.total.days, after.total.cents) == (before.total.days, before.total.cents)
    assert days_and_cents(after, By.SITE) == days_and_cents(before, By.SITE)
    assert days_and_cents(after, By.TEAM) == days_and_cents(before, By.TEAM)
    assert "Account closed" in [row.name for row in rows_by(after, By.PERSON)]


def test_a_team_and_a_cost_centre_that_are_deleted_leave_the_totals_as_they_were(
    adira: Organisation, ada: Employee, spaces: tuple[Space, Space]
) -> None:
    morning(ada, spaces[0], DAYS[0])

    Team.objects.all().delete()
    CostCentre.objects.all().delete()

    assert days_and_cents(november(adira), By.TEAM) == {None: (1, HALF)}


def test_days_are_those_of_the_sites_clocks(adira: Organisation, ada: Employee) -> None:
    make_spaces()
    cayenne = make_space(make_site(time_zone="America/Cayenne"))
    open_on(cayenne.site, 0, ("20:00", "23:00"))
    night = interval(DECEMBER.first, "01:00", "02:00")
    assert ada.person is not None
    book_for(ada.person, cayenne, night, on_account_of=adira.pk)

    months = {str(one): usage_of(adira, one).total for one in (NOVEMBER, DECEMBER)}

    assert months["2026-11"].days == 1
    assert months["2026-11"].cents > 0
    assert told(months["2026-12"]) == (0, 0, 0, 0)


def test_days_between_those_of_one_price_are_not_used(adira: Organisation, ada: Employee) -> None:
    make_grid({Duration.DAY: WHOLE, Duration.WEEK: 3 * WHOLE})
    space = make_space()
    days = [date(2026, 12, day) for day in (7, 8, 10, 11)]
    assert ada.person is not None
    times = [interval(day, "08:00", "18:00") for day in days]
    on_account(ada.person, adira, space, *times)

    usage = usage_of(adira, DECEMBER)

    assert told(usage.total) == (4, 1, 0, 3 * WHOLE)


def test_days_without_a_price_are_days_all_the_same(adira: Organisation, ada: Employee) -> None:
    morning(ada, make_space(), DAYS[0])

    assert told(november(adira).total) == (1, 1, 0, 0)


def test_however_many_lines_there_are_two_questions(
    adira: Organisation,
    ada: Employee,
    bob: Employee,
    spaces: tuple[Space, Space],
    django_assert_num_queries: Any,
) -> None:
    for day in DAYS:
        morning(ada, spaces[0], day)
        morning(bob, spaces[1], day)

    with django_assert_num_queries(2):
        usage = november(adira)
    with django_assert_num_queries(len(By)):
        for by in By:
            rows_by(usage, by)


def test_months_know_their_neighbours_and_days() -> None:
    january = Month(date(2026, 1, 1))

    assert january.before == Month(date(2025, 12, 1))
    assert date(2026, 1, 31) in january
    assert date(2026, 2, 1) not in january


def test_late_shares_are_cost_and_no_day(adira: Organisation, ada: Employee) -> None:
    CancellationPolicy.objects.create(kind="desk", free_hours=72, late_percent=50)
    ruche, _ville = make_spaces()
    gives_up(ada, morning(ada, ruche, DAYS[0]))

    usage = november(adira)

    assert told(usage.total) == (0, 0, 0, HALF // 2)
    assert days_and_cents(usage, By.TEAM) == {ada.team_id: (0, HALF // 2)}
