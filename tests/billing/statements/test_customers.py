"""An operator's statement says who owes each line, and no more of them than that."""

import pytest
from django.test import Client

from billing.statements.parties import of_operator, of_payer, of_person
from network.models import Organisation
from tests.billing.bought import selling_site
from tests.billing.charged import make_charge
from tests.billing.passes.test_pass_pages import page
from tests.billing.statements.aided import Aided
from tests.billing.statements.told import lines_of, table_of
from tests.factories import make_manager, make_user, reads_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def operator() -> Organisation:
    return selling_site().operator


def customers(operator: Organisation) -> list[str]:
    """Return whose each line is on paper."""
    return [row[1] for row in lines_of(of_operator(operator))]


def test_a_person_owes_their_share_and_the_funder_the_rest() -> None:
    aided = Aided()
    aided.person.name = "Ada Lovelace"
    aided.person.save()

    assert customers(aided.site.operator) == ["Ada Lovelace", "CC de Villé"]
    assert [row[3] for row in table_of(of_operator(aided.site.operator))] == [
        "Client",
        "Ada Lovelace",
        "CC de Villé",
    ]


def test_who_told_no_name_is_known_by_their_address(operator: Organisation) -> None:
    make_charge(make_user("ada@maillage.test", name=""), operator)

    assert customers(operator) == ["ada@maillage.test"]


def test_of_an_account_that_was_deleted_the_line_stays(operator: Organisation) -> None:
    ada = make_user(name="Ada")
    make_charge(ada, operator)
    ada.delete()

    assert customers(operator) == ["Account closed"]


def test_the_page_says_it_to_who_runs_the_site(client: Client) -> None:
    site = selling_site()
    make_charge(make_user(name="Ada Lovelace"), site.operator)
    client.force_login(reads_english(make_manager(site)))

    told = page(client, f"/manage/statements/{site.operator_id}/earned/2026-11/")

    assert "Customer Site Quantity and price Amount" in told
    assert "Ada Lovelace" in told


def test_who_pays_reads_of_nobody_else() -> None:
    aided = Aided()

    assert [len(row) for row in lines_of(of_person(aided.person))] == [4]
    assert [len(row) for row in lines_of(of_payer(aided.funder))] == [4]
    assert "Client" not in table_of(of_payer(aided.funder))[0]


def test_a_table_says_that_it_is_no_invoice_even_without_a_line(operator: Organisation) -> None:
    assert table_of(of_operator(operator))[0][-1] == "Relevé, pas une facture"

    make_charge(make_user(), operator)
    assert table_of(of_operator(operator))[1][-1] == "novembre 2026"
