"""Who runs an employer sees its people, invites them, changes where they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from network.models import Organisation, User
from subscriptions.models import Invitation
from subscriptions.people.changing import change_employee
from subscriptions.people.joining import Place
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import MONDAY, NOW, make_user
from tests.subscriptions.employers import (
    make_cost_centre,
    make_employee,
    make_employer,
    make_invitation,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
A_DAY = timedelta(days=1)


@pytest.fixture
def ada() -> User:
    return make_user(name="Ada Weber")


@pytest.fixture
def employer(ada: User) -> Organisation:
    return make_employer(ada, "Boulangerie Weber")


@pytest.fixture
def boss(client: Client, ada: User) -> Client:
    return signed_in(client, ada)


def people(employer: Organisation, rest: str = "") -> str:
    return f"/employer/{employer.pk}/people/{rest}"


def test_people_are_listed_with_where_they_are_and_since_when(
    boss: Client, employer: Organisation
) -> None:
    team, centre = make_team(employer, "Fournil"), make_cost_centre(employer, "CC1")
    lea = make_user("lea@weber.example", name="Léa Roth")
    make_employee(employer, lea, team=team, cost_centre=centre)
    make_employee(make_employer(), make_user(name="Somebody Else"))
    gone = MONDAY - A_DAY
    make_employee(employer, make_user(name="Gone Before"), since=gone, until=gone)

    told = page(boss, people(employer))

    assert "1 person Person E-mail Team, cost centre" in told
    assert "Léa Roth lea@weber.example Fournil, CC1 23 November 2026" in told
    assert "Somebody Else" not in told
    assert "Gone Before" not in told


def test_without_people_the_page_says_what_to_do(boss: Client, employer: Organisation) -> None:
    assert "Nobody yet: invite the first ones." in page(boss, people(employer))


def test_the_invited_are_told_with_when_it_was_sent_and_until_when_it_holds(
    boss: Client, employer: Organisation
) -> None:
    make_invitation(employer, "open@weber.example")
    make_invitation(employer, "late@weber.example", expires_at=NOW)
    make_invitation(employer, "not@weber.example", withdrawn_at=NOW, is_declined=True)
    make_invitation(employer, "withdrawn@weber.example", withdrawn_at=NOW)
    make_invitation(employer, "there@weber.example", accepted_at=NOW)

    told = page(boss, people(employer))

    assert "open@weber.example – 23 November 2026 23 December 2026 Send again" in told
    assert "late@weber.example – 23 November 2026 Has run out Send again" in told
    assert "not@weber.example – 23 November 2026 Declined – –" in told
    assert "withdrawn@" not in told
    assert "there@" not in told


def test_beyond_thirty_people_there_are_pages_and_a_search(
    boss: Client, employer: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(31):
        make_employee(employer, make_user(f"p{number}@weber.example", name=f"P{number:02}"))

    with django_assert_max_num_queries(12):
        first = page(boss, people(employer))
    second = page(boss, people(employer), page=2)
    found = page(boss, people(employer), q="p30@")

    assert "P29" in first
    assert "P30" not in first
    assert "P30" in second
    assert "1 person" in found
    assert "P30" in found
    assert "Name or e-mail address" in first


@pytest.mark.parametrize("words", ["%", "_", "Nobody\u0301", "x" * 300])
def test_a_search_that_finds_nobody_says_so(
    boss: Client, employer: Organisation, words: str
) -> None:
    make_employee(employer, make_user(name="Léa Roth", email="lea@weber.example"))

    assert "Nobody is called so." in page(boss, people(employer), q=words)


def test_ten_are_invited_by_one_form(boss: Client, employer: Organisation) -> None:
    team = make_team(employer)
    addresses = "\n".join(f"p{number}@weber.example" for number in range(10))

    answer = boss.post(
        f"/employer/{employer.pk}/invite/", {"addresses": addresses, "team": team.pk}
    )

    assert answer["Location"] == people(employer)
    assert Invitation.objects.filter(team=team).count() == 10
    assert "10 people are invited." in page(boss, people(employer))


def test_what_could_not_be_invited_stays_to_be_corrected(
    boss: Client, employer: Organisation
) -> None:
    make_employee(employer, make_user("lea@weber.example"))
    addresses = "new@weber.example, lea@weber.example, bob@weber"

    answer = boss.post(f"/employer/{employer.pk}/invite/", {"addresses": addresses})

    told = words_of(answer)
    assert answer.status_code == 409
    assert "1 person is invited." in told
    assert "lea@weber.example: Books on your account already." in told
    assert "bob@weber: This is not an e-mail address" in told
    assert answer.context["form"]["addresses"].value() == "bob@weber"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"addresses": ""}, "An answer is missing here"),
        ({"addresses": " \n "}, "An answer is missing here"),
        ({"addresses": ";,"}, "Nobody new was invited."),
        ({"addresses": "a@x.fr", "team": "0"}, "take another one"),
        ({"addresses": "x" * 30_001}, "30000"),
    ],
)
def test_what_cannot_be_is_refused(
    boss: Client, employer: Organisation, fields: dict[str, Any], words: str
) -> None:
    make_team(employer)

    answer = boss.post(f"/employer/{employer.pk}/invite/", fields)

    assert words in words_of(answer if answer.status_code == 409 else boss.get(people(employer)))
    assert not Invitation.objects.exists()


def test_the_team_of_another_employer_is_not_in_the_list(
    boss: Client, employer: Organisation
) -> None:
    make_team(employer)
    other = make_team(make_employer())
    fields = {"addresses": "a@x.fr", "team": other.pk}

    answer = boss.post(f"/employer/{employer.pk}/invite/", fields)

    assert answer.status_code == 409
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again_and_withdrawn(boss: Client, employer: Organisation) -> None:
    invitation = make_invitation(employer, "lea@weber.example", sent_at=NOW - A_DAY)
    there = f"/employer/{employer.pk}/invited/{invitation.pk}/"

    assert "lea@weber.example" in page(boss, f"{there}again/")
    again = boss.post(f"{there}again/")
    twice = boss.post(f"{there}again/")
    assert "The link that was sent works no more." in page(boss, f"{there}withdraw/")
    boss.post(f"{there}withdraw/")

    assert again["Location"] == people(employer)
    assert twice.status_code == 409
    assert "It was sent less than a day ago" in words_of(twice)
    assert not Invitation.objects.waiting().exists()
    assert boss.get(f"{there}withdraw/").status_code == 404


def test_invitations_of_another_employer_are_not_reached(
    boss: Client, employer: Organisation
) -> None:
    other = make_invitation(make_employer())

    for step in ("again/", "withdraw/"):
        there = f"/employer/{employer.pk}/invited/{other.pk}/{step}"
        assert boss.post(there).status_code == 404
    assert Invitation.objects.open(NOW).get() == other


def test_somebody_is_put_in_a_team_and_books_for_others(
    boss: Client, employer: Organisation
) -> None:
    team, row = make_team(employer), make_employee(employer)
    fields = {"team": team.pk, "books_for_others": "on"}

    answer = boss.post(people(employer, f"{row.pk}/"), fields)

    row.refresh_from_db()
    assert answer["Location"] == people(employer)
    assert (row.team, row.books_for_others) == (team, True)
    assert "checked" in boss.get(people(employer, f"{row.pk}/")).content.decode()


def test_people_of_another_employer_are_not_reached(boss: Client, employer: Organisation) -> None:
    other = make_employee()

    assert boss.get(people(employer, f"{other.pk}/")).status_code == 404


def test_who_does_not_run_the_employer_changes_nobody(employer: Organisation, ada: User) -> None:
    row, team = make_employee(employer), make_team(employer)
    place, foreign = Place(team), Place(make_team(make_employer()))

    with pytest.raises(PermissionDenied):
        change_employee(employee=row, place=place, books_for_others=True, by=make_user())
    with pytest.raises(PermissionDenied):
        change_employee(employee=row, place=foreign, books_for_others=True, by=ada)
    row.refresh_from_db()
    assert (row.team, row.books_for_others) == (None, False)
