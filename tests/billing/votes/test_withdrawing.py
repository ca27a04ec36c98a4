"""A vote is called off by who proposed it or by the network team; its reason stays public."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from billing.errors import GridProposed, NotCarried, VoteOver
from billing.grids.drafts import discard
from billing.models import Proposal, Vote
from billing.votes.adopting import Deliberation, adopt
from billing.votes.voting import comment, propose, vote, withdraw
from network.models import User
from sites.models import Site
from tests.billing.tariffs import make_draft, make_proposal
from tests.factories import NOW, holder, make_manager, make_site, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def site() -> Site:
    return make_site()


@pytest.fixture
def proposal(site: Site) -> Proposal:
    return make_proposal(make_draft(operator=site.operator))


def called_off(proposal: Proposal, by: User) -> Proposal:
    return withdraw(proposal=proposal, reason="A wrong price", by=by, now=NOW)


def test_an_operator_withdraws_its_own_vote_in_its_own_name(proposal: Proposal, site: Site) -> None:
    manager = make_manager(site)

    row = called_off(proposal, manager)

    assert (row.withdrawn_at, row.withdrawn_by, row.withdrawn_for) == (NOW, manager, site.operator)
    assert row.withdrawal_reason == "A wrong price"


def test_the_network_team_withdraws_any_vote_in_its_own_name(proposal: Proposal) -> None:
    row = called_off(proposal, holder("adopt_tariffgrid"))

    assert (row.is_withdrawn, row.withdrawn_for) == (True, None)


def test_nobody_else_withdraws_a_vote(proposal: Proposal, site: Site) -> None:
    of_team = make_proposal(make_draft())

    for by, row in (
        (make_user(), proposal),
        (make_manager(make_site()), proposal),
        (make_manager(site), of_team),
    ):
        with pytest.raises(PermissionDenied):
            called_off(row, by)


def test_once_withdrawn_nobody_votes_comments_or_withdraws_again(
    proposal: Proposal, site: Site
) -> None:
    manager = make_manager(site)
    vote(proposal=proposal, site=site, choice=Vote.Choice.YES, by=manager, now=NOW)
    called_off(proposal, manager)

    with pytest.raises(VoteOver):
        vote(proposal=proposal, site=site, choice=Vote.Choice.NO, by=manager, now=LATER)
    with pytest.raises(VoteOver):
        comment(proposal=proposal, text="Why?", site=site, by=manager, now=LATER)
    with pytest.raises(VoteOver):
        withdraw(proposal=proposal, reason="Again", by=manager, now=LATER)
    assert proposal.votes.get().choice == Vote.Choice.YES


def test_a_grid_whose_vote_was_withdrawn_is_neither_adopted_proposed_nor_deleted(
    proposal: Proposal, site: Site
) -> None:
    team, manager = holder("adopt_tariffgrid"), make_manager(site)
    vote(proposal=proposal, site=site, choice=Vote.Choice.YES, by=manager, now=NOW)
    called_off(proposal, manager)
    end = proposal.closes_at

    with pytest.raises(NotCarried):
        adopt(grid=proposal.grid, deliberation=Deliberation(end.date(), "1"), by=team, now=end)
    with pytest.raises(VoteOver):
        propose(grid=proposal.grid, reasons="", closes_at=end, by=manager, now=NOW)
    with pytest.raises(GridProposed):
        discard(grid=proposal.grid, by=manager)


def test_a_vote_that_has_ended_is_not_withdrawn(proposal: Proposal, site: Site) -> None:
    with pytest.raises(VoteOver):
        withdraw(proposal=proposal, reason="Late", by=make_manager(site), now=proposal.closes_at)
