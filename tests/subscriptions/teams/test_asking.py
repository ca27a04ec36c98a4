"""Rules of a team, asked about what an employee is to book beside what stands on the account."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from network.models import Territory, User
from sites.models import Site
from subscriptions.errors import RuleRefused
from subscriptions.models import Employee
from tests.billing.charging.turns import Customer, use
from tests.billing.tariffs import make_grid
from tests.factories import MONDAY, TUESDAY, interval, make_commune, make_site, make_user
from tests.subscriptions.employers import make_employee, make_employer, make_team, runs
from tests.subscriptions.teams.account import (
    OFFICE,
    books,
    codes_said,
    on_account,
    said,
    words_said,
)
from tests.words import plain

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
SUNDAY, NEXT_MONDAY = MONDAY + timedelta(days=6), MONDAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


@pytest.fixture
def site() -> Site:
    make_grid()
    return make_site("La Ruche")


def employee_of(team_name: str = "Ventes", **rules: object) -> Employee:
    """Make somebody of a team with those rules."""
    employer = make_employer(name="Adira")
    return make_employee(employer, team=make_team(employer, team_name, **rules))


def test_without_a_team_everything_is_fine(site: Site) -> None:
    assert said(make_employee(), site, MONDAY, cents={MONDAY: 99_999}).is_fine


def test_the_third_day_of_the_week_is_refused_in_words(site: Site) -> None:
    claire = employee_of(days_a_week=2)
    books(claire, site, MONDAY, TUESDAY)

    found = said(claire, site, FRIDAY)

    assert codes_said(found) == ["team_days"]
    assert words_said(found) == [
        "This would be the third day of the week on the account of Adira."
        " The team Ventes has 2 days a week."
    ]
    assert said(claire, site, NEXT_MONDAY).is_fine


def test_several_days_too_many_are_told_together(site: Site) -> None:
    (words,) = words_said(said(employee_of(days_a_week=1), site, MONDAY, TUESDAY, FRIDAY))

    assert words.startswith("This would make 3 days in the week from 23 November 2026")
    assert words.endswith("The team Ventes has 1 day a week.")


def test_what_was_given_back_no_longer_counts(site: Site) -> None:
    claire = employee_of(days_a_week=1)
    customer = books(claire, site, MONDAY + timedelta(days=2))

    assert not said(claire, site, FRIDAY).is_fine
    customer.cancel("AAAA-AAAA")

    assert said(claire, site, FRIDAY).is_fine


def test_bookings_of_ones_own_and_of_other_employers_do_not_count(site: Site) -> None:
    claire = employee_of(days_a_week=1)
    other = make_employee(person=claire.person)
    assert claire.person
    books(other, site, MONDAY)
    books(make_employee(claire.organisation, team=claire.team), site, MONDAY, reference="BBBB-BBBB")
    own = books(make_employee(), site, MONDAY, reference="CCCC-CCCC")
    own.person = claire.person
    own.book("DDDD-DDDD", use(site, interval(TUESDAY, "08:00", "18:00")))

    assert said(claire, site, FRIDAY).is_fine


def test_a_booking_that_is_changed_counts_without_itself(site: Site) -> None:
    claire = employee_of(days_a_week=1)
    books(claire, site, TUESDAY)

    assert said(claire, site, FRIDAY, subject="AAAA-AAAA").is_fine
    assert not said(claire, site, FRIDAY).is_fine


def test_days_are_those_of_the_site(site: Site) -> None:
    island = make_site("Kioské", time_zone="Indian/Reunion")
    claire = employee_of(days_a_week=1)
    customer = Customer(claire.person or make_user())
    # Sunday evening in Paris is Monday already on the island.
    customer.book("BBBB-BBBB", use(island, interval(SUNDAY, "22:30", "23:00")))
    on_account(claire, "BBBB-BBBB")

    assert said(claire, site, NEXT_MONDAY).is_fine
    assert codes_said(said(claire, site, NEXT_MONDAY + timedelta(days=1))) == ["team_days"]
    assert said(claire, site, FRIDAY).is_fine


def test_the_budget_of_the_month_is_told_with_what_is_left(site: Site) -> None:
    claire = employee_of(monthly_budget_cents=3_000)
    books(claire, site, MONDAY, TUESDAY)

    found = said(claire, site, FRIDAY, cents={FRIDAY: 1_400})

    assert codes_said(found) == ["team_budget"]
    assert words_said(found) == [
        "This costs €14.00. Of the monthly budget of the team Ventes, €30.00 a person,"
        " €2.00 are left for November 2026."
    ]
    december = date(2026, 12, 1)
    assert said(claire, site, december, cents={december: 1_400}).is_fine


def test_kinds_are_refused_in_words(site: Site) -> None:
    claire = employee_of(kinds=["desk", "meeting_room"])

    found = said(claire, site, MONDAY, kind=OFFICE)

    assert codes_said(found) == ["team_kind"]
    assert words_said(found) == [
        "The team Ventes books only these kinds of space: Desk and Meeting room."
    ]
    assert said(claire, site, MONDAY).is_fine


def test_sites_and_territories_together_say_where(site: Site) -> None:
    here, there = make_commune("Villé"), make_commune("Barr")
    valley = Territory.objects.create(kind="epci", code="1", name="Vallée de Villé")
    valley.communes.add(here)
    inside, outside = make_site(commune=here), make_site("Ailleurs", commune=there)
    named = make_site("La Fabrique", commune=there)
    claire = employee_of()
    assert claire.team
    claire.team.sites.add(named)
    claire.team.territories.add(valley)

    assert said(claire, inside, MONDAY).is_fine
    assert said(claire, named, MONDAY).is_fine
    assert words_said(said(claire, outside, MONDAY)) == [
        "The team Ventes books only here: La Fabrique and Vallée de Villé."
    ]


def test_every_broken_rule_is_told(site: Site) -> None:
    claire = employee_of(days_a_week=1, monthly_budget_cents=100, kinds=["office"])
    books(claire, site, MONDAY)

    found = said(claire, site, FRIDAY, cents={FRIDAY: 1_400}, kind="meeting_room")

    assert codes_said(found) == ["team_days", "team_budget", "team_kind"]
    with pytest.raises(RuleRefused) as refused:
        found.refuse()
    assert refused.value.code == "team_days"
    assert str(refused.value.message) == " ".join(words_said(found))


def test_above_a_price_the_named_one_approves(site: Site) -> None:
    employer = make_employer(name="Adira")
    boss = make_employee(employer, make_user(name="Claire Weber")).person
    team = make_team(employer, "Ventes", approval_above_cents=4_000, approver=boss)

    found = said(make_employee(employer, team=team), site, MONDAY, cents={MONDAY: 5_200})

    assert found.approval is not None
    assert found.approval.approver == boss
    assert plain(found.approval.words) == (
        "Claire Weber has to approve, for it costs €52.00 (above €40.00)."
    )


def somebody(who: str, herself: Employee) -> User | None:
    """Return who is named as the approver of somebody's team."""
    employer = herself.organisation
    if who == "left":
        return make_employee(employer, since=date(2026, 1, 1), until=date(2026, 11, 22)).person
    if who == "closed":
        return make_employee(employer, make_user(is_active=False)).person
    others = {"elsewhere": make_employee().person, "herself": herself.person}
    return others.get(who)


