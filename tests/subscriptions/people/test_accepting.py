"""Who is invited joins by one button, and nobody else by the same link."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from network.models import Capacity, Organisation, User
from subscriptions.errors import EmployeeRefused, InvitationRefused
from subscriptions.models import Employee, Invitation
from subscriptions.people.accepting import accept, decline
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import MONDAY, NOW, make_user
from tests.network.people import code_in, mails
from tests.subscriptions.employers import (
    confirmed,
    make_cost_centre,
    make_employee,
    make_employer,
    make_invitation,
    make_team,
)
from tests.subscriptions.taken import taken, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LEA = "lea@weber.example"


@pytest.fixture
def employer() -> Organisation:
    return make_employer(make_user(), "Boulangerie Weber")


@pytest.fixture
def invitation(employer: Organisation) -> Invitation:
    team, centre = make_team(employer), make_cost_centre(employer)
    return make_invitation(employer, LEA, name="Léa Roth", team=team, cost_centre=centre)


@pytest.fixture
def lea() -> User:
    return confirmed(LEA, name="")


def address(invitation: Invitation, step: str = "") -> str:
    return f"/invitation/{invitation.key}/{step}"


def press(client: Client, invitation: Invitation, step: str) -> Any:
    return client.post(address(invitation, step))


def test_who_accepts_is_there_from_today_on_in_team_and_cost_centre(
    invitation: Invitation, lea: User, client: Client
) -> None:
    answer = press(signed_in(client, lea), invitation, "accept/")

    row = Employee.objects.get()
    assert answer["Location"] == "/"
    assert (row.organisation, row.person) == (invitation.organisation, lea)
    assert (row.team, row.cost_centre) == (invitation.team, invitation.cost_centre)
    assert (row.since, row.until) == (MONDAY, None)
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.accepted_by) == (NOW, lea)
    assert "You can book on the account of Boulangerie Weber from now on." in page(client, "/")


def test_who_had_no_name_has_the_one_they_were_invited_by(
    invitation: Invitation, lea: User
) -> None:
    accept(invitation=invitation, by=lea, now=NOW)

    lea.refresh_from_db()
    assert lea.name == "Léa Roth"


def test_who_had_a_name_keeps_it(invitation: Invitation) -> None:
    lea = confirmed(LEA, name="Léa R.")

    accept(invitation=invitation, by=lea, now=NOW)

    lea.refresh_from_db()
    assert lea.name == "Léa R."


def test_a_newcomer_comes_in_by_a_code_and_joins(invitation: Invitation, client: Client) -> None:
    client.cookies["django_language"] = "en"

    told = page(client, address(invitation))
    asked = press(client, invitation, "enter/")
    entered = client.post(asked["Location"], {"code": code_in(mails()[-1])})

    assert "Boulangerie Weber invites you to its account" in told
    assert "Never hours, never which desk." in told
    assert f"We send a code to {LEA}." in told
    assert mails()[-1]["to"] == [LEA]
    assert entered["Location"] == address(invitation)
    assert "Accept Decline" in page(client, entered["Location"])
    press(client, invitation, "accept/")
    assert Employee.objects.get().person == User.objects.get(email=LEA)


def test_the_page_is_the_same_for_who_has_an_account_and_who_has_none(
    invitation: Invitation, client: Client
) -> None:
    def said() -> str:
        return words_of(client.get(address(invitation)))

    before = said()
    confirmed(LEA)

    assert said() == before


def test_accepted_twice_one_is_there_already(
    invitation: Invitation, lea: User, client: Client
) -> None:
    signed_in(client, lea)
    press(client, invitation, "accept/")

    answer = press(client, invitation, "accept/")

    assert (answer.status_code, Employee.objects.count()) == (302, 1)
    assert "You are there already" in page(client, address(invitation))


def test_nobody_with_another_address_accepts_or_declines(
    invitation: Invitation, client: Client
) -> None:
    signed_in(client, confirmed("bob@weber.example"))

    told = page(client, address(invitation))
    answers = [press(client, invitation, step) for step in ("accept/", "decline/")]

    assert f"This invitation is for {LEA}. You are signed in with bob@weber.example" in told
    assert "Accept" not in told.replace("Accessibility", "")
    assert [one.status_code for one in answers] == [409, 409]
    assert "This invitation is for another address than yours." in words_of(answers[0])
    assert not Employee.objects.exists()
    assert Invitation.objects.open(NOW).get() == invitation


def test_an_address_that_was_not_confirmed_opens_nothing(invitation: Invitation) -> None:
    lea = make_user(LEA)
    EmailAddress.objects.create(user=lea, email=LEA, verified=False, primary=True)

    with pytest.raises(InvitationRefused):
        accept(invitation=invitation, by=lea, now=NOW)


def test_a_second_address_that_was_confirmed_opens_it(invitation: Invitation) -> None:
    lea = confirmed("lea@home.example")
    EmailAddress.objects.create(user=lea, email=LEA, verified=True, primary=False)

    assert accept(invitation=invitation, by=lea, now=NOW).person == lea


def test_a_stranger_is_led_back_to_the_page_and_nothing_is_done(
    invitation: Invitation, client: Client
) -> None:
    for step in ("accept/", "decline/"):
        answer = press(client, invitation, step)
        assert answer["Location"] == f"/account/login/?next={address(invitation)}"

    assert Invitation.objects.open(NOW).get() == invitation


def test_a_link_that_nobody_sent_leads_nowhere(client: Client) -> None:
    assert client.get(f"/invitation/{uuid4()}/").status_code == 404
    for step in ("accept/", "decline/", "enter/"):
        assert client.get(f"/invitation/{uuid4()}/{step}").status_code == 405
    assert client.post(f"/invitation/{uuid4()}/enter/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"expires_at": NOW}, "This invitation has run out."),
        ({"withdrawn_at": NOW}, "Your employer has withdrawn this invitation."),
        ({"withdrawn_at": NOW, "is_declined": True}, "You declined this invitation."),
        ({"accepted_at": NOW}, "This invitation was accepted already."),
    ],
)
def test_an_invitation_that_is_over_says_so_and_does_nothing(
    employer: Organisation, lea: User, client: Client, fields: dict[str, Any], words: str
) -> None:
    over = make_invitation(employer, LEA, **fields)
    signed_in(client, lea)

    told = page(client, address(over))
    answers = [press(client, over, step) for step in ("accept/", "decline/")]

    assert words in told
    assert [one.status_code for one in answers] == [409, 409]
    assert not Employee.objects.exists()


def test_who_declines_is_seen_by_the_employer(
    invitation: Invitation, lea: User, client: Client
) -> None:
    press(signed_in(client, lea), invitation, "decline/")

    invitation.refresh_from_db()
    assert (invitation.withdrawn_at, invitation.is_declined) == (NOW, True)
    assert not Employee.objects.exists()
    boss = signed_in(client, invitation.organisation.members.get())
    told = page(boss, f"/employer/{invitation.organisation_id}/people/")
    assert f"{LEA}" in told
    assert "Declined" in told


def test_of_an_organisation_that_is_no_employer_any_more_nobody_comes(
    invitation: Invitation, lea: User
) -> None:
    Capacity.objects.all().delete()

    with pytest.raises(EmployeeRefused):
        accept(invitation=invitation, by=lea, now=NOW)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_who_came_by_another_way_stays_where_they_are(invitation: Invitation, lea: User) -> None:
    there = make_employee(invitation.organisation, lea)

    assert accept(invitation=invitation, by=lea, now=NOW) == there
    assert there.team is None


def test_who_was_to_leave_stays(invitation: Invitation, lea: User) -> None:
    leaving = make_employee(invitation.organisation, lea, until=MONDAY + timedelta(days=3))

    stays = accept(invitation=invitation, by=lea, now=NOW)

    assert (stays.pk, stays.until, stays.team) == (leaving.pk, None, invitation.team)


def test_who_left_comes_again_with_a_row_of_its_own(invitation: Invitation, lea: User) -> None:
    sunday = MONDAY - timedelta(days=1)
    make_employee(invitation.organisation, lea, since=sunday, until=sunday)

    accept(invitation=invitation, by=lea, now=NOW)

    assert Employee.objects.filter(person=lea).count() == 2
    assert Employee.objects.on(MONDAY).get().since == MONDAY


def test_one_may_be_of_two_employers(invitation: Invitation, lea: User) -> None:
    make_employee(make_employer(), lea)

    accept(invitation=invitation, by=lea, now=NOW)

    assert Employee.objects.on(MONDAY).filter(person=lea).count() == 2


def test_declined_and_then_accepted_it_is_refused(invitation: Invitation, lea: User) -> None:
    decline(invitation=invitation, by=lea, now=NOW)

    with pytest.raises(InvitationRefused):
        accept(invitation=invitation, by=lea, now=NOW)


def test_who_joins_has_a_seat_where_one_is_free(invitation: Invitation, lea: User) -> None:
    boss = invitation.organisation.members.get()
    subscription = taken(version(), boss, organisation=invitation.organisation, seats=1)

    accept(invitation=invitation, by=lea, now=NOW)
    bob = confirmed("bob@weber.example")
    accept(invitation=make_invitation(invitation.organisation, bob.email), by=bob, now=NOW)

    assert subscription.seats.get().person == lea
    assert Employee.objects.on(MONDAY).filter(person=bob).exists()
