"""Somebody makes their organisation an employer, of a SIRET that nobody else has."""

from typing import Any

import pytest
from django.test import Client

from network.models import Capacity, Membership, Organisation, User
from subscriptions.employers.registering import Registration, register_employer
from subscriptions.errors import EmployerRefused
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import make_organisation, make_user
from tests.subscriptions.employers import make_employer, runs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SIRET = "73282932000074"
NEW = "/employers/new/"
TYPED = {"name": "Boulangerie Weber", "siret": "732 829 320 00074", "legal_form": ""}
Role = Membership.Role


@pytest.fixture
def ada() -> User:
    return make_user(name="Ada Weber")


@pytest.fixture
def reader(client: Client, ada: User) -> Client:
    return signed_in(client, ada)


def register(reader: Client, **fields: Any) -> Any:
    return reader.post(NEW, TYPED | fields)


def kinds(organisation: Organisation) -> list[str]:
    return [str(one) for one in organisation.kinds()]


def test_who_registers_an_employer_administers_it(reader: Client, ada: User) -> None:
    answer = register(reader, legal_form="sarl")

    employer = Organisation.objects.get(siret=SIRET)
    assert answer["Location"] == f"/employer/{employer.pk}/"
    assert (employer.name, employer.legal_form) == ("Boulangerie Weber", "sarl")
    assert kinds(employer) == ["employer"]
    assert employer.memberships.get().person == ada
    assert employer.memberships.get().role == Role.ADMINISTRATOR
    assert "Boulangerie Weber is registered" in page(reader, f"/employer/{employer.pk}/")


def test_one_goes_on_to_where_one_wanted_to(reader: Client) -> None:
    form = reader.get(NEW, {"next": "/plans/"}).content.decode()

    assert '<input type="hidden" name="next" value="/plans/">' in form
    assert register(reader, next="/plans/")["Location"] == "/plans/"


def test_no_other_site_is_gone_on_to(reader: Client) -> None:
    answer = register(reader, next="https://elsewhere.example/")

    assert answer["Location"].startswith("/employer/")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("siret", "732 829 320 00075", "This is not a SIRET: check its 14 digits."),
        ("siret", "abc", "This is not a SIRET: check its 14 digits."),
        ("siret", "", "An answer is missing here"),
        ("name", " \u200b ", "An answer is missing here"),
        ("legal_form", "kingdom", "not in the list: choose from it"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    reader: Client, field: str, typed: str, words: str
) -> None:
    answer = register(reader, **{field: typed})

    assert answer.status_code == 409
    assert words in words_of(answer)
    assert not Organisation.objects.exists()


def test_sent_twice_it_is_one_employer(reader: Client) -> None:
    first, second = register(reader), register(reader)

    assert first["Location"] == second["Location"]
    assert (Organisation.objects.count(), Membership.objects.count()) == (1, 1)
    assert Capacity.objects.count() == 1


def test_an_operator_that_one_administers_is_an_employer_too(reader: Client, ada: User) -> None:
    operator = make_organisation("Commune de Villé", "operator", siret=SIRET)
    runs(ada, operator)

    register(reader)

    assert kinds(operator) == ["operator", "employer"]
    operator.refresh_from_db()
    assert operator.name == "Commune de Villé"


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.MANAGER])
def test_an_organisation_of_others_is_refused_and_who_runs_it_is_not_told(
    reader: Client, ada: User, role: Role | None
) -> None:
    operator = make_organisation("Commune de Villé", "collectivity", siret=SIRET)
    runs(make_user("mayor@ville.example", name="Le Maire"), operator)
    if role:
        runs(ada, operator, role)

    answer = register(reader)

    assert answer.status_code == 409
    told = words_of(answer)
    assert "is in the network already. Ask its administrators to let you in" in told
    assert "mayor" not in told
    assert "Le Maire" not in told
    assert kinds(operator) == ["collectivity"]


def test_who_manages_an_employer_already_finds_it_again(ada: User) -> None:
    employer = make_employer(siret=SIRET)
    runs(ada, employer, Role.MANAGER)

    assert register_employer(said=Registration("Weber", SIRET), by=ada) == employer


def test_an_employer_of_others_is_refused(ada: User) -> None:
    make_employer(siret=SIRET)

    with pytest.raises(EmployerRefused):
        register_employer(said=Registration("Weber", SIRET), by=ada)


def test_a_stranger_signs_in_first(client: Client) -> None:
    answer = client.get(NEW)

    assert answer["Location"] == "/account/login/?next=/employers/new/"


def test_who_runs_one_employer_comes_straight_to_it(reader: Client, ada: User) -> None:
    assert "You run no employer" in page(reader, "/employer/")
    employer = make_employer(ada)

    assert reader.get("/employer/")["Location"] == f"/employer/{employer.pk}/"


def test_who_runs_several_chooses(reader: Client, ada: User) -> None:
    make_employer(ada, "Boulangerie")
    make_employer(ada, "Pâtisserie")
    make_employer(name="Menuiserie")

    told = page(reader, "/employer/")

    assert "Boulangerie Pâtisserie" in told
    assert "Menuiserie" not in told


def test_the_menu_leads_to_the_employer_who_runs_one(reader: Client, ada: User) -> None:
    link = 'href="/employer/"'
    assert link not in reader.get("/account/").content.decode()
    runs(ada, make_employer(), Role.MANAGER)

    assert link in reader.get("/account/").content.decode()


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_who_does_not_run_an_employer_learns_nothing_of_it(
    reader: Client, ada: User, role: Role | None
) -> None:
    employer = make_employer()
    if role:
        runs(ada, employer, role)

    for rest in ("", "people/", "invite/", "invite/list/"):
        assert reader.get(f"/employer/{employer.pk}/{rest}").status_code == 404


def test_the_home_counts_people_and_invitations(reader: Client, ada: User) -> None:
    employer = make_employer(ada)

    told = page(reader, f"/employer/{employer.pk}/")

    assert "0 book on your account 0 invited Invite people See the people" in told
    assert "Never hours, never which desk." in told
