"""Putting a grid in force: from then on it is never edited."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.errors import GridAdopted, GridIncomplete, NotCarried, NotInForceYet, VoteOver
from billing.grids.completeness import refuse_incomplete
from billing.grids.days import is_first, is_taken, refuse_taken_day
from billing.grids.drafts import lock_draft, lock_grids
from billing.grids.rights import refuse_unless_adopter
from billing.models import Proposal, TariffGrid
from billing.votes.counting import Outcome, outcome
from network.errors import Refusal
from network.models import User
from network.templatetags.dates import date_words

#: What of a deliberation the refusals of a first day are about.
FIRST_DAY = "first_day"


class Deliberation(NamedTuple):
    """The decision that puts a grid in force, and its text as a file.

    `first_day`: a later one than the places voted for, where that one cannot be kept.
    """

    day: date
    number: str
    document: File[Any] | None = None
    first_day: date | None = None


@transaction.atomic
def adopt(*, grid: TariffGrid, deliberation: Deliberation, by: User, now: datetime) -> TariffGrid:
    """Put a grid in force from its day on, once the places carried it; the very first without.

    Raises GridAdopted, GridIncomplete for a price that is missing or a deliberation that cannot
    be, NotInForceYet for a first day that is not to come or has its grid, VoteOver while the vote
    runs, NotCarried, or PermissionDenied.
    """
    refuse_unless_adopter(by)
    lock_grids()
    locked = lock_draft(grid)
    refuse_unready(locked, now)
    refuse_undeliberated(deliberation, locked, now)
    settle_first_day(locked, deliberation.first_day, now)
    locked.adopted_at, locked.adopted_by = now, by
    locked.deliberated_on, locked.deliberation_number = deliberation.day, deliberation.number
    if deliberation.document is not None:
        locked.deliberation_document = deliberation.document
    locked.save()
    return locked


@transaction.atomic
def add_document(*, grid: TariffGrid, document: File[Any], by: User) -> TariffGrid:
    """Add the text of the deliberation to a grid that was put in force without: once, for good.

    Raises GridIncomplete for a grid without a deliberation, GridAdopted where its text is there,
    or PermissionDenied.
    """
    refuse_unless_adopter(by)
    locked = TariffGrid.objects.select_for_update(no_key=True).get(pk=grid.pk)
    if not locked.is_adopted:
        raise GridIncomplete(_("This grid has no deliberation yet."))
    if locked.deliberation_document:
        raise GridAdopted(_("The text of this deliberation is published: it stays as it is."))
    locked.deliberation_document = document
    locked.save()
    return locked


def refuse_unready(grid: TariffGrid, now: datetime) -> None:
    """Refuse a draft that no deliberation can put in force now: not carried, or incomplete."""
    if refusal := why_undecided(grid, now):
        raise refusal
    refuse_incomplete(grid)


def refuse_undeliberated(deliberation: Deliberation, grid: TariffGrid, now: datetime) -> None:
    """Refuse a deliberation without a number, still to be held, or held before the vote's end."""
    if not deliberation.number.strip():
        raise GridIncomplete(
            _("A grid is put in force by a deliberation: name it."), about="number"
        )
    if deliberation.day > timezone.localdate(now):
        raise GridIncomplete(
            _("The deliberation is of a day to come: correct its day."), about="day"
        )
    proposal = Proposal.objects.filter(grid=grid).first()
    if proposal is not None and deliberation.day < timezone.localdate(proposal.closes_at):
        words = _(
            "The deliberation comes after the vote, whose last day was %(day)s: correct its day."
        )
        raise GridIncomplete(words % {"day": date_words(proposal.last_day)}, about="day")


def why_undecided(grid: TariffGrid, now: datetime) -> Refusal | None:
    """Return why a draft cannot be put in force yet, or ever; None once the places carried it.

    The network's very first grid needs no vote: before it nothing can be sold at all.
    """
    proposal = Proposal.objects.filter(grid=grid).first()
    if proposal is None:
        unvoted = NotCarried(_("A grid is put in force after its vote."))
        return None if is_first(grid.operator) else unvoted
    if proposal.is_open(now):
        return VoteOver(_("The vote on this grid still runs."))
    if proposal.is_withdrawn:
        return NotCarried(_("The vote was withdrawn."))
    if outcome(proposal).verdict != Outcome.CARRIED:
        return NotCarried(_("The places did not carry this grid."))
    return None


def settle_first_day(grid: TariffGrid, told: date | None, now: datetime) -> None:
    """Keep the first day that was planned; where it is over or taken, take the later one told.

    A first day is to come, so that no day has two prices; the very first grid may begin today.
    Raises NotInForceYet.
    """
    today, planned = timezone.localdate(now), grid.in_force_from
    if can_begin(grid, today):
        if told is not None:
            raise NotInForceYet(
                _("The first day of the grid can be kept: name no other."), about=FIRST_DAY
            )
        return
    if told is None:
        raise NotInForceYet(
            _("The first day is over or has its grid: name a later one."), about=FIRST_DAY
        )
    if told <= max(today, planned):
        raise NotInForceYet(
            _("The later first day comes after today and after the one planned."), about=FIRST_DAY
        )
    refuse_taken_day(told, FIRST_DAY)
    grid.planned_from, grid.in_force_from = planned, told


def can_begin(grid: TariffGrid, today: date) -> bool:
    """Tell whether a draft's first day is still to come, and no other grid's."""
    first_day = grid.in_force_from
    is_late = first_day < today or (first_day == today and not is_first(grid.operator))
    return not (is_late or is_taken(first_day))
