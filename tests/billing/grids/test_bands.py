"""A site's own price stays near the grid's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.grids.bands import Bounds, bounds

pytestmark = pytest.mark.engineless


def test_a_band_lies_around_the_price() -> None:
    assert bounds(800, 10, 25) == Bounds(720, 1000)


def test_without_a_band_there_is_one_price() -> None:
    assert bounds(800, 0, 0) == Bounds(800, 800)


def test_both_bounds_are_allowed_and_nothing_beyond_them() -> None:
    within = bounds(800, 10, 25)

    assert [within.allow(cents) for cents in (719, 720, 1000, 1001)] == [False, True, True, False]


@given(cents=st.integers(0, 100_000), below=st.integers(0, 100), above=st.integers(0, 1000))
def test_the_grid_itself_is_always_allowed_and_no_price_is_negative(
    cents: int, below: int, above: int
) -> None:
    within = bounds(cents, below, above)

    assert within.allow(cents)
    assert within.least >= 0
