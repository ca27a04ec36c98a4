"""How much of the network one person may hold: at one time, ahead, on one day, of one space.

A place-day is one place over one local day, however many bookings share it: what counts of a day
is the most places held at one instant of it, so that a morning here and an afternoon there is one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BigIntegerField, DateTimeField, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.errors import OverlapsOwnBooking, QuotaAhead, QuotaOfSpace, QuotaPerDay
from bookings.models import Allocation, Booking, Hold
from bookings.rights import EXCEED_QUOTAS
from bookings.units.packing import peak
from network.models import User
from network.sql import Given, kept
from sites.intervals import Interval
from sites.models import Site, Space
from sites.templatetags.when import day_words

#: So many may always come together, however small the space: the quota ahead sees to it that they
#: do not fill it for long.
SMALL_TEAM = 4


@dataclass(frozen=True)
class Claim:
    """Places in one space over some times, that `by` asks for `person`, maybe instead of a booking.

    The times are cut at midnights.
    """

    person: User
    by: User
    space: Space
    intervals: Sequence[Interval]
    places: int
    instead_of: Booking | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """One place held over a part of a local day; without a booking yet, it is what is asked."""

    space_id: int
    kind: str
    day: date
    interval: Interval
    booking_id: int | None = None
    reference: str = ""


def places_by_day(
    holdings: Iterable[Holding], counts: Callable[[Holding], bool] = lambda one: True
) -> dict[date, int]:
    """Return the most places held at one instant of each day, of the holdings that count."""
    days: dict[date, list[Interval]] = defaultdict(list)
    for one in holdings:
        if counts(one):
            days[one.day].append(one.interval)
    return defaultdict(int, {day: peak(intervals) for day, intervals in days.items()})


def most_of_space(units: int, share_percent: int) -> int:
    """Return how many of a space's places one person may hold at once."""
    return max(SMALL_TEAM, ceil(units * share_percent / 100))


def refuse_more(claim: Claim, now: datetime, held: Sequence[Holding]) -> None:
    """Refuse a second place at one time, and more than one person may hold.

    `held` is what they have since now, or since the claim begins if that is sooner. Needs the
    person's lock to be kept. Raises OverlapsOwnBooking, QuotaAhead, QuotaPerDay or QuotaOfSpace.
    """
    refuse_second_place(claim, held)
    if not may_exceed(claim):
        before = [one for one in held if one.interval.ends_at > now]
        kept = [one for one in before if not replaced(one, claim)]
        refuse_beyond_quotas(claim.space, before, kept, wished(claim))


def refuse_waiting(
    space: Space, intervals: Sequence[Interval], places: int, holds: Iterable[Hold]
) -> None:
    """Refuse a visitor who has those holds already more than one person may hold.

    It could never be confirmed. What their person holds is asked then, once it is known who that
    is. Raises QuotaAhead, QuotaPerDay or QuotaOfSpace.
    """
    before = waiting(holds)
    refuse_beyond_quotas(space, before, before, places_over(space, intervals, places))


def refuse_second_place(claim: Claim, held: Iterable[Holding]) -> None:
    """Refuse a second place of the same kind while the person has one."""
    for one in held:
        if replaced(one, claim) or one.kind != claim.space.kind:
            continue
        if any(one.interval.overlaps(asked) for asked in claim.intervals):
            raise OverlapsOwnBooking(
                _("You already have a booking of this kind at that time: %(reference)s.")
                % {"reference": one.reference},
                reference=one.reference,
            )


def refuse_beyond_quotas(
    space: Space, before: Sequence[Holding], kept: Sequence[Holding], fresh: Sequence[Holding]
) -> None:
    """Refuse to add `fresh`, of one space, to what one person keeps: more than they may hold.

    `before` is what they held. By favour or under other settings it may have been more than now:
    it may be changed but not grow.
    """
    refuse_ahead(before, [*kept, *fresh])
    days = sorted({one.day for one in fresh})
    before, kept = ([one for one in some if one.day in days] for some in (before, kept))
    after = [*kept, *fresh]
    refuse_per_day(before, after, days)
    refuse_of_space(before, after, days, space)


def may_exceed(claim: Claim) -> bool:
    """Tell whether `by` may go beyond for somebody else: who runs the site, or by permission."""
    if claim.by.pk == claim.person.pk:
        return False
    runs = Site.objects.run_by(claim.by).filter(pk=claim.space.site_id)
    return claim.by.has_perm(EXCEED_QUOTAS) or runs.exists()


