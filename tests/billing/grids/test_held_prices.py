"""What is charged lies within the band in force, whatever was asked under an earlier grid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charging.quotes import Use, quote
from billing.grids.bands import margins
from billing.grids.reviewing import held_by
from billing.grids.site_prices import offers
from billing.grids.tables import GridTable, SitePrices, Tariffs, tariffs_in_force
from billing.models import TariffGrid
from billing.prices.cheapest import Price
from billing.prices.durations import Duration
from billing.prices.groups import Group
from sites.intervals import Interval
from sites.models import Site, Space
from tests.billing.tariffs import band, local_price, make_draft, make_grid, subsidy
from tests.factories import MONDAY, NOW, TUESDAY, make_site, make_space

KEY = ("desk", "half_day", "standard")
WARE = ("rural", *KEY)
LATER = MONDAY + timedelta(days=30)
CENTS = st.integers(0, 50_000)
PRICES = st.tuples(CENTS, CENTS).map(lambda two: Price(max(two), min(two)))


@pytest.mark.engineless
@given(grids=PRICES, own=PRICES, below=st.integers(0, 100), above=st.integers(0, 300))
def test_what_is_charged_lies_within_the_band_and_is_what_the_site_asks_if_that_does(
    grids: Price, own: Price, below: int, above: int
) -> None:
    within = margins(grids, below, above)
    table = GridTable(1, {WARE: grids}, {WARE: within}, {})
    tariffs = Tariffs(table, {7: "rural"}, SitePrices({(7, *KEY): own}, {}))

    charged = tariffs.full(7, KEY)

    assert charged is not None
    assert within.peak.allow(charged.peak)
    assert within.calm.allow(charged.off_peak)
    assert charged.off_peak <= charged.peak
    if within.peak.allow(own.peak):
        assert charged.peak == own.peak
    if within.calm.allow(own.off_peak):
        assert charged.off_peak == own.off_peak


def narrowed(cents: int, starts_on: date = MONDAY) -> Site:
    """Return a site that asks so many cents, in the band that a later grid narrows to 5 %."""
    site = make_space(make_site()).site
    band(make_grid(), 20, 20)
    band(make_grid(from_day=LATER), 5, 5)
    local_price(site, Duration.HALF_DAY, cents, starts_on=starts_on)
    return site


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "charged"), [(900, 840), (700, 760), (830, 830)])
def test_a_grid_that_narrows_the_band_holds_own_prices_from_its_first_day_on(
    asked: int, charged: int
) -> None:
    site = narrowed(asked)

    def half_day(day: date) -> Price | None:
        tariffs = tariffs_in_force([site], day)
        return tariffs.full(site.pk, KEY) if tariffs else None

    assert half_day(LATER - timedelta(days=1)) == Price(asked, asked)
    assert half_day(LATER) == Price(charged, charged)


@pytest.mark.django_db
def test_a_quote_is_held_by_the_grid_of_the_day_on_which_it_is_asked() -> None:
    site = narrowed(900)
    morning = Interval(NOW.replace(hour=8), NOW.replace(hour=12))
    use = Use(site, Space.Kind.DESK, (morning,))

    assert quote(use, (), NOW).total_cents == 900
    assert quote(use, (), NOW + timedelta(days=30)).total_cents == 840


@pytest.mark.django_db
def test_a_funder_pays_the_rest_of_the_price_that_is_held_not_of_the_one_asked() -> None:
    site = narrowed(900)
    subsidy(site, Duration.HALF_DAY, 500)
    tariffs = tariffs_in_force([site], LATER)

    assert tariffs is not None
    rate = tariffs.rate(site.pk, Space.Kind.DESK, Duration.HALF_DAY, Group.STANDARD)
    assert rate is not None
    assert (rate.price.peak, rate.full.peak) == (500, 840)


@pytest.mark.django_db
def test_who_runs_the_site_reads_what_is_charged_beside_what_is_asked() -> None:
    site = narrowed(900)
    grid = TariffGrid.objects.in_force(LATER)
    assert grid is not None

    (half_day,) = [
        one
        for one in offers(site, grid, Group.STANDARD, LATER)
        if one.duration == Duration.HALF_DAY
    ]

    assert half_day.full == Price(840, 840)
    assert half_day.outside is not None
    assert half_day.outside.off_by == 60


@pytest.mark.django_db
def test_a_draft_tells_which_own_prices_it_would_hold() -> None:
    site = narrowed(900)
    draft = make_draft(from_day=LATER + timedelta(days=30))
    band(draft, 10, 10)
    local_price(site, Duration.DAY, 1500)
    local_price(site, Duration.WEEK, 6000, starts_on=TUESDAY)
    local_price(site, Duration.WEEK, 0, starts_on=LATER, is_withdrawn=True)

    assert [(one.row.duration, one.now and one.now.charged) for one in held_by(draft)] == [
        (Duration.HALF_DAY, Price(880, 880))
    ]
