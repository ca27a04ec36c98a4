"""The account page and the pages that the law asks for."""

import re
from typing import Any

import pytest
from django.test import Client

from network.models import Membership, User
from tests.factories import make_commune, make_operator
from tests.network.people import confirm_it_is_me, make_member, sign_in

pytestmark = pytest.mark.django_db
PUBLIC = [
    "/accessibility/",
    "/legal/",
    "/privacy/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/inactive/",
]
OWN = [
    "/account/",
    "/account/organisations/",
    "/account/tokens/",
    "/account/email/",
    "/account/password/change/",
    "/account/reauthenticate/?next=/account/",
    "/account/logout/",
    "/account/sessions/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/totp/activate/",
]

KEPT = ("home", "insee", "language")
ADA = {"name": "Ada", "language": "fr"}


def check_page(client: Client, path: str) -> None:
    answer = client.get(path)
    page = answer.content.decode()

    assert answer.status_code == 200, answer.get("Location")
    assert page.count("<h1") == 1
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    inline = re.findall(r"<script(?![^>]*\b(?:src=|application/json))", page)
    assert inline == []
    assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", PUBLIC)
def test_everybody_can_read(client: Client, path: str) -> None:
    check_page(client, path)


@pytest.mark.parametrize("path", OWN)
def test_a_member_can_read(client: Client, path: str) -> None:
    make_member()
    sign_in(client)
    confirm_it_is_me(client)

    check_page(client, path)


