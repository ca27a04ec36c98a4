"""A site sets its own prices within the band."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from billing.errors import NoTariff, NotInForceYet, OutsideBand, PriceNotOwn
from billing.grids.setting import (
    Asked,
    set_local_price,
    withdraw_local_price,
    withdraw_planned,
)
from billing.models import GridPrice, LocalPrice
from billing.prices.durations import Duration
from network.models import User
from sites.models import Site, Space
from tests.billing.tariffs import band, local_price, make_grid, price
from tests.factories import MONDAY, NOW, TUESDAY, at, make_manager, make_site, make_user
from tests.waiting import ON_POSTGRESQL, has_to_wait

pytestmark = pytest.mark.django_db
WEDNESDAY, THURSDAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)


@pytest.fixture
def site() -> Site:
    band(make_grid(), below=10, above=25)
    return make_site()


@pytest.fixture
def manager(site: Site) -> User:
    return make_manager(site)


def half_day(site: Site, cents: int, day: date = TUESDAY, **fields: Any) -> Asked:
    return Asked(
        site=site,
        kind=Space.Kind.DESK,
        duration=Duration.HALF_DAY,
        price_cents=cents,
        starts_on=day,
        **fields,
    )


@pytest.mark.parametrize("cents", [720, 800, 1000])
def test_within_the_band_a_site_may_ask_what_it_wants(
    site: Site, manager: User, cents: int
) -> None:
    row = set_local_price(asked=half_day(site, cents), by=manager, now=NOW)

    assert (row.price_cents, row.set_by) == (cents, manager)


@pytest.mark.parametrize("cents", [719, 1001])
def test_beyond_the_band_it_is_refused_with_the_bounds(
    site: Site, manager: User, cents: int
) -> None:
    with pytest.raises(OutsideBand, match=r"€7\.20.*€10\.00|7,20.*10,00") as refused:
        set_local_price(asked=half_day(site, cents), by=manager, now=NOW)

    assert (refused.value.least, refused.value.most) == (720, 1000)
    assert not LocalPrice.objects.exists()


def test_the_price_outside_peak_hours_has_its_own_bounds(site: Site, manager: User) -> None:
    with pytest.raises(OutsideBand):
        set_local_price(asked=half_day(site, 800, off_peak_cents=500), by=manager, now=NOW)


def test_without_one_off_peak_the_price_itself_has_to_lie_within_those_bounds(
    site: Site, manager: User
) -> None:
    GridPrice.objects.filter(duration=Duration.HALF_DAY).update(off_peak_cents=500)

    with pytest.raises(OutsideBand, match=r"€4\.50.*€6\.25|4,50.*6,25") as refused:
        set_local_price(asked=half_day(site, 800), by=manager, now=NOW)
    set_local_price(asked=half_day(site, 800, off_peak_cents=600), by=manager, now=NOW)

    assert refused.value.is_off_peak


def test_without_a_band_there_is_one_price_everywhere() -> None:
    make_grid()
    site = make_site()

    with pytest.raises(OutsideBand):
        set_local_price(asked=half_day(site, 801), by=make_manager(site), now=NOW)


def test_the_band_is_that_of_the_grid_in_force_on_the_day(site: Site, manager: User) -> None:
    next_year = date(2027, 1, 1)
    band(make_grid({Duration.HALF_DAY: 1000}, from_day=next_year), below=0, above=0)

    with pytest.raises(OutsideBand):
        set_local_price(asked=half_day(site, 900, next_year), by=manager, now=NOW)
    set_local_price(asked=half_day(site, 900, next_year - timedelta(days=1)), by=manager, now=NOW)


def test_what_the_grid_does_not_sell_has_no_local_price(site: Site, manager: User) -> None:
    office = Asked(
        site=site,
        kind=Space.Kind.OFFICE,
        duration=Duration.DAY,
        price_cents=1000,
        starts_on=TUESDAY,
    )

    with pytest.raises(NoTariff):
        set_local_price(asked=office, by=manager, now=NOW)


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=1), MONDAY])
def test_a_price_does_not_begin_on_a_day_that_has_begun(
    site: Site, manager: User, day: date
) -> None:
    with pytest.raises(NotInForceYet):
        set_local_price(asked=half_day(site, 800, day), by=manager, now=NOW)
    with pytest.raises(NotInForceYet):
        withdraw_local_price(asked=half_day(site, 0, day), by=manager, now=NOW)


def test_which_day_has_begun_is_told_by_the_clocks_of_the_site() -> None:
    make_grid()
    site, evening = make_site(time_zone="Indian/Reunion"), at(MONDAY, "22:00")

    with pytest.raises(NotInForceYet):
        set_local_price(asked=half_day(site, 800), by=make_manager(site), now=evening)


def test_set_twice_for_one_day_the_last_counts(site: Site, manager: User) -> None:
    set_local_price(asked=half_day(site, 750), by=manager, now=NOW)
    set_local_price(asked=half_day(site, 760), by=manager, now=NOW)

    assert [row.price_cents for row in LocalPrice.objects.all()] == [760]


def told(site: Site) -> list[tuple[date, int, bool]]:
    rows = LocalPrice.objects.of_price(site, *half_day(site, 0).key)
    return [(row.starts_on, row.price_cents, row.is_withdrawn) for row in rows]


def test_a_site_goes_back_to_the_grid(site: Site, manager: User) -> None:
    local_price(site, Duration.HALF_DAY, 750)

    ended = withdraw_local_price(asked=half_day(site, 800), by=manager, now=NOW)

    assert ended == []
    assert told(site) == [(MONDAY, 750, False), (TUESDAY, 800, True)]


def test_going_back_ends_what_was_planned_from_that_day_on(site: Site, manager: User) -> None:
    local_price(site, Duration.HALF_DAY, 750)
    for day, cents in ((WEDNESDAY, 760), (THURSDAY, 770)):
        set_local_price(asked=half_day(site, cents, day), by=manager, now=NOW)
    local_price(site, Duration.HALF_DAY, 500, group="student", starts_on=THURSDAY)
    day_price = local_price(site, Duration.DAY, 1400, starts_on=THURSDAY)

    ended = withdraw_local_price(asked=half_day(site, 800, WEDNESDAY), by=manager, now=NOW)

    assert [row.price_cents for row in ended] == [760, 770]
    assert told(site) == [(MONDAY, 750, False), (WEDNESDAY, 800, True)]
    assert LocalPrice.objects.filter(pk=day_price.pk).exists()
    assert LocalPrice.objects.filter(group="student").exists()


def test_where_all_was_planned_the_grid_s_price_simply_stays(site: Site, manager: User) -> None:
    set_local_price(asked=half_day(site, 760, WEDNESDAY), by=manager, now=NOW)

    withdraw_local_price(asked=half_day(site, 800), by=manager, now=NOW)

    assert told(site) == []


def test_a_site_does_not_go_back_to_what_it_asks_already(site: Site, manager: User) -> None:
    with pytest.raises(PriceNotOwn):
        withdraw_local_price(asked=half_day(site, 800), by=manager, now=NOW)
    local_price(site, Duration.HALF_DAY, 800, is_withdrawn=True)
    with pytest.raises(PriceNotOwn):
        withdraw_local_price(asked=half_day(site, 800), by=manager, now=NOW)


def test_what_is_planned_is_withdrawn_before_it_begins(site: Site, manager: User) -> None:
    local_price(site, Duration.HALF_DAY, 750)
    set_local_price(asked=half_day(site, 760), by=manager, now=NOW)
    withdraw_local_price(asked=half_day(site, 800, WEDNESDAY), by=manager, now=NOW)

    drop(site, WEDNESDAY, manager)
    assert told(site) == [(MONDAY, 750, False), (TUESDAY, 760, False)]
    drop(site, TUESDAY, manager)
    assert told(site) == [(MONDAY, 750, False)]
    with pytest.raises(PriceNotOwn):
        drop(site, TUESDAY, manager)
    with pytest.raises(NotInForceYet):
        drop(site, MONDAY, manager)


def test_a_return_to_the_grid_goes_with_the_only_price_before_it(site: Site, manager: User) -> None:
    set_local_price(asked=half_day(site, 760), by=manager, now=NOW)
    withdraw_local_price(asked=half_day(site, 800, WEDNESDAY), by=manager, now=NOW)

    drop(site, TUESDAY, manager)

    assert told(site) == []


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_who_sets_or_withdraws_a_price_meanwhile_waits(site: Site, manager: User) -> None:
    for day in (TUESDAY, THURSDAY):
        set_local_price(asked=half_day(site, 760, day), by=manager, now=NOW)
    later = half_day(site, 770, WEDNESDAY)

    with transaction.atomic():
        withdraw_local_price(asked=half_day(site, 800), by=manager, now=NOW)

        assert has_to_wait(lambda: set_local_price(asked=later, by=manager, now=NOW))
        assert has_to_wait(lambda: withdraw_local_price(asked=later, by=manager, now=NOW))
        assert has_to_wait(lambda: drop(site, THURSDAY, manager))


def drop(site: Site, day: date, by: User) -> None:
    withdraw_planned(site=site, key=half_day(site, 0).key, day=day, by=by, now=NOW)


def test_only_who_runs_the_site_sets_its_prices(site: Site) -> None:
    neighbour = make_manager(make_site())

    for stranger in (make_user(), neighbour):
        with pytest.raises(PermissionDenied):
            set_local_price(asked=half_day(site, 800), by=stranger, now=NOW)
        with pytest.raises(PermissionDenied):
            withdraw_local_price(asked=half_day(site, 800), by=stranger, now=NOW)
        with pytest.raises(PermissionDenied):
            drop(site, TUESDAY, stranger)


def test_each_group_has_its_band(site: Site, manager: User) -> None:
    grid = make_grid(from_day=TUESDAY)
    band(grid, below=50, above=0)
    price(grid, Duration.HALF_DAY, 400, group="student")

    row = set_local_price(asked=half_day(site, 200, group="student"), by=manager, now=NOW)

    assert row.group == "student"
