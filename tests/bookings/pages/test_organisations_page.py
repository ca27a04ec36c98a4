"""The page of one's organisations."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.models import Membership
from tests.factories import make_operator, make_organisation, make_site, make_user, reads_english

pytestmark = pytest.mark.django_db
PAGE = "/account/organisations/"


@pytest.fixture
def commune(client: Client) -> str:
    """Sign in a manager of a commune of several capacities, with two sites; return the page."""
    person = reads_english(make_user())
    commune = make_organisation("Commune de Villé", "operator", "employer", "collectivity")
    Membership.objects.create(person=person, organisation=commune, role="manager")
    make_site("La Fabrique", slug="fabrique", operator=commune)
    make_site("Fermé", slug="ferme", operator=commune, is_active=False)
    make_site("Of others", slug="others", operator=make_operator("Others"))
    client.force_login(person)
    return client.get(PAGE).content.decode()


def test_each_organisation_tells_what_it_is_and_the_persons_role(commune: str) -> None:
    assert "<h2>Commune de Villé</h2>" in commune
    assert "Operator, Employer, Public authority" in commune
    assert "<dd>Manager</dd>" in commune


def test_an_operators_sites_are_links_and_others_are_not_there(commune: str) -> None:
    assert '<a href="/sites/fabrique/">La Fabrique</a>' in commune
    assert "Fermé" not in commune
    assert "Of others" not in commune


def test_the_page_offers_the_switch_and_says_what_it_does_not_do(commune: str) -> None:
    assert "As whom I see the pages" in commune
    assert "You still book in your own name." in commune
    assert commune.count('class="switcher"') == 3


def test_somebody_of_no_organisation_reads_so(client: Client) -> None:
    client.force_login(reads_english(make_user()))

    page = client.get(PAGE).content.decode()

    assert "None: you book in your own name." in page
    assert "As whom I see the pages" not in page


def test_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get(PAGE)["Location"] == f"/account/login/?next={PAGE}"


def test_the_page_costs_the_same_with_ten_organisations(client: Client) -> None:
    person = make_user()
    client.force_login(person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    for number in range(10):
        operator = make_organisation("", "operator", "employer")
        make_site(operator=operator)
        Membership.objects.create(person=person, organisation=operator)
        if number == 0:
            few = queries()

    assert queries() == few
