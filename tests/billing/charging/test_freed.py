"""What somebody else than its person made dearer or stricter is cancelled free until it begins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from billing.charging.quotes import Use
from billing.models import CancellationPolicy, Charge, TariffGrid
from sites.intervals import Interval
from sites.models import Site
from tests.billing.charging.turns import Customer, all_adds_up, left, make_pass, use
from tests.billing.tariffs import make_grid
from tests.factories import MONDAY, NOW, at, interval, make_site

pytestmark = pytest.mark.django_db
TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
SOON = interval(TUESDAY, "08:00", "13:00")
MORNING, DAY = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "08:00", "18:00")
NEXT_MORNING = interval(FRIDAY + timedelta(days=7), "08:00", "13:00")
LATER = NOW + timedelta(minutes=1)
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)
#: Cancelling SOON is not free any more, cancelling MORNING is.
THEN = at(MONDAY, "12:00")
#: Cancelling MORNING is not free any more, cancelling NEXT_MORNING is.
LATE = at(FRIDAY, "07:00")


@pytest.fixture
def grid() -> TariffGrid:
    return make_grid()


@pytest.fixture
def site(grid: TariffGrid) -> Site:
    return make_site()


def changed_by_site(somebody: Customer, after: Use, now: datetime = LATER) -> None:
    """Have who runs the site change the booking."""
    subject = somebody.subjects.pop("A")
    somebody.turn(subject, subject.use, after, now, is_free=True)
    somebody.subjects["A"] = replace(subject, use=after)


def who_has(site: Site, *times: Interval) -> Customer:
    somebody = Customer()
    somebody.book("A", use(site, *times))
    return somebody


def test_moved_to_sooner_it_is_free_to_cancel(site: Site) -> None:
    somebody = who_has(site, MORNING)

    changed_by_site(somebody, use(site, SOON))
    somebody.cancel("A", at(TUESDAY, "07:59"))

    assert somebody.owed() == 0
    assert all_adds_up()


def test_moved_to_sooner_by_its_person_it_is_not(site: Site) -> None:
    somebody = who_has(site, MORNING)

    somebody.change("A", use(site, SOON), THEN)
    somebody.cancel("A", THEN)

    assert somebody.owed() == 400


def test_moved_to_later_it_keeps_its_limit(site: Site) -> None:
    somebody = who_has(site, MORNING)

    changed_by_site(somebody, use(site, NEXT_MORNING))
    somebody.cancel("A", LATE)

    assert somebody.owed() == 400


def test_late_already_it_stays_late_where_it_costs_as_much(site: Site) -> None:
    somebody = who_has(site, MORNING)

    changed_by_site(somebody, use(site, NEXT_MORNING), LATE)
    somebody.cancel("A", LATE)

    assert somebody.owed() == 400


def test_made_dearer_it_is_free_to_cancel(site: Site) -> None:
    somebody = who_has(site, MORNING)

    changed_by_site(somebody, use(site, DAY))
    somebody.cancel("A", LATE)

    assert somebody.owed() == 0


def test_made_cheaper_it_keeps_its_limit(site: Site) -> None:
    somebody = who_has(site, DAY)

    changed_by_site(somebody, use(site, MORNING))
    somebody.cancel("A", LATE)

    assert somebody.owed() == 400


def test_taking_more_half_days_of_a_pass_it_gives_all_of_them_back(
    grid: TariffGrid, site: Site
) -> None:
    somebody = Customer()
    held = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, DAY))

    changed_by_site(somebody, use(site, DAY, units=4))
    assert left(held) == 2
    somebody.cancel("A", LATE)

    assert left(held) == 10
    assert all_adds_up()


def test_a_greater_share_than_before_is_not_kept(site: Site) -> None:
    somebody = who_has(site, MORNING)
    CancellationPolicy.objects.create(kind="desk", free_hours=24, late_percent=80)

    changed_by_site(somebody, use(site, NEXT_MORNING))
    somebody.cancel("A", LATE)

    assert somebody.owed() == 0


def test_the_day_that_stays_as_it_was_keeps_its_limit(site: Site) -> None:
    monday_after = interval(FRIDAY + timedelta(days=10), "08:00", "13:00")
    somebody = who_has(site, SOON, monday_after)

    changed_by_site(somebody, use(site, SOON, MORNING))
    somebody.cancel("A", THEN)

    assert somebody.owed() == 400


def test_of_two_days_that_move_only_the_one_that_is_stricter_is_freed(site: Site) -> None:
    first, second, last = (
        interval(FRIDAY + timedelta(days=n), "08:00", "13:00") for n in (7, 10, 14)
    )
    somebody = who_has(site, first, second)

    changed_by_site(somebody, use(site, MORNING, last))
    after = Charge.objects.filter(made_at=LATER, kind=Charge.Kind.USE).order_by("starts_at")

    assert [one.free_until for one in after] == [None, second.starts_at - timedelta(days=1)]


def test_freed_and_moved_on_by_its_person_it_has_the_limit_of_where_it_goes(site: Site) -> None:
    somebody = who_has(site, MORNING)
    changed_by_site(somebody, use(site, SOON))

    somebody.change("A", use(site, NEXT_MORNING), THEN)
    somebody.cancel("A", at(FRIDAY + timedelta(days=7), "07:00"))

    assert somebody.owed() == 400


def test_freed_and_shortened_by_its_person_it_has_the_limit_of_that_day(site: Site) -> None:
    somebody = who_has(site, MORNING)
    changed_by_site(somebody, use(site, DAY))

    somebody.change("A", use(site, MORNING), LATE)

    assert somebody.owed() == 800


def test_what_the_site_books_for_somebody_has_its_usual_terms(site: Site) -> None:
    somebody = Customer()
    somebody.book("B", use(site, NEXT_MORNING))
    subject = somebody.subjects.pop("B")

    somebody.turn(subject, subject.use, None, NOW, is_free=True)
    somebody.turn(subject, None, use(site, MORNING), NOW, is_free=True)
    somebody.turn(subject, use(site, MORNING), None, LATE)

    assert somebody.owed() == 400
