"""What is tax in a price that is told with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.prices.vat import WHOLE, divided, net_cents, shared_nets, tax_cents


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


@given(amounts=st.lists(st.integers(-(10**6), 10**6)), rate=st.integers(0, 10_000))
def test_net_prices_add_up_to_that_of_the_sum_and_none_is_a_cent_off(
    amounts: list[int], rate: int
) -> None:
    nets = shared_nets(amounts, rate)

    assert sum(nets) == net_cents(sum(amounts), rate)
    for net, gross in zip(nets, amounts, strict=True):
        assert abs(net * (WHOLE + rate) - gross * WHOLE) < WHOLE + rate


def test_of_ten_half_days_at_eight_euros_the_tax_is_that_of_eighty() -> None:
    assert shared_nets([800] * 10, 2000) == [667] * 7 + [666] * 3
    assert shared_nets([800, 0, -800], 2000) == [667, 0, -667]
    assert shared_nets([], 2000) == []
