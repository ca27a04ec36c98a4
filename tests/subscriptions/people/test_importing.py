"""People are invited by a list: looked through first, then all together or the good lines alone."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from network.models import Organisation, User
from subscriptions.models import CostCentre, Invitation, Team
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import make_user
from tests.subscriptions.employers import (
    make_cost_centre,
    make_employee,
    make_employer,
    make_invitation,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
GOOD = "e-mail;nom;équipe;centre de coût\nlea@x.fr;Léa Roth;fournil;cc1\nbob@x.fr;Bob;;"


@pytest.fixture
def employer() -> Organisation:
    employer = make_employer(make_user())
    make_team(employer, "Fournil")
    make_cost_centre(employer, "CC1", "Boutique")
    return employer


@pytest.fixture
def boss(client: Client, employer: Organisation) -> Client:
    return signed_in(client, employer.members.get())


def send(boss: Client, text: str, action: str = "", **fields: Any) -> Any:
    employer = Organisation.objects.with_capacity("employer").first()  # type: ignore[arg-type]
    assert employer is not None
    address = f"/employer/{employer.pk}/invite/list/"
    return boss.post(address, {"text": text, "action": action} | fields)


def test_a_list_is_looked_through_and_nobody_is_written_to(boss: Client) -> None:
    answer = send(boss, GOOD)

    assert answer.status_code == 200
    told = words_of(answer)
    assert "2 people to invite" in told
    assert "2 lea@x.fr Léa Roth Fournil CC1 Boutique Is invited" in told
    assert "3 bob@x.fr Bob – – Is invited" in told
    assert "Look through it again Invite 2 people" in told
    assert not Invitation.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_file_stands_as_text_when_it_was_looked_through(boss: Client) -> None:
    file = SimpleUploadedFile("people.csv", GOOD.encode("cp1252"))

    answer = send(boss, "", file=file)

    assert "lea@x.fr;Léa Roth;fournil;cc1" in answer.content.decode()


def test_one_button_then_invites_all(boss: Client, employer: Organisation) -> None:
    answer = send(boss, GOOD, "invite")

    assert answer["Location"] == f"/employer/{employer.pk}/people/"
    lea, bob = Invitation.objects.order_by("-email")
    assert (lea.name, str(lea.team), str(lea.cost_centre)) == (
        "Léa Roth",
        "Fournil",
        "CC1 Boutique",
    )
    assert (bob.name, bob.team, bob.cost_centre) == ("Bob", None, None)
    assert "2 people are invited." in page(boss, answer["Location"])


def test_pressed_twice_nobody_is_invited_twice(boss: Client, employer: Organisation) -> None:
    send(boss, GOOD, "invite")
    answer = send(boss, GOOD, "invite")

    assert (Invitation.objects.count(), DBTaskResult.objects.count()) == (2, 2)
    assert "Nobody new was invited." in page(boss, answer["Location"])


def test_who_is_there_or_invited_is_no_mistake(boss: Client, employer: Organisation) -> None:
    make_employee(employer, make_user("lea@x.fr"))
    make_invitation(employer, "bob@x.fr")

    told = words_of(send(boss, GOOD + "\nnew@x.fr;;;"))

    assert "1 person to invite, 2 there or invited already" in told
    assert "Invite 1 person" in told


BAD = (
    "e-mail;équipe;centre de coût\nnobody;;\nlea@x.fr;Vente;\nbob@x.fr;;CC9\nnew@x.fr;;\nnew@x.fr;;"
)


def test_lines_that_are_wrong_are_told_first_by_their_number(boss: Client) -> None:
    told = words_of(send(boss, BAD))

    assert "1 person to invite, 4 lines to correct" in told
    for words in (
        "2 nobody – – – To correct: This is not an e-mail address",
        "3 lea@x.fr – – – To correct: There is no team “Vente”.",
        "4 bob@x.fr – – – To correct: There is no cost centre “CC9”.",
        "6 new@x.fr – – – To correct: Is on line 5 already.",
        "Not there yet: Vente, CC9.",
        "Invite the other one alone",
    ):
        assert words in told
    assert told.index("6 new@x.fr") < told.index("5 new@x.fr")


def test_with_a_wrong_line_nobody_is_invited(boss: Client) -> None:
    answer = send(boss, BAD, "invite")

    assert answer.status_code == 409
    assert "Nobody is invited yet: correct the lines that are refused." in words_of(answer)
    assert not Invitation.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_the_others_alone_are_invited_when_that_is_chosen(boss: Client) -> None:
    send(boss, BAD, "others")

    assert Invitation.objects.get().email == "new@x.fr"


def test_teams_and_cost_centres_are_made_when_that_is_chosen(
    boss: Client, employer: Organisation
) -> None:
    text = "e-mail;équipe;centre de coût\nlea@x.fr;Vente;CC9\nbob@x.fr;vente;cc9"

    told = words_of(send(boss, text, makes_missing="on"))
    before = Team.objects.count()
    send(boss, text, "invite", makes_missing="on")

    assert "2 people to invite" in told
    assert "Not there yet" not in told
    assert (before, Team.objects.count(), CostCentre.objects.count()) == (1, 2, 2)
    lea, bob = Invitation.objects.order_by("-email")
    assert lea.team == bob.team == Team.objects.get(organisation=employer, name="Vente")


def test_nothing_is_made_of_a_list_that_is_refused(boss: Client) -> None:
    send(boss, BAD, "invite", makes_missing="on")

    assert (Team.objects.count(), CostCentre.objects.count()) == (1, 1)


def test_a_cost_centre_that_cannot_be_called_so_is_a_mistake_all_the_same(boss: Client) -> None:
    told = words_of(send(boss, "e-mail;code\nlea@x.fr;é é", makes_missing="on"))

    assert "There is no cost centre “é é”." in told


def test_columns_of_which_nothing_is_made_are_told(boss: Client) -> None:
    told = words_of(send(boss, "e-mail;Téléphone\nlea@x.fr;0388"))

    assert "Nothing is made of these columns: Téléphone" in told


def test_lines_beyond_a_day_are_told_to_wait(boss: Client, settings: Settings) -> None:
    settings.INVITATIONS_PER_DAY = 1

    told = words_of(send(boss, GOOD))
    send(boss, GOOD, "others")

    assert "No more than 1 people are invited in a day: send it again tomorrow." in told
    assert Invitation.objects.count() == 1


def test_of_a_long_list_a_hundred_lines_are_shown(boss: Client, settings: Settings) -> None:
    settings.INVITATIONS_PER_DAY = 10_000
    text = "e-mail\n" + "\n".join(f"p{number}@x.fr" for number in range(5_000))

    told = words_of(send(boss, text))

    assert "5000 people to invite" in told
    assert "And 4900 lines more." in told


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Choose a file, or paste the list."),
        ({"text": "lea@x.fr"}, "The first line names the columns"),
        ({"text": "", "file": SimpleUploadedFile("a.xlsx", b"PK\x00")}, "This is not a CSV file"),
        ({"text": "", "file": SimpleUploadedFile("a.csv", b"")}, "The list is empty."),
    ],
)
def test_what_cannot_be_read_is_refused(boss: Client, fields: dict[str, Any], words: str) -> None:
    answer = send(boss, **fields)

    assert answer.status_code == 409
    assert words in words_of(answer)


def test_what_a_list_says_is_shown_as_it_is(boss: Client) -> None:
    answer = send(boss, "e-mail;nom\na@x.fr;<script>alert(1)</script>")

    assert "<script>alert" not in answer.content.decode()


def test_of_another_employer_teams_are_not_found(boss: Client, employer: Organisation) -> None:
    make_team(make_employer(), "Vente")

    assert "There is no team “Vente”." in words_of(send(boss, BAD))


def test_a_stranger_sends_nothing(employer: Organisation) -> None:
    stranger: User = make_user()

    answer = send(signed_in(Client(), stranger), GOOD, "invite")

    assert answer.status_code == 404
    assert not Invitation.objects.exists()
