"""A draft is planned for a day on which it can begin: free, and far enough to vote before it."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from billing.errors import NotInForceYet
from billing.grids.drafts import Head, begun, copied
from billing.grids.editing import describe
from billing.models import TariffGrid
from tests.billing.tariffs import make_draft, make_grid
from tests.factories import MONDAY, NOW, TUESDAY, holder, make_manager, make_site
from tests.words import plain

pytestmark = pytest.mark.django_db
#: A week of votes after `MONDAY`, what is left of it, and a day to decide.
FIRST = date(2026, 12, 2)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def least(settings: Settings) -> None:
    settings.VOTE_LEAST_DAYS = 7


def planned(day: date) -> TariffGrid:
    return begun(head=Head("2027", day), by=holder("adopt_tariffgrid"), now=NOW)


def why_not(day: date) -> str:
    with pytest.raises(NotInForceYet) as refused:
        planned(day)
    assert not TariffGrid.objects.drafts().exists()
    return plain(str(refused.value.message))


@pytest.mark.parametrize("day", [date(2020, 1, 1), MONDAY - DAY, MONDAY, TUESDAY, FIRST - DAY])
def test_a_day_that_leaves_no_time_to_vote_is_refused_with_the_first_that_does(day: date) -> None:
    make_grid(from_day=date(2026, 1, 1))

    assert "7" in why_not(day)
    assert "2 décembre 2026" in why_not(day)
    assert planned(FIRST).in_force_from == FIRST


def test_a_day_that_an_adopted_grid_has_is_refused_with_the_next_that_is_free() -> None:
    for day in (FIRST, FIRST + DAY, date(2027, 1, 1)):
        make_grid(from_day=day)

    assert "4 décembre 2026" in why_not(TUESDAY)
    assert "4 décembre 2026" in why_not(FIRST)
    assert "2 janvier 2027" in why_not(date(2027, 1, 1))


def test_a_day_that_only_a_draft_has_is_free() -> None:
    make_grid()
    make_draft(from_day=FIRST)

    assert planned(FIRST).in_force_from == FIRST


def test_the_very_first_grid_may_begin_today_and_not_before() -> None:
    assert "23 novembre 2026" in why_not(MONDAY - DAY)
    assert planned(MONDAY).in_force_from == MONDAY


def test_an_operator_s_first_draft_waits_for_its_vote() -> None:
    site = make_site()

    with pytest.raises(NotInForceYet):
        begun(head=Head("2027", MONDAY, site.operator), by=make_manager(site), now=NOW)


def test_a_copy_is_planned_as_any_draft_is() -> None:
    grid = make_grid()

    with pytest.raises(NotInForceYet):
        copied(grid=grid, head=Head("2027", TUESDAY), by=holder("adopt_tariffgrid"), now=NOW)
    assert not TariffGrid.objects.drafts().exists()


def test_a_draft_whose_day_has_come_too_near_is_named_anew_but_not_put_to_another_such() -> None:
    make_grid()
    draft = make_draft(from_day=TUESDAY)

    def told(day: date) -> Any:
        head = Head("Named", day)
        return describe(grid=draft, head=head, by=holder("adopt_tariffgrid"), now=NOW)

    assert told(TUESDAY).name == "Named"
    with pytest.raises(NotInForceYet):
        told(TUESDAY + DAY)
    assert told(FIRST).in_force_from == FIRST
