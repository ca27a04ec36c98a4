"""Putting a grid in force: from then on it is never edited."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.errors import GridIncomplete, NotCarried, NotInForceYet, VoteOver
from billing.grids.drafts import lock_draft
from billing.grids.rights import refuse_unless_adopter
from billing.models import GridPrice, Proposal, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from billing.votes.counting import Outcome, outcome
from network.models import User
from sites.models import Space


class Deliberation(NamedTuple):
    """The decision that puts a grid in force, and its text as a file."""

    day: date
    number: str
    document: File[Any] | None = None


@transaction.atomic
def adopt(*, grid: TariffGrid, deliberation: Deliberation, by: User, now: datetime) -> TariffGrid:
    """Put a grid in force from its day on.

    Raises GridAdopted, GridIncomplete for a price that is missing, NotInForceYet for a day that is
    over or has its grid, VoteOver while the vote runs, NotCarried, or PermissionDenied.
    """
    refuse_unless_adopter(by)
    locked = lock_draft(grid)
    refuse_undecided(locked, now)
    refuse_incomplete(locked, deliberation)
    if locked.in_force_from < timezone.localdate(now):
        raise NotInForceYet(_("A grid comes into force today or on a day to come."))
    locked.adopted_at, locked.adopted_by = now, by
    locked.deliberated_on, locked.deliberation_number = deliberation.day, deliberation.number
    if deliberation.document is not None:
        locked.deliberation_document = deliberation.document
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        locked.deliberation_document.delete(save=False)
        raise NotInForceYet(_("Another grid comes into force on this day.")) from error
    return locked


def refuse_undecided(grid: TariffGrid, now: datetime) -> None:
    """Refuse a grid whose vote still runs, or was lost; only the network team's needs no vote."""
    proposal = Proposal.objects.filter(grid=grid).first()
    if proposal is None:
        if grid.operator_id:
            raise NotCarried(_("What an operator proposes is put in force after the vote."))
        return
    if now < proposal.closes_at:
        raise VoteOver(_("The vote on this grid still runs."))
    if outcome(proposal).verdict != Outcome.CARRIED:
        raise NotCarried(_("The places did not carry this grid."))


def refuse_incomplete(grid: TariffGrid, deliberation: Deliberation) -> None:
    """Refuse a grid without a number of its deliberation, or that lacks what is sold."""
    if not deliberation.number.strip():
        raise GridIncomplete(_("A grid is put in force by a deliberation: name it."))
    if lacking := missing_prices(grid):
        words = ", ".join(f"{kind} ({category})" for category, kind in lacking)
        raise GridIncomplete(_("The grid has no price for: %(what)s.") % {"what": words})


def missing_prices(grid: TariffGrid) -> Sequence[tuple[str, str]]:
    """Return what sites sell that the grid has no standard price for an hour or a day of.

    As words: category of site, kind of space.
    """
    short = (Duration.HOUR, Duration.HALF_DAY, Duration.DAY)
    told = set(
        GridPrice.objects.filter(grid=grid, group=Group.STANDARD, duration__in=short).values_list(
            "category", "kind"
        )
    )
    sold = Space.objects.bookable().order_by("site__category", "kind").select_related("site")
    wanting = {
        (space.site.get_category_display(), space.get_kind_display()): None
        for space in sold
        if (space.site.category, space.kind) not in told
    }
    return list(wanting)
