"""Prices that look like slips are found before anybody votes on them."""

import pytest

from billing.grids.oddities import oddities
from billing.grids.tables import Ware
from billing.prices.cheapest import Price
from billing.prices.durations import Duration
from tests.billing.tariffs import USUAL

pytestmark = pytest.mark.engineless


def desks(cents: dict[str, int], group: str = "standard") -> dict[Ware, Price]:
    return {("rural", "desk", Duration(one), group): Price(n, n) for one, n in cents.items()}


def told(prices: dict[Ware, Price]) -> list[tuple[str, int, str, int, int]]:
    return [
        (one.named.duration, one.cents, one.than.duration, one.times, one.other_cents)
        for one in oddities(prices)
    ]


def test_the_usual_grid_has_none() -> None:
    assert told(desks({one.value: cents for one, cents in USUAL.items()})) == []


@pytest.mark.parametrize(
    ("cents", "found"),
    [
        ({"hour": 900, "half_day": 800}, ("hour", 900, "half_day", 1, 800)),
        ({"half_day": 1500, "day": 1400}, ("half_day", 1500, "day", 1, 1400)),
        ({"day": 1400, "week": 1300}, ("day", 1400, "week", 1, 1300)),
        ({"day": 1400, "week": 7001}, ("week", 7001, "day", 5, 1400)),
        ({"week": 5000, "month": 4999}, ("week", 5000, "month", 1, 4999)),
        ({"hour": 900, "day": 800}, ("hour", 900, "day", 1, 800)),
        ({"hour": 300, "day": 0}, ("hour", 300, "day", 1, 0)),
    ],
)
def test_a_longer_use_that_costs_less_is_odd(
    cents: dict[str, int], found: tuple[str, int, str, int, int]
) -> None:
    assert told(desks(cents)) == [found]


@pytest.mark.parametrize(
    "cents", [{"hour": 800, "half_day": 800}, {"day": 1400, "week": 7000}, {"hour": 900}]
)
def test_as_much_is_not_odd_nor_is_a_price_alone(cents: dict[str, int]) -> None:
    assert told(desks(cents)) == []


def test_prices_off_peak_are_compared_with_each_other() -> None:
    hour, half_day = (("rural", "desk", one, "standard") for one in ("hour", "half_day"))

    assert told({hour: Price(300, 300), half_day: Price(800, 200)}) == [
        ("hour", 300, "half_day", 1, 200)
    ]


def test_a_group_that_pays_more_than_everybody_is_odd() -> None:
    (found,) = oddities(desks({"day": 1400}) | desks({"day": 1500}, "student"))

    assert (found.named.group, found.than.group, found.cents) == ("student", "standard", 1500)


def test_a_group_pays_the_standard_price_where_it_has_none() -> None:
    (found,) = oddities(desks({"half_day": 800, "day": 1400}) | desks({"day": 700}, "student"))

    assert (found.named.group, found.named.duration) == ("standard", "half_day")
    assert (found.than.group, found.than.duration, found.other_cents) == ("student", "day", 700)


def test_what_is_odd_of_everybody_is_not_said_again_of_each_group() -> None:
    prices = desks({"hour": 900, "half_day": 800, "month": 9000}) | desks(
        {"month": 8000}, "student"
    )

    assert len(oddities(prices)) == 1
