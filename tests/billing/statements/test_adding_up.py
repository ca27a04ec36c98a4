"""Every column of a statement adds up: on the page, on paper and as a table, to the cent."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import typst
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from billing.models import Account, Charge
from billing.statements.paper import TEMPLATE, told
from billing.statements.parties import Party
from billing.statements.reading import Statement
from billing.statements.sheets import sheet
from billing.views.statements import LINES_A_PAGE
from network.models import Organisation, User
from tests.billing.statements.told import NOVEMBER, rows_of
from tests.factories import NOW
from tests.words import plain

#: Of each issuer its regime and its rate.
RATES = (("taxable", 2000), ("taxable", 550), ("franchise", 0))
NO_NAME_FOLDS = "W" * 120
charged = st.tuples(st.integers(-20_000, 20_000), st.sampled_from(range(len(RATES))))


def made_of(amounts: list[tuple[int, int]], name: str = "La Ruche") -> Statement:
    """Return an operator's statement of lines of so many cents, by whose regime, of some days."""
    lines = [
        Charge(
            pk=number,
            operator=Organisation(pk=issuer, name=name),
            person=User(name=name),
            kind=Charge.Kind.ADJUSTMENT,
            words=name,
            quantity=0,
            unit_price_cents=0,
            amount_cents=cents,
            vat_regime=RATES[issuer][0],
            vat_rate=RATES[issuer][1],
            made_at=NOW + timedelta(hours=number),
        )
        for number, (cents, issuer) in enumerate(amounts)
    ]
    party = Party(name, Charge.objects.none(), Account.objects.none(), is_operator=True)
    return Statement(party, NOVEMBER, lines, 0, sum(cents for cents, _issuer in amounts))


def cents(words: str) -> int:
    """Return the cents of "−€1,234.50" or "-1234,50"."""
    return int("".join(one for one in words.replace("−", "-") if one.isdigit() or one == "-"))


def pages(statement: Statement) -> Iterator[list[str]]:
    """Yield the rows of all pages of a statement."""
    for first in range(0, len(statement.lines), LINES_A_PAGE):
        some = sheet(statement, statement.lines[first : first + LINES_A_PAGE])
        yield from (row for day in some["lines"]["groups"] for row in day["rows"])


@given(amounts=st.lists(charged, max_size=2 * LINES_A_PAGE))
def test_lines_days_and_taxes_come_to_the_same_wherever_they_are_read(
    amounts: list[tuple[int, int]],
) -> None:
    statement = made_of(amounts)
    with translation.override("en"):
        paper, on_pages = told(statement), list(pages(statement))
    _heads, *rows = rows_of(statement)

    total = statement.total_cents
    of_days = [day["rows"] for day in paper["lines"]["groups"]]
    assert [row for day in of_days for row in day] == on_pages
    assert sum(cents(row[-1]) for row in on_pages) == total
    assert all(
        cents(day["sum"]) == sum(cents(row[-1]) for row in day["rows"])
        for day in paper["lines"]["groups"]
        if day["sum"]
    )
    sums = [sum(cents(row[column]) for row in rows) for column in (-4, -3, -2)]
    issuers = {issuer for _cents, issuer in amounts}
    last = [cents(word) for word in paper["taxes"]["rows"][-1][2:]] if issuers else [0, 0, 0]
    assert sums == last
    assert sums[0] + sums[1] == sums[2] == total
    first = [row[2:] for row in paper["taxes"]["rows"][: len(issuers)]]
    assert [sum(cents(row[column]) for row in first) for column in range(3)] == sums


def test_what_a_page_continues_is_said_and_the_day_is_summed_where_it_begins() -> None:
    statement = made_of([(100, 0), (250, 0)])

    with translation.override("en"):
        (day,) = sheet(statement, statement.lines[:1])["lines"]["groups"]
        (rest,) = sheet(statement, statement.lines[1:])["lines"]["groups"]

    assert (plain(day["text"]), day["sum"]) == ("23 November 2026", "€3.50")
    assert (plain(rest["text"]), rest["sum"]) == ("23 November 2026 (continued)", "")


def drawn(said: dict[str, Any]) -> list[bytes]:
    """Return the pages of a statement on paper as they are drawn."""
    found = typst.compile(
        str(TEMPLATE),
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(said)},
        format="png",
        ppi=36,
    )
    return found if isinstance(found, list) else [found]


def pages_changed_by(said: dict[str, Any], **fields: Any) -> list[int]:
    """Return which pages of paper are drawn otherwise where the first day says something else."""
    first, *others = said["lines"]["groups"]
    lines = said["lines"] | {"groups": [first | fields, *others]}
    both = zip(drawn(said), drawn(said | {"lines": lines}), strict=True)
    return [number for number, (before, after) in enumerate(both, 1) if before != after]


def test_on_paper_a_day_is_summed_where_it_begins_and_goes_on_under_its_name() -> None:
    statement = made_of([(800, 0)] * 60)
    for line in statement.lines:
        line.made_at = NOW
    with translation.override("en"):
        said = told(statement)

    assert pages_changed_by(said, text="Elsewhere") == [1]
    assert pages_changed_by(said, sum="") == [1]
    assert pages_changed_by(said, continued="Elsewhere") == [2]


def test_on_paper_each_line_of_a_booking_has_its_reference() -> None:
    statement = made_of([(800, 0), (6500, 0)])
    statement.lines[0].subject, statement.lines[1].subject = "ABCD-EFGH", "pass:12"
    with translation.override("en"):
        said = told(statement)

    assert said["lines"]["groups"][0]["references"] == ["ABCD-EFGH", ""]
    assert pages_changed_by(said, references=["IJKL-MNOP", ""]) == [1]


def test_no_name_runs_over_the_margin_of_the_paper() -> None:
    with translation.override("fr"):
        said = told(made_of([(800, 0)] * 40, NO_NAME_FOLDS))

    for one in drawn(said):
        page = Image.open(BytesIO(one)).convert("L").point(lambda light: 255 if light < 200 else 0)
        left, _top, right, _bottom = page.getbbox() or (0, 0, 0, 0)
        #: Of 210 mm, 18 on each side.
        assert page.width * 17 / 210 < left < right < page.width * 193 / 210
