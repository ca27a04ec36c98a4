"""A grid is proposed, commented, voted by the places, and put in force."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.errors import GridAdopted, GridIncomplete, NotCarried, NotInForceYet, NoVote, VoteOver
from billing.grids.drafts import Head, copied
from billing.models import Proposal, TariffGrid, Vote
from billing.prices.durations import Duration
from billing.votes.adopting import Deliberation, add_document, adopt
from billing.votes.counting import Count, Outcome, outcome
from billing.votes.voting import comment, propose, vote
from network.models import User
from sites.models import Site
from tests.billing.tariffs import band, make_draft, make_grid, make_voter
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    holder,
    make_manager,
    make_operator,
    make_site,
    make_space,
    make_user,
)

pytestmark = pytest.mark.django_db
YESTERDAY = MONDAY - timedelta(days=1)
CLOSES = NOW + timedelta(days=21)
LATER = CLOSES.date() + timedelta(days=9)
YES, NO, ABSTAIN = Vote.Choice.YES, Vote.Choice.NO, Vote.Choice.ABSTAIN
DECIDED = Deliberation(CLOSES.date(), "2026-41")


def adopter() -> User:
    return holder("adopt_tariffgrid")


def proposed(**fields: object) -> Proposal:
    draft = make_draft(from_day=fields.pop("from_day", LATER))
    return propose(grid=draft, reasons="Energy", closes_at=CLOSES, by=adopter(), now=NOW)


def cast(proposal: Proposal, *choices: Vote.Choice) -> list[Site]:
    """Have as many places of one operator vote so."""
    sites = [make_voter(proposal) for _choice in choices]
    for site, choice in zip(sites, choices, strict=True):
        vote(proposal=proposal, site=site, choice=choice, by=make_manager(site), now=NOW)
    return sites


def put_in_force(proposal: Proposal) -> TariffGrid:
    return adopt(grid=proposal.grid, deliberation=DECIDED, by=adopter(), now=CLOSES)


def test_carried_by_its_places_a_grid_is_put_in_force() -> None:
    proposal = proposed()
    cast(proposal, YES, YES, NO)

    grid = put_in_force(proposal)

    assert grid.is_adopted
    assert (grid.deliberated_on, grid.deliberation_number) == (CLOSES.date(), "2026-41")


def test_one_place_has_one_vote_which_can_be_changed_until_the_end() -> None:
    proposal = proposed()
    (site,) = cast(proposal, YES)

    vote(proposal=proposal, site=site, choice=NO, by=make_manager(site), now=NOW)

    assert [row.choice for row in proposal.votes.all()] == [NO]


def test_an_operator_of_three_places_has_three_votes() -> None:
    proposal, operator = proposed(), make_operator()
    sites = [make_voter(proposal, operator=operator) for _number in range(3)]
    manager = make_manager(sites[0])

    for site in sites:
        vote(proposal=proposal, site=site, choice=YES, by=manager, now=NOW)

    assert outcome(proposal).yes == 3


def test_after_its_end_nobody_votes_nor_comments() -> None:
    proposal = proposed()
    site = make_voter(proposal)
    manager = make_manager(site)

    with pytest.raises(VoteOver):
        vote(proposal=proposal, site=site, choice=YES, by=manager, now=CLOSES)
    with pytest.raises(VoteOver):
        comment(proposal=proposal, text="Late", site=site, by=manager, now=CLOSES)


def test_nobody_votes_for_a_place_that_they_do_not_run() -> None:
    proposal = proposed()
    site = make_voter(proposal)

    for stranger in (make_user(), make_manager(make_site()), adopter()):
        with pytest.raises(PermissionDenied):
            vote(proposal=proposal, site=site, choice=YES, by=stranger, now=NOW)


def test_a_place_that_took_no_bookings_when_the_vote_opened_has_none() -> None:
    closed = make_site(is_active=False)
    proposal = proposed()
    opened = make_site()
    closed.is_active = True
    closed.save()

    for site in (closed, opened):
        with pytest.raises(NoVote):
            vote(proposal=proposal, site=site, choice=YES, by=make_manager(site), now=NOW)
    assert outcome(proposal).places == 0


def test_a_place_that_closed_since_the_vote_opened_keeps_its_vote() -> None:
    site = make_site()
    proposal = proposed()
    site.is_active = False
    site.save()

    vote(proposal=proposal, site=site, choice=YES, by=make_manager(site), now=NOW)

    assert outcome(proposal).verdict == Outcome.CARRIED


def test_a_vote_without_a_quorum_finds_none_by_closing_those_that_were_silent() -> None:
    for name in ("Silent", "Silent too"):
        make_site(name)
    proposal = proposed()
    cast(proposal, YES)

    Site.objects.filter(name__startswith="Silent").update(is_active=False)

    assert outcome(proposal).places == 3
    with pytest.raises(NotCarried):
        put_in_force(proposal)


def test_a_grid_that_was_carried_stays_so_when_places_open_after_its_vote() -> None:
    proposal = proposed()
    cast(proposal, YES)

    for _number in range(3):
        make_site()

    assert put_in_force(proposal).is_adopted


def test_without_a_quorum_it_is_not_carried() -> None:
    proposal = proposed()
    cast(proposal, YES)
    make_voter(proposal)
    make_voter(proposal)

    with pytest.raises(NotCarried):
        put_in_force(proposal)


def test_a_tie_is_lost() -> None:
    proposal = proposed()
    cast(proposal, YES, NO)

    with pytest.raises(NotCarried):
        put_in_force(proposal)


@pytest.mark.parametrize(
    ("yes", "no", "abstained", "places", "verdict"),
    [
        (0, 0, 0, 0, Outcome.NO_QUORUM),
        (1, 0, 0, 3, Outcome.NO_QUORUM),
        (1, 0, 1, 4, Outcome.CARRIED),
        (0, 0, 4, 4, Outcome.LOST),
        (2, 1, 0, 6, Outcome.CARRIED),
        (3, 3, 0, 6, Outcome.LOST),
    ],
)
def test_quorum_and_majority(
    yes: int, no: int, abstained: int, places: int, verdict: Outcome
) -> None:
    assert Count(yes, no, abstained, places, 50, 50).verdict == verdict


def test_while_the_vote_runs_nothing_is_put_in_force() -> None:
    proposal = proposed()
    cast(proposal, YES)

    with pytest.raises(VoteOver):
        adopt(grid=proposal.grid, deliberation=DECIDED, by=adopter(), now=NOW)


def test_a_grid_is_put_to_the_vote_once() -> None:
    proposal = proposed()

    with pytest.raises(VoteOver):
        propose(grid=proposal.grid, reasons="", closes_at=CLOSES, by=adopter(), now=NOW)


def test_an_operator_proposes_its_own_draft_and_nobody_elses() -> None:
    site = make_site()
    draft, of_team = (make_draft(from_day=LATER, operator=one) for one in (site.operator, None))
    manager = make_manager(site)

    for grid, stranger in (
        (draft, make_user()),
        (draft, make_manager(make_site())),
        (draft, adopter()),
        (of_team, manager),
    ):
        with pytest.raises(PermissionDenied):
            propose(grid=grid, reasons="", closes_at=CLOSES, by=stranger, now=NOW)
    propose(grid=draft, reasons="", closes_at=CLOSES, by=manager, now=NOW)


def test_what_an_operator_proposes_is_put_in_force_after_the_vote_alone() -> None:
    draft = make_draft(from_day=TUESDAY, operator=make_operator())

    with pytest.raises(NotCarried):
        adopt(grid=draft, deliberation=DECIDED, by=adopter(), now=NOW)

    assert not TariffGrid.objects.adopted().exists()


def documents() -> set[str]:
    """Return which texts of deliberations there are."""
    try:
        return set(default_storage.listdir("deliberations")[1])
    except FileNotFoundError:
        return set()


def test_a_refused_grid_leaves_no_text_of_its_deliberation() -> None:
    before = documents()
    text = SimpleUploadedFile(f"{uuid4().hex}.pdf", b"%PDF-1.7", "application/pdf")
    decided = Deliberation(MONDAY, "2026-41", text)

    with pytest.raises(NotInForceYet):
        adopt(grid=make_draft(from_day=YESTERDAY), deliberation=decided, by=adopter(), now=NOW)

    assert documents() == before


def test_the_text_of_a_deliberation_is_added_once_to_a_grid_that_has_one() -> None:
    grid, by = make_grid(), adopter()
    text = SimpleUploadedFile("d.pdf", b"%PDF-1.7", "application/pdf")

    with pytest.raises(GridIncomplete):
        add_document(grid=make_draft(), document=text, by=by)
    with pytest.raises(PermissionDenied):
        add_document(grid=grid, document=text, by=make_manager(make_site()))
    published = add_document(grid=grid, document=text, by=by).deliberation_document
    with pytest.raises(GridAdopted):
        add_document(grid=grid, document=text, by=by)

    grid.refresh_from_db()
    assert grid.deliberation_document == published


def test_only_who_may_puts_a_grid_in_force() -> None:
    with pytest.raises(PermissionDenied):
        adopt(grid=make_draft(), deliberation=DECIDED, by=make_manager(make_site()), now=NOW)


def test_a_grid_in_force_is_neither_adopted_again_nor_proposed() -> None:
    grid = make_grid()

    with pytest.raises(GridAdopted):
        adopt(grid=grid, deliberation=DECIDED, by=adopter(), now=NOW)
    with pytest.raises(GridAdopted):
        propose(grid=grid, reasons="", closes_at=CLOSES, by=adopter(), now=NOW)


def test_a_grid_without_a_price_for_what_is_sold_is_neither_proposed_nor_adopted() -> None:
    room, draft = make_space(make_site(), kind="meeting_room"), make_draft(from_day=LATER)

    with pytest.raises(GridIncomplete, match=room.get_kind_display()):
        propose(grid=draft, reasons="", closes_at=CLOSES, by=adopter(), now=NOW)
    with pytest.raises(GridIncomplete, match=room.get_kind_display()):
        adopt(grid=draft, deliberation=DECIDED, by=adopter(), now=CLOSES)


def test_a_grid_without_a_number_of_its_deliberation_is_refused() -> None:
    with pytest.raises(GridIncomplete):
        adopt(
            grid=make_draft(from_day=TUESDAY),
            deliberation=Deliberation(MONDAY, " "),
            by=adopter(),
            now=NOW,
        )


def test_the_next_version_begins_with_all_that_the_last_one_says() -> None:
    grid = make_grid()
    band(grid, 10, 25)

    draft = copied(grid=grid, head=Head("2027", LATER), by=adopter(), now=NOW)

    assert not draft.is_adopted
    assert {row.duration: row.price_cents for row in draft.gridprices.all()}[Duration.DAY] == 1400
    assert (draft.bands.count(), grid.gridprices.count()) == (1, 5)
