"""Amounts are written as the reader's language writes them."""

import pytest
from django.utils import translation

from network.templatetags.money import money, short_money

pytestmark = pytest.mark.engineless


@pytest.mark.parametrize(
    ("language", "cents", "words"),
    [
        ("fr", 1250, "12,50\N{NO-BREAK SPACE}€"),
        ("de", 1250, "12,50\N{NO-BREAK SPACE}€"),
        ("en", 1250, "€12.50"),
        ("en", 0, "€0.00"),
        ("en", 123456789, "€1,234,567.89"),
        ("de", 123456789, "1.234.567,89\N{NO-BREAK SPACE}€"),
        ("fr", -800, "−8,00\N{NO-BREAK SPACE}€"),
    ],
)
def test_an_amount_reads_as_its_language_writes_it(language: str, cents: int, words: str) -> None:
    with translation.override(language):
        assert money(cents) == words


@pytest.mark.parametrize(
    ("language", "cents", "words"),
    [
        ("fr", 800, "8\N{NO-BREAK SPACE}€"),
        ("de", 1250, "12,50\N{NO-BREAK SPACE}€"),
        ("en", 800, "€8"),
        ("en", 805, "€8.05"),
        ("fr", 123400, "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}€"),
    ],
)
def test_where_room_is_scarce_whole_amounts_have_no_cents(
    language: str, cents: int, words: str
) -> None:
    with translation.override(language):
        assert short_money(cents) == words
