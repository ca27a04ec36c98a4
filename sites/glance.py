"""The network at one glance: how many sites each département has, and until when days are open."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count

from sites.clocks import ends_after
from sites.models import OpeningHours, Site
from sites.rules import public_holiday

#: Where the glance is kept, and for how many seconds: with thousands of sites to count, the home
#: page is as light as with a few.
KEY, KEPT_S = "sites.glance", 60
DAYS_OF_WEEK = 7
#: Of some sites: a weekday (Monday is 0), their calendar of public holidays, when they close.
Closing = tuple[int, str, time]


@dataclass(frozen=True)
class DepartementSites:
    """A département and how many active sites it has."""

    code: str
    name: str
    sites: int


@dataclass(frozen=True)
class Glance:
    """What the home page tells of all sites: two queries, kept for a minute."""

    departements: list[DepartementSites]
    closings: frozenset[Closing]

    @property
    def sites(self) -> int:
        """Return how many active sites the network has."""
        return sum(one.sites for one in self.departements)

    def next_open_day(self, local_now: datetime) -> date:
        """Return today while a site is open by its week's hours, else the next such day.

        Today as well where no site keeps any hours. Closures are not looked at.
        """
        today = local_now.date()
        days = [today + timedelta(days=number) for number in range(DAYS_OF_WEEK + 1)]
        return next((day for day in days if self.is_open(day, local_now)), today)

    def is_open(self, day: date, local_now: datetime) -> bool:
        """Tell whether some site is open on `day`, today later than now."""
        return any(
            weekday == day.weekday()
            and (day > local_now.date() or ends_after(closes_at, local_now.time()))
            and not public_holiday(calendar, day)
            for weekday, calendar, closes_at in self.closings
        )


def glance() -> Glance:
    """Return the network as it was a minute ago at most."""
    found: Glance | None = cache.get_or_set(KEY, read_glance, KEPT_S)
    return found or read_glance()


def read_glance() -> Glance:
    """Read the network: two queries, whatever its size."""
    names = ("commune__departement__code", "commune__departement__name")
    rows = Site.objects.active().values_list(*names).annotate(Count("pk")).order_by(names[1])
    hours = OpeningHours.objects.filter(site__is_active=True).order_by()
    closings = hours.values_list("weekday", "site__holidays", "closes_at").distinct()
    return Glance([DepartementSites(*row) for row in rows], frozenset(closings))
