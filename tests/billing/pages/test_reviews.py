"""Own prices beside the grids and prices beside each other: pages and files."""

import csv
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from billing.exports import harmless
from billing.prices.durations import Duration
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import band, local_price, make_grid
from tests.factories import holder, make_manager, make_site, make_space, make_user
from tests.words import plain

pytestmark = pytest.mark.usefixtures("frozen")
CONFORMITY, DISPERSION = "/manage/conformity/", "/manage/dispersion/"
PAGES = (CONFORMITY, DISPERSION, "/manage/conformity.csv", "/manage/dispersion.csv")


@pytest.fixture
def adopter(client: Client) -> Client:
    return signed_in(client, holder("adopt_tariffgrid"))


def rows_of(answer: Any) -> list[list[str]]:
    """Return the rows of a file."""
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    return [[plain(cell) for cell in row] for row in csv.reader(lines, delimiter=";")]


@pytest.mark.django_db
def test_the_team_sees_how_far_each_price_lies_outside(adopter: Client) -> None:
    band(make_grid(), 10, 25)
    site = make_site("La Fabrique")
    local_price(site, Duration.DAY, 1000)
    local_price(site, Duration.HALF_DAY, 800)

    told = words_of(adopter.get(CONFORMITY))

    assert "1 price of 2 lies outside its band." in told
    assert "La Fabrique Desk, Day 23 November 2026 €10.00 €2.60 below the band €12.60" in told
    assert "Desk, Half-day 23 November 2026 €8.00 within the band €8.00" in told


@pytest.mark.django_db
def test_each_grid_says_for_itself_which_prices_lie_outside(adopter: Client) -> None:
    band(make_grid(), 10, 25)
    band(make_grid({Duration.DAY: 1400, Duration.HALF_DAY: 900}, from_day=date(2027, 1, 1)), 0, 0)
    site = make_site("La Fabrique")
    local_price(site, Duration.DAY, 1400)
    local_price(site, Duration.HALF_DAY, 800)

    told = words_of(adopter.get(CONFORMITY))

    assert "Grid in force Grid 1 All prices lie within their bands." in told
    outside = "1 price of 2 lies outside its band."
    assert f"Grid from 1 January 2027 Grid 2 {outside}" in told
    half_day = "Desk, Half-day 23 November 2026 €8.00 within the band €8.00"
    assert f"{half_day} €1.00 below the band €9.00" in told
    (head, *rows) = rows_of(adopter.get("/manage/conformity.csv"))
    beside = next(row for row in rows if row[7] == "half_day")
    then = head.index("Verdict, grid from 1 January 2027")
    assert head.index("Verdict, grid in force") == then - 10
    assert beside[then:] == [
        *("below the band", "below", "9.00", "9.00", "9.00", "9.00", "-1.00", "-11.1"),
        *("9.00", "9.00"),
    ]


@pytest.mark.django_db
def test_an_operator_sees_its_own_sites_only(client: Client) -> None:
    make_grid()
    mine, other = make_site("Mine"), make_site("Other")
    for site in (mine, other):
        local_price(site, Duration.DAY, 1400)

    told = words_of(signed_in(client, make_manager(mine)).get(CONFORMITY))

    assert "Mine" in told
    assert "Other" not in told


@pytest.mark.django_db
def test_the_file_says_the_same_in_numbers_days_and_codes(adopter: Client) -> None:
    band(make_grid(), 10, 25)
    site = make_site("=SUM(A1)", slug="summe")
    local_price(site, Duration.DAY, 1000)
    make_grid({Duration.HALF_DAY: 800}, from_day=date(2027, 1, 1))

    head, row = rows_of(adopter.get("/manage/conformity.csv"))

    told = dict(zip(head, row, strict=True))
    assert row[:10] == [
        *("'=SUM(A1)", "summe", "Rural telecentre", "rural", "Desk", "desk"),
        *("Day", "day", "Standard", "standard"),
    ]
    assert row[10:13] == ["2026-11-23", "10.00", "10.00"]
    assert told["Verdict, grid in force"] == "below the band"
    assert told["Verdict (code), grid in force"] == "below"
    assert told["At least, grid in force"] == "12.60"
    assert told["At most, grid in force"] == "17.50"
    assert told["Outside by, grid in force"] == "-2.60"
    assert told["Outside by (%), grid in force"] == "-20.6"
    assert told["Charged, grid in force"] == "12.60"
    assert told["Verdict (code), grid from 1 January 2027"] == "no_price"
    assert told["Charged, grid from 1 January 2027"] == ""


