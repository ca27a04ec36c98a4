"""What an employer reads of a month: the finding first, then tables."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.models import Membership, Organisation, User
from sites.models import Space
from subscriptions.employers.headcounts import tell_headcount
from subscriptions.models import Employee
from tests.billing.pages.reading import page, signed_in
from tests.factories import MONDAY, NOW, make_user
from tests.subscriptions.employers import make_employee, runs
from tests.subscriptions.taken import taken, version
from tests.subscriptions.usage.used import DAYS, employee, morning, whole_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def usage_page(client: Client, employer: Organisation, status: int = 200, **asked: Any) -> str:
    return page(client, f"/employer/{employer.pk}/usage/", status, **asked)


def test_the_finding_comes_first_and_tables_add_up(
    client: Client, adira: Organisation, ada: Employee, ruche: Space
) -> None:
    whole_day(ada, ruche, DAYS[0])
    morning(ada, ruche, DAYS[1])

    shown = usage_page(client, adira)

    assert "In November 2026 your account was used for 2 days: €22.00." in shown
    assert "By team Team Days Half-days of credits Cost" in shown
    assert "Ventes 2 0 €22.00" in shown
    assert "La Ruche 2 0 €22.00" in shown
    assert "V-1 2 0 €22.00" in shown
    assert "Ada 2 0 €22.00 In all 2 0 €22.00" in shown


def test_a_month_without_use_says_so(client: Client, adira: Organisation) -> None:
    shown = usage_page(client, adira, month="2026-10")

    assert "Nobody used your account in October 2026." in shown
    assert "By team" not in shown


def test_months_before_and_after_are_a_link_away(client: Client, adira: Organisation) -> None:
    october = client.get(f"/employer/{adira.pk}/usage/?month=2026-10").content.decode()
    november = client.get(f"/employer/{adira.pk}/usage/").content.decode()

    assert "?month=2026-09" in october
    assert "?month=2026-11" in october
    assert "?month=2026-10" in november
    assert "?month=2026-12" not in november


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-12", "0001-01", "9999-12", "november", "2026-1", "2026-11-01"]
)
def test_what_is_no_month_to_read_is_not_found(
    client: Client, adira: Organisation, month: str
) -> None:
    usage_page(client, adira, 404, month=month)


def test_nobody_else_reads_it(client: Client, ada: Employee, adira: Organisation) -> None:
    member = make_user()
    runs(member, adira, Membership.Role.MEMBER)

    for person in (member, ada.person, make_user()):
        assert person is not None
        signed_in(client, person)
        usage_page(client, adira, 404)
    client.logout()
    assert client.get(f"/employer/{adira.pk}/usage/").status_code == 302


def test_seats_and_what_they_cost_stand_apart(
    client: Client, adira: Organisation, boss: User
) -> None:
    plan = version(plan={"is_shared": True, "holders": "organisations"}, name="Team")
    taken(plan, boss, organisation=adira, seats=5)

    shown = usage_page(client, adira)

    assert "Seats, and what they cost this month Subscription Seats Taken Cost Team 5 0" in shown
    assert "Team 5 0 €37.35" in shown


def test_the_share_of_staff_is_told_against_the_lines_of_the_study(
    client: Client, adira: Organisation, ada: Employee, ruche: Space, boss: User
) -> None:
    morning(ada, ruche, DAYS[0])
    assert "No headcount is told for this month" in usage_page(client, adira)
    assert "Tell your headcount" in usage_page(client, adira)

    def told(people: int) -> str:
        tell_headcount(employer=adira, day=MONDAY, people=people, by=boss, now=NOW)
        return usage_page(client, adira)

    assert "10.0 % of your staff telework: 1 of 10, as told on 23 November 2026." in told(10)
    assert "below the first line, 20 %" in told(10)
    assert "reaches the first line, 20 %, not the second, 30 %" in told(5)
    assert "reaches the second line, 30 %" in told(3)


def test_of_a_small_team_no_share_is_told(
    client: Client, adira: Organisation, ada: Employee, ruche: Space
) -> None:
    morning(ada, ruche, DAYS[0])
    assert "Ventes 1 0 €8.00 –" in usage_page(client, adira)

    for _ in range(4):
        make_employee(adira, team=ada.team)

    assert "Ventes 1 0 €8.00 20.0 %" in usage_page(client, adira)


def test_the_page_asks_as_much_of_many_people_as_of_few(
    client: Client, adira: Organisation, ada: Employee, ruche: Space
) -> None:
    morning(ada, ruche, DAYS[0])
    usage_page(client, adira)

    def asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            usage_page(client, adira)
        return len(asked)

    few = asked()
    for number in range(6):
        morning(employee(adira, f"Person {number}", f"Team {number}"), ruche, DAYS[1])

    assert asked() == few <= 18


def test_the_employers_home_tells_this_month(
    client: Client, adira: Organisation, ada: Employee, ruche: Space, boss: User
) -> None:
    plan = version(plan={"is_shared": True, "holders": "organisations"}, name="Team")
    taken(plan, boss, organisation=adira, seats=5)
    tell_headcount(employer=adira, day=MONDAY, people=4, by=boss, now=NOW)
    morning(ada, ruche, DAYS[0])

    shown = page(client, f"/employer/{adira.pk}/")

    assert "This month 1 days used 0 / 5 seats taken €45.35 cost so far" in shown
    assert "25.0 % of your staff telework" in shown