@pytest.mark.parametrize("path", ["/account/", "/account/sessions/", "/account/2fa/"])
def test_a_stranger_is_asked_to_sign_in_and_comes_back(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/account/login/?next={path}"


def test_the_accessibility_statement_is_honest_and_says_where_to_turn(client: Client) -> None:
    page = client.get("/accessibility/", headers={"accept-language": "en"}).content.decode()

    assert "not compliant" in page
    assert "no audit has been made yet" in page
    assert "mailto:contact@maillage.example" in page
    assert "formulaire.defenseurdesdroits.fr" in page


def test_the_legal_notice_names_publisher_and_host(client: Client, settings: Any) -> None:
    settings.PUBLISHER = "Syndicat <mixte> du Ried"
    settings.HOSTING = "Hébergeur d'Alsace, 67000 Strasbourg"

    page = client.get("/legal/").content.decode()

    assert "Syndicat &lt;mixte&gt; du Ried" in page
    assert "Hébergeur d&#x27;Alsace, 67000 Strasbourg" in page


def test_no_cookie_is_set_before_one_does_something(client: Client) -> None:
    client.get("/privacy/")

    assert set(client.cookies) <= {"csrftoken"}


def test_the_language_is_chosen_and_stays_on_this_site(client: Client) -> None:
    back = client.post("/language/setlang/", {"language": "en", "next": "/privacy/"})
    away = client.post("/language/setlang/", {"language": "en", "next": "https://evil.example/"})

    assert back["Location"] == "/privacy/"
    assert away["Location"] == "/"
    assert '<html lang="en">' in client.get("/privacy/").content.decode()


@pytest.mark.parametrize("typed", ["Villé", "ville", "67220"])
def test_the_home_commune_is_understood_by_name_or_postcode(client: Client, typed: str) -> None:
    commune = make_commune("Villé", postal_code="67220")
    make_member()
    sign_in(client)

    client.post("/account/", ADA | {"home": typed, "insee": ""})

    person = User.objects.get()
    assert (person.name, person.home_commune) == ("Ada", commune)


@pytest.mark.parametrize(
    ("typed", "insee", "is_said"),
    [("67140", "", True), ("67140", "67021", False), ("Barr", "", False), ("67220", "", False)],
)
def test_a_commune_taken_for_a_shared_postcode_is_named(
    client: Client, typed: str, insee: str, is_said: bool
) -> None:
    make_commune("Barr", "67021", population=7000, postal_code="67140")
    make_commune("Andlau", "67010", population=1700, postal_code="67140")
    make_commune("Villé", "67507", postal_code="67220")
    make_member()
    sign_in(client)

    answer = client.post("/account/", ADA | {"home": typed, "insee": insee}, follow=True)

    said = "Nous avons retenu Barr, l’une des communes du 67140." in answer.content.decode()
    assert said is is_said


def test_the_commune_picked_among_namesakes_is_the_one_kept(client: Client) -> None:
    make_commune("Saint-Martin", population=9000)
    small = make_commune("Saint-Martin", "67426", population=300, postal_code="67220")
    make_member()
    sign_in(client)

    client.post("/account/", ADA | {"home": "Saint-Martin", "insee": "67426"})

    assert User.objects.get().home_commune == small


@pytest.mark.parametrize("typed", ["Villé", "67220 VILLE CEDEX", "Ville, France"])
def test_the_home_commune_that_is_written_beats_the_one_picked_before(
    client: Client, typed: str
) -> None:
    before = make_commune("Barr", "67021", postal_code="67140")
    commune = make_commune("Villé", "67507", postal_code="67220")
    person = make_member()
    User.objects.filter(pk=person.pk).update(home_commune=before)
    sign_in(client)

    client.post("/account/", ADA | {"home": typed, "insee": "67021"})

    assert User.objects.get().home_commune == commune


def test_the_home_commune_of_a_namesake_stays_when_only_the_name_changes(client: Client) -> None:
    make_commune("Saint-Martin", population=9000)
    small = make_commune("Saint-Martin", "67426", population=300)
    person = make_member()
    User.objects.filter(pk=person.pk).update(home_commune=small)
    sign_in(client)
    form = client.get("/account/").context["form"]

    client.post("/account/", {"name": "A"} | {n: form[n].value() for n in KEPT})

    kept = User.objects.get()
    assert (kept.name, kept.home_commune) == ("A", small)


@pytest.mark.parametrize("insee", ["'; drop", "x" * 6])
def test_a_tampered_code_is_refused(client: Client, insee: str) -> None:
    make_commune("Villé")
    make_member()
    sign_in(client)

    page = client.post("/account/", ADA | {"home": "Villé", "insee": insee})

    assert page.status_code == 422
    assert User.objects.get().home_commune is None


def test_an_unknown_commune_is_refused_and_nothing_typed_is_lost(client: Client) -> None:
    make_commune("Villé")
    make_member()
    sign_in(client)

    page = client.post("/account/", ADA | {"home": "Atlantis", "insee": "99999"})

    assert 'value="Atlantis"' in page.content.decode()
    assert 'class="error-summary"' in page.content.decode()
    assert User.objects.get().name == "Ada Weber"


def test_the_home_commune_can_be_erased(client: Client) -> None:
    person = make_member()
    User.objects.filter(pk=person.pk).update(home_commune=make_commune())
    sign_in(client)

    client.post("/account/", ADA | {"home": "", "insee": "67507"})

    assert User.objects.get().home_commune is None


@pytest.mark.parametrize("status", ["public_agent", "student", ""])
def test_how_one_works_is_said_and_erased_on_the_account_page(client: Client, status: str) -> None:
    User.objects.filter(pk=make_member().pk).update(status="job_seeker")
    sign_in(client)

    client.post("/account/", ADA | {"home": "", "status": status})

    assert User.objects.get().status == status


def test_a_status_that_does_not_exist_is_refused(client: Client) -> None:
    make_member()
    sign_in(client)

    page = client.post("/account/", ADA | {"home": "", "status": "king"})

    assert 'class="error-summary"' in page.content.decode()
    assert User.objects.get().status == ""


def test_the_account_page_says_what_the_status_is_for_and_shows_the_present_one(
    client: Client,
) -> None:
    User.objects.filter(pk=make_member().pk).update(status="student")
    sign_in(client)

    page = client.get("/account/").content.decode()

    assert "Pour des statistiques anonymes seulement." in page
    assert '<option value="student" selected>' in page
    assert (
        "Situation professionnelle, si vous l’indiquez" in client.get("/privacy/").content.decode()
    )


def test_nobody_is_asked_how_they_work_when_they_sign_up(client: Client) -> None:
    assert 'name="status"' not in client.get("/account/signup/").content.decode()


def test_nobody_changes_more_of_themselves_than_the_page_offers(client: Client) -> None:
    make_member()
    sign_in(client)

    client.post(
        "/account/",
        ADA | {"home": "", "is_staff": "1", "email": "x@x.example"},
    )

    person = User.objects.get()
    assert (person.is_staff, person.email) == (False, "ada@maillage.example")


def test_details_sent_from_another_site_are_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member())

    assert client.post("/account/", {"name": "Eve"}).status_code == 403
    assert User.objects.get().name == "Ada Weber"


def test_organisations_and_roles_are_listed(client: Client) -> None:
    person = make_member()
    Membership.objects.create(
        person=person,
        organisation=make_operator("Vallée & <Bruche>"),
        role=Membership.Role.MANAGER,
    )
    sign_in(client)

    page = client.get("/account/").content.decode()

    assert "Vallée &amp; &lt;Bruche&gt;" in page


def test_the_account_page_costs_the_same_with_ten_organisations(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    person = make_member()
    for _number in range(10):
        Membership.objects.create(person=person, organisation=make_operator())
    sign_in(client)
    client.get("/account/")

    with django_assert_max_num_queries(9):
        client.get("/account/")
