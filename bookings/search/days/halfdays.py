"""The next half-days with room at each of some sites, read live: nothing is kept beforehand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, repeat

from bookings.search.availability import Occupancy, load_occupancy
from bookings.search.candidates import SiteRow, SpaceRow
from bookings.search.parts import Part, half_day_parts
from bookings.search.repeats import Agenda
from sites.geo import Point
from sites.intervals import Interval
from sites.models import Stop
from sites.openings import Openings, load_openings
from sites.rules import local_day

#: How many days ahead half-days are looked for.
DAYS_AHEAD = 14
DAY = timedelta(days=1)
#: How many open days are read at first; twice as many each time for the sites that lack some yet.
FIRST_DAYS = 2
HALVES = (Part.MORNING, Part.AFTERNOON)


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A morning or an afternoon with room in one space of a site, `day` by the site's clocks.

    `stop` is where an itinerant site stands that day.
    """

    space: SpaceRow
    day: date
    part: Part
    intervals: tuple[Interval, ...]
    units_free: int
    stop: Stop | None = None

    @property
    def point(self) -> Point:
        """Return where the site is then."""
        return self.stop.point if self.stop else self.space.site.point


def next_half_days(
    spaces: Iterable[SpaceRow],
    now: datetime,
    count: int = 3,
    *,
    people: int = 1,
    first_day: date | None = None,
) -> dict[int, list[HalfDay]]:
    """Return by id of site the first `count` half-days with room for `people` in its spaces.

    From `first_day` (today unless given) on, two weeks ahead; at most one space a half-day, the
    first in the site's order that has room. A site without any is not among the keys. Three
    queries at most for what is open, and one to three for what is taken.
    """
    return HalfDaySearch(spaces, Agenda(now, {}), people=people, first_day=first_day).find(count)


class HalfDaySearch:
    """The half-days of some spaces, in their sites' order, from a day on, for whose agenda it is.

    `openings` are read unless they are known.
    """

    def __init__(
        self,
        spaces: Iterable[SpaceRow],
        agenda: Agenda,
        *,
        people: int = 1,
        first_day: date | None = None,
        openings: Openings | None = None,
    ) -> None:
        self.people, self.agenda = people, agenda
        self.spaces_of: dict[SiteRow, list[SpaceRow]] = defaultdict(list)
        for space in sorted(spaces, key=lambda one: (one.position, one.id)):
            self.spaces_of[space.site].append(space)
        todays = (agenda.now.astimezone(site.zone).date() for site in self.spaces_of)
        first = first_day or min(todays, default=agenda.now.date())
        self.days = [first + number * DAY for number in range(DAYS_AHEAD)]
        known = openings or load_openings(self.spaces_of, self.days[0], self.days[-1])
        self.openings = known

    def find(self, count: int) -> dict[int, list[HalfDay]]:
        """Return the first `count` of each site that has any: days by and by, the fewest first."""
        found: dict[int, list[HalfDay]] = defaultdict(list)
        for days in batches(self._open_days()):
            lacking = {
                site: spaces
                for site, spaces in self.spaces_of.items()
                if len(found[site.id]) < count
            }
            if not lacking:
                break
            occupancy = self._occupancy(lacking, days)
            for site, spaces in lacking.items():
                found[site.id] += self._of_site(site, spaces, days, occupancy)
        return {site_id: some[:count] for site_id, some in found.items() if some}

    def _open_days(self) -> Iterator[date]:
        """Yield the days on which any of the sites is yet to open, or to close."""
        return (day for day in self.days if any(map(self._opens, self.spaces_of, repeat(day))))

    def _opens(self, site: SiteRow, day: date) -> bool:
        opening = self.openings.open_intervals(site, day)
        return bool(opening) and opening[-1].ends_at > self.agenda.now

    def _occupancy(
        self, lacking: Mapping[SiteRow, Sequence[SpaceRow]], days: Sequence[date]
    ) -> Occupancy:
        zones = {site.time_zone: site.zone for site in lacking}
        windows = [local_day(day, zone) for day in days for zone in zones.values()]
        return load_occupancy(
            [one for spaces in lacking.values() for one in spaces], windows, self.agenda.now
        )

    def _of_site(
        self, site: SiteRow, spaces: Sequence[SpaceRow], days: Sequence[date], taken: Occupancy
    ) -> Iterator[HalfDay]:
        for day in days:
            if not self.openings.open_intervals(site, day):
                continue
            stop = self.openings.stop_on(site, day) if site.is_itinerant else None
            found: dict[Part, HalfDay] = {}
            for space in spaces:
                if len(found) < len(HALVES):
                    found = {
                        one.part: one for one in self._of_space(space, day, stop, taken)
                    } | found
            yield from (found[part] for part in HALVES if part in found)

    def _of_space(
        self, space: SpaceRow, day: date, stop: Stop | None, taken: Occupancy
    ) -> Iterator[HalfDay]:
        wanted = space.units_for(self.people)
        for part, times in half_day_parts(self.openings, space, day, self.agenda.now).items():
            free = taken.units_free(space, times)
            if free >= wanted and self.agenda.has_room(space.kind, times):
                yield HalfDay(space, day, part, tuple(times), free, stop)


def batches(days: Iterator[date]) -> Iterator[Sequence[date]]:
    """Yield `days` in runs, each twice as long as the one before."""
    length = FIRST_DAYS
    while some := list(islice(days, length)):
        yield some
        length *= 2