@pytest.mark.django_db
def test_a_price_that_a_grid_never_meets_leaves_its_cells_empty(adopter: Client) -> None:
    band(make_grid(), 10, 25)
    band(make_grid(from_day=date(2027, 1, 1)), 10, 25)
    local_price(make_site(), Duration.DAY, 1400, starts_on=date(2027, 2, 1))

    head, row = rows_of(adopter.get("/manage/conformity.csv"))

    told = dict(zip(head, row, strict=True))
    assert told["Verdict (code), grid in force"] == ""
    assert told["Verdict (code), grid from 1 January 2027"] == "within"


@pytest.mark.django_db
def test_the_files_write_numbers_as_the_reader_does(client: Client) -> None:
    band(make_grid(), 10, 25)
    local_price(make_space(make_site()).site, Duration.DAY, 1000)
    client.force_login(holder("adopt_tariffgrid"))

    told = client.get("/manage/conformity.csv", headers={"Accept-Language": "fr"}).content.decode()

    assert ";10,00;10,00;" in told
    assert ";-2,60;-20,6;12,60;12,60" in told


@pytest.mark.django_db
def test_prices_are_compared_by_territory_and_equal_ones_are_told(adopter: Client) -> None:
    make_grid()
    for _number in range(2):
        make_space(make_site())

    told = words_of(adopter.get(DISPERSION, {"kind": "desk", "duration": "day"}))

    assert "The whole network Network 2 €14.00 €14.00 €14.00 same price everywhere" in told
    assert "Bas-Rhin Département 2" in told
    assert "CC de la Vallée de Villé EPCI 2" in told
    assert "No site sells this" in words_of(adopter.get(DISPERSION, {"kind": "office"}))
    assert "Half-day" in words_of(adopter.get(DISPERSION, {"kind": "boat", "duration": "x"}))


@pytest.mark.django_db
def test_the_file_of_the_dispersion_has_every_kind_and_duration(adopter: Client) -> None:
    make_grid()
    make_space(make_site())

    rows = rows_of(adopter.get("/manage/dispersion.csv"))

    assert len(rows) == 1 + 5 * 3
    assert rows[1] == [
        *("Desk", "desk", "Hour", "hour", "The whole network", "", "Network", "network", "1"),
        *("3.00", "3.00", "3.00", "0.00", "0.0"),
    ]
    assert rows[2][4:8] == ["Bas-Rhin", "67", "Département", "departement"]
    assert rows[3][4:8] == ["CC de la Vallée de Villé", "246700744", "EPCI", "epci"]


@pytest.mark.django_db
def test_the_file_tells_the_gap_in_euros_and_in_per_cent(adopter: Client) -> None:
    make_grid()
    make_space(make_site())
    local_price(make_space(make_site()).site, Duration.DAY, 1750)

    rows = rows_of(adopter.get("/manage/dispersion.csv"))

    day = next(row for row in rows if row[3] == "day")
    assert day[8:] == ["2", "14.00", "15.75", "17.50", "3.50", "25.0"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_strangers_see_neither(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
    assert signed_in(client, make_user()).get(address).status_code == 403
    assert signed_in(client, make_manager(make_site())).get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "queries"), [(CONFORMITY, 10), (DISPERSION, 9)])
def test_as_many_queries_however_many_sites(
    adopter: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    queries: int,
) -> None:
    band(make_grid(), 10, 25)
    for _number in range(5):
        local_price(make_space(make_site()).site, Duration.DAY, 1400)
    adopter.get(address)

    with django_assert_num_queries(queries):
        adopter.get(address)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("@cmd", "'@cmd"),
        ("-2,50", "-2,50"),
        ("-A1", "'-A1"),
        ("\n=1+1", "'\n=1+1"),
        ("＝1+1", "'＝1+1"),
        ("Villé", "Villé"),
    ],
)
def test_no_cell_is_a_formula(told: str, kept: str) -> None:
    assert harmless(told) == kept
