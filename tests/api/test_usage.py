"""GET /usage."""

from typing import Any

import pytest

from network.models import Membership, Organisation, User
from subscriptions.employers.headcounts import tell_headcount
from tests.api.calls import Program, assert_problem, program_of
from tests.factories import MONDAY, NOW, make_user
from tests.subscriptions.employers import make_employer, runs
from tests.subscriptions.taken import taken, version
from tests.subscriptions.usage.used import DAYS, HALF, WHOLE, employee, make_spaces, whole_day
from tests.subscriptions.usage.used import morning as books_morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def boss() -> User:
    return make_user()


@pytest.fixture
def adira(boss: User) -> Organisation:
    return make_employer(boss, "Adira")


def usage(person: User, employer: Organisation, **asked: Any) -> Any:
    return program_of(person).get("/usage", organisation=employer.pk, **asked)


def part(row: Any, name: str, days: int, cents: int) -> dict[str, object]:
    """Return what is told of a team, a site, a cost centre, a person, or of none."""
    key = row.pk if row else None
    return {"id": key, "name": name, "days": days, "half_days": 0, "cents": cents}


def test_who_runs_an_employer_reads_days_and_cost(boss: User, adira: Organisation) -> None:
    ruche, ville = make_spaces()
    ada, bob = employee(adira, "Ada", "Ventes", "V-1"), employee(adira, "Bob")
    whole_day(ada, ruche, DAYS[0])
    books_morning(ada, ville, DAYS[1])
    books_morning(bob, ville, DAYS[1])
    plan = version(plan={"is_shared": True, "holders": "organisations", "code": "team"})
    subscription = taken(plan, boss, organisation=adira, seats=5)
    tell_headcount(employer=adira, day=MONDAY, people=8, by=boss, now=NOW)

    answered = usage(boss, adira, month="2026-11").json()

    assert answered == {
        "currency": "EUR",
        "organisation": {"id": adira.pk, "name": "Adira"},
        "month": "2026-11",
        "total": {"days": 3, "half_days": 0, "cents": WHOLE + 2 * HALF},
        "teams": [
            part(ada.team, "Ventes", 2, WHOLE + HALF),
            part(None, "Without a team", 1, HALF),
        ],
        "sites": [
            part(ville.site, "Villé", 2, 2 * HALF),
            part(ruche.site, "La Ruche", 1, WHOLE),
        ],
        "cost_centres": [
            part(ada.cost_centre, "V-1", 2, WHOLE + HALF),
            part(None, "Without a cost centre", 1, HALF),
        ],
        "people": [part(ada.person, "Ada", 2, WHOLE + HALF), part(bob.person, "Bob", 1, HALF)],
        "seats": [
            {
                "subscription": str(subscription.key),
                "plan": "team",
                "seats": 5,
                "taken": 0,
                "cents": 3735,
            }
        ],
        "telework": {
            "people": 2,
            "share_percent": 25.0,
            "days_a_week": 0.4,
            "more_than_two_days_a_week": 0,
            "headcount": 8,
            "headcount_on": "2026-11-23",
        },
    }


def test_without_a_month_it_is_this_one(boss: User, adira: Organisation) -> None:
    assert usage(boss, adira).json()["month"] == "2026-11"


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "november", "0001-01", "2026-11-01", ""])
def test_what_is_no_month_is_refused(boss: User, adira: Organisation, month: str) -> None:
    assert_problem(usage(boss, adira, month=month), 422, "invalid_request")


def test_nobody_else_learns_whether_the_employer_exists(adira: Organisation) -> None:
    member = make_user()
    runs(member, adira, Membership.Role.MEMBER)
    ada = employee(adira, "Ada").person
    assert ada is not None

    for person in (member, ada, make_user()):
        assert_problem(usage(person, adira), 404, "not_found")
    assert_problem(program_of(ada).get("/usage", organisation=999_999), 404, "not_found")


def test_a_program_needs_the_scope(boss: User, adira: Organisation) -> None:
    answered = program_of(boss, "read").get("/usage", organisation=adira.pk)

    assert_problem(answered, 403, "scope_missing")
    assert_problem(Program().get("/usage", organisation=adira.pk), 401, "unauthorised")


def test_the_employer_has_to_be_named(boss: User) -> None:
    assert_problem(program_of(boss).get("/usage", month="2026-11"), 422, "invalid_request")
