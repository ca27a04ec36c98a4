"""The organisations and people of the demo."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password
from stdnum.fr import siret

from demo.people import DEMO_PASSWORD, sign_in_emails
from network.models import Membership, Organisation, User
from sites.models import (
    Site,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_organisations_have_valid_and_fictional_sirets() -> None:
    numbers = Organisation.objects.values_list("siret", flat=True)

    assert len(set(numbers)) == len(numbers) >= 15
    assert all(siret.is_valid(number) and number.startswith("000") for number in numbers)


def test_everybody_announced_can_sign_in() -> None:
    people = User.objects.in_bulk(sign_in_emails(), field_name="email")
    verified = EmailAddress.objects.filter(verified=True, primary=True)

    assert len(people) == 66
    assert check_password(DEMO_PASSWORD, people["teleworker60@maillage.example"].password)
    assert len({person.password for person in people.values()}) == 1
    assert set(verified.values_list("email", flat=True)) >= set(people)
    assert all(person.is_active for person in people.values())


def test_other_members_have_no_password() -> None:
    others = User.objects.exclude(email__in=sign_in_emails())

    assert others.count() == 600
    assert not any(person.has_usable_password() for person in others)
    assert not others.filter(is_staff=True).exists()


def test_each_persona_is_what_its_log_in_says() -> None:
    def roles(login: str) -> set[tuple[str, str]]:
        rows = Membership.objects.filter(person__email=f"{login}@maillage.example")
        return set(rows.values_list("organisation__capacities__kind", "role"))

    assert roles("employer") == {("employer", "administrator")}
    assert roles("manager") == {("operator", "manager")}
    assert roles("collectivity") == {
        ("collectivity", "administrator"),
        ("employer", "administrator"),
    }
    assert roles("teleworker") == {("employer", "member")}
    manager = User.objects.get(email="manager@maillage.example")
    assert "La Fabrique de Villé" in {site.name for site in Site.objects.run_by(manager)}
    team = User.objects.filter(is_staff=True, is_superuser=False, groups__name="Network team")
    assert [person.email for person in team] == ["team@maillage.example"]
