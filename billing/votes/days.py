"""Which days a vote and the grid that it decides on keep to."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.errors import NotInForceYet, VoteTooShort
from billing.models import TariffGrid


def refuse_short_vote(opened_at: datetime, closes_at: datetime) -> None:
    """Refuse a vote that leaves the places less than `VOTE_LEAST_DAYS` days."""
    days = settings.VOTE_LEAST_DAYS
    if closes_at - opened_at < timedelta(days=days):
        words = ngettext(
            "A vote lasts %(days)s day at least: choose a later last day.",
            "A vote lasts %(days)s days at least: choose a later last day.",
            days,
        )
        raise VoteTooShort(words % {"days": days})


def refuse_early_day(day: date, closes_at: datetime) -> None:
    """Refuse a first day that comes before a whole day after the vote, in which to decide."""
    if day <= timezone.localdate(closes_at):
        raise NotInForceYet(
            _(
                "A day at least lies between the vote and the first day of the grid: end the vote"
                " earlier, or change the first day."
            )
        )


def refuse_taken_day(day: date) -> None:
    """Refuse a first day that an adopted grid has; the grids are locked."""
    if is_taken(day):
        raise NotInForceYet(_("Another grid comes into force on this day: choose a later one."))


def is_taken(day: date) -> bool:
    """Tell whether an adopted grid comes into force on `day`."""
    return TariffGrid.objects.adopted().filter(in_force_from=day).exists()
