"""A statement says what the ledger moved in a month, to whom it concerns, and to nobody else."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from billing.models import Charge, VatRegime
from billing.statements.months import Month
from billing.statements.paper import paper
from billing.statements.parties import of_operator, of_person
from billing.statements.reading import months_of, statement
from billing.statements.telling import month_words, quantity_words, title
from network.models import User
from tests.billing.bought import bought, selling_site
from tests.billing.charging.turns import Customer, make_pass, use
from tests.billing.passes.test_pass_pages import page
from tests.billing.statements.told import NOVEMBER, lines_of
from tests.billing.tariffs import make_grid
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    interval,
    make_manager,
    make_user,
    reads_english,
)
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORNING, AFTERNOON = interval(TUESDAY, "08:00", "13:00"), interval(TUESDAY, "13:00", "18:00")
LATE = at(TUESDAY, "07:00")
OCTOBER = Month(date(2026, 10, 1))


@pytest.fixture
def ada(client: Client) -> User:
    person = reads_english(make_user(name="Ada"))
    client.force_login(person)
    return person


def buy_in_october(person: User, **fields: Any) -> None:
    grid = make_grid(from_day=date(2026, 1, 1))
    bought(person, grid=grid, now=at(date(2026, 10, 31), "23:59"), **fields)


def test_a_month_s_lines_add_up_to_what_the_ledger_moved() -> None:
    ada = make_user()
    buy_in_october(ada, price_cents=1500)
    bought(ada, price_cents=6500)
    bought(ada, price_cents=1200)
    bought(make_user(), price_cents=9900)

    found = statement(of_person(ada), NOVEMBER)

    assert [line.amount_cents for line in found.lines] == [6500, 1200]
    assert found.total_cents == found.moved_cents == 7700
    assert (found.before_cents, found.after_cents) == (1500, 9200)


def test_a_month_begins_at_midnight_by_the_network_s_clocks() -> None:
    ada = make_user()
    buy_in_october(ada, price_cents=1500)

    assert statement(of_person(ada), OCTOBER).total_cents == 1500
    assert statement(of_person(ada), NOVEMBER).total_cents == 0
    assert months_of(of_person(ada)) == [OCTOBER]


def test_an_operator_earns_what_all_its_customers_owe() -> None:
    site = selling_site()
    bought(make_user(), site=site, price_cents=6500)
    bought(make_user(), site=site, price_cents=1500)
    bought(make_user(), site=selling_site(), price_cents=9900)

    found = statement(of_operator(site.operator), NOVEMBER)

    assert found.total_cents == found.moved_cents == found.after_cents == 8000


def test_the_tax_is_told_by_issuer_and_rate_and_adds_up() -> None:
    ada, free = make_user(), selling_site()
    VatRegime.objects.create(operator=free.operator, starts_on=MONDAY, regime="franchise", rate=0)
    bought(ada, site=selling_site(), price_cents=6500)
    bought(ada, site=free, price_cents=1500)

    taxes = statement(of_person(ada), NOVEMBER).taxes

    assert [(one.net_cents, one.tax_cents, one.gross_cents) for one in taxes] == [
        (5417, 1083, 6500),
        (1500, 0, 1500),
    ]


def test_reading_a_statement_is_three_queries(django_assert_num_queries: Any) -> None:
    ada = make_user()
    for _ in range(3):
        bought(ada)

    with django_assert_num_queries(3):
        found = statement(of_person(ada), NOVEMBER)
        assert found.taxes
        assert [line.site.name for line in found.lines if line.site]


def test_one_reads_one_s_own_month(client: Client, ada: User) -> None:
    bought(ada, name="Carnet de dix", price_cents=6500)

    told = page(client, "/account/statements/2026-11/")

    assert "Statement of November 2026" in told
    assert "Carnet de dix" in told
    assert "At the end of the month €65.00" in told
    assert "Without VAT" in told


@pytest.mark.parametrize("month", ["2026-12", "2026-13", "2026-1", "26-11", "november"])
def test_a_month_to_come_or_none_is_not_there(client: Client, ada: User, month: str) -> None:
    assert client.get(f"/account/statements/{month}/").status_code == 404
    assert client.get(f"/account/statements/{month}/statement.pdf").status_code == 404


def test_another_form_is_not_there(client: Client, ada: User) -> None:
    assert client.get("/account/statements/2026-11/statement.exe").status_code == 404


def test_a_table_has_numbers_and_no_formulas(client: Client, ada: User) -> None:
    ada.language = "fr"
    ada.save()
    bought(ada, site=selling_site("=cmd|' /C calc'!A0"), name="+Dix", price_cents=6500)

    answer = client.get("/account/statements/2026-11/statement.csv")

    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith('attachment; filename="releve-2026-11-')
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heads, row = csv.reader(StringIO(text), delimiter=";")
    assert len(heads) == len(row) == 13
    assert row[3] == "'=cmd|' /C calc'!A0"
    assert row[-4:-1] == ["54,17", "10,83", "65,00"]


def how_much(person: User) -> list[tuple[str, str, str]]:
    """Return what for, how many and the amount of each line of this month, in English."""
    return [(row[0], row[-2], row[-1]) for row in lines_of(of_person(person))]


def test_what_is_given_back_and_kept_is_told_with_its_sign() -> None:
    make_grid()
    somebody = Customer()
    somebody.book("A", use(selling_site(), MORNING))
    somebody.cancel("A", LATE)

    assert how_much(somebody.person) == [
        ("Desk, 24 November 2026, 8:00 – 13:00", "1 × €8.00 a half-day", "€8.00"),
        ("Given back: Desk, 24 November 2026, 8:00 – 13:00", "−1 × €8.00 a half-day", "−€8.00"),
        ("Cancelled late: Desk, 24 November 2026, 8:00 – 13:00", "–", "€4.00"),
    ]


def test_of_a_pass_half_days_are_told_and_what_became_of_them() -> None:
    grid, site, somebody = make_grid(), selling_site(), Customer()
    make_pass(somebody.person, grid, 10, NOW + timedelta(days=90), operator=site.operator)
    somebody.book("A", use(site, MORNING, AFTERNOON))
    somebody.cancel("A", LATE)

    covered = "Desk, 24 November 2026, 8:00 – 18:00 – covered by “Ten”"
    assert how_much(somebody.person) == [
        (covered, "2 half-days", "€0.00"),
        (f"Given back: {covered}", "−2 half-days", "€0.00"),
        (f"Cancelled late: {covered}", "1 half-day", "€0.00"),
    ]


def test_what_bookings_of_a_day_save_together_is_a_sum_without_a_quantity(
    client: Client, ada: User
) -> None:
    make_grid()
    site, somebody = selling_site(), Customer(ada)
    somebody.book("A", use(site, MORNING))
    somebody.book("B", use(site, AFTERNOON))
    somebody.cancel("A", NOW + timedelta(minutes=1))

    adjusted = [line for line in how_much(ada) if line[0].startswith("Adjustment")]
    text = client.get("/account/statements/2026-11/statement.csv").content.decode("utf-8-sig")
    rows = {plain(row[1]): row[6:8] for row in csv.reader(StringIO(text), delimiter=";")}

    assert adjusted
    assert {how_many for _what, how_many, _amount in adjusted} == {"–"}
    assert [rows[what] for what, _how_many, _amount in adjusted] == [["", ""]] * len(adjusted)
    assert rows["Given back: Desk, 24 November 2026, 8:00 – 13:00"][0] == "-1"


def test_what_was_adjusted_is_given_back_as_a_sum_that_no_price_makes(
    client: Client, ada: User
) -> None:
    make_grid()
    site, somebody = selling_site(), Customer(ada)
    somebody.book("A", use(site, MORNING))
    somebody.book("B", use(site, AFTERNOON))
    somebody.cancel("B", NOW + timedelta(minutes=1))
    back = "Given back: Desk, 24 November 2026, 13:00 – 18:00"

    text = client.get("/account/statements/2026-11/statement.csv").content.decode("utf-8-sig")
    rows = {plain(row[1]): row[6:8] for row in csv.reader(StringIO(text), delimiter=";")}

    assert (back, "–", "−€6.00") in how_much(ada)
    assert rows[back] == ["", ""]
    assert "– −€6.00" in page(client, "/account/statements/2026-11/")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "1 × 8,00 € la demi‑journée"),
        ("de", "1 × 8,00 € pro halben Tag"),
        ("en", "1 × €8.00 a half-day"),
    ],
)
def test_a_price_is_told_with_what_it_is_the_price_of(language: str, words: str) -> None:
    make_grid()
    somebody = Customer()
    somebody.book("A", use(selling_site(), MORNING))

    with translation.override(language):
        told = quantity_words(Charge.objects.get(), of_person(somebody.person))

    assert plain(told) == words


def test_the_operator_s_managers_read_what_it_earned_and_nobody_else(client: Client) -> None:
    site = selling_site()
    bought(make_user(), site=site, price_cents=6500)
    manager = reads_english(make_manager(site))
    address = f"/manage/statements/{site.operator_id}/earned/2026-11/"

    client.force_login(make_user())
    assert client.get(address).status_code == 404
    assert client.get("/manage/statements/").status_code == 404
    client.force_login(make_manager(selling_site()))
    assert client.get(address).status_code == 404

    client.force_login(manager)
    assert "At the end of the month €65.00" in page(client, address)
    assert "what its sites earned" in page(client, "/manage/statements/")
    assert client.get(address.replace("earned", "owed")).status_code == 200
    assert client.get(address.replace("earned", "anything")).status_code == 404


@pytest.mark.parametrize("number", [4, 8, 10])
def test_no_month_stands_behind_a_word_that_it_would_elide_in_french(number: int) -> None:
    month = Month(date(2026, number, 1))

    with translation.override("fr"):
        told = plain(title(statement(of_person(make_user()), month)))
        assert told == f"Relevé mensuel : {month_words(month)}"


def test_who_is_not_signed_in_is_asked_who_they_are(client: Client) -> None:
    for address in ("/account/statements/2026-11/", "/manage/statements/", "/account/credits/"):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("language", ["fr", "de", "en"])
def test_on_paper_it_is_a_tagged_pdf_in_the_reader_s_language(language: str) -> None:
    ada = make_user(name="Ada #strong[Lovelace] $x$")
    bought(ada, name="Carnet <dix> *demi*-journées", price_cents=6500)

    with translation.override(language):
        pdf = paper(statement(of_person(ada), NOVEMBER))

    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in pdf
    assert f"/Lang({language})".encode() in pdf
    assert b"pdfuaid" in pdf


def test_an_empty_month_is_on_paper_too(client: Client, ada: User) -> None:
    answer = client.get("/account/statements/2026-11/statement.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="statement-2026-11.pdf"'


def test_a_charge_of_long_ago_counts_in_what_stood_before() -> None:
    ada = make_user()
    buy_in_october(ada, price_cents=1500)

    december = statement(of_person(ada), Month(date(2026, 12, 1)))

    assert (december.before_cents, december.lines) == (1500, [])
    assert Charge.objects.count() == 1
    assert december.month > NOVEMBER
    assert NOVEMBER.last == date(2026, 11, 30)
    assert NOVEMBER.interval.covers(december.month.interval) is False
    assert NOVEMBER.interval.ends_at > NOW
