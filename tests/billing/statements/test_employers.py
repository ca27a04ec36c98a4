"""An employer reads whose each day was, where and for how much: never the hours.

What its people book for themselves it does not read at all.
"""

import json
import re

import pytest
from django.test import Client

from billing.prices.durations import Duration
from billing.statements.paper import paper, told
from billing.statements.parties import of_operator, of_payer, of_person
from billing.statements.reading import months_of, owed_now, statement
from network.models import Membership, Organisation, User
from tests.billing.bought import selling_site
from tests.billing.charging.turns import Customer, use
from tests.billing.passes.test_pass_pages import page
from tests.billing.statements.told import NOVEMBER, lines_of, table_of
from tests.billing.tariffs import make_grid, off_peak, price, subsidy
from tests.factories import (
    TUESDAY,
    at,
    interval,
    make_operator,
    make_organisation,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORNING, HOURS = interval(TUESDAY, "08:00", "13:00"), interval(TUESDAY, "14:00", "15:30")
LATE = at(TUESDAY, "07:00")
#: A time of day, in English or in French.
CLOCK = re.compile(r"\d ?(?::|h ?)\d\d|\d h\b")


@pytest.fixture
def employer() -> Organisation:
    return make_organisation("Scierie du Ried", "employer")


@pytest.fixture
def ada(employer: Organisation) -> Customer:
    return Customer(make_user(name="Ada Lovelace"), payer=employer.pk)


def runs(organisation: Organisation, role: Membership.Role = Membership.Role.MANAGER) -> User:
    """Make somebody who runs an organisation, or has another role there."""
    person = make_user(language="en")
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


def test_each_line_says_whose_day_it_was_where_and_how_much(
    employer: Organisation, ada: Customer
) -> None:
    make_grid()

    ada.book("A", use(selling_site("La Fabrique"), MORNING))

    assert lines_of(of_payer(employer)) == [
        ["Desk, 24 November 2026", "Ada Lovelace", "La Fabrique", "1 × €8.00 a half-day", "€8.00"]
    ]


def test_hours_are_neither_told_nor_counted(employer: Organisation, ada: Customer) -> None:
    grid = make_grid({Duration.HALF_DAY: 800})
    price(grid, Duration.HOUR, 300, off_peak_cents=200)
    off_peak(grid, TUESDAY.weekday(), "15:00", "00:00")
    site = selling_site()
    ada.book("A", use(site, HOURS))
    ada.book("B", use(site, MORNING))
    ada.cancel("B", LATE)

    paper_words = json.dumps(told(statement(of_payer(employer), NOVEMBER)), ensure_ascii=False)
    rows = table_of(of_payer(employer))

    assert "Ada Lovelace" in paper_words
    assert not CLOCK.search(paper_words)
    assert not any(CLOCK.search(cell) for row in rows for cell in row)
    assert "off peak" not in paper_words
    assert ["–", "€3.00"] in [row[3:] for row in lines_of(of_payer(employer))]
    assert ["", ""] in [row[7:9] for row in rows[1:]]


def test_hours_of_its_people_are_not_told_by_what_it_subsidises_either() -> None:
    make_grid()
    town, site = make_organisation("Villé", "collectivity", "employer"), selling_site()
    subsidy(site, Duration.HALF_DAY, 500, town)

    Customer(make_user(name="Ada"), payer=town.pk).book("A", use(site, MORNING))

    rows = [row[:2] for row in lines_of(of_payer(town))]
    assert rows == [
        ["Desk, 24 November 2026 – user’s share", "Ada"],
        ["Desk, 24 November 2026 – share paid by Villé", ""],
    ]


def test_an_employer_no_longer_is_told_no_hours_of_before(
    employer: Organisation, ada: Customer
) -> None:
    make_grid()
    ada.book("A", use(selling_site(), MORNING))
    employer.capacities.all().delete()

    assert lines_of(of_payer(employer))[0][0] == "Desk, 24 November 2026"


def test_what_its_people_book_for_themselves_it_does_not_read(
    employer: Organisation, ada: Customer
) -> None:
    make_grid()

    Customer(ada.person).book("A", use(selling_site(), MORNING))

    assert lines_of(of_payer(employer)) == []
    assert lines_of(of_person(ada.person))[0][0] == "Desk, 24 November 2026, 8:00 – 13:00"


def test_nothing_of_it_is_on_the_person_s_own_statement(ada: Customer) -> None:
    make_grid()

    ada.book("A", use(selling_site(), MORNING))

    assert months_of(of_person(ada.person)) == []
    assert owed_now(of_person(ada.person)) == 0


def test_operator_by_operator_it_adds_up_to_what_the_ledger_moved(
    employer: Organisation, ada: Customer
) -> None:
    make_grid()
    sites = [selling_site(operator=make_operator(name)) for name in ("Nord", "Sud")]
    ada.book("A", use(sites[0], MORNING))
    ada.book("B", use(sites[1], HOURS))
    ada.cancel("A", LATE)

    found = statement(of_payer(employer), NOVEMBER)

    assert {one.operator: one.gross_cents for one in found.taxes} == {"Nord": 400, "Sud": 450}
    assert found.total_cents == found.moved_cents == owed_now(of_payer(employer)) == 850


def test_the_operator_reads_who_pays(employer: Organisation, ada: Customer) -> None:
    make_grid()
    site = selling_site()

    ada.book("A", use(site, MORNING))

    row = lines_of(of_operator(site.operator))[0]
    assert row[:2] == ["Desk, 24 November 2026, 8:00 – 13:00", "Scierie du Ried"]


def test_of_a_person_who_was_erased_lines_and_sums_stay(
    employer: Organisation, ada: Customer
) -> None:
    make_grid()
    ada.book("A", use(selling_site(), MORNING))

    ada.person.delete()

    found = statement(of_payer(employer), NOVEMBER)
    assert found.total_cents == found.moved_cents == 800
    assert lines_of(of_payer(employer))[0][1] == "Account closed"


def test_the_table_has_a_column_for_whose_day_it_was(employer: Organisation, ada: Customer) -> None:
    make_grid()

    ada.book("A", use(selling_site(), MORNING))

    assert [row[3] for row in table_of(of_payer(employer))] == ["Personne", "Ada Lovelace"]


def test_who_runs_the_employer_reads_the_page_the_table_and_the_paper(
    client: Client, employer: Organisation, ada: Customer
) -> None:
    make_grid()
    ada.book("A", use(selling_site(), MORNING))
    client.force_login(runs(employer))
    address = f"/manage/statements/{employer.pk}/owed/2026-11/"

    said = page(client, address)

    assert "What for Person Site Quantity and price Amount" in said
    assert "Ada Lovelace" in said
    assert "8:00" not in said
    assert "November 2026" in page(client, "/manage/statements/")
    table = client.get(f"{address}statement.csv").content.decode("utf-8-sig")
    assert "Ada Lovelace" in table
    assert client.get(f"{address}statement.pdf").content.startswith(b"%PDF")
    assert paper(statement(of_payer(employer), NOVEMBER)).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["member", "employee", "other employer", "operator"])
@pytest.mark.parametrize("file", ["", "statement.csv", "statement.pdf"])
def test_nobody_else_reads_it(
    client: Client, employer: Organisation, ada: Customer, name: str, file: str
) -> None:
    make_grid()
    site = selling_site()
    ada.book("A", use(site, MORNING))
    person = {
        "member": lambda: runs(employer, Membership.Role.MEMBER),
        "employee": lambda: ada.person,
        "other employer": lambda: runs(make_organisation("Moulin", "employer")),
        "operator": lambda: runs(site.operator),
    }[name]()
    client.force_login(person)

    answer = client.get(f"/manage/statements/{employer.pk}/owed/2026-11/{file}")

    assert answer.status_code == 404
