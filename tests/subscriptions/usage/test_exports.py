"""What an employer takes out of it: a month line by line, and everything when it leaves."""

import csv
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from network.models import Organisation, User
from sites.models import Space
from subscriptions.models import Employee
from subscriptions.months.closing import close_over
from subscriptions.taking.seats import seat_newcomer
from tests.billing.pages.reading import signed_in
from tests.factories import NOW
from tests.subscriptions.taken import taken, version
from tests.subscriptions.usage.used import DAYS, employee, gives_up, morning, whole_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
HEADS = [
    *("Day", "Person", "Team", "Site", "Kind of space", "Cost centre"),
    *("Used", "Half-days of credits", "Cost"),
]
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA = '=HYPERLINK("http://evil.example")'


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def month_file(client: Client, employer: Organisation, form: str, month: str = "2026-11") -> Any:
    return client.get(f"/employer/{employer.pk}/usage/{month}/usage.{form}")


def month_rows(client: Client, employer: Organisation) -> list[list[str]]:
    return rows(month_file(client, employer, "csv").content.decode())


def everything(client: Client, employer: Organisation) -> dict[str, list[list[str]]]:
    answer = client.get(f"/employer/{employer.pk}/usage/everything.zip")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        return {name: rows(packed.read(name).decode()) for name in packed.namelist()}


def test_a_month_is_given_line_by_line(
    client: Client, adira: Organisation, ada: Employee, ruche: Space
) -> None:
    morning(ada, ruche, DAYS[1])
    whole_day(employee(adira, "Bob"), ruche, DAYS[0])

    assert month_rows(client, adira) == [
        HEADS,
        ["2026-11-24", "Bob", "", "La Ruche", "Desk", "", "Yes", "0", "14.00"],
        ["2026-11-25", "Ada", "Ventes", "La Ruche", "Desk", "V-1", "Yes", "0", "8.00"],
    ]


def test_what_is_cancelled_in_time_is_no_line(
    client: Client, adira: Organisation, ada: Employee, ruche: Space
) -> None:
    gives_up(ada, morning(ada, ruche, DAYS[3]))

    assert month_rows(client, adira) == [HEADS]


def test_a_name_that_begins_as_a_formula_stays_text(
    client: Client, adira: Organisation, ada: Employee, ruche: Space
) -> None:
    assert ada.person is not None
    User.objects.filter(pk=ada.person.pk).update(name=FORMULA)
    morning(ada, ruche, DAYS[0])

    assert month_rows(client, adira)[1][1] == f"'{FORMULA}"
    with zipfile.ZipFile(BytesIO(month_file(client, adira, "xlsx").content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # ours
    assert list(sheet.iter(f"{CELL}f")) == []
    assert FORMULA in [one.text for one in sheet.iter(f"{CELL}t")]


def test_in_a_workbook_days_and_amounts_are_numbers(
    client: Client, adira: Organisation, ada: Employee, ruche: Space
) -> None:
    morning(ada, ruche, DAYS[0])

    answer = month_file(client, adira, "xlsx")

    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # ours
    numbers = [one.text for one in sheet.iter(f"{CELL}v")]
    assert answer["Content-Disposition"] == 'attachment; filename="usage-2026-11.xlsx"'
    assert numbers == ["46350", "0", "8"]


def test_who_leaves_takes_everything_along(
    client: Client, adira: Organisation, ada: Employee, ruche: Space, boss: User
) -> None:
    plan = version(plan={"holders": "organisations"}, name="Team", half_days=None, costs={})
    taken(plan, boss, organisation=adira, seats=2)
    seat_newcomer(employee=ada, now=NOW)
    booking = morning(ada, ruche, DAYS[0])
    close_over(NOW + timedelta(days=10))

    found = everything(client, adira)

    assert sorted(found) == [
        "bookings.csv",
        "people.csv",
        "seats.csv",
        "subscriptions.csv",
        "teams.csv",
        "usage.csv",
    ]
    assert ada.person is not None
    assert found["people.csv"][1] == ["Ada", ada.person.email, "Ventes", "V-1", "2026-11-23", ""]
    assert found["teams.csv"][1] == ["Ventes", "", "", "", "", "", ""]
    assert found["seats.csv"][1] == ["Team", "1", "Ada", "2026-11-23", ""]
    reference = booking.reference
    assert found["bookings.csv"][1] == [reference, "Ada", "Ventes", "V-1", "2026-11-23"]
    assert found["usage.csv"][1][:3] == ["2026-11", "2026-11-24", "Ada"]
    assert found["subscriptions.csv"][1][0] == "2026-11"


def test_all_months_are_in_it(
    client: Client, adira: Organisation, ada: Employee, ruche: Space
) -> None:
    morning(ada, ruche, DAYS[0])
    morning(ada, ruche, DAYS[0] + timedelta(days=70))

    assert [row[0] for row in everything(client, adira)["usage.csv"]] == [
        "Month",
        "2026-11",
        "2027-02",
    ]


def test_an_employer_with_nothing_gets_the_heads_alone(client: Client, adira: Organisation) -> None:
    assert all(len(table) == 1 for table in everything(client, adira).values())


@pytest.mark.parametrize("address", ["2026-11/usage.pdf", "2026-13/usage.csv", "x/usage.xlsx"])
def test_other_forms_and_months_are_not_found(
    client: Client, adira: Organisation, address: str
) -> None:
    assert client.get(f"/employer/{adira.pk}/usage/{address}").status_code == 404


def test_nobody_else_gets_them(client: Client, adira: Organisation, ada: Employee) -> None:
    assert ada.person is not None
    signed_in(client, ada.person)

    for path in ("2026-11/usage.csv", "2026-11/usage.xlsx", "everything.zip"):
        assert client.get(f"/employer/{adira.pk}/usage/{path}").status_code == 404
