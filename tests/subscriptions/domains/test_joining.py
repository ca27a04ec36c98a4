"""Who has a confirmed address at an employer's proved domain joins it; nobody else learns of it."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from network.models import Capacity, Organisation, User
from subscriptions.domains.joining import join_by_domain
from subscriptions.errors import DomainRefused, EmployeeRefused
from subscriptions.models import Employee
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import MONDAY, NOW, make_user
from tests.subscriptions.domains.owned import make_domain, make_proved, somebody_at
from tests.subscriptions.employers import make_employee, make_employer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def employer() -> Organisation:
    employer = make_employer(name="Adira")
    make_proved(employer)
    return employer


def test_somebody_of_the_domain_is_offered_to_join_and_does(
    client: Client, employer: Organisation
) -> None:
    claire = somebody_at()
    signed_in(client, claire)

    assert "Adira Join" in page(client, "/employers/join/")
    answer = client.post(f"/employers/join/{employer.pk}/", follow=True)

    assert "You are there: you can book on the account of Adira." in words_of(answer)
    row = Employee.objects.get()
    assert (row.person, row.organisation, row.since, row.team) == (claire, employer, MONDAY, None)
    assert "No employer to join" in words_of(answer)


@pytest.mark.parametrize("who", ["elsewhere", "unconfirmed", "subdomain", "alike", "no address"])
def test_others_learn_nothing_and_join_nothing(
    client: Client, employer: Organisation, who: str
) -> None:
    people: dict[str, User] = {
        "elsewhere": somebody_at("other.example"),
        "unconfirmed": somebody_at(is_confirmed=False),
        "subdomain": somebody_at("mail.adira.example"),
        "alike": somebody_at("notadira.example"),
        "no address": make_user("claire@adira.example"),
    }
    signed_in(client, people[who])

    assert "Adira" not in page(client, "/employers/join/")
    assert client.post(f"/employers/join/{employer.pk}/").status_code == 404
    with pytest.raises(DomainRefused):
        join_by_domain(employer=employer, by=people[who], now=NOW)
    assert not Employee.objects.exists()


def test_a_domain_that_waits_or_is_lost_lets_nobody_join(client: Client) -> None:
    waiting, lost = make_employer(), make_employer()
    make_domain(waiting)
    make_proved(lost, lost_at=NOW)
    signed_in(client, somebody_at())

    assert "No employer to join" in page(client, "/employers/join/")
    for employer in (waiting, lost):
        assert client.post(f"/employers/join/{employer.pk}/").status_code == 404


def test_a_further_confirmed_address_counts_too(client: Client, employer: Organisation) -> None:
    claire = somebody_at("home.example")
    EmailAddress.objects.create(user=claire, email="claire@adira.example", verified=True)
    signed_in(client, claire)

    assert "Adira" in page(client, "/employers/join/")


def test_who_has_left_comes_back_by_an_invitation_alone(
    client: Client, employer: Organisation
) -> None:
    claire = somebody_at()
    make_employee(employer, claire, since=date(2026, 1, 1), until=date(2026, 11, 30))
    signed_in(client, claire)

    assert "Adira" not in page(client, "/employers/join/")
    assert client.post(f"/employers/join/{employer.pk}/").status_code == 404
    with pytest.raises(DomainRefused, match="left|quitté"):
        join_by_domain(employer=employer, by=claire, now=NOW)


def test_joined_twice_somebody_is_there_once(employer: Organisation) -> None:
    claire = somebody_at()
    join_by_domain(employer=employer, by=claire, now=NOW)

    with pytest.raises(EmployeeRefused):
        join_by_domain(employer=employer, by=claire, now=NOW)

    assert Employee.objects.count() == 1


def test_an_organisation_that_is_no_employer_any_more_is_not_joined(
    client: Client, employer: Organisation
) -> None:
    Capacity.objects.filter(organisation=employer).delete()
    signed_in(client, somebody_at())

    assert "Adira" not in page(client, "/employers/join/")


def test_who_is_not_signed_in_signs_in_first(client: Client, employer: Organisation) -> None:
    for answer in (
        client.get("/employers/join/"),
        client.post(f"/employers/join/{employer.pk}/"),
    ):
        assert answer.headers["Location"] == "/account/login/?next=/employers/join/"