@pytest.mark.parametrize("who", ["nobody named", "left", "elsewhere", "herself", "closed"])
def test_without_somebody_who_can_whoever_runs_the_employer_approves(site: Site, who: str) -> None:
    employer = make_employer(name="Adira")
    team = make_team(employer, approval_above_cents=0)
    claire = make_employee(employer, team=team)
    team.approver = somebody(who, claire)
    team.save()

    found = said(claire, site, MONDAY, cents={MONDAY: 100})

    assert found.approval is not None
    assert found.approval.approver is None
    assert found.approval.words.startswith("Whoever runs Adira has to approve")


def test_who_runs_the_employer_needs_nobody_to_approve(site: Site) -> None:
    employer = make_employer()
    claire = make_employee(employer, team=make_team(employer, approval_above_cents=0))
    assert claire.person
    runs(claire.person, employer)

    assert said(claire, site, MONDAY, cents={MONDAY: 100}).is_fine


def test_what_stands_is_read_in_two_queries_however_much_it_is(site: Site) -> None:
    claire = employee_of(days_a_week=5)
    for number in range(4):
        books(claire, site, MONDAY + timedelta(days=number), reference=f"AAAA-000{number}")

    with CaptureQueriesContext(connection) as asked:
        assert said(claire, site, FRIDAY).is_fine

    assert sum("billing_charge" in one["sql"] for one in asked.captured_queries) == 2
    assert len(asked) <= 4
