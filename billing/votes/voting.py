"""Opening a vote on a grid, saying what one thinks of it, voting, and calling the vote off."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.errors import NoVote, VoteOver
from billing.grids.completeness import refuse_incomplete
from billing.grids.days import refuse_early_day, refuse_short_vote, refuse_unvotable_day
from billing.grids.drafts import lock_draft, lock_grids
from billing.grids.rights import (
    ADOPT,
    Body,
    refuse_unless_running,
    refuse_unless_speaking_for,
    speaks_for,
)
from billing.models import Comment, Proposal, TariffGrid, Vote
from network.models import User
from sites.models import Site


@transaction.atomic
def propose(
    *, grid: TariffGrid, reasons: str, closes_at: datetime, by: User, now: datetime
) -> Proposal:
    """Put a draft to the vote of the places that take bookings now, until `closes_at`.

    Those who write it do: an operator its own, the network team its own. Raises GridAdopted,
    GridIncomplete, VoteOver when it was put to the vote before, VoteTooShort, NotInForceYet for a
    first day that is taken or leaves no day after the vote to decide, or PermissionDenied.
    """
    refuse_unless_speaking_for(by, grid.operator)
    lock_grids()
    locked = lock_draft(grid)
    refuse_unvotable(locked, now)
    refuse_short_vote(now, closes_at)
    refuse_early_day(locked.in_force_from, closes_at)
    proposal = Proposal.objects.create(
        grid=locked,
        reasons=reasons,
        proposed_by=by,
        opened_at=now,
        closes_at=closes_at,
        quorum_percent=settings.VOTE_QUORUM_PERCENT,
        majority_percent=settings.VOTE_MAJORITY_PERCENT,
    )
    proposal.electorate.set(Site.objects.active())
    return proposal


def refuse_unvotable(grid: TariffGrid, now: datetime) -> None:
    """Refuse a draft on which no vote can be opened now, however long."""
    if Proposal.objects.filter(grid=grid).exists():
        raise VoteOver(_("A grid is put to the vote once: make a new draft of it."))
    refuse_incomplete(grid)
    refuse_unvotable_day(grid.in_force_from, timezone.localdate(now))


@transaction.atomic
def vote(*, proposal: Proposal, site: Site, choice: Vote.Choice, by: User, now: datetime) -> Vote:
    """Cast a place's vote, or change it before the end; also of a place that closed meanwhile.

    Raises VoteOver, NoVote for a place that took no bookings when the vote was opened, or
    PermissionDenied.
    """
    refuse_unless_running(by, site)
    current = lock_open(proposal, now)
    if not current.electorate.filter(pk=site.pk).exists():
        raise NoVote(_("This place took no bookings when the vote was opened: it has no vote."))
    row, _made = Vote.objects.update_or_create(
        proposal=current,
        site=site,
        defaults={"choice": choice, "cast_by": by, "cast_at": now},
    )
    return row


@transaction.atomic
def vote_for_places(
    *, proposal: Proposal, choices: Mapping[Site, Vote.Choice], by: User, now: datetime
) -> None:
    """Cast or change the votes of several places, all or none. Raises as `vote` does."""
    for site, choice in choices.items():
        vote(proposal=proposal, site=site, choice=choice, by=by, now=now)


@transaction.atomic
def comment(
    *, proposal: Proposal, text: str, site: Site | None, by: User, now: datetime
) -> Comment:
    """Say something of a proposed grid until its vote ends, for a place or for the network team.

    Raises VoteOver or PermissionDenied.
    """
    if site is not None:
        refuse_unless_running(by, site)
    elif not by.has_perm(ADOPT):
        raise PermissionDenied
    return Comment.objects.create(
        proposal=lock_open(proposal, now), author=by, site=site, text=text, written_at=now
    )


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str, by: User, now: datetime) -> Proposal:
    """Call a vote off before its end: who proposed the grid may, and the network team.

    The reason stays on the public record; the grid is neither voted on again nor put in force.
    Raises VoteOver or PermissionDenied.
    """
    body = withdrawer(proposal, by)
    current = lock_open(proposal, now)
    current.withdrawn_at, current.withdrawn_by, current.withdrawn_for = now, by, body
    current.withdrawal_reason = reason
    current.save()
    return current


def withdrawer(proposal: Proposal, by: User) -> Body:
    """Return for whom somebody may withdraw a proposal: its operator, else the network team.

    Raises PermissionDenied.
    """
    if not may_withdraw(proposal, by):
        raise PermissionDenied
    operator = proposal.grid.operator
    return operator if speaks_for(by, operator, ADOPT) else None


def may_withdraw(proposal: Proposal, by: User) -> bool:
    """Tell whether somebody may withdraw a proposal: its operator's people, the network team."""
    return by.has_perm(ADOPT) or speaks_for(by, proposal.grid.operator, ADOPT)


def lock_open(proposal: Proposal, now: datetime) -> Proposal:
    """Return a proposal as it is now, locked. Raises VoteOver unless its vote runs."""
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    refuse_over(current, now)
    return current


def refuse_over(proposal: Proposal, now: datetime) -> None:
    """Refuse what is said of a vote that has ended or was withdrawn."""
    if proposal.is_withdrawn:
        raise VoteOver(_("The vote was withdrawn."))
    if not proposal.is_open(now):
        raise VoteOver(_("The vote has ended."))
