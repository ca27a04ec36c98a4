"""A site's own price is held against every grid whose days it meets."""

from datetime import date

import pytest

from billing.grids.bands import margins
from billing.grids.conformity import Finding, Held, Reign, judged
from billing.grids.reviewing import reviewed
from billing.prices.cheapest import Price
from billing.prices.durations import Duration
from sites.models import Site
from tests.billing.tariffs import band, local_price, make_grid
from tests.factories import MONDAY, TUESDAY, make_site

KEY = ("rural", "desk", "half_day", "standard")
NEW_YEAR = date(2027, 1, 1)
MARGINS = margins(Price(800, 500), 10, 25)
NOW, NEXT = Reign(1, MONDAY, NEW_YEAR, {KEY: MARGINS}), Reign(2, NEW_YEAR, None, {})


@pytest.mark.parametrize(
    ("price", "off_by"),
    [
        (Price(720, 450), 0),
        (Price(1000, 625), 0),
        (Price(719, 450), -1),
        (Price(1010, 625), 10),
        (Price(720, 400), -50),
        (Price(1010, 700), 75),
    ],
)
def test_the_farther_of_both_prices_tells_by_how_much(price: Price, off_by: int) -> None:
    found = Finding(price, MARGINS)

    assert (found.off_by, found.conforms) == (off_by, off_by == 0)


def test_a_price_meets_only_the_grids_of_its_days() -> None:
    until_new_year = Held(KEY, Price(800, 500), MONDAY, NEW_YEAR)
    from_new_year = Held(KEY, Price(800, 500), NEW_YEAR, None)

    assert judged(until_new_year, NOW) == Finding(Price(800, 500), MARGINS)
    assert judged(until_new_year, NEXT) is None
    assert judged(from_new_year, NOW) is None


def test_a_grid_without_the_price_does_not_allow_it() -> None:
    found = judged(Held(KEY, Price(800, 500), MONDAY, None), NEXT)

    assert found is not None
    assert not found.conforms


@pytest.mark.django_db
def test_what_is_outside_the_next_grid_is_told_first() -> None:
    band(make_grid(), 10, 25)
    band(make_grid({Duration.HALF_DAY: 1000, Duration.DAY: 1400}, from_day=NEW_YEAR), 10, 25)
    site = make_site()
    local_price(site, Duration.DAY, 1400)
    local_price(site, Duration.HALF_DAY, 750)

    found = reviewed(Site.objects.all(), TUESDAY)

    told = [(one.row.duration, one.conforms) for one in found]
    assert told == [("half_day", False), ("day", True)]
    ((first, following),) = found[0].later
    assert (first, following and following.off_by) == (NEW_YEAR, -150)


@pytest.mark.django_db
def test_every_grid_to_come_holds_a_price_and_the_first_day_outside_is_told() -> None:
    band(make_grid(), 10, 25)
    band(make_grid({Duration.HALF_DAY: 800}, from_day=NEW_YEAR), 10, 25)
    band(make_grid({Duration.HALF_DAY: 400}, from_day=date(2027, 7, 1)), 10, 24)
    local_price(make_site(), Duration.HALF_DAY, 900)

    (one,) = reviewed(Site.objects.all(), TUESDAY)

    assert [found and found.conforms for _first, found in one.later] == [True, False]
    assert one.outside_from == date(2027, 7, 1)
    charged = one.later[1][1]
    assert charged is not None
    assert charged.charged == Price(496, 496)


@pytest.mark.django_db
def test_a_price_that_is_withdrawn_or_followed_is_judged_by_its_own_days() -> None:
    band(make_grid(), 10, 25)
    make_grid({}, from_day=NEW_YEAR)
    site = make_site()
    local_price(site, Duration.DAY, 1400)
    local_price(site, Duration.DAY, 1400, starts_on=TUESDAY, is_withdrawn=True)
    local_price(site, Duration.HALF_DAY, 750)
    local_price(site, Duration.HALF_DAY, 760, starts_on=TUESDAY)

    found = reviewed(Site.objects.all(), TUESDAY)

    assert [one.row.price_cents for one in found] == [760]
