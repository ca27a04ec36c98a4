"""Amounts are typed in euros, as people write them, and refused with the reason."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from billing.forms.amounts import EurosField
from tests.words import plain


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("8,50", 850),
        ("8.5", 850),
        ("8", 800),
        ("0", 0),
        ("007", 700),
        (" 1 234,05 € ", 123405),
        ("€12.50", 1250),
        ("8,50 EUR", 850),
        ("999999.99", 99999999),
        ("1 234,50", 123450),
        ("1\u202f234\u00a0€", 123400),
        ("€ 12.50", 1250),
    ],
)
def test_an_amount_is_read_as_it_is_written(typed: str, cents: int) -> None:
    assert EurosField().clean(typed) == cents


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("-3", "not below zero"),
        ("−3,20", "not below zero"),
        ("eight", "such as 8.50"),
        ("8 CHF", "Prices are in euros"),
        ("$8", "Prices are in euros"),
        ("8,505", "two decimals at most"),
        ("5 40", "only separates thousands"),
        ("12 34,50", "only separates thousands"),
        ("1234 567", "only separates thousands"),
        ("5, 40", "only separates thousands"),
        ("- 3", "not below zero"),
        ("1000000", "too high"),
        ("8,,5", "such as 8.50"),
        ("8e3", "Prices are in euros"),
        ("٣", "such as 8.50"),
    ],
)
def test_anything_else_is_refused_with_the_reason(typed: str, why: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match=why):
        EurosField().clean(typed)


def test_cents_are_shown_as_the_reader_writes_them_and_what_was_typed_stays() -> None:
    with translation.override("fr"):
        shown = EurosField().prepare_value(850)

    assert plain(shown) == "8,50"
    assert EurosField().prepare_value("8 CHF") == "8 CHF"


def test_an_empty_amount_is_none() -> None:
    assert EurosField(required=False).clean("") is None
