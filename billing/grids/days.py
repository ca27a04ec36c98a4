"""Which days a vote and the grid that it decides on keep to."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.errors import NotInForceYet, VoteTooShort
from billing.grids.rights import Body
from billing.models import TariffGrid
from network.templatetags.dates import date_words

#: From the day that a vote is opened to the grid's first day, beyond the days of the vote: what is
#: left of the day itself, and the day in which to decide.
TO_DECIDE = 2


def is_first(operator: Body) -> bool:
    """Tell whether a grid of `operator` could be the network's very first: of the team alone."""
    return operator is None and not TariffGrid.objects.adopted().exists()


def refuse_impossible_day(day: date, operator: Body, today: date) -> None:
    """Refuse to plan a first day that cannot be: the very first grid may begin today."""
    if not is_first(operator):
        refuse_unvotable_day(day, today)
    elif day < today:
        words = _("The grid can begin on %(day)s at the earliest.")
        raise NotInForceYet(words % {"day": date_words(today)})


def refuse_unvotable_day(day: date, today: date) -> None:
    """Refuse a first day that is taken, or leaves no time for a vote opened today."""
    first = first_free_day(today + timedelta(days=settings.VOTE_LEAST_DAYS + TO_DECIDE))
    if day < first:
        words = ngettext(
            "A vote lasts %(days)s day at least, and a day follows in which to decide: the grid"
            " can begin on %(day)s at the earliest.",
            "A vote lasts %(days)s days at least, and a day follows in which to decide: the grid"
            " can begin on %(day)s at the earliest.",
            settings.VOTE_LEAST_DAYS,
        )
        told = {"days": settings.VOTE_LEAST_DAYS, "day": date_words(first)}
        raise NotInForceYet(words % told)
    refuse_taken_day(day)


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


def refuse_taken_day(day: date, about: str = "") -> None:
    """Refuse a first day that an adopted grid has; the grids are locked."""
    if is_taken(day):
        words = _("Another grid comes into force on this day: the next free one is %(day)s.")
        raise NotInForceYet(words % {"day": date_words(first_free_day(day))}, about=about)


def first_free_day(day: date) -> date:
    """Return the first day from `day` on that no adopted grid has: one query."""
    rows = TariffGrid.objects.adopted().filter(in_force_from__gte=day)
    taken = set(rows.values_list("in_force_from", flat=True))
    days = (day + timedelta(days=number) for number in range(len(taken) + 1))
    return next(one for one in days if one not in taken)


def is_taken(day: date) -> bool:
    """Tell whether an adopted grid comes into force on `day`."""
    return TariffGrid.objects.adopted().filter(in_force_from=day).exists()
