"""What is tax in a price that is told with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.prices.vat import divided, net_cents, tax_cents


@pytest.mark.parametrize(
    ("gross", "rate", "net", "tax"),
    [
        (1200, 2000, 1000, 200),
        (1000, 2000, 833, 167),
        (1000, 0, 1000, 0),
        (-1200, 2000, -1000, -200),
    ],
)
def test_a_price_is_net_and_tax_to_the_cent(gross: int, rate: int, net: int, tax: int) -> None:
    assert (net_cents(gross, rate), tax_cents(gross, rate)) == (net, tax)


@given(gross=st.integers(-(10**9), 10**9), rate=st.integers(0, 10_000))
def test_what_is_given_back_is_the_mirror_of_what_was_charged(gross: int, rate: int) -> None:
    assert net_cents(-gross, rate) == -net_cents(gross, rate)
    assert net_cents(gross, rate) + tax_cents(gross, rate) == gross


def test_halves_are_rounded_away_from_zero() -> None:
    assert [divided(amount, 2) for amount in (3, 1, -1, -3)] == [2, 1, -1, -2]
