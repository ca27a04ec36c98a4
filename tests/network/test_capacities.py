"""An organisation is several things at once, and one SIRET is one organisation."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from network.capacities import CapacityRefused, set_capacities
from network.models import Capacity, Organisation
from tests.factories import holder, make_operator, make_organisation, make_site, make_user

pytestmark = pytest.mark.django_db
Kind = Capacity.Kind
NO_MEMBERS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


def save(client: Client, organisation: Organisation, *kinds: str) -> Any:
    page = reverse("admin:network_organisation_change", args=[organisation.pk])
    fields = {"name": organisation.name, "siret": organisation.siret, "capacity_kinds": kinds}
    return client.post(page, fields | NO_MEMBERS)


def test_a_commune_may_be_operator_employer_and_collectivity() -> None:
    commune = make_organisation("Commune de Villé")

    set_capacities(
        organisation=commune, kinds=["collectivity", "operator", "employer"], by=make_user()
    )

    assert commune.kinds() == [Kind.OPERATOR, Kind.EMPLOYER, Kind.COLLECTIVITY]
    for kind in commune.kinds():
        assert list(Organisation.objects.with_capacity(kind)) == [commune]
    assert not Organisation.objects.with_capacity(Kind.PARTNER).exists()


def test_an_organisation_has_each_capacity_once() -> None:
    commune = make_organisation("Commune", "operator")

    with pytest.raises(IntegrityError), transaction.atomic():
        Capacity.objects.create(organisation=commune, kind=Kind.OPERATOR)


def test_the_database_knows_which_capacities_there_are() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Capacity.objects.create(organisation=make_operator(), kind="king")


def test_a_siret_belongs_to_one_organisation_whatever_it_is() -> None:
    make_organisation("One", "operator", siret="73282932000074")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_organisation("Two", "employer", siret="73282932000074")


def test_organisations_without_siret_are_as_many_as_there_are() -> None:
    make_organisation("One", siret="")
    make_organisation("Two", siret="")

    assert Organisation.objects.count() == 2


@pytest.mark.parametrize("kinds", [[], ["king"], ["operator", ""]])
def test_no_capacity_and_an_unknown_one_are_refused(kinds: list[str]) -> None:
    operator = make_operator()

    with pytest.raises(CapacityRefused):
        set_capacities(organisation=operator, kinds=kinds, by=make_user())

    assert operator.kinds() == [Kind.OPERATOR]


def test_who_runs_sites_stays_an_operator() -> None:
    site = make_site()

    with pytest.raises(CapacityRefused):
        set_capacities(organisation=site.operator, kinds=["employer"], by=make_user())
    set_capacities(organisation=site.operator, kinds=["operator", "employer"], by=make_user())

    assert site.operator.kinds() == [Kind.OPERATOR, Kind.EMPLOYER]


def test_an_operator_without_sites_may_stop_being_one() -> None:
    operator = make_operator()

    set_capacities(organisation=operator, kinds=["partner"], by=make_user())

    assert operator.kinds() == [Kind.PARTNER]


def test_the_team_ticks_what_an_organisation_is(team: Client) -> None:
    commune = make_operator("Commune de Villé")

    answer = save(team, commune, "operator", "collectivity")

    assert answer.status_code == 302
    assert commune.kinds() == [Kind.OPERATOR, Kind.COLLECTIVITY]


def test_the_form_shows_what_an_organisation_is_now(team: Client) -> None:
    commune = make_organisation("Commune", "partner", "employer")

    page = team.get(reverse("admin:network_organisation_change", args=[commune.pk]))

    form = page.context["adminform"].form
    assert form.fields["capacity_kinds"].initial == ["employer", "partner"]


def test_the_form_says_why_an_operator_of_sites_stays_one(team: Client) -> None:
    site = make_site()

    answer = save(team, site.operator, "employer")

    assert "capacity_kinds" in answer.context["adminform"].form.errors
    assert site.operator.kinds() == [Kind.OPERATOR]


def test_the_form_refuses_an_organisation_that_is_nothing(team: Client) -> None:
    operator = make_operator()

    answer = save(team, operator)

    assert "capacity_kinds" in answer.context["adminform"].form.errors


def test_the_list_is_filtered_by_capacity(team: Client) -> None:
    make_organisation("Commune de Barr", "operator", "collectivity")
    make_organisation("Brasserie", "employer")

    page = team.get(
        reverse("admin:network_organisation_changelist"), {"capacities__kind__exact": "operator"}
    )

    assert [one.name for one in page.context["cl"].result_list] == ["Commune de Barr"]


def test_who_may_only_look_sees_the_capacities(client: Client) -> None:
    client.force_login(holder("view_organisation", is_staff=True))
    commune = make_organisation("Commune", "operator", "collectivity")

    page = client.get(reverse("admin:network_organisation_change", args=[commune.pk]))

    assert "Exploitant, Collectivité" in page.content.decode()
