"""GET /subscriptions."""

from datetime import date
from typing import Any

import pytest

from network.models import Membership
from subscriptions.taking.ending import end_subscription
from subscriptions.taking.seats import seat_newcomer
from tests.api.calls import Program, assert_problem, program_of
from tests.factories import NOW, make_user
from tests.subscriptions.employers import make_employee, make_employer, runs
from tests.subscriptions.taken import taken, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TEAM = {"is_shared": True, "holders": "organisations", "code": "team"}


def items(program: Program) -> list[dict[str, Any]]:
    answer = program.get("/subscriptions")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_a_person_sees_what_they_pay_and_what_is_left() -> None:
    ada = make_user()
    mine = taken(version(plan={"code": "own"}, name="Own"), ada)

    assert items(program_of(ada)) == [
        {
            "id": str(mine.key),
            "plan": "own",
            "name": "Own",
            "organisation": None,
            "price_cents": 2800,
            "seats": 1,
            "taken": 1,
            "starts_on": "2026-11-23",
            "ends_on": None,
            "own_seat": {"left": 2, "since": "2026-11-23", "until": None},
        }
    ]


def test_who_runs_an_employer_sees_its_seats_and_how_many_are_taken() -> None:
    boss = make_user()
    employer = make_employer(boss, "Brasserie")
    taken(version(plan=TEAM), boss, organisation=employer, seats=5)
    seat_newcomer(employee=make_employee(employer), now=NOW)

    (found,) = items(program_of(boss))

    assert found["organisation"] == {"id": employer.pk, "name": "Brasserie"}
    assert (found["seats"], found["taken"], found["own_seat"]) == (5, 1, None)


def test_its_end_is_told() -> None:
    ada = make_user()
    last = date(2026, 12, 31)
    end_subscription(subscription=taken(version(), ada), ends_on=last, by=ada, now=NOW)

    assert items(program_of(ada))[0]["ends_on"] == "2026-12-31"


def test_nobody_sees_those_of_others() -> None:
    boss, member = make_user(), make_user()
    employer = make_employer(boss)
    taken(version(plan=TEAM), boss, organisation=employer, seats=5)
    runs(member, employer, Membership.Role.MEMBER)
    employee = make_employee(employer)
    seat_newcomer(employee=employee, now=NOW)

    for person in (member, employee.person, make_user()):
        assert person is not None
        assert items(program_of(person)) == []


def test_a_program_needs_the_scope() -> None:
    assert_problem(program_of(make_user(), "read").get("/subscriptions"), 403, "scope_missing")
    assert_problem(Program().get("/subscriptions"), 401, "unauthorised")


def test_however_many_there_are_as_many_questions(django_assert_max_num_queries: Any) -> None:
    boss = make_user()
    employer = make_employer(boss)
    for number in range(4):
        taken(version(plan=TEAM | {"code": f"team-{number}"}), boss, organisation=employer)

    with django_assert_max_num_queries(8):
        assert len(items(program_of(boss))) == 4
