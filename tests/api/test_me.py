"""GET /me."""

import pytest

from network.models import Membership, Organisation
from subscriptions.taking.seats import seat_newcomer
from tests.api.calls import program_of
from tests.factories import NOW, make_operator, make_organisation, make_site, make_user
from tests.subscriptions.employers import make_employee, make_employer
from tests.subscriptions.taken import taken, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def told(organisation: Organisation) -> dict[str, object]:
    return {"id": organisation.pk, "name": organisation.name}


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
        "capacities": [
            {"organisation": told(employer), "kind": "employer", "role": "member"},
            {"organisation": told(employer), "kind": "partner", "role": "member"},
            {"organisation": told(operator), "kind": "operator", "role": "manager"},
        ],
        "accounts": [],
        "subscriptions": [],
        "sites": [{"slug": "ville", "name": "Télécentre"}],
    }


def test_a_member_without_a_role_manages_no_site() -> None:
    person, operator = make_user(), make_operator()
    Membership.objects.create(person=person, organisation=operator, role="member")
    make_site(operator=operator)

    assert program_of(person).get("/me").json()["sites"] == []


def test_what_is_personal_is_not_kept_by_caches() -> None:
    assert program_of(make_user()).get("/me")["Cache-Control"] == "no-store"


def test_a_person_sees_the_seats_that_others_pay_and_their_own() -> None:
    boss, person = make_user(), make_user()
    employer = make_employer(boss, "Brasserie")
    team = version(plan={"is_shared": True, "holders": "organisations", "code": "team"})
    taken(team, boss, organisation=employer, seats=2)
    seat_newcomer(employee=make_employee(employer, person), now=NOW)
    taken(version(plan={"code": "own"}, name="Own"), person)

    answered = program_of(person).get("/me").json()

    assert answered["accounts"] == [told(employer)]
    assert answered["subscriptions"] == [
        {
            "plan": "team",
            "name": "Découverte",
            "paid_by": told(employer),
            "left": 4,
            "until": None,
        },
        {"plan": "own", "name": "Own", "paid_by": None, "left": 2, "until": None},
    ]
