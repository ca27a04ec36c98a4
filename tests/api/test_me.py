"""GET /me."""

import pytest

from network.models import Membership
from tests.api.calls import program_of
from tests.factories import make_operator, make_organisation, make_site, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_a_person_sees_their_organisations_and_the_sites_they_manage() -> None:
    person = make_user("manager@maillage.example", name="Morgane", status="public_agent")
    operator = make_operator("CC de la Vallée de Villé")
    employer = make_organisation("Brasserie", "partner", "employer")
    Membership.objects.create(person=person, organisation=operator, role="manager")
    Membership.objects.create(person=person, organisation=employer, role="member")
    make_site("Télécentre", slug="ville", operator=operator)
    make_site("Another's", slug="another")

    response = program_of(person).get("/me")

    assert response.json() == {
        "email": "manager@maillage.example",
        "name": "Morgane",
        "status": "public_agent",
        "organisations": [
            {"name": "Brasserie", "capacities": ["employer", "partner"], "role": "member"},
            {"name": "CC de la Vallée de Villé", "capacities": ["operator"], "role": "manager"},
        ],
        "accounts": [],
        "sites": [{"slug": "ville", "name": "Télécentre"}],
    }


def test_a_member_without_a_role_manages_no_site() -> None:
    person, operator = make_user(), make_operator()
    Membership.objects.create(person=person, organisation=operator, role="member")
    make_site(operator=operator)

    assert program_of(person).get("/me").json()["sites"] == []


def test_what_is_personal_is_not_kept_by_caches() -> None:
    assert program_of(make_user()).get("/me")["Cache-Control"] == "no-store"
