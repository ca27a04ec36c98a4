"""What a seller corrected of a pass is on the statements of both: half-days, why, no money."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from billing.models import Pass
from billing.passes.correcting import Correction, correct_pass
from billing.statements.months import Month
from billing.statements.paper import paper, told
from billing.statements.parties import Party, of_operator, of_payer, of_person
from billing.statements.reading import months_of, statement
from network.models import User
from tests.billing.bought import bought, selling_site
from tests.billing.passes.test_pass_pages import page
from tests.billing.statements.told import NOVEMBER, table_of
from tests.billing.tariffs import make_grid
from tests.factories import NOW, at, make_manager, make_user, reads_english
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORE, LESS = Correction(2, "Panne du réseau"), Correction(-3, "Erreur de caisse")


@pytest.fixture
def ada(client: Client) -> User:
    person = reads_english(make_user(name="Ada"))
    client.force_login(person)
    return person


@pytest.fixture
def ten(ada: User) -> Pass:
    """Sell a pass in October, and correct it twice in November."""
    grid = make_grid(from_day=date(2026, 1, 1))
    site, then = selling_site("La Fabrique"), at(date(2026, 10, 30), "12:00")
    ten = bought(ada, grid=grid, site=site, now=then, name="Carnet de dix")
    manager = make_manager(site)
    for correction in (MORE, LESS):
        correct_pass(sold=ten, correction=correction, by=manager, now=NOW, key=uuid4())
    return ten


def on_paper(party: Party) -> list[list[str]]:
    """Return the rows of corrections on paper, in English."""
    with translation.override("en"):
        rows = told(statement(party, NOVEMBER))["corrections"]["rows"]
        assert paper(statement(party, NOVEMBER)).startswith(b"%PDF")
    return [[plain(text) for text in row] for row in rows]


@pytest.mark.usefixtures("ten")
def test_its_holder_reads_half_days_and_reason_on_paper(ada: User) -> None:
    assert on_paper(of_person(ada)) == [
        ["23 November 2026", "Correction of “Carnet de dix”: Panne du réseau", "+2"],
        ["23 November 2026", "Correction of “Carnet de dix”: Erreur de caisse", "−3"],
    ]


def test_its_seller_reads_whose_pass_it_is(ten: Pass) -> None:
    what = "Correction of “Carnet de dix”: Panne du réseau"

    assert on_paper(of_operator(ten.operator))[0] == ["23 November 2026", what, "Ada", "+2"]
    assert on_paper(of_payer(ten.operator)) == []
    assert on_paper(of_operator(selling_site().operator)) == []
    assert on_paper(of_person(make_user())) == []


def test_in_the_table_it_stands_between_the_lines_without_amounts(ada: User, ten: Pass) -> None:
    heads, first, second = table_of(of_person(ada))
    of_seller = table_of(of_operator(ten.operator))

    words = first[1]
    assert "Panne du réseau" in words
    assert first == [
        "2026-11-23",
        words,
        str(ten.pk),
        "",
        ten.operator.name,
        "",
        "2",
        *[""] * 5,
    ] + [first[-1]]
    assert second[6] == "-3"
    assert {len(row) for row in (heads, first, second)} == {13}
    assert {len(row) for row in of_seller} == {14}
    assert of_seller[1][3] == "Ada"


@pytest.mark.usefixtures("ten")
def test_the_page_tells_it_and_no_sum_changes(client: Client) -> None:
    told = page(client, "/account/statements/2026-11/")

    row = "23 November 2026 Correction of “Carnet de dix”: Panne du réseau +2"
    assert f"Corrections of passes, without money Date What for Half-days {row}" in told
    assert "This month, VAT included €0.00" in told


def test_a_month_of_corrections_alone_has_a_statement(ada: User, ten: Pass) -> None:
    months = [NOVEMBER, Month(date(2026, 10, 1))]

    assert months_of(of_person(ada)) == months_of(of_operator(ten.operator)) == months
    assert statement(of_person(ada), months[1]).corrections == []
