"""What else a refused cell can be had for: the nearest other sites, other days of its week."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice

from billing.charging.days import monday_of
from bookings.errors import NotFreeThen, NotOffered
from bookings.search.candidates import Search
from bookings.search.previews import MENDED_ELSEWHERE
from bookings.search.slots import SiteSlots, SlotSearch, When
from bookings.search.where.elsewhere import MOST_TOLD, REACH_KM
from bookings.together.cells import Alternative, Cell, Tried
from bookings.together.places import LONGEST_AHEAD
from sites.models import Site

#: What another site may grant, and what another day may.
ELSEWHERE = (*MENDED_ELSEWHERE, NotOffered)
ANOTHER_DAY = (*ELSEWHERE, NotFreeThen)
#: So many refused cells are helped: with more, something else is amiss.
MOST_HELPED = 20
WORKING_DAYS = 5


class Helper:
    """What is free around the sites of cells, in their weeks: read once for each site and kind."""

    def __init__(self, cells: Sequence[Cell], now: datetime) -> None:
        self.now = now
        self.taken = {(one.person.pk, one.day) for one in cells}
        self.free_on = cache(self._free_on)
        self.search_of = cache(self._search_of)

    def helped(self, tried: Sequence[Tried]) -> list[Tried]:
        """Return the refused cells, the first of them with what else they can be had for."""
        refused = [one for one in tried if one.refusal]
        some = refused[:MOST_HELPED]
        return [
            *(replace(one, alternatives=[*self.alternatives(one)]) for one in some),
            *refused[MOST_HELPED:],
        ]

    def alternatives(self, tried: Tried) -> Iterator[Alternative]:
        """Yield the nearest other sites with room that day, then other days at the same site."""
        cell = tried.cell
        if isinstance(tried.refusal, ELSEWHERE):
            others = (one for one in self.sites(cell, cell.day) if one.site.id != cell.site.pk)
            for one in islice(others, MOST_TOLD):
                yield Alternative(one.site, cell.day, one.distance_km)
        if isinstance(tried.refusal, ANOTHER_DAY):
            for day in self.other_days(cell):
                here = (one for one in self.sites(cell, day) if one.site.id == cell.site.pk)
                yield from (Alternative(one.site, day) for one in here)

    def other_days(self, cell: Cell) -> list[date]:
        """Return the other working days of a cell's week on which its person is in no cell."""
        monday = monday_of(cell.day)
        days = (monday + timedelta(days=number) for number in range(WORKING_DAYS))
        return [day for day in days if (cell.person.pk, day) not in self.taken]

    def sites(self, cell: Cell, day: date) -> Collection[SiteSlots]:
        """Return the sites with room for a cell on a day, the nearest first."""
        if abs(cell.day - self.now.date()) > LONGEST_AHEAD:
            return ()
        return self.free_on(cell.site, cell.kind, day, cell.part)

    def _free_on(self, site: Site, kind: str, day: date, part: str) -> list[SiteSlots]:
        found = self.search_of(site, kind, monday_of(day)).sites(When((day,), part))
        return [one for one in found if one.is_free]

    def _search_of(self, site: Site, kind: str, monday: date) -> SlotSearch:
        days = [monday + timedelta(days=number) for number in range(WORKING_DAYS + 2)]
        search = Search(kinds=(kind,), near=site.point, radius_km=REACH_KM)
        return SlotSearch(search, days, self.now)
