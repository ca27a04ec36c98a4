"""A day of a site's spaces as bars: taken time never says by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bookings.search.candidates import SpaceRow
from bookings.search.slots import SlotSearch
from sites.intervals import Interval, envelope, merged
from sites.rules import minus


@dataclass(frozen=True)
class Stretch:
    """A stretch of a day with as many free units from its start to its end."""

    interval: Interval
    units_free: int


@dataclass(frozen=True)
class Lane:
    """One space over the hours of the day: open stretches, and where the bar is shut."""

    space: SpaceRow
    window: Interval
    open_stretches: tuple[Stretch, ...]
    closed: tuple[Interval, ...]

    @property
    def taken(self) -> list[Interval]:
        """Return when nothing is free."""
        return merged(one.interval for one in self.open_stretches if not one.units_free)

    @property
    def free(self) -> list[Stretch]:
        """Return when something is free, and how much."""
        return [one for one in self.open_stretches if one.units_free]

    def percent(self, interval: Interval) -> tuple[float, float]:
        """Return where `interval` starts in the bar and how wide it is, in percent."""
        start = (interval.starts_at - self.window.starts_at) / self.window.length
        return round(100 * start, 2), round(100 * (interval.length / self.window.length), 2)


def day_lanes(found: SlotSearch, day: date) -> list[Lane]:
    """Return a lane for each space of the search that is open on `day`, in their order."""
    spaces = sorted(found.spaces, key=lambda one: (one.position, one.id))
    hours = {space.id: found.openings.open_intervals(space.site, day, space.id) for space in spaces}
    every = [interval for intervals in hours.values() for interval in intervals]
    if not every:
        return []
    window = envelope(every)
    return [day_lane(found, space, window, hours[space.id]) for space in spaces]


def day_lane(
    found: SlotSearch, space: SpaceRow, window: Interval, opening: Sequence[Interval]
) -> Lane:
    """Return the lane of one space."""
    stretches = tuple(
        Stretch(interval, free)
        for hours in opening
        for interval, free in found.occupancy.levels(space, hours)
    )
    return Lane(space, window, stretches, tuple(minus([window], opening)))
