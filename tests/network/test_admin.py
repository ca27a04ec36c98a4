from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.models import Membership, Organisation, User
from tests.factories import make_commune, make_operator, make_user

pytestmark = pytest.mark.django_db

LISTS = [
    "network_user",
    "network_organisation",
    "network_commune",
    "network_departement",
    "network_epci",
    "network_region",
    "network_territory",
]
NO_MEMBERS = {
    "memberships-TOTAL_FORMS": "0",
    "memberships-INITIAL_FORMS": "0",
}


def staff(*permissions: str) -> User:
    person = make_user(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return person


def count_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", LISTS)
def test_somebody_who_is_not_of_the_team_does_not_get_in(client: Client, name: str) -> None:
    client.force_login(make_user())

    answer = client.get(reverse(f"admin:{name}_changelist"), follow=True)

    assert answer.status_code == 403


def test_staff_without_the_permission_see_no_list(client: Client) -> None:
    client.force_login(staff("view_commune"))

    assert client.get(reverse("admin:network_user_changelist")).status_code == 403
    assert client.get(reverse("admin:network_commune_changelist")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_lists_take_as_many_queries_for_many_rows_as_for_few(team: Client, name: str) -> None:
    def more() -> None:
        commune = make_commune()
        person = make_user(home_commune=commune)
        Membership.objects.create(person=person, organisation=make_operator(commune=commune))

    more()
    url = reverse(f"admin:{name}_changelist")
    few = count_queries(team, url)
    for _ in range(8):
        more()

    assert count_queries(team, url) == few


def test_territories_cannot_be_changed_by_hand_even_by_the_team(team: Client) -> None:
    commune = make_commune("Villé")

    page = reverse("admin:network_commune_change", args=[commune.pk])

    assert team.get(page).status_code == 200
    assert team.post(page, {"name": "Autre"}).status_code == 403
    assert team.get(reverse("admin:network_commune_add")).status_code == 403
    delete = reverse("admin:network_commune_delete", args=[commune.pk])
    assert team.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("term", ["ste marie", "68160", "68298", "SAINTE-MARIE-AUX"])
def test_a_commune_is_suggested_as_one_types_it(team: Client, term: str) -> None:
    make_commune("Sainte-Marie-aux-Mines", insee_code="68298", postal_code="68160")
    make_commune("Villé")

    answer = team.get(
        reverse("admin:autocomplete"),
        {
            "term": term,
            "app_label": "network",
            "model_name": "organisation",
            "field_name": "commune",
        },
    )

    assert [row["text"] for row in answer.json()["results"]] == ["Sainte-Marie-aux-Mines"]


def save_organisation(client: Client, **fields: Any) -> Any:
    filled = {"name": "La Fabrique", "capacity_kinds": ["operator"], "siret": ""} | fields
    return client.post(reverse("admin:network_organisation_add"), filled | NO_MEMBERS)


def test_an_organisation_with_a_wrong_siret_is_refused(team: Client) -> None:
    answer = save_organisation(team, siret="00000000100011")

    assert answer.status_code == 200
    assert "siret" in answer.context["adminform"].form.errors
    assert not Organisation.objects.exists()


def test_a_siret_may_be_typed_with_spaces(team: Client) -> None:
    answer = save_organisation(team, siret="732 829 320 00074")

    assert answer.status_code == 302
    assert Organisation.objects.get().siret == "73282932000074"


def test_the_legal_form_of_an_organisation_is_written(team: Client) -> None:
    save_organisation(team, legal_form="association")

    assert Organisation.objects.get().legal_form == "association"


def test_a_new_person_has_no_password_and_an_address_to_verify(team: Client) -> None:
    fields = {"email": "Zoe@Maillage.Example", "name": "Zoé", "is_active": "on"}

    answer = team.post(reverse("admin:network_user_add"), fields | NO_MEMBERS)

    assert answer.status_code == 302
    person = User.objects.get(name="Zoé")
    assert person.email == "zoe@maillage.example"
    assert not person.has_usable_password()
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == (person.email, False, True)


def test_an_address_that_exists_with_other_capitals_is_refused(team: Client) -> None:
    make_user("zoe@maillage.example")

    fields = {"email": "ZOE@maillage.example", "name": "Zoé", "is_active": "on"}
    answer = team.post(reverse("admin:network_user_add"), fields | NO_MEMBERS)

    assert answer.status_code == 200
    assert User.objects.filter(email__iexact="zoe@maillage.example").count() == 1


def test_an_address_that_can_be_taken_for_another_is_refused_with_a_word(team: Client) -> None:
    fields = {"email": "zoe@maıllage.example", "name": "Zoé", "is_active": "on"}

    answer = team.post(reverse("admin:network_user_add"), fields | NO_MEMBERS)

    assert "prendre pour une autre" in answer.context["adminform"].form.errors["email"][0]
    assert not User.objects.filter(name="Zoé").exists()


def test_staff_cannot_give_themselves_rights(client: Client) -> None:
    person = staff("change_user", "view_user")
    client.force_login(person)

    fields = {"name": "Me", "is_active": "on", "is_superuser": "on", "is_staff": "on"}
    client.post(reverse("admin:network_user_change", args=[person.pk]), fields | NO_MEMBERS)

    person.refresh_from_db()
    assert person.name == "Me"
    assert not person.is_superuser


def test_staff_cannot_change_a_superuser(client: Client) -> None:
    boss = make_user("boss@maillage.example", is_staff=True, is_superuser=True)
    client.force_login(staff("change_user", "view_user"))

    page = reverse("admin:network_user_change", args=[boss.pk])

    assert client.post(page, {"name": "Nobody"} | NO_MEMBERS).status_code == 403


def test_nobody_is_deleted(team: Client) -> None:
    person = make_user()

    page = reverse("admin:network_user_delete", args=[person.pk])

    assert team.post(page, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=person.pk).exists()
