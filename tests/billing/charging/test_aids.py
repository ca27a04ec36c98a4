"""What funders pay of a price: never more than it would cost without them, nothing on a tie."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charging.quotes import Use, least, lowest, quoted
from billing.grids.tables import Rate, Tariff
from billing.models import Charge, GroupMembership
from billing.prices.cheapest import Price
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.models import Organisation
from sites.models import Site, Space
from tests.billing.charging.turns import Customer, all_adds_up, use
from tests.billing.tariffs import USUAL, make_grid, price, subsidy
from tests.factories import MONDAY, NOW, interval, make_organisation, make_site

FRIDAY = MONDAY + timedelta(days=4)
WEEK = [MONDAY + timedelta(days=7 + number) for number in range(5)]
FUNDERS = (None, 1, 2)


def paid_by(funder: Organisation) -> int:
    return sum(one.amount_cents for one in Charge.objects.of_organisation(funder))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("duration", "aided", "hours", "without"),
    [
        (Duration.WEEK, 100, ("09:00", "10:00"), 300),
        (Duration.DAY, 100, ("09:00", "10:00"), 300),
        (Duration.HALF_DAY, 100, ("08:00", "18:00"), 1400),
        (Duration.HOUR, 10, ("08:00", "18:00"), 1400),
        (Duration.DAY, 1000, ("08:00", "18:00"), 1400),
    ],
)
def test_person_and_funder_pay_what_it_costs_without_a_funder(
    duration: Duration, aided: int, hours: tuple[str, str], without: int
) -> None:
    make_grid()
    site, funder, somebody = make_site(), make_organisation(), Customer()
    subsidy(site, duration, aided, funder)

    somebody.book("A", use(site, interval(FRIDAY, *hours)))

    assert somebody.owes() < without
    assert somebody.owes() + paid_by(funder) == without
    assert all_adds_up()


@pytest.mark.django_db
def test_five_days_at_an_aided_hour_cost_all_together_what_the_week_does() -> None:
    make_grid()
    site, funder, somebody = make_site(), make_organisation(), Customer()
    subsidy(site, Duration.HOUR, 10, funder)

    for number, day in enumerate(WEEK):
        time = interval(day, "08:00", "18:00")
        somebody.book(f"{number}", use(site, time), NOW + timedelta(minutes=number))

    assert somebody.owes() == 5 * 100
    assert somebody.owes() + paid_by(funder) == 5000
    somebody.cancel("4")
    assert somebody.owes() == 4 * 100
    assert somebody.owes() + paid_by(funder) == 5000
    assert all_adds_up()


@pytest.mark.django_db
@pytest.mark.parametrize(("aided", "funded"), [(200, 200), (400, 0), (500, 0)])
def test_who_pays_less_anyway_is_helped_from_there_on(aided: int, funded: int) -> None:
    grid, site, funder, somebody = make_grid(), make_site(), make_organisation(), Customer()
    subsidy(site, Duration.HALF_DAY, aided, funder)
    for duration, cents in USUAL.items():
        price(grid, duration, cents // 2, group=Group.STUDENT)
    until = FRIDAY + timedelta(days=30)
    told = {"person": somebody.person, "group": Group.STUDENT, "granted_at": NOW}
    GroupMembership.objects.create(ends_on=until, **told)

    morning = use(site, interval(FRIDAY, "08:00", "13:00"))
    somebody.book("A", morning, NOW + timedelta(minutes=1))

    assert somebody.owes() == 400 - funded
    assert paid_by(funder) == funded
    assert Charge.objects.get(person=somebody.person).full_price_cents == 400


def rates(full: list[int], aided: list[int], funders: list[int | None]) -> dict[Duration, Rate]:
    """Return rates of every duration, some of them aided by a funder."""
    found = {}
    for duration, cents, less, funder in zip(Duration, full, aided, funders, strict=True):
        paid = min(cents, less) if funder else cents
        is_aided = paid < cents
        whole = Price(cents, cents)
        rate = Rate(Price(paid, paid), whole, funder, funder) if is_aided else Rate(whole, whole)
        found[duration] = rate
    return found


CENTS = st.lists(st.integers(0, 2000), min_size=5, max_size=5)
RATES = st.builds(rates, CENTS, CENTS, st.lists(st.sampled_from(FUNDERS), min_size=5, max_size=5))


@given(
    every=st.lists(RATES, min_size=1, max_size=3),
    days=st.lists(st.sampled_from(WEEK), min_size=1, max_size=4, unique=True),
    hours=st.tuples(st.integers(8, 12), st.integers(13, 18)),
    units=st.integers(1, 3),
)
def test_whatever_is_aided_nobody_pays_too_much(
    every: list[dict[Duration, Rate]],
    days: list[date],
    hours: tuple[int, int],
    units: int,
) -> None:
    tariffs = [Tariff(1, group, one, ()) for group, one in zip(Group, every, strict=False)]
    first, last = (f"{hour:02}:00" for hour in hours)
    times = (interval(day, first, last) for day in sorted(days))
    wanted = Use(Site(time_zone="Europe/Paris"), Space.Kind.DESK, tuple(times), units)

    found = lowest(wanted, tariffs)

    without = least(quoted(wanted, one.unaided) for one in tariffs)
    assert found.total_cents == min(quoted(wanted, one).total_cents for one in tariffs)
    assert found.full_cents <= max(without.total_cents, found.total_cents)
    assert found.is_aided == (found.total_cents < without.total_cents)
    assert all(line.aid_cents >= 0 for line in found.lines)
    assert sum(found.by_payer.values()) == found.full_cents
