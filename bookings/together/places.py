"""Which spaces a cell may be given, and its times there: as a search tells them. Reads only."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache

from django.utils.translation import gettext as _

from bookings.errors import InThePast, NotOffered
from bookings.search.candidates import Search
from bookings.search.slots import SiteSlots, SlotSearch, When
from bookings.together.cells import Cell
from bookings.wishes import Wish
from network.errors import Refusal
from network.models import Organisation
from sites.templatetags.when import day_words

#: No space is given longer ahead: later days are not looked at.
LONGEST_AHEAD = timedelta(days=366)


class Places:
    """The spaces that some cells may be given: five queries, however many cells there are."""

    def __init__(self, cells: Sequence[Cell], now: datetime) -> None:
        kinds = tuple(sorted({one.kind for one in cells}))
        sites = tuple(sorted({one.site.pk for one in cells}))
        today = now.date()
        near = {one.day for one in cells if abs(one.day - today) <= LONGEST_AHEAD}
        self.now = now
        self.found = SlotSearch(Search(kinds=kinds, sites=sites), sorted(near or {today}), now)
        self.sites_on = cache(self._sites_on)

    @property
    def spaces(self) -> list[int]:
        """Return the keys of all spaces that any of the cells may be given."""
        return [one.id for one in self.found.spaces]

    def wishes(self, cell: Cell, payer: Organisation) -> list[Wish]:
        """Return what may be booked for a cell, what has room first. Raises why nothing may."""
        site = self.sites_on(cell.day, cell.part).get(cell.site.pk)
        spaces = site.of_kind(cell.kind).spaces if site else ()
        slots = [(one.space.id, slot) for one in spaces for slot in one.slots]
        if not slots:
            raise self.why_none(cell)
        return [
            Wish(space_id=space, intervals=slot.intervals, on_account_of=payer.pk)
            for space, slot in sorted(slots, key=lambda one: not one[1].is_free)
        ]

    def why_none(self, cell: Cell) -> Refusal:
        """Return why a cell can be given no space, whoever has what."""
        told = {"site": cell.site.name, "day": day_words(cell.day)}
        if cell.day < self.now.astimezone(cell.site.zone).date():
            return InThePast(_("%(day)s is over.") % told)
        spaces = (one for one in self.found.spaces if one.site.id == cell.site.pk)
        if all(one.kind != cell.kind for one in spaces):
            return NotOffered(_("%(site)s has no space of this kind.") % told)
        words = _("%(site)s cannot be booked for this on %(day)s: it is closed, or not so long.")
        return NotOffered(words % told)

    def _sites_on(self, day: date, part: str) -> dict[int, SiteSlots]:
        found = self.found.sites(When((day,), part))
        return {one.site.id: one for one in found}
