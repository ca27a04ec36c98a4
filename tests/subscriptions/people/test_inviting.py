"""An employer invites people by their addresses: each once, told line by line."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from network.models import Membership, Organisation, User
from subscriptions.errors import InvitationRefused
from subscriptions.models import Invitation
from subscriptions.people.inviting import invite, send_again, withdraw
from subscriptions.people.joining import Place
from subscriptions.people.judging import Wanted
from subscriptions.people.typed import Entry
from tests.factories import MONDAY, NOW, make_user, reads_english
from tests.mails import mailbox, part, words
from tests.subscriptions.employers import (
    make_cost_centre,
    make_employee,
    make_employer,
    make_invitation,
    make_team,
    runs,
)
from tests.subscriptions.people.inviting import invited, told
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
A_DAY = timedelta(days=1)


@pytest.fixture
def ada() -> User:
    return reads_english(make_user(name="Ada Weber"))


@pytest.fixture
def employer(ada: User) -> Organisation:
    return make_employer(ada, "Boulangerie Weber")


def test_each_gets_an_invitation_for_thirty_days(employer: Organisation, ada: User) -> None:
    team, centre = make_team(employer), make_cost_centre(employer)
    wanted = [Wanted(Entry(1, "Lea@Weber.Example", "Léa"), Place(team, centre))]

    invite(employer=employer, wanted=wanted, by=ada, now=NOW)

    row = Invitation.objects.get()
    assert (row.email, row.name) == ("lea@weber.example", "Léa")
    assert (row.team, row.cost_centre, row.made_by) == (team, centre, ada)
    assert (row.sent_at, row.expires_at) == (NOW, NOW + 30 * A_DAY)


def test_who_is_there_or_invited_or_wrong_is_told_and_the_others_go(
    employer: Organisation, ada: User
) -> None:
    make_employee(employer, make_user("there@weber.example"))
    make_invitation(employer, "asked@weber.example")

    rows = invited(
        employer, ada, "there@weber.example asked@weber.example nobody new@weber.example"
    )

    assert told(rows) == [
        ("there@weber.example", "there", "Books on your account already."),
        ("asked@weber.example", "invited", "Is invited already."),
        ("nobody", "refused", "This is not an e-mail address: check its spelling."),
        ("new@weber.example", "new", ""),
    ]
    assert Invitation.objects.count() == 2


def test_an_account_makes_no_difference_that_is_told(employer: Organisation, ada: User) -> None:
    make_user("known@weber.example")
    make_employee(make_employer(), make_user("elsewhere@weber.example"))

    rows = invited(employer, ada, "known@weber.example elsewhere@weber.example new@weber.example")

    assert {(fate, why) for _address, fate, why in told(rows)} == {("new", "")}


def test_an_address_twice_is_invited_once(employer: Organisation, ada: User) -> None:
    rows = invited(employer, ada, "new@weber.example\nNEW@weber.example")

    assert told(rows)[1] == ("NEW@weber.example", "refused", "Is on line 1 already.")
    assert Invitation.objects.count() == 1


def test_sent_twice_nobody_gets_two_mails(employer: Organisation, ada: User) -> None:
    invited(employer, ada, "new@weber.example")
    invited(employer, ada, "new@weber.example")

    assert (Invitation.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_who_is_to_leave_or_has_left_may_be_invited(employer: Organisation, ada: User) -> None:
    make_employee(employer, make_user("leaves@weber.example"), until=MONDAY + A_DAY)
    make_employee(employer, make_user("left@weber.example"), until=MONDAY)

    rows = invited(employer, ada, "leaves@weber.example left@weber.example")

    assert [fate for _address, fate, _why in told(rows)] == ["new", "new"]


def test_an_invitation_that_ran_out_makes_room_for_another(
    employer: Organisation, ada: User
) -> None:
    old = make_invitation(employer, "late@weber.example", expires_at=NOW)

    invited(employer, ada, "late@weber.example")

    old.refresh_from_db()
    assert old.withdrawn_at == NOW
    assert Invitation.objects.open(NOW).get().email == "late@weber.example"


def test_no_more_are_invited_than_a_day_bears(
    employer: Organisation, ada: User, settings: Settings
) -> None:
    settings.INVITATIONS_PER_DAY = 2
    make_invitation(employer, sent_at=NOW - A_DAY + timedelta(seconds=1))
    make_invitation(employer, sent_at=NOW - A_DAY)

    rows = invited(employer, ada, "a@weber.example b@weber.example")

    assert [fate for _address, fate, _why in told(rows)] == ["new", "refused"]
    assert rows[1].why.startswith("No more than 2 people are invited in a day")


def test_one_person_does_not_write_to_more_by_several_employers(
    employer: Organisation, ada: User, settings: Settings
) -> None:
    settings.INVITATIONS_PER_DAY = 1
    make_invitation(make_employer(ada), made_by=ada)

    rows = invited(employer, ada, "a@weber.example")

    assert [fate for _address, fate, _why in told(rows)] == ["refused"]


def test_what_is_sent_again_counts_for_the_bound_of_a_day(
    employer: Organisation, ada: User, settings: Settings
) -> None:
    settings.INVITATIONS_PER_DAY = 1
    first, second = (make_invitation(employer, sent_at=NOW - 2 * A_DAY) for _ in range(2))

    send_again(invitation=first, by=ada, now=NOW)
    with pytest.raises(InvitationRefused):
        send_again(invitation=second, by=ada, now=NOW)

    assert told(invited(employer, ada, "a@weber.example"))[0][1] == "refused"


def test_nobody_is_written_to_again_and_again(employer: Organisation, ada: User) -> None:
    for _ in range(3):
        make_invitation(employer, "bob@weber.example", withdrawn_at=NOW)

    rows = invited(employer, ada, "bob@weber.example")

    assert told(rows)[0][1:] == ("refused", "Was invited too often today: try again tomorrow.")


@pytest.mark.parametrize("role", [None, Membership.Role.MEMBER])
def test_only_who_runs_the_employer_invites(
    employer: Organisation, role: Membership.Role | None
) -> None:
    stranger = make_user()
    if role:
        runs(stranger, employer, role)
    invitation = make_invitation(employer, sent_at=NOW - 2 * A_DAY)

    with pytest.raises(PermissionDenied):
        invited(employer, stranger, "a@weber.example")
    for act in (send_again, withdraw):
        with pytest.raises(PermissionDenied):
            act(invitation=invitation, by=stranger, now=NOW)
    assert Invitation.objects.open(NOW).get() == invitation


def test_the_mail_says_who_invites_and_holds_the_link(
    employer: Organisation, ada: User, run_tasks: RunTasks
) -> None:
    invited(employer, ada, "lea@weber.example")
    run_tasks()

    (message,) = mailbox()
    link = f"http://localhost:8000/invitation/{Invitation.objects.get().key}/"
    assert message["To"] == "lea@weber.example"
    assert message["Subject"] == "Boulangerie Weber invites you to its account"
    assert "for lea@weber.example alone, until 23 December 2026" in words(message)
    assert "Never hours, never which desk." in words(message)
    assert link in words(message)
    assert link in part(message, "text/html")


def test_the_mail_is_in_the_language_of_who_is_known_else_of_who_invites(
    employer: Organisation, ada: User, run_tasks: RunTasks
) -> None:
    make_user("lea@weber.example", language="de")
    invited(employer, ada, "lea@weber.example new@weber.example")
    run_tasks()

    languages = {sent.to[0]: sent.subject for sent in mail.outbox}
    assert languages["new@weber.example"].endswith("invites you to its account")
    assert languages["lea@weber.example"].startswith("Boulangerie Weber")


def test_withdrawn_before_it_was_sent_it_is_not_sent(
    employer: Organisation, ada: User, run_tasks: RunTasks
) -> None:
    invited(employer, ada, "lea@weber.example")
    withdraw(invitation=Invitation.objects.get(), by=ada, now=NOW)
    run_tasks()

    assert mailbox() == []


def test_sent_again_it_holds_as_long_as_at_first_and_is_another_mail(
    employer: Organisation, ada: User, run_tasks: RunTasks
) -> None:
    invited(employer, ada, "lea@weber.example")
    run_tasks()
    Invitation.objects.update(sent_at=NOW - A_DAY, expires_at=NOW - timedelta(seconds=1))

    send_again(invitation=Invitation.objects.get(), by=ada, now=NOW)
    run_tasks()

    assert Invitation.objects.get().expires_at == NOW + 30 * A_DAY
    assert [message["To"] for message in mailbox()] == ["lea@weber.example"] * 2


def test_sent_less_than_a_day_ago_it_is_not_sent_again(employer: Organisation, ada: User) -> None:
    invitation = make_invitation(employer, sent_at=NOW - A_DAY + timedelta(seconds=1))

    with pytest.raises(InvitationRefused):
        send_again(invitation=invitation, by=ada, now=NOW)


@pytest.mark.parametrize("answered", ["accepted_at", "withdrawn_at"])
def test_what_was_answered_is_neither_sent_again_nor_withdrawn(
    employer: Organisation, ada: User, answered: str
) -> None:
    fields: dict[str, Any] = {"sent_at": NOW - 2 * A_DAY, answered: NOW - A_DAY}
    invitation = make_invitation(employer, **fields)

    for act in (send_again, withdraw):
        with pytest.raises(InvitationRefused):
            act(invitation=invitation, by=ada, now=NOW)
    invitation.refresh_from_db()
    assert getattr(invitation, answered) == NOW - A_DAY


def test_a_hundred_are_invited_with_few_queries(
    employer: Organisation, ada: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text = " ".join(f"p{number}@weber.example" for number in range(100))

    with django_assert_max_num_queries(115):
        invited(employer, ada, text)

    assert Invitation.objects.count() == 100
