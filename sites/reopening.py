"""When sites that are closed open again."""

from collections.abc import Iterable
from datetime import date, timedelta

from sites.intervals import Interval
from sites.openings import Openings, OpenPlace, load_openings

#: Farther ahead, a site is closed and nobody says until when.
DAYS_AHEAD = 21


def next_openings(sites: Iterable[OpenPlace], after: date) -> dict[int, Interval]:
    """Return by id of site its first opening on a local day later than `after`, within 3 weeks.

    Three queries at most, none for no site.
    """
    every = list(sites)
    if not every:
        return {}
    days = [after + timedelta(days=number) for number in range(1, DAYS_AHEAD + 1)]
    openings = load_openings(every, days[0], days[-1])
    found = ((site.id, first_opening(openings, site, days)) for site in every)
    return {site_id: opening for site_id, opening in found if opening is not None}


def first_opening(openings: Openings, site: OpenPlace, days: Iterable[date]) -> Interval | None:
    """Return the first time that the site is open on `days`, in their order."""
    return next((one for day in days for one in openings.open_intervals(site, day)), None)
