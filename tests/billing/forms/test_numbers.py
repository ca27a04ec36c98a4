"""Whole numbers and per cent are digits within bounds; what is wrong is told with both bounds."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from billing.forms.numbers import PerCentField, WholeField


@pytest.mark.parametrize(("typed", "number"), [("0", 0), (" 10 ", 10), ("200", 200)])
def test_a_whole_number_within_its_bounds_is_read(typed: str, number: int) -> None:
    assert WholeField(least=0, most=200).clean(typed) == number


@pytest.mark.parametrize(
    "typed", ["-1", "201", "32767", "1_0", "1 0", "5.0", "٣", "1e2", "many", "9" * 20]
)
def test_any_other_whole_number_is_refused_with_its_bounds(typed: str) -> None:
    words = "Write a whole number from 0 to 200."

    with translation.override("en"), pytest.raises(ValidationError, match=words):
        WholeField(least=0, most=200).clean(typed)


@pytest.mark.parametrize(
    ("typed", "number"), [("2,5", "2.5"), ("2.5", "2.5"), ("-3", "-3"), ("−0,5", "-0.5")]
)
def test_per_cent_are_read_with_a_decimal_below_zero_too(typed: str, number: str) -> None:
    assert PerCentField(least=-90, most=200).clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["-91", "200.1", "2.55", "2 5", "1_0", "5%", "much", "NaN"])
def test_any_other_per_cent_is_refused_with_its_bounds(typed: str) -> None:
    words = "Write per cent from -90 to 200, with one decimal at most."

    with translation.override("en"), pytest.raises(ValidationError, match=words):
        PerCentField(least=-90, most=200).clean(typed)


def test_empty_numbers_are_none() -> None:
    assert WholeField(least=0, most=1, required=False).clean("") is None
    assert PerCentField(least=0, most=1, required=False).clean("") is None