@kept
def rows_held() -> QuerySet[Allocation, tuple[Any, ...]]:
    """Return what one person holds that ends after an instant."""
    person, after = Given("person", BigIntegerField()), Given("after", DateTimeField())
    return Allocation.objects.held_by(person, after).values_list(
        *("space_id", "space__kind", "site__time_zone", "starts_at", "ends_at"),
        *("booking_id", "booking__reference"),
    )


class AskedHoldings:
    """What a person holds that ends after an instant, to be asked with other things."""

    def __init__(self, person: User, after: datetime) -> None:
        self.statement = rows_held().asked(person=person.pk, after=after)

    @property
    def holdings(self) -> list[Holding]:
        """Return what was read."""
        return [
            Holding(
                space,
                kind,
                starts.astimezone(ZoneInfo(zone)).date(),
                Interval(starts, ends),
                *booking,
            )
            for space, kind, zone, starts, ends, *booking in self.statement.rows
        ]


def replaced(holding: Holding, claim: Claim) -> bool:
    """Tell whether the claim would give this back."""
    return claim.instead_of is not None and holding.booking_id == claim.instead_of.pk


def wished(claim: Claim) -> list[Holding]:
    """Return what the claim would hold."""
    return places_over(claim.space, claim.intervals, claim.places)


def waiting(holds: Iterable[Hold]) -> list[Holding]:
    """Return what those holds keep; their spaces, sites and allocations are read with them."""
    return [
        place
        for one in holds
        for place in places_over(one.space, [row.interval for row in one.allocations.all()], 1)
    ]


def place_days(holdings: Iterable[Holding]) -> int:
    """Return how many places are held on how many days: the sum over the days."""
    return sum(places_by_day(holdings).values())


def places_over(space: Space, intervals: Iterable[Interval], places: int) -> list[Holding]:
    """Return so many places of the space, held over each of those times."""
    zone = space.site.zone
    return [
        Holding(space.pk, space.kind, one.starts_at.astimezone(zone).date(), one)
        for one in intervals
        for _place in range(places)
    ]


def refuse_ahead(before: Sequence[Holding], after: Sequence[Holding]) -> None:
    """Refuse more place-days to come than one person may hold."""
    most = settings.BOOKING_QUOTA_AHEAD
    if len(after) <= most:
        return  # however their times share the days
    held, asked = place_days(before), place_days(after)
    if asked > max(most, held):
        raise QuotaAhead(
            _(
                "One person may hold %(most)d days of a place ahead; you hold %(held)d and this"
                " would make %(asked)d. Give some back, or ask the site to book for you."
            )
            % {"most": most, "held": held, "asked": asked}
        )


def refuse_per_day(
    before: Sequence[Holding], after: Sequence[Holding], days: Sequence[date]
) -> None:
    """Refuse more places on one of those days than one person may hold."""
    most = settings.BOOKING_QUOTA_PER_DAY
    held, asked = places_by_day(before), places_by_day(after)
    for day in days:
        if asked[day] > max(most, held[day]):
            raise QuotaPerDay(
                ngettext(
                    "One person may hold one place on one day; this would make %(asked)d on"
                    " %(day)s. Take fewer, or ask the site to book for you.",
                    "One person may hold %(most)d places on one day; this would make %(asked)d on"
                    " %(day)s. Take fewer, or ask the site to book for you.",
                    most,
                )
                % {"most": most, "asked": asked[day], "day": day_words(day)}
            )


def refuse_of_space(
    before: Sequence[Holding], after: Sequence[Holding], days: Sequence[date], space: Space
) -> None:
    """Refuse more of a space on one of those days than one person may hold at once."""

    def is_here(one: Holding) -> bool:
        return one.space_id == space.pk

    held, asked = places_by_day(before, is_here), places_by_day(after, is_here)
    grown = [day for day in days if asked[day] > max(SMALL_TEAM, held[day])]
    if not grown:
        return
    units = space.units.active().count()
    most = most_of_space(units, settings.BOOKING_QUOTA_SPACE_SHARE)
    for day in grown:
        if asked[day] > most:
            raise QuotaOfSpace(
                _(
                    "One person may hold %(most)d places of the %(units)d of this space; this would"
                    " make %(asked)d on %(day)s. Take fewer, or ask the site to book for you."
                )
                % {
                    "most": most,
                    "units": units,
                    "asked": asked[day],
                    "day": day_words(day),
                }
            )
