"""What a booking owes when it is made, changed and cancelled."""

from datetime import timedelta

import pytest

from billing.models import Charge, VatRegime
from billing.prices.durations import Duration
from billing.prices.vat import Regime
from tests.billing.charging.turns import Customer, all_adds_up, told, use
from tests.billing.tariffs import local_price, make_grid, off_peak, price, subsidy
from tests.factories import MONDAY, NOW, TUESDAY, at, interval, make_organisation, make_site

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
MORNING = interval(FRIDAY, "08:00", "13:00")
AFTERNOON = interval(FRIDAY, "13:00", "18:00")
EVENING = interval(FRIDAY, "18:00", "20:00")
LATE = at(FRIDAY, "07:00")


def test_a_morning_leaves_one_line_that_says_all_of_it() -> None:
    grid, site = make_grid(), make_site()
    VatRegime.objects.create(
        operator=site.operator, starts_on=MONDAY, regime=Regime.FRANCHISE, rate=0
    )
    somebody = Customer()

    somebody.book("A", use(site, MORNING))

    line = Charge.objects.get()
    assert (line.kind, line.amount_cents, line.quantity) == ("use", 800, 100)
    assert (line.site, line.operator, line.person) == (site, site.operator, somebody.person)
    assert (line.starts_at, line.ends_at) == (MORNING.starts_at, MORNING.ends_at)
    assert (line.vat_regime, line.vat_rate, line.grid) == ("franchise", 0, grid)
    assert line.free_until == at(FRIDAY - timedelta(days=1), "08:00")
    assert line.late_percent == 50
    assert somebody.owed() == 800


def test_without_a_price_nothing_is_owed() -> None:
    somebody = Customer()

    somebody.book("A", use(make_site(), MORNING))

    assert told("A") == []


def test_what_is_free_leaves_a_line_of_nothing() -> None:
    make_grid({Duration.HOUR: 0})
    somebody = Customer()

    somebody.book("A", use(make_site(), MORNING))

    assert told("A") == [("use", 0)]
    assert somebody.owed() == 0


def test_two_halves_of_a_day_cost_a_day() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))

    somebody.book("B", use(site, AFTERNOON))

    assert told("B") == [("use", 800), ("adjustment", -200)]
    assert somebody.owes() == somebody.owed() == 1400


@pytest.mark.parametrize("cancelled", ["A", "B"])
def test_of_two_halves_the_one_that_stays_costs_a_half(cancelled: str) -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))
    somebody.book("B", use(site, AFTERNOON), NOW + timedelta(minutes=1))

    somebody.cancel(cancelled)

    assert somebody.owes(cancelled) == 0
    assert somebody.owes() == somebody.owed() == 800
    assert all_adds_up()


def test_another_person_another_day_and_another_site_save_nothing() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))

    Customer().book("B", use(site, AFTERNOON))
    somebody.book("C", use(site, interval(TUESDAY, "13:00", "18:00")))
    somebody.book("D", use(make_site(), AFTERNOON))

    assert [told(name) for name in "BCD"] == [[("use", 800)]] * 3


def test_two_places_save_beside_one_what_one_saves() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))

    somebody.book("B", use(site, AFTERNOON, units=2))

    assert somebody.owes("B") == 1600 - 200


def test_what_is_lengthened_is_priced_as_a_whole() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))

    somebody.change("A", use(site, MORNING, AFTERNOON))

    assert told("A") == [("use", 800), ("given_back", -800), ("use", 1400)]
    assert somebody.owed() == 1400


def test_days_that_stay_keep_their_line() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    monday = interval(MONDAY + timedelta(days=7), "08:00", "13:00")
    somebody.book("A", use(site, MORNING, monday))

    somebody.change("A", use(site, AFTERNOON, monday))

    assert told("A") == [("use", 800), ("use", 800), ("given_back", -800), ("use", 800)]
    assert Charge.objects.get(corrects__isnull=False).starts_at == MORNING.starts_at


def test_what_is_added_later_costs_the_price_of_the_day_of_the_booking() -> None:
    make_grid()
    make_grid({Duration.HALF_DAY: 900, Duration.DAY: 1700}, from_day=TUESDAY)
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))

    somebody.change("A", use(site, MORNING, AFTERNOON), NOW + timedelta(days=1))

    assert somebody.owes() == 1400


def test_moved_to_calm_hours_and_back_it_costs_what_it_did() -> None:
    grid = make_grid({})
    price(grid, Duration.HOUR, 300, off_peak_cents=200)
    off_peak(grid, FRIDAY.weekday(), "18:00", "00:00")
    site, somebody = make_site(), Customer()
    peak = use(site, interval(FRIDAY, "14:00", "16:00"))
    somebody.book("A", peak)

    somebody.change("A", use(site, EVENING))
    calm = somebody.owed()
    somebody.change("A", peak)

    assert (calm, somebody.owed()) == (400, 600)
    assert all_adds_up()


def test_moved_to_a_site_of_another_operator_each_has_its_own() -> None:
    make_grid()
    here, there = make_site(), make_site()
    local_price(there, Duration.HALF_DAY, 700)
    somebody = Customer()
    somebody.book("A", use(here, MORNING))

    somebody.change("A", use(there, MORNING))

    totals = {
        site: sum(line.amount_cents for line in Charge.objects.filter(operator=site.operator))
        for site in (here, there)
    }
    assert totals == {here: 0, there: 700}
    assert all_adds_up()


def test_a_funder_owes_what_the_subsidy_leaves() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    funder = make_organisation("CC", "collectivity")
    subsidy(site, Duration.HALF_DAY, 300, funder)

    somebody.book("A", use(site, MORNING))

    assert somebody.owes() == 300
    line = Charge.objects.of_organisation(funder).get()
    assert (line.amount_cents, line.person) == (500, None)
    assert all_adds_up()


def test_a_day_that_somebody_pays_for_in_place_of_two_halves_is_theirs() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    funder = make_organisation("CC", "collectivity")
    subsidy(site, Duration.DAY, 900, funder)
    somebody.book("A", use(site, MORNING))
    somebody.book("B", use(site, AFTERNOON))
    both = (
        somebody.owes(),
        sum(Charge.objects.of_organisation(funder).values_list("amount_cents", flat=True)),
    )

    somebody.cancel("A")

    assert both == (900, 500)
    assert somebody.owes() == 800
    assert sum(line.amount_cents for line in Charge.objects.of_organisation(funder)) == 0
    assert all_adds_up()
