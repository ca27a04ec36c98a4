"""Which days votes and grids keep to: no grid without its vote, none on a day that is over."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from billing.errors import NotCarried, NotInForceYet, VoteTooShort
from billing.models import Proposal, TariffGrid, Vote
from billing.votes.adopting import Deliberation, adopt
from billing.votes.voting import propose
from tests.billing.tariffs import make_draft, make_grid, make_proposal, make_voter
from tests.factories import MONDAY, NOW, TUESDAY, holder, make_operator

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
NEW_YEAR, SPRING = date(2027, 1, 1), date(2027, 4, 1)


def put_to_vote(first_day: date, closes_at: datetime) -> Proposal:
    draft = make_draft(from_day=first_day)
    by = holder("adopt_tariffgrid")
    return propose(grid=draft, reasons="Energy", closes_at=closes_at, by=by, now=NOW)


def carried(first_day: date) -> Proposal:
    """Return a vote that the network's one place has carried."""
    proposal = make_proposal(make_draft(from_day=first_day))
    proposal.votes.create(site=make_voter(proposal), choice=Vote.Choice.YES, cast_at=NOW)
    return proposal


def put_in_force(grid: TariffGrid, now: datetime, first_day: date | None = None) -> TariffGrid:
    decided = Deliberation(now.date(), "2026-41", first_day=first_day)
    return adopt(grid=grid, deliberation=decided, by=holder("adopt_tariffgrid"), now=now)


def after(proposal: Proposal, **time: Any) -> datetime:
    return proposal.closes_at + timedelta(**time)


def test_the_very_first_grid_needs_no_vote_and_may_begin_today() -> None:
    grid = put_in_force(make_draft(from_day=MONDAY), NOW)

    assert TariffGrid.objects.in_force(MONDAY) == grid


@pytest.mark.parametrize("has_operator", [True, False])
def test_every_other_grid_is_put_in_force_after_a_vote_alone(*, has_operator: bool) -> None:
    if has_operator:
        draft = make_draft(from_day=NEW_YEAR, operator=make_operator())
    else:
        make_grid()
        draft = make_draft(from_day=NEW_YEAR)

    with pytest.raises(NotCarried):
        put_in_force(draft, NOW)

    draft.refresh_from_db()
    assert not draft.is_adopted


def test_a_vote_lasts_as_many_days_as_the_setting_says(settings: Settings) -> None:
    settings.VOTE_LEAST_DAYS = 7

    with pytest.raises(VoteTooShort, match="7"):
        put_to_vote(NEW_YEAR, NOW + WEEK - timedelta(minutes=1))
    with pytest.raises(VoteTooShort):
        put_to_vote(NEW_YEAR, NOW)
    put_to_vote(NEW_YEAR, NOW + WEEK)


def test_a_day_lies_between_the_vote_and_the_first_day_of_the_grid() -> None:
    closes_at = datetime.fromisoformat("2026-12-10T23:00:00+00:00")

    for first_day in (date(2026, 1, 1), MONDAY, date(2026, 12, 10), date(2026, 12, 11)):
        with pytest.raises(NotInForceYet):
            put_to_vote(first_day, closes_at)
    put_to_vote(date(2026, 12, 12), closes_at)


def test_a_first_day_that_an_adopted_grid_has_is_not_put_to_the_vote() -> None:
    make_grid(from_day=NEW_YEAR)

    with pytest.raises(NotInForceYet):
        put_to_vote(NEW_YEAR, NOW + WEEK)


@pytest.mark.parametrize("days", [0, 1])
def test_a_first_day_that_came_meanwhile_is_put_off_and_the_record_keeps_the_one_planned(
    days: int,
) -> None:
    make_grid()
    proposal = carried(NEW_YEAR)
    now = datetime.fromisoformat("2027-01-01T09:00:00+00:00") + timedelta(days=days)

    for day in (None, NEW_YEAR, now.date()):
        with pytest.raises(NotInForceYet):
            put_in_force(proposal.grid, now, day)
    grid = put_in_force(proposal.grid, now, SPRING)

    assert (grid.planned_from, grid.in_force_from) == (NEW_YEAR, SPRING)


def test_a_first_day_that_another_grid_took_meanwhile_is_put_off_to_one_that_is_free() -> None:
    make_grid()
    proposal = carried(NEW_YEAR)
    make_grid(from_day=NEW_YEAR)
    make_grid(from_day=SPRING)

    for day in (None, TUESDAY, SPRING):
        with pytest.raises(NotInForceYet):
            put_in_force(proposal.grid, after(proposal), day)
    put_in_force(proposal.grid, after(proposal), SPRING + WEEK)


def test_a_first_day_that_can_be_kept_is_kept() -> None:
    proposal = carried(NEW_YEAR)

    with pytest.raises(NotInForceYet):
        put_in_force(proposal.grid, after(proposal), SPRING)

    grid = put_in_force(proposal.grid, after(proposal))
    assert (grid.planned_from, grid.in_force_from) == (None, NEW_YEAR)
