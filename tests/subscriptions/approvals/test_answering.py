"""What waits is granted or refused once, in time, by the approver or who runs the employer."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from network.errors import Refusal
from network.models import Membership, Organisation, User
from subscriptions.approvals.answering import answer
from subscriptions.approvals.asking import withdraw
from subscriptions.errors import ApprovalRefused
from subscriptions.models import Approval, Employee
from subscriptions.signals import approval_answered
from tests.factories import NOW, make_user
from tests.mails import mailbox, words
from tests.subscriptions.approvals.asked import approver_of, employee_of, make_asked
from tests.subscriptions.employers import make_employee, make_employer, runs
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def employer() -> Organisation:
    return make_employer(name="Adira")


@pytest.fixture
def paul(employer: Organisation) -> User:
    return approver_of(employer)


@pytest.fixture
def asked(employer: Organisation, paul: User) -> Approval:
    return make_asked(employee_of(paul, employer))


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    """Collect what receivers are told."""
    found: list[dict[str, Any]] = []

    def hear(**told: Any) -> None:
        found.append(told)

    approval_answered.connect(hear)
    yield found
    approval_answered.disconnect(hear)


def answered(asked: Approval, by: User, *, is_granted: bool = True, **fields: Any) -> Approval:
    usual: dict[str, Any] = {"words": "", "now": NOW}
    return answer(approval=asked, is_granted=is_granted, by=by, **usual | fields)


def test_the_approver_grants_and_who_holds_the_booking_hears_it(
    asked: Approval, paul: User, heard: list[dict[str, Any]]
) -> None:
    row = answered(asked, paul)

    assert (row.is_granted, row.answered_by, row.answered_at) == (True, paul, NOW)
    (told,) = heard
    assert (told["approval"], told["by"], told["now"]) == (row, paul, NOW)
    assert told["approval"].subject == "AAAA-AAAA"


def test_who_asked_is_told_with_the_reason(
    asked: Approval, paul: User, run_tasks: RunTasks
) -> None:
    answered(asked, paul, is_granted=False, words="Come to the office.")
    run_tasks()

    assert asked.person
    (sent,) = [one for one in mailbox() if one["To"] == asked.person.email]
    told = plain(words(sent))
    assert told.startswith("Not approved: La Ruche, 24 November 2026")
    assert "Paul Muller did not approve: nothing is booked on the account of Adira." in told
    assert "Paul Muller gives this reason: Come to the office." in told
    assert "http://localhost:8000/bookings/" in told


def test_who_is_granted_reads_that_they_are_booked(
    asked: Approval, paul: User, run_tasks: RunTasks
) -> None:
    answered(asked, paul)
    run_tasks()

    told = plain(words(mailbox()[-1]))
    assert told.startswith("Approved: La Ruche, 24 November 2026")
    assert "Paul Muller approved: you are booked on the account of Adira." in told
    assert "reason" not in told


def test_who_runs_the_employer_answers_too(asked: Approval, employer: Organisation) -> None:
    boss = make_user()
    runs(boss, employer, Membership.Role.MANAGER)

    assert answered(asked, boss).answered_by == boss


def test_the_first_answer_counts(asked: Approval, paul: User, heard: list[dict[str, Any]]) -> None:
    answered(asked, paul, is_granted=False)

    with pytest.raises(ApprovalRefused) as refused:
        answered(asked, paul)

    assert "Paul Muller" in str(refused.value.message)
    asked.refresh_from_db()
    assert asked.is_granted is False
    assert len(heard) == 1


def test_after_its_end_nothing_is_answered(
    asked: Approval, paul: User, heard: list[dict[str, Any]]
) -> None:
    with pytest.raises(ApprovalRefused):
        answered(asked, paul, now=asked.expires_at)

    assert answered(asked, paul, now=asked.expires_at - timedelta(seconds=1)).is_granted
    assert len(heard) == 1


def test_what_was_withdrawn_is_not_answered(asked: Approval, paul: User) -> None:
    withdraw(subject=asked.subject, now=NOW)

    with pytest.raises(ApprovalRefused):
        answered(asked, paul)


def test_what_a_receiver_refuses_is_not_answered(
    asked: Approval, paul: User, run_tasks: RunTasks
) -> None:
    def refuse(**told: Any) -> None:
        raise Refusal("The place is gone.")

    approval_answered.connect(refuse)
    try:
        with pytest.raises(Refusal, match="gone"):
            answered(asked, paul)
    finally:
        approval_answered.disconnect(refuse)

    asked.refresh_from_db()
    assert asked.answered_at is None
    run_tasks()
    assert [sent["To"] for sent in mailbox()] == [paul.email]


def not_entitled(who: str, herself: Employee) -> User:
    """Return somebody who must not answer what somebody asked."""
    employer, person = herself.organisation, make_user()
    if who == "herself":
        assert herself.person
        runs(herself.person, employer)
        return herself.person
    if who == "colleague":
        make_employee(employer, person)
    elif who == "member":
        runs(person, employer, Membership.Role.MEMBER)
    elif who == "runs another employer":
        runs(person, make_employer())
    elif who == "superuser":
        person = make_user(is_superuser=True, is_staff=True)
    return person


@pytest.mark.parametrize(
    "who",
    ["stranger", "herself", "colleague", "member", "runs another employer", "superuser"],
)
def test_nobody_else_answers(
    who: str, employer: Organisation, paul: User, heard: list[dict[str, Any]]
) -> None:
    claire = employee_of(paul, employer)
    row = make_asked(claire)

    with pytest.raises(PermissionDenied):
        answered(row, not_entitled(who, claire))

    assert heard == []


def test_an_approver_who_has_left_answers_no_more(
    asked: Approval, paul: User, employer: Organisation
) -> None:
    rows = Employee.objects.filter(person=paul)
    rows.update(since=date(2026, 1, 1), until=date(2026, 11, 22))

    with pytest.raises(PermissionDenied):
        answered(asked, paul)

    rows.update(until=date(2026, 11, 23))
    assert answered(asked, paul).is_granted


def test_whose_account_is_deleted_is_told_nothing(
    asked: Approval, paul: User, run_tasks: RunTasks
) -> None:
    run_tasks()
    answered(asked, paul)
    Approval.objects.update(person=None)

    run_tasks()

    assert len(mailbox()) == 1
