"""Opening a vote on a grid, saying what one thinks of it, and voting."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from billing.errors import VoteOver
from billing.grids.drafts import lock_draft
from billing.grids.rights import ADOPT, refuse_unless_running, refuse_unless_speaking_for
from billing.models import Comment, Proposal, TariffGrid, Vote
from network.models import User
from sites.models import Site


@transaction.atomic
def propose(
    *, grid: TariffGrid, reasons: str, closes_at: datetime, by: User, now: datetime
) -> Proposal:
    """Put a draft to the vote of the network's places until `closes_at`.

    Those who write it do: an operator its own, the network team its own. Raises GridAdopted,
    VoteOver when it was put to the vote before or would end at once, or PermissionDenied.
    """
    refuse_unless_speaking_for(by, grid.operator)
    locked = lock_draft(grid)
    if closes_at <= now or Proposal.objects.filter(grid=locked).exists():
        raise VoteOver(_("A grid is put to the vote once, until a day to come."))
    return Proposal.objects.create(
        grid=locked,
        reasons=reasons,
        proposed_by=by,
        opened_at=now,
        closes_at=closes_at,
        quorum_percent=settings.VOTE_QUORUM_PERCENT,
        majority_percent=settings.VOTE_MAJORITY_PERCENT,
    )


@transaction.atomic
def vote(*, proposal: Proposal, site: Site, choice: Vote.Choice, by: User, now: datetime) -> Vote:
    """Cast a place's vote, or change it before the end. Raises VoteOver or PermissionDenied."""
    refuse_unless_running(by, site)
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if now >= current.closes_at:
        raise VoteOver(_("The vote has ended."))
    if not site.is_active:
        raise PermissionDenied
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
    if now >= proposal.closes_at:
        raise VoteOver(_("The vote has ended."))
    return Comment.objects.create(
        proposal=proposal, author=by, site=site, text=text, written_at=now
    )
