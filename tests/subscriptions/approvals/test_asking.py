"""Somebody asks to have a booking approved: who may answer gets a mail with one link."""

from datetime import timedelta

import pytest

from subscriptions.approvals.asking import ask_approval, withdraw
from subscriptions.errors import ApprovalRefused
from subscriptions.models import Approval
from subscriptions.purging import approvals_over
from tests.factories import MONDAY, NOW, TUESDAY, make_user, reads_english
from tests.mails import mailbox, part, words
from tests.subscriptions.approvals.asked import approver_of, employee_of, make_asked, wanted
from tests.subscriptions.employers import make_employee, make_employer, runs
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

MAIL = """Claire Weber asks you to approve a booking: La Ruche
Claire Weber asks you to approve a booking: La Ruche

It would be on the account of Adira.

Approve or refuse:
http://localhost:8000/approvals/{pk}/

Person: Claire Weber
Day: 24 November 2026
Site: La Ruche
Price: €52.00 VAT included

The place is kept until 23 November 2026, 12:30.

The Maillage network
http://localhost:8000
"""


def test_the_approver_gets_a_mail_with_the_one_link_and_neither_hours_nor_desk(
    run_tasks: RunTasks,
) -> None:
    employer = make_employer(name="Adira")
    runs(make_user(), employer)
    approver = approver_of(employer)

    row = make_asked(employee_of(approver, employer))
    run_tasks()

    (sent,) = mailbox()
    assert sent["To"] == approver.email
    assert plain(words(sent)) == MAIL.format(pk=row.pk)
    assert f"http://localhost:8000/approvals/{row.pk}/" in part(sent, "text/html")


def test_without_an_approver_all_who_run_the_employer_are_asked_but_for_who_asks(
    run_tasks: RunTasks,
) -> None:
    employer = make_employer(name="Adira")
    claire = employee_of(None, employer)
    first, second = make_user(), make_user()
    for person in (first, second, claire.person):
        assert person
        runs(person, employer)

    row = make_asked(claire)
    run_tasks()

    assert row.approver is None
    assert {sent["To"] for sent in mailbox()} == {first.email, second.email}


def test_somebody_without_a_team_asks_whoever_runs_the_employer() -> None:
    assert make_asked(make_employee()).approver is None


def test_what_was_answered_before_the_mail_went_is_told_to_nobody(run_tasks: RunTasks) -> None:
    employer = make_employer()
    make_asked(employee_of(approver_of(employer), employer))
    withdraw(subject="AAAA-AAAA", now=NOW)

    run_tasks()

    assert mailbox() == []


def test_one_booking_is_asked_about_once_at_a_time() -> None:
    claire = employee_of()
    make_asked(claire)

    with pytest.raises(ApprovalRefused):
        make_asked(claire)

    assert Approval.objects.count() == 1


def test_what_was_withdrawn_or_not_answered_in_time_can_be_asked_again() -> None:
    claire = employee_of()
    make_asked(claire)
    withdraw(subject="AAAA-AAAA", now=NOW)
    make_asked(claire)
    later = NOW + timedelta(hours=3)

    ask_approval(wanted=wanted(), employee=claire, expires_at=later + timedelta(hours=1), now=later)

    assert Approval.objects.waiting(later).count() == 1
    assert Approval.objects.count() == 3


def test_the_days_that_are_asked_about_are_kept_in_their_order() -> None:
    row = make_asked(days=frozenset({TUESDAY, MONDAY}))

    assert row.days == ["2026-11-23", "2026-11-24"]


def test_what_waits_for_nobody_is_withdrawn_without_a_word() -> None:
    withdraw(subject="BBBB-BBBB", now=NOW)

    assert not Approval.objects.exists()


def test_what_was_asked_is_forgotten_two_years_later() -> None:
    row = make_asked()
    end = row.expires_at + timedelta(days=730)

    assert list(approvals_over(end)) == []
    assert list(approvals_over(end + timedelta(seconds=1))) == [row]


def test_an_approver_of_a_closed_account_is_not_written_to(run_tasks: RunTasks) -> None:
    employer = make_employer()
    approver = reads_english(approver_of(employer))
    make_asked(employee_of(approver, employer))
    approver.is_active = False
    approver.save()

    run_tasks()

    assert mailbox() == []
